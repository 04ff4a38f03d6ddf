"""The whole folder: files nobody has opened count, and are shown if the user wants them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Client, covered, insert, profile, replace
from nightly import NIGHTLY
from test_session import BASIC, last_published, rules_of
from toys import toy_client

WATCHES = {
    "capabilities": {
        **BASIC["capabilities"],
        "workspace": {
            **BASIC["capabilities"]["workspace"],
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        },
        "window": {"workDoneProgress": True},
    }
}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A project with two files, one of them in a subfolder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "pkg").mkdir()
    (tmp_path / "train.py").write_text("shared_mean = 1\n")
    (tmp_path / "pkg" / "serve.py").write_text("# 🙂\nx = '🙂', shared_mean\nsafe_word\n", encoding="utf-8")
    yield tmp_path


def watched(client: Client, *paths: Path, kind: int = 2) -> None:
    client.notify(
        "workspace/didChangeWatchedFiles",
        {"changes": [{"uri": path.as_uri(), "type": kind} for path in paths]},
    )


def until(wanted: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Wait for a state that no single message announces."""
    deadline = time.monotonic() + seconds
    while not (found := wanted()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
    return found


def shown(client: Client, path: Path) -> list[str]:
    """What the client shows of a file right now."""
    uri = path.as_uri()
    with client._changed:
        found = [
            m["params"]["diagnostics"]
            for _, m in client.log
            if m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        ]
    return rules_of(found[-1]) if found else []


def test_a_file_nobody_opened_has_its_part_in_findings(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(WATCHES, root=folder)
        train = folder / "train.py"
        client.open(train.as_uri(), train.read_text())
        until(lambda: shown(client, train) == ["toy-shared"])
        assert not shown(client, folder / "pkg" / "serve.py"), "it is not open"
        (folder / "pkg" / "serve.py").write_text("x = 1\n")
        watched(client, folder / "pkg" / "serve.py")
        until(lambda: shown(client, train) == [])
        (folder / "new.py").write_text("shared_mean\n")
        watched(client, folder / "new.py", kind=1)
        until(lambda: shown(client, train) == ["toy-shared"])
        (folder / "new.py").unlink()
        watched(client, folder / "new.py", kind=3)
        until(lambda: shown(client, train) == [])


def test_a_place_in_a_file_nobody_opened_is_named_by_its_line(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(WATCHES, root=folder)
        uri = (folder / "train.py").as_uri()
        client.open(uri, "shared_mean = 1\n")
        client.shows(uri, lambda rules: rules == ["toy-shared"])
        latest = client.latest(uri)
        assert latest is not None
        (related,) = latest["diagnostics"][0]["relatedInformation"]
        assert related["location"]["uri"] == (folder / "pkg" / "serve.py").as_uri()
        assert related["location"]["range"]["start"]["line"] == 1


def test_all_files_are_shown_where_the_user_wants_all(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(WATCHES, root=folder, options={"diagnosticMode": "workspace"})
        serve = folder / "pkg" / "serve.py"
        until(lambda: shown(client, serve) == ["toy-safe", "toy-shared"])
        assert shown(client, folder / "train.py") == ["toy-shared"]
        message = client.published(serve.as_uri(), None)
        text = serve.read_text(encoding="utf-8")
        assert sorted(covered(text, one["range"], "utf-16") for one in message["params"]["diagnostics"]) == [
            "safe_word",
            "shared_mean",
        ]
        # Opened, it is the editor's text that counts; closed again, the disk's.
        client.open(serve.as_uri(), "dead_word\n")
        assert rules_of(client.diagnostics(serve.as_uri())) == ["toy-dead"]
        until(lambda: shown(client, folder / "train.py") == [])
        client.close(serve.as_uri())
        until(lambda: shown(client, serve) == ["toy-safe", "toy-shared"])
        until(lambda: shown(client, folder / "train.py") == ["toy-shared"])
        serve.unlink()
        watched(client, serve, kind=3)
        until(lambda: shown(client, serve) == [])


def test_changes_are_noticed_where_the_client_watches_nothing(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(BASIC, root=folder, options={"diagnosticMode": "workspace"})
        serve = folder / "pkg" / "serve.py"
        until(lambda: shown(client, serve) == ["toy-safe", "toy-shared"])
        serve.write_text("risky_word\n")
        client.notify("textDocument/didSave", {"textDocument": {"uri": serve.as_uri()}})
        until(lambda: shown(client, serve) == ["toy-risky"])


def test_the_editors_settings_narrow_what_is_shown_of_closed_files(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(
            WATCHES, root=folder, options={"diagnosticMode": "workspace", "ignore": ["toy-safe"]}
        )
        until(lambda: shown(client, folder / "pkg" / "serve.py") == ["toy-shared"])


def test_a_suppression_in_a_closed_file_is_heard(folder: Path) -> None:
    (folder / "quiet.py").write_text("safe_word  # mldebt: ignore[toy-safe] known\ndead_word\n")
    with toy_client() as client:
        client.initialize(WATCHES, root=folder, options={"diagnosticMode": "workspace"})
        until(lambda: shown(client, folder / "quiet.py") == ["toy-dead"])


@pytest.mark.parametrize("poison", ["kill_word", "endless_word", "memory_word", "recursion_word"])
def test_a_file_that_ruins_its_process_costs_only_itself(folder: Path, poison: str) -> None:
    (folder / "poison.py").write_text(f"{poison}\nsafe_word\n")
    for number in range(10):
        (folder / f"m{number}.py").write_text("chunk_word\n")
    with toy_client(env={"TOYS_HURRY": "0.5"}) as client:
        client.initialize(WATCHES, root=folder, options={"diagnosticMode": "workspace"})
        until(lambda: shown(client, folder / "pkg" / "serve.py") == ["toy-safe", "toy-shared"])
        until(lambda: all(shown(client, folder / f"m{n}.py") == ["toy-chunk"] for n in range(10)))
        # The same again, now that it has been met: only this file is looked at.
        watched(client, folder / "poison.py")
        time.sleep(0.5)
        (folder / "poison.py").write_text("dead_word\n")
        watched(client, folder / "poison.py")
        until(lambda: shown(client, folder / "poison.py") == ["toy-dead"])
        assert client.leave() == 0


def test_progress_is_shown_for_what_takes_long_and_can_be_cancelled(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"m{number}.py").write_text("slow_word\n" * 5)
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path)
        begin = client.wait(
            lambda m: m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "begin"
        )
        token, value = begin["params"]["token"], begin["params"]["value"]
        assert value["cancellable"] is True and "files" in value["message"]
        client.notify("window/workDoneProgress/cancel", {"token": token})
        end = client.wait(
            lambda m: m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "end", 5
        )
        assert end["params"]["token"] == token
        assert client.leave() == 0


def test_nothing_is_shown_of_what_is_over_at_once(folder: Path) -> None:
    with toy_client() as client:
        client.initialize(WATCHES, root=folder)
        train = folder / "train.py"
        client.open(train.as_uri(), train.read_text())
        until(lambda: shown(client, train) == ["toy-shared"])
        watched(client, folder / "pkg" / "serve.py")
        time.sleep(1.5)
        begun = [
            m["params"]["token"]
            for _, m in client.log
            if m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "begin"
        ]
        ended = [
            m["params"]["token"]
            for _, m in client.log
            if m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "end"
        ]
        assert begun == ended and len(begun) <= 1


@pytest.mark.parametrize("options", [{"diagnosticMode": "off"}, {"enable": False}])
def test_off_means_that_nothing_is_read(folder: Path, options: Any) -> None:
    with toy_client() as client:
        client.initialize(WATCHES, root=folder, options=options)
        time.sleep(1.5)
        assert children(client.process.pid) == []
        assert not [m for _, m in client.log if m.get("method") == "textDocument/publishDiagnostics"]


# Pull


class Pulling:
    """A client that pulls the workspace as VS Code does, with result ids and partial results."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.known: dict[str, str] = {}
        self.shown: dict[str, list[Any]] = {}
        self.n_pulls = 0

    def pull(self, seconds: float = 20.0, partial: bool = True) -> bool:
        """Ask, and take in the answer; False if it does not come in time."""
        request = self.ask(partial)
        try:
            message = self.client.answer(request, seconds)
        except AssertionError:
            self.client.notify("$/cancelRequest", {"id": request})
            assert self.client.answer(request)["error"]["code"] == -32800
            return False
        self.take(message["result"]["items"])
        for _, m in self.client.log:
            if m.get("method") == "$/progress" and m["params"]["token"] == f"pull-{self.n_pulls}":
                self.take(m["params"]["value"]["items"])
        return True

    def ask(self, partial: bool = True) -> int:
        self.n_pulls += 1
        previous = [{"uri": uri, "value": value} for uri, value in self.known.items()]
        params: Any = {"previousResultIds": previous, "identifier": "mldebt"}
        if partial:
            params["partialResultToken"] = f"pull-{self.n_pulls}"
        return self.client.request("workspace/diagnostic", params)

    def take(self, items: list[Any]) -> None:
        for item in items:
            assert item["kind"] == "full"
            self.shown[item["uri"]] = item["items"]
            if "resultId" in item:
                self.known[item["uri"]] = item["resultId"]
            else:
                self.known.pop(item["uri"], None)


@pytest.mark.parametrize("partial", [False, True], ids=["whole", "partial"])
def test_a_pull_waits_for_news_and_brings_only_news(folder: Path, partial: bool) -> None:
    with toy_client() as client:
        params = profile("vscode-1.139")
        client.initialize({**params, "initializationOptions": {"diagnosticMode": "workspace"}}, root=folder)
        client.settings = {"diagnosticMode": "workspace"}
        pulling = Pulling(client)
        serve, train = folder / "pkg" / "serve.py", folder / "train.py"
        while {uri: rules_of(items) for uri, items in pulling.shown.items()} != {
            serve.as_uri(): ["toy-safe", "toy-shared"],
            train.as_uri(): ["toy-shared"],
        }:
            assert pulling.pull(partial=partial)
        assert not pulling.pull(1.5, partial), "nothing is new, and yet it was answered"
        serve.write_text("risky_word\n")
        request = pulling.ask(partial)
        watched(client, serve)
        client.answer(request)
        pulling.n_pulls -= 1
        pulling.known.clear()
        assert pulling.pull(partial=partial)
        assert rules_of(pulling.shown[serve.as_uri()]) == ["toy-risky"]
        assert not [m for _, m in client.log if m.get("method") == "textDocument/publishDiagnostics"], (
            "pushed too"
        )


def test_an_older_pull_is_answered_when_a_newer_one_comes(folder: Path) -> None:
    with toy_client() as client:
        client.initialize({**profile("vscode-1.139"), "initializationOptions": {}}, root=folder)
        pulling = Pulling(client)
        first, second = pulling.ask(), pulling.ask()
        assert client.answer(first)["result"] == {"items": []}
        time.sleep(0.5)
        assert client.answers(second) == []
        assert client.leave() == 0
        assert len(client.answers(second)) == 1, "a parked request was never answered"


def test_unchanged_documents_are_named_not_repeated(folder: Path) -> None:
    with toy_client() as client:
        client.initialize({**profile("vscode-1.139"), "initializationOptions": {}}, root=folder)
        uri = "file:///work/a.py"
        client.open(uri, "safe_word\n")
        params = {"textDocument": {"uri": uri}, "identifier": "mldebt"}
        first = client.call("textDocument/diagnostic", params)
        assert first["kind"] == "full" and len(first["items"]) == 1
        again = client.call("textDocument/diagnostic", {**params, "previousResultId": first["resultId"]})
        assert again == {"kind": "unchanged", "resultId": first["resultId"]}
        client.change(uri, insert(0, 0, "dead_word\n"))
        other = client.call("textDocument/diagnostic", {**params, "previousResultId": first["resultId"]})
        assert other["kind"] == "full"


def test_a_pulling_client_is_told_when_the_slow_part_has_more_to_say() -> None:
    with toy_client() as client:
        client.initialize({**profile("vscode-1.139"), "initializationOptions": {}})
        uri = "file:///work/a.py"
        client.open(uri, "x = 1\n" + "slow_word\n" * 5)
        assert len(client.diagnostics(uri)) == 5
        client.change(uri, insert(0, 0, "slow_word\n"))
        client.diagnostics(uri)
        client.wait(lambda m: m.get("method") == "workspace/diagnostic/refresh")
        assert len(client.diagnostics(uri)) == 6


# Processes


def children(pid: int) -> list[int]:
    """Every descendant of a process."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(name)] = int(fields[1])
    found, todo = [], [pid]
    while todo:
        here = todo.pop()
        below = [child for child, parent in parents.items() if parent == here]
        found += below
        todo += below
    return found


def alive(pid: int) -> bool:
    try:
        state = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs /proc to find the processes")
@pytest.mark.parametrize(
    "end, busy, tcp",
    [
        (end, busy, tcp)
        for end in ("hung up", "exit", "SIGTERM", "SIGKILL")
        for busy in (False, True)
        for tcp in (False, True)
        # The others differ in nothing from these but the time they take.
        if NIGHTLY or (busy and not tcp) or end == "hung up"
    ],
)
def test_nothing_is_left_of_a_server(tmp_path: Path, end: str, busy: bool, tcp: bool) -> None:
    """Whoever ends it, and whatever it is at: neither it nor a process of its is there two seconds later."""
    for number in range(60 if busy else 1):
        (tmp_path / f"m{number}.py").write_text("slow_word\n" * 20)
    with toy_client(tcp=tcp) as client:
        client.initialize(WATCHES, root=tmp_path, options={"diagnosticMode": "workspace"})
        family: list[int] = []
        if busy:
            family = until(lambda: found if len(found := children(client.process.pid)) >= 3 else None)
        else:
            until(lambda: len(shown(client, tmp_path / "m0.py")) == 20)
        if end == "hung up":
            client.hang_up()
        elif end == "exit":
            client.notify("exit")
        else:
            client.process.send_signal(15 if end == "SIGTERM" else 9)
        code = client.process.wait(3)
        until(lambda: not any(alive(pid) for pid in family), seconds=2.0)
        if end in ("hung up", "exit"):
            assert code == 1


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs /proc to find the processes")
def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"m{number}.py").write_text("slow_word\nsafe_word\n")
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path, options={"diagnosticMode": "workspace"})
        family = until(lambda: found if len(found := children(client.process.pid)) >= 3 else None)
        os.kill(max(family), 9)
        client.call("workspace/executeCommand", {"command": "mldebt.debugInformation"})
        until(
            lambda: all(shown(client, tmp_path / f"m{n}.py") == ["toy-safe", "toy-slow"] for n in range(30)),
            40,
        )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process by its number")
def test_a_server_whose_editor_was_killed_ends(tmp_path: Path) -> None:
    """Also when somebody else still holds the pipe open, as a wrapper script does."""
    import subprocess
    import sys

    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with toy_client() as client:
        client.call("initialize", {"capabilities": {}, "processId": editor.pid})
        client.notify("initialized", {})
        client.answer(client.request("no/such"))
        editor.kill()
        editor.wait()
        assert client.process.wait(2) == 1


def test_an_editor_that_lies_about_its_number_is_served() -> None:
    """From outside a container the number means nothing in here."""
    with toy_client() as client:
        client.call("initialize", {"capabilities": {}, "processId": 2**22 + 1})
        client.encoding = "utf-16"
        client.notify("initialized", {})
        client.open("file:///work/a.py", "safe_word\n")
        assert len(last_published(client, "file:///work/a.py")) == 1
        client.change("file:///work/a.py", replace(0, 0, 0, 9, ""))
        assert last_published(client, "file:///work/a.py") == []
