"""A line is typed before the user types one: in a text of our own, in a session that nobody reads.

What runs for the first time is slow: modules and patterns are loaded, and the interpreter
has not yet fitted its instructions to what they meet. The first keys of a session took 3 to 8 ms,
against 0.5 later. So once the first findings are shown and nobody types, thirty keys go the way of a
real one, from the bytes that arrive to the bytes that would leave. It touches no document of the
user's and tells the client nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mldebt.lsp import sync
from mldebt.lsp.analyses import Unfinished
from mldebt.lsp.configuration import Configuration
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.dispatch import Dispatcher, State
from mldebt.lsp.documents import Open
from mldebt.lsp.projects import Project, Projects
from mldebt.lsp.session import Session
from mldebt.lsp.transport import Framer, Link, Outbox, framed

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.config_files import Problem

log = logging.getLogger("mldebt.lsp")

PAUSE_SECONDS = 0.1
# After the first findings are shown, or when somebody types after all.

MAX_CHARACTERS = 2000
# Of the user's own text above ours, so that its libraries and rules are met: about 50 lines.

URI = "untitled:rehearsal.py"
TYPED = "total = compute(alpha, 30)"
STAGE = """

def rehearse(frame, path, alpha=0.31):
    # Amounts are in cents.
    frame = frame.copy()
    frame["share"] = frame["part"] / frame["whole"].clip(lower=0.07)
    for name in ("country", "channel"):
        frame[name] = frame[name].fillna(0.5)
    scaler = StandardScaler().fit(frame)
    model = RandomForestClassifier(n_estimators=317, max_depth=13)
    model.fit(scaler.transform(frame), frame["label"])
    return model, {"score": model.score(frame), "rows": len(frame)}
"""
LINE = "    frame = frame.copy()"


def begin(session: Session, document: Open) -> None:
    """Rehearse when nobody types, with the configuration of a document that is analysed and shown."""
    assert session.loop is not None
    session.loop.call_later(PAUSE_SECONDS, _go_on, session, document, None)


def _go_on(session: Session, document: Open, steps: Iterator[None] | None) -> None:
    """One key; none while something of the user's is still to be done."""
    assert session.loop is not None
    if session.message_waits() or any(one.report is None for one in session.documents):
        session.loop.call_later(PAUSE_SECONDS, _go_on, session, document, steps)
        return
    try:
        steps = steps or Rehearsal(session, document).steps()
        next(steps)
    except StopIteration:
        return
    except Exception:
        # Nobody misses it. What fails here fails in a document as well, and is told of there.
        log.debug("the rehearsal failed", exc_info=True)
        return
    session.loop.call_soon(_go_on, session, document, steps)


class Rehearsal:
    """Thirty keys, one at a time."""

    def __init__(self, session: Session, document: Open) -> None:
        """`document` is one of the user's, analysed and shown."""
        config = session.project_of(document).config_for(document.path)
        outbox = Outbox(Link(lambda size: b"", len, -1, -1, nonblocking=True))
        dispatcher = Dispatcher(outbox, _nothing_above, lambda code: None, log.debug)
        dispatcher.state = State.RUNNING
        self._session = own = Session(outbox, dispatcher)
        own.client, own.projects = session.client, _Projects(config, session.projects)
        self._diagnostics = Diagnostics(own)
        self._framer = Framer()
        sync.register(own, self._diagnostics, Configuration(own, self._diagnostics))
        dispatcher.requests["textDocument/diagnostic"] = self._diagnostics.pull
        text = document.text[:MAX_CHARACTERS]
        self._text = text[: text.rfind("\n\n") + 1] + STAGE
        self._version = 1

    def steps(self) -> Iterator[None]:
        """Each takes a few milliseconds at most. May raise whatever an analysis raises."""
        item = {"uri": URI, "languageId": "python", "version": 1, "text": self._text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        yield
        document = self._session.documents.get(URI)
        assert document is not None
        analyses = self._diagnostics.analyses
        unfinished = Unfinished(document, 0.0, 0.0)
        while not analyses.step(unfinished, analyses.live(document)):
            yield
        self._diagnostics.finished(document)
        yield
        line = self._text[: self._text.rindex(LINE)].count("\n")
        self._change(line, len(LINE), line, len(LINE), "\n    ")
        for column, character in enumerate(TYPED, 4):
            yield
            self._change(line + 1, column, line + 1, column, character)
        yield
        self._change(line, len(LINE), line + 1, 4 + len(TYPED), "")

    def _change(self, line: int, column: int, end_line: int, end_column: int, text: str) -> None:
        self._version += 1
        span = {
            "start": {"line": line, "character": column},
            "end": {"line": end_line, "character": end_column},
        }
        params: dict[str, Any] = {"textDocument": {"uri": URI, "version": self._version}}
        self._send(
            {
                "method": "textDocument/didChange",
                "params": {**params, "contentChanges": [{"range": span, "text": text}]},
            }
        )
        if self._session.client.pull:
            self._send({"id": self._version, "method": "textDocument/diagnostic", "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        dispatcher = self._session.dispatcher
        dispatcher.enqueue(self._framer.feed(framed(json.dumps({"jsonrpc": "2.0", **message}).encode())))
        while dispatcher.busy:
            dispatcher.step()
        self._diagnostics.drained()


class _Projects(Projects):
    """One project without files, under the configuration of one of the user's documents."""

    def __init__(self, config: Config, real: Projects) -> None:
        super().__init__()
        self.settings = real.settings
        self._loose = _Project(config, self.settings)


class _Project(Project):
    def __init__(self, config: Config, settings: Any) -> None:
        super().__init__("", settings, implied=True)
        self._config = config

    def config_for(self, path: str) -> Config:
        return self._config

    @property
    def problems(self) -> list[Problem]:
        return []


def _nothing_above() -> Any:
    raise NotImplementedError("a rehearsal sends nothing that pygls answers")
