"""Starts a session and runs it: arguments, pipes, the answer to `initialize`, the event loop, the end.

Loaded before `initialize` is answered, so it imports little; the engine and
asyncio come after the answer, pygls when a message first needs it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import mldebt
from mldebt.lsp.capabilities import client_of, offered_to
from mldebt.lsp.configuration import Configuration
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.dispatch import INVALID_PARAMS, Dispatcher, ResponseError, Upper
from mldebt.lsp.pump import Pump
from mldebt.lsp.session import Session
from mldebt.lsp.transport import Link, Outbox, accept_one, stdio

if TYPE_CHECKING:
    from mldebt.lsp.documents import Open
    from mldebt.lsp.scanning import Scanning

TRACES = ("off", "messages", "verbose")

IDLE_SECONDS = 1.0
# The collector is off while somebody types: one full collection in between cost up to 355 ms.
# After a second of silence it runs once.


class Arguments(NamedTuple):
    port: int = -1
    """Loopback port to serve one client on; -1 for stdio."""
    parent: int = 0
    log_file: str = ""
    log_level: str = ""


def main(arguments: Sequence[str]) -> int:
    try:
        given = arguments_of(arguments)
    except ValueError as error:
        sys.stderr.write(f"mldebt-lsp: {error}\n")
        return 4
    if given.port < 0 and sys.stdin is not None and sys.stdin.isatty():
        sys.stderr.write(
            "mldebt-lsp: waiting for a language client on stdin. To check files: mldebt-lsp --check\n"
        )
    link = accept_one(given.port) if given.port >= 0 else stdio()
    run(link, given)
    return 1


def arguments_of(arguments: Sequence[str]) -> Arguments:
    """Read `--name value` and `--name=value`. Raises ValueError in words for the user."""
    found: dict[str, Any] = {}
    names = {
        "--tcp": "port",
        "--clientProcessId": "parent",
        "--log-file": "log_file",
        "--log-level": "log_level",
    }
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name not in names:
            continue
        if not equals:
            value = next(rest, "")
        field = names[name]
        if field in ("port", "parent"):
            if not value.isdigit():
                raise ValueError(f"{name} takes a number, not {value!r}")
            found[field] = int(value)
        else:
            found[field] = value
    if found.get("port", 0) > 65535:
        raise ValueError(f"--tcp takes a port up to 65535, not {found['port']}")
    return Arguments(**found)


def run(link: Link, given: Arguments) -> None:
    """Serve one client until it is gone; ends the process."""
    session: Session
    outbox = Outbox(link, broken=lambda: session.leave(1))
    dispatcher = Dispatcher(
        outbox, lambda: load_upper(session, diagnostics), lambda code: session.leave(code), log
    )
    session = Session(outbox, dispatcher)
    diagnostics = Diagnostics(session)
    configuration = Configuration(session, diagnostics)
    session.scan = configuration.scan
    register(session, diagnostics, configuration, given)
    housekeeping = Housekeeping(session, configuration, diagnostics)
    diagnostics.shown = housekeeping.shown

    def drained() -> None:
        diagnostics.drained()
        housekeeping.touch()

    pump = Pump(link, dispatcher, drained, ended=lambda: session.leave(0 if dispatcher.finished else 1))
    session.message_waits = pump.waits
    pump.until_initialized()

    import asyncio

    from mldebt.lsp.log import configure

    options = session.initialize_params.get("initializationOptions")
    options = options if isinstance(options, dict) else {}
    configure(
        given.log_level or str(options.get("logLevel") or ""),
        given.log_file or str(options.get("logFile") or ""),
    )

    async def serve() -> None:
        session.loop = asyncio.get_running_loop()
        from mldebt.engine.analyze import active_rules
        from mldebt.lsp import convert  # noqa: F401  (needed at the first publish)
        from mldebt.lsp.scanning import Scanning
        from mldebt.lsp.workspace import WorkspaceDiagnostics

        active_rules(session.projects.at("").config_for(""))
        diagnostics.workspace = WorkspaceDiagnostics(session, diagnostics)
        configuration.scanning = housekeeping.scanning = Scanning(session, diagnostics)
        gc.collect()
        gc.freeze()
        gc.disable()
        pump.attach(session.loop)
        await asyncio.Event().wait()

    try:
        asyncio.run(serve())
    except KeyboardInterrupt:
        session.leave(1)


def register(
    session: Session, diagnostics: Diagnostics, configuration: Configuration, given: Arguments
) -> None:
    """Route the methods that are handled without pygls."""
    from mldebt.lsp import commands, notebooks, sync

    def initialize(params: Any) -> Any:
        if not isinstance(params, dict):
            raise ResponseError(INVALID_PARAMS, "invalid params: initialize takes an object")
        session.initialize_params = params
        session.client = client_of(params)
        session.trace = params["trace"] if params.get("trace") in TRACES else "off"
        folders = params.get("workspaceFolders") or ()
        uris = (
            [folder.get("uri") for folder in folders if isinstance(folder, dict)]
            if isinstance(folders, list)
            else []
        )
        for uri in uris or [params.get("rootUri")]:
            if isinstance(uri, str):
                session.projects.add(folder_of(uri))
        configuration.start()
        watch_parent(session, given.parent)
        return offer()

    def offer() -> Any:
        return {
            "capabilities": offered_to(session.client, commands.ALL),
            "serverInfo": {"name": "mldebt-lsp", "version": mldebt.__version__},
        }

    def initialize_again(params: Any) -> Any:
        """jupyter-lsp starts one server for all browser tabs, and each tab, or the same one loaded anew, initializes."""
        first = session.initialize_params
        if not isinstance(params, dict) or not isinstance(params.get("rootUri"), str):
            return None
        is_jupyter = all(one.get("processId") is None and "clientInfo" not in one for one in (first, params))
        same = folder_of(params["rootUri"]) == folder_of(str(first.get("rootUri")))
        return offer() if is_jupyter and same else None

    def folder_of(root: str) -> str:
        """JupyterLab's notebooks live in a folder that need not exist, below the one that counts."""
        return root.removesuffix("/.virtual_documents")

    def shutdown(_: Any) -> None:
        if diagnostics.workspace is not None:
            diagnostics.workspace.shut_down()
        if session.dispatcher.upper is not None:
            session.dispatcher.upper.shut_down()

    def set_trace(params: Any) -> None:
        if params["value"] in TRACES:
            session.trace = params["value"]

    dispatcher = session.dispatcher
    dispatcher.requests["initialize"] = initialize
    dispatcher.again = initialize_again
    dispatcher.requests["shutdown"] = shutdown
    dispatcher.requests["textDocument/diagnostic"] = diagnostics.pull
    dispatcher.notifications["$/setTrace"] = set_trace
    configuration.register()
    sync.register(session, diagnostics, configuration)
    notebooks.register(session, diagnostics)


