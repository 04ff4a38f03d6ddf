"""A language client made of bytes: it shares no code with the server it tests.

Every received message goes into an append-only log; tests wait for a predicate
over that log with a deadline, so nothing that came early is missed and nothing
waits for ever. Requests of the server are answered as an editor would, and
workspace edits are applied to the harness's own copy of the documents.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

SERVER_ROOT = Path(__file__).resolve().parents[2] / "server"
PROFILES = Path(__file__).resolve().parent / "profiles"
PATIENCE_SECONDS = 20.0
# Long enough for a loaded machine; a test that passes never waits for it.

NO_ANSWER = object()
"""What `answer_to` returns for a client that leaves the server waiting."""

Message = dict[str, Any]


class Received(NamedTuple):
    when: float
    message: Message


class NoAnswer(AssertionError):
    """The deadline passed; carries what did arrive."""


def profile(name: str) -> Message:
    """The params of `initialize` as this editor sends them, its own process and folders left out."""
    found: Message = json.loads((PROFILES / f"{name}.json").read_text())
    return found


def profile_names() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.json"))


def frame(message: Any) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


class Client:
    """One server process and this side of the conversation."""

    def __init__(
        self,
        *arguments: str,
        script: str = "",
        env: dict[str, str] | None = None,
        cwd: str | None = None,
        settings: Any = None,
        read: bool = True,
        python: tuple[str, ...] = (),
        tcp: bool = False,
    ) -> None:
        """Start `mldebt-lsp ARGUMENTS`, or the Python `script` in its place. Without `read` nothing is read until `start_reading`."""
        arguments = (*arguments, *(("--tcp", "0") if tcp else ()))
        command = [sys.executable, *python, *(("-c", script) if script else ("-m", "mldebt")), *arguments]
        search = os.pathsep.join(filter(None, (str(SERVER_ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": search, **(env or {})}
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=environment,
            cwd=cwd,
            bufsize=0,
        )
        self._begin(settings)
        self.socket = self._connected() if tcp else None
        if read:
            self.start_reading()

    def _begin(self, settings: Any) -> None:
        self.settings = settings
        self.log: list[Received] = []
        self.closed = False
        self.documents: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.registered: list[Message] = []
        self.capabilities: Message = {}
        self.answer_to: dict[str, Callable[[Any], Any]] = {}
        self._changed = threading.Condition()
        self._n_requests = 0

    def _connected(self) -> socket.socket:
        """A connection to the port the server names on stderr."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := re.search(r"listening on (127\.0\.0\.1):(\d+)", self.stderr())):
            assert time.monotonic() < deadline and self.process.poll() is None, self.stderr()
            time.sleep(0.01)
        return socket.create_connection((found[1], int(found[2])))

    def hang_up(self) -> None:
        """Close this side, as an editor that was killed does."""
        if self.socket is not None:
            self.socket.shutdown(socket.SHUT_RDWR)
        else:
            assert self.process.stdin is not None
            self.process.stdin.close()

    def start_reading(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    # Bytes

    def send_raw(self, data: bytes) -> None:
        if self.socket is not None:
            return self.socket.sendall(data)
        assert self.process.stdin is not None
        view = memoryview(data)
        while view:
            view = view[self.process.stdin.write(view) :]

    def send(self, message: Any) -> None:
        self.send_raw(frame(message))

    def _read(self) -> None:
        assert self.process.stdout is not None
        source = self.socket if self.socket is not None else self.process.stdout
        stream = os.fdopen(os.dup(source.fileno()), "rb")
        try:
            while True:
                length = -1
                while (line := stream.readline()) != b"\r\n":
                    if not line:
                        return
                    match = re.fullmatch(rb"Content-Length: (\d+)\r\n", line)
                    # A stray print, or a header we never send, is a failure of the stream.
                    assert match or line.startswith(b"Content-Type: "), f"not a header: {line!r}"
                    if match:
                        length = int(match[1])
                body = stream.read(length)
                self._receive(json.loads(body))
        except Exception as error:
            with self._changed:
                self.log.append(Received(time.monotonic(), {"broken stream": repr(error)}))
        finally:
            stream.close()
            with self._changed:
                self.closed = True
                self._changed.notify_all()

    def _receive(self, message: Message) -> None:
        with self._changed:
            self.log.append(Received(time.monotonic(), message))
            self._changed.notify_all()
        if "method" in message and "id" in message:
            try:
                result = self._answer(message["method"], message.get("params"))
            except Exception as error:
                self.send(
                    {"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32603, "message": repr(error)}}
                )
            else:
                if result is not NO_ANSWER:
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _answer(self, method: str, params: Any) -> Any:
        if method in self.answer_to:
            return self.answer_to[method](params)
        if method == "workspace/configuration":
            return [self.settings for _ in params["items"]]
        if method == "client/registerCapability":
            self.registered += params["registrations"]
        if method == "workspace/applyEdit":
            self.apply(params["edit"])
            return {"applied": True}
        if method == "window/showDocument":
            return {"success": True}
        return None

    # Waiting

    def wait(
        self, wanted: Callable[[Message], Any], seconds: float = PATIENCE_SECONDS, since: int = 0
    ) -> Message:
        """The first message from log index `since` on that `wanted` accepts."""
        deadline = time.monotonic() + seconds
        at = since
        with self._changed:
            while True:
                while at < len(self.log):
                    message = self.log[at].message
                    at += 1
                    if wanted(message):
                        return message
                left = deadline - time.monotonic()
                if self.closed or left <= 0 or not self._changed.wait(left):
                    if at < len(self.log):
                        continue
                    state = "the server closed its output" if self.closed else f"nothing after {seconds} s"
                    seen = [str(entry.message)[:200] for entry in self.log[since:][-8:]]
                    raise NoAnswer(f"{state}; last messages: {seen}; stderr: {self.stderr()[-2000:]}")

    def answer(self, request: Any, seconds: float = PATIENCE_SECONDS) -> Message:
        return self.wait(lambda message: "method" not in message and message.get("id") == request, seconds)

    def answers(self, request: Any) -> list[Message]:
        with self._changed:
            return [m for _, m in self.log if "method" not in m and m.get("id") == request and "id" in m]

    def stderr(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    # The protocol's everyday

    def request(self, method: str, params: Any = None) -> int:
        """Send a request without waiting; its id."""
        self._n_requests += 1
        self.send({"jsonrpc": "2.0", "id": self._n_requests, "method": method, "params": params})
        return self._n_requests

    def call(self, method: str, params: Any = None, seconds: float = PATIENCE_SECONDS) -> Any:
        """A request's result; an error answer fails the test."""
        message = self.answer(self.request(method, params), seconds)
        assert "error" not in message, message["error"]
        return message["result"]

    def notify(self, method: str, params: Any = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def initialize(
        self, params: Message | None = None, root: Path | None = None, options: Any = None
    ) -> Message:
        """Handshake as the editor of `params` (a profile, or none) would in folder `root`."""
        given: Message = {"capabilities": {}, **(params or {}), "processId": os.getpid()}
        given.setdefault("rootUri", None)
        if root is not None:
            given["rootUri"] = root.as_uri()
            if "workspaceFolders" in given or not params:
                given["workspaceFolders"] = [{"uri": root.as_uri(), "name": root.name}]
        if options is not None:
            given["initializationOptions"] = options
        result: Message = self.call("initialize", given)
        self.capabilities = result["capabilities"]
        self.encoding = self.capabilities.get("positionEncoding", "utf-16")
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1, language: str = "python") -> None:
        self.documents[uri], self.versions[uri] = text, version
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, *changes: Message) -> int:
        """Send content changes and apply them here; the new version."""
        self.versions[uri] += 1
        for change in changes:
            self.documents[uri] = applied(self.documents[uri], change, self.encoding)
        document = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})
        return self.versions[uri]

    def close(self, uri: str) -> None:
        del self.documents[uri]
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(
        self, uri: str, version: int | None = None, seconds: float = PATIENCE_SECONDS
    ) -> list[Message]:
        """What the client shows for this version (default: the newest), pushed or pulled as negotiated."""
        if "diagnosticProvider" in self.capabilities:
            report = self.call("textDocument/diagnostic", {"textDocument": {"uri": uri}}, seconds)
            assert report["kind"] == "full"
            return list(report["items"])
        wanted = self.versions[uri] if version is None else version
        return list(self.published(uri, wanted, seconds)["params"]["diagnostics"])

    def published(self, uri: str, version: int | None, seconds: float = PATIENCE_SECONDS) -> Message:
        return self.wait(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and unquote(m["params"]["uri"]) == unquote(uri)
                and m["params"].get("version") == version
            ),
            seconds,
        )

    def latest(self, uri: str) -> Message | None:
        """The newest push for a URI, however its characters are quoted."""
        uri = unquote(uri)
        with self._changed:
            for _, message in reversed(self.log):
                if message.get("method") == "textDocument/publishDiagnostics":
                    if unquote(message["params"]["uri"]) == uri:
                        return dict(message["params"])
        return None

    def shows(self, uri: str, wanted: Callable[[list[str]], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the codes shown of the newest version, sorted, are what is `wanted`."""
        deadline = time.monotonic() + seconds
        while True:
            found = self.latest(uri)
            codes = sorted(one["code"] for one in found["diagnostics"]) if found else None
            if found and found.get("version") == self.versions.get(uri) and wanted(codes or []):
                return
            left = deadline - time.monotonic()
            if left <= 0 or self.closed:
                raise NoAnswer(f"{uri} shows {codes} after {seconds} s; stderr: {self.stderr()[-2000:]}")
            with self._changed:
                self._changed.wait(min(left, 0.1))

    def n_published(self, uri: str) -> int:
        with self._changed:
            return sum(
                m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
                for _, m in self.log
            )

    def apply(self, edit: Message) -> list[str]:
        """Apply a workspace edit to the harness's documents (and, for files not open, to the disk); the URIs changed."""
        changes: list[tuple[str, list[Message]]] = list((edit.get("changes") or {}).items())
        touched = []
        for part in edit.get("documentChanges") or ():
            if part.get("kind") == "create":
                path = Path(unquote(part["uri"].removeprefix("file://")))
                assert not path.exists() or part.get("options", {}).get("ignoreIfExists"), part
                path.touch()
                continue
            assert "kind" not in part, f"an operation the harness does not know: {part}"
            document = part["textDocument"]
            if document["uri"] in self.versions and document.get("version") is not None:
                assert document["version"] == self.versions[document["uri"]], "an edit of an older version"
            changes.append((document["uri"], part["edits"]))
        for uri, edits in changes:
            touched.append(uri)
            if uri in self.documents:
                self.documents[uri] = edited(self.documents[uri], edits, self.encoding)
                self.versions[uri] += 1
                item = {"uri": uri, "version": self.versions[uri]}
                whole = [{"text": self.documents[uri]}]
                self.notify("textDocument/didChange", {"textDocument": item, "contentChanges": whole})
            else:
                path = Path(unquote(uri.removeprefix("file://")))
                with open(path, encoding="utf-8", newline="") as file:
                    text = file.read()
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(edited(text, edits, self.encoding))
        return touched

    # The end

    def leave(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Shut down politely; the exit code."""
        self.call("shutdown", None, seconds)
        self.notify("exit")
        return self.process.wait(seconds)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors, self.socket):
            if stream is not None:
                stream.close()


# Positions and edits, by the letter of the specification and with no regard to speed.

UNIT = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def width(text: str, encoding: str) -> int:
    codec, size = UNIT[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def offset_of(text: str, position: Message, encoding: str) -> int:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    if position["line"] >= len(starts):
        return len(text)
    start = offset = starts[position["line"]]
    while (
        offset < len(text)
        and text[offset] not in "\r\n"
        and width(text[start:offset], encoding) < position["character"]
    ):
        offset += 1
    return offset


def position_of(text: str, offset: int, encoding: str) -> Message:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    line = max(index for index, start in enumerate(starts) if start <= offset)
    return {"line": line, "character": width(text[starts[line] : offset], encoding)}


def covered(text: str, span: Message, encoding: str) -> str:
    """The text a range covers."""
    return text[offset_of(text, span["start"], encoding) : offset_of(text, span["end"], encoding)]


def applied(text: str, change: Message, encoding: str) -> str:
    if "range" not in change:
        return str(change["text"])
    a, b = sorted(offset_of(text, change["range"][end], encoding) for end in ("start", "end"))
    return text[:a] + str(change["text"]) + text[b:]


def edited(text: str, edits: Iterable[Message], encoding: str) -> str:
    """All edits at once, as TextEdit[] says; two that overlap fail the test."""
    spans = []
    for index, edit in enumerate(edits):
        a, b = (offset_of(text, edit["range"][end], encoding) for end in ("start", "end"))
        new = edit["newText"] if "newText" in edit else edit["snippet"]["value"]
        spans.append((a, b, index, new))
    at, parts = 0, []
    for a, b, _, new in sorted(spans, key=lambda span: span[:3]):
        assert a >= at, "edits overlap"
        parts += (text[at:a], new)
        at = b
    return "".join([*parts, text[at:]])


def insert(line: int, character: int, text: str) -> Message:
    """A content change that types `text`."""
    place = {"line": line, "character": character}
    return {"range": {"start": place, "end": place}, "text": text}


def replace(line: int, character: int, end_line: int, end_character: int, text: str) -> Message:
    start, end = {"line": line, "character": character}, {"line": end_line, "character": end_character}
    return {"range": {"start": start, "end": end}, "text": text}
