"""Before the user types the first key, keys are typed where nobody sees it: so that the first one is quick."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from harness import PATIENCE_SECONDS, Client
from test_interruption import text_of
from test_truth import editor

from mldebt.lsp import rehearsal
from mldebt.lsp.documents import OpenDocument
from mldebt.lsp.rehearsal import TYPED, URI, Rehearsal
from mldebt.lsp.session import Session

SERVER = """
import sys
from mldebt.lsp import documents, rehearsal, server

change, steps = documents.OpenDocument.change, rehearsal.Rehearsal.steps
known = set()

def noted(document, changes, version):
    if document.uri != rehearsal.URI:
        sys.stderr.write(f"loaded {sorted(set(sys.modules) - known) if known else []}\\n")
        sys.stderr.flush()
        known.update(sys.modules)
    change(document, changes, version)

def told(self):
    yield from steps(self)
    sys.stderr.write("rehearsed\\n")
    sys.stderr.flush()

documents.OpenDocument.change, rehearsal.Rehearsal.steps = noted, told
server.main([])
"""


def wait_for(client: Client, words: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while words not in client.stderr():
        assert time.monotonic() < deadline, client.stderr()
        time.sleep(0.02)


def test_the_first_key_loads_nothing_and_nothing_is_told_of_the_rehearsal() -> None:
    with Client(script=SERVER) as client:
        client.initialize()
        client.open("untitled:a.py", text_of(3))
        shown = client.diagnostics("untitled:a.py")
        wait_for(client, "rehearsed")
        told = client.n_published("untitled:a.py")
        line = text_of(3).splitlines().index('    y = frame.pop("label")')
        at = {"line": line, "character": 4}
        for character in "x = f(3":
            client.change("untitled:a.py", {"range": {"start": at, "end": at}, "text": character})
            client.diagnostics("untitled:a.py")
            at = {"line": line, "character": at["character"] + 1}
        assert client.n_published("untitled:a.py") - told == 7
        assert client.n_published(URI) == 0
        assert shown
        assert client.stderr().count("loaded []") == 7, client.stderr()


@pytest.fixture
def rehearsing() -> Iterator[tuple[Session, OpenDocument]]:
    session, diagnostics = editor("utf-16")
    document = OpenDocument("untitled:a.py", "a.py", text_of(3), 1, "utf-16", language="python")
    session.documents.add(document)
    diagnostics.analyses.whole(document)
    yield session, document


@pytest.mark.parametrize("pull", [False, True])
def test_every_key_of_it_is_analysed_and_shown_to_nobody(
    rehearsing: tuple[Session, OpenDocument], pull: bool
) -> None:
    session, document = rehearsing
    session.client = session.client._replace(pull=pull)
    report, stage = document.report, Rehearsal(session, document)
    sent: list[bytes] = []
    stage._session.outbox._link = stage._session.outbox._link._replace(
        write=lambda data: sent.append(data) or len(data)  # type: ignore[func-returns-value]
    )
    for _ in stage.steps():
        pass
    typed = stage._session.documents.text(URI)
    assert typed is not None
    assert typed.version == len(TYPED) + 3
    assert typed.buffer.text == typed.text == stage._text
    assert len(sent) == len(TYPED) + (2 if pull else 3)
    assert all(b"magic-hyperparameter" in message for message in sent)
    assert document.report is report
    assert list(session.documents) == [document]
    assert session.documents.get(URI) is None


def test_it_waits_while_somebody_types(
    rehearsing: tuple[Session, OpenDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, document = rehearsing
    waits, steps = True, []

    class Steps(Rehearsal):
        def steps(self) -> Iterator[None]:
            for number in range(3):
                steps.append(number)
                yield

    monkeypatch.setattr(rehearsal, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(rehearsal, "Rehearsal", Steps)
    session.message_waits = lambda: waits

    async def sit() -> None:
        nonlocal waits
        session.loop = asyncio.get_running_loop()
        rehearsal.begin(session, document)
        await asyncio.sleep(0.1)
        assert not steps
        waits, report, document.report = False, document.report, None
        await asyncio.sleep(0.1)
        assert not steps
        document.report = report
        await asyncio.sleep(0.1)

    asyncio.run(sit())
    assert steps == [0, 1, 2]


def test_a_rehearsal_that_fails_harms_nobody(
    rehearsing: tuple[Session, OpenDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, document = rehearsing
    monkeypatch.setattr(rehearsal, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(Rehearsal, "steps", lambda self: iter([1 // 0]))

    async def sit() -> None:
        session.loop = asyncio.get_running_loop()
        rehearsal.begin(session, document)
        await asyncio.sleep(0.05)

    asyncio.run(sit())
    assert document.report is not None


def test_what_is_foreseen_is_what_the_next_key_shows() -> None:
    edits = [
        {"range": {"start": {"line": 9, "character": 0}, "end": {"line": 9, "character": 0}}, "text": "#"}
    ]
    shown = []
    for foreseen in (False, True):
        _, diagnostics = session, diagnostics = editor("utf-16")
        document = OpenDocument("untitled:a.py", "a.py", text_of(3), 1, "utf-16", language="python")
        session.documents.add(document)
        diagnostics.analyses.whole(document)
        if foreseen:
            diagnostics.foresee(document)
        before = [diagnostics._items(document)[document.parts[0]]]
        document.change(edits, 2)
        shown.append([*before, diagnostics._items(document)[document.parts[0]]])
        diagnostics.foresee(document)  # nothing is foreseen of a text whose report is not complete
        assert document.report is None
    assert [list(map(sorted, one)) for one in shown[:1]] == [list(map(sorted, one)) for one in shown[1:]]