def load_upper(session: Session, diagnostics: Diagnostics) -> Upper:
    from mldebt.lsp.features import build

    server = build(session, diagnostics)
    server.protocol.adopt(session.initialize_params)
    gc.collect()
    gc.freeze()
    return server.protocol


def watch_parent(session: Session, parent: int) -> None:
    from mldebt.lsp.watch import watch_process

    announced = session.initialize_params.get("processId")
    pid = announced if announced.__class__ is int else parent
    if pid:
        watch_process(pid, lambda: session.leave(1))


def log(text: str) -> None:
    # logging takes 20 ms to import; nothing is logged before it is needed.
    import logging

    logging.getLogger("mldebt.lsp").warning("%s", text)


class Housekeeping:
    """What is done when nobody types."""

    def __init__(self, session: Session, configuration: Configuration, diagnostics: Diagnostics) -> None:
        self._session = session
        self._configuration = configuration
        self._diagnostics = diagnostics
        self._last = 0.0
        self._armed = False
        self._looking: Any = None
        """A task nobody holds may be collected before it is done."""
        self.scanning: Scanning | None = None
        self._rehearsed = False

    def shown(self, document: Open) -> None:
        """Get ready for the next key in this document, whose findings are all shown."""
        loop = self._session.loop
        if loop is None:
            return
        loop.call_soon(self._diagnostics.foresee, document)
        if not self._rehearsed:
            self._rehearsed = True
            loop.call_soon(self._rehearse, document)

    def _rehearse(self, document: Open) -> None:
        from mldebt.lsp.rehearsal import begin

        begin(self._session, document)

    def touch(self) -> None:
        self._last = time.monotonic()
        if not self._armed and self._session.loop is not None:
            self._armed = True
            self._session.loop.call_later(IDLE_SECONDS, self._tick)

    def _tick(self) -> None:
        rest = self._last + IDLE_SECONDS - time.monotonic()
        if rest > 0 and self._session.loop is not None:
            self._session.loop.call_later(rest, self._tick)
            return
        self._armed = False
        if self.scanning is not None:
            self.scanning.recheck()
        gc.collect()
        # Also where the client watches files: the date is part of the configuration, and clients forget.
        if self._session.loop is not None:
            self._looking = self._session.loop.create_task(self._configuration.reload_if_changed())
