"""After any edits the editor shows what a fresh look at the same text would show.

Random edits on real files: several in one event, in all column units, with all
line ends, astral characters and positions past the end; and whole files typed
in, prefix by prefix. Short by default, on our own code; see tests/nightly.py.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from harness import applied, position_of
from nightly import CORPUS, size

from mldebt.engine.analyze import analyze_module
from mldebt.lsp.capabilities import Client as Abilities
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.dispatch import Dispatcher
from mldebt.lsp.documents import OpenDocument
from mldebt.lsp.session import Session
from mldebt.syntax.source import SourceFile

EDITS = size(1500, 200_000)
PREFIX_FILES = size(2, 200)
CHECK_EVERY = 50
MAX_CHARACTERS = 40_000
# Of one file: a fresh look is what costs the time.

PIECES = (
    "x", " ", "\n", "\r\n", "\r", "    ", "(", ")", "[", "]", "'", '"', '"""', "#", ":", ",", "🙂", "é", "\x0c", "\u2028",
    "import torch\n", "import pandas as pd\n", "def f():\n", "class A:\n", "else:\n", "    return 0.0078\n",
    "df = pd.read_csv('/home/maria/x.csv')\n", "# lr = 0.01\n", "  # mldebt: ignore[hardcoded-path] known", "\\\n", "async ",
    "from sklearn.model_selection import train_test_split\n", "X = scaler.fit_transform(X)\n", "if x:\n    y = 1\n", "@",
)  # fmt: skip


class Nowhere:
    def send(self, data: bytes, key: str = "") -> None: ...


def editor(encoding: Any) -> tuple[Session, Diagnostics]:
    dispatcher = Dispatcher(Nowhere(), lambda: None, lambda code: None, print)  # type: ignore[arg-type, return-value]
    session = Session(Nowhere(), dispatcher)  # type: ignore[arg-type]
    session.client = Abilities(
        encoding=encoding, code_description=True, related_information=True, unnecessary=True
    )
    return session, Diagnostics(session)


def shown(document: OpenDocument, diagnostics: Diagnostics, whole: bool = True) -> list[Any]:
    """What the client is shown in the end, or at once, in an order of its own."""
    (items,) = diagnostics._items(document, whole).values()
    return sorted((json.loads(item) for item in items), key=json.dumps)


def corpus() -> list[Path]:
    found = [path for path in CORPUS.rglob("*.py") if 200 < path.stat().st_size < MAX_CHARACTERS]
    return sorted(found)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def random_change(draw: random.Random, text: str, encoding: str) -> dict[str, Any]:
    """One content change, now and then of the whole text or at a place that does not exist."""
    kind = draw.random()
    if kind < 0.01:
        return {
            "text": draw.choice(
                (text, text[: len(text) // 2], text.replace("\n", "\r\n"), text.replace("=", " = ", 3))
            )
        }
    start = draw.randrange(len(text) + 1)
    length = draw.choice((0, 0, 0, 0, 1, 1, 2, 10, 200))
    end = min(len(text), start + length)
    first, last = (position_of(text, offset, encoding) for offset in (start, end))
    if kind < 0.03:
        first, last = last, first
    if kind > 0.97:
        last = {"line": last["line"], "character": 2**31 - 1}
    if kind > 0.985:
        last = {"line": last["line"] + draw.choice((1, 1000)), "character": 7}
    new = draw.choice(PIECES) if draw.random() < 0.8 else text[end : end + draw.choice((5, 80, 600))]
    return {"range": {"start": first, "end": last}, "text": new}


def edit_at_random(paths: Sequence[Path], n_edits: int, seed: int, encoding: Any) -> int:
    """Edit files at random and compare now and then; how many comparisons were made."""
    draw = random.Random(seed)
    n_checks = n_done = 0
    while n_done < n_edits:
        path = draw.choice(paths)
        text = read(path)
        session, diagnostics = editor(encoding)
        document = OpenDocument("untitled:a.py", "a.py", text, 1, encoding, language="python")
        session.documents.add(document)
        for number in range(1, min(500, n_edits - n_done) + 1):
            changes = []
            for _ in range(draw.choice((1, 1, 1, 2, 5))):
                change = random_change(draw, text, encoding)
                text = applied(text, change, encoding)
                changes.append(change)
            document.change(changes, number)
            n_done += len(changes)
            if draw.random() < 0.5:
                diagnostics._items(document)
            if number % CHECK_EVERY == 0:
                compare(document, diagnostics, text, encoding)
                n_checks += 1
            if len(text) > 2 * MAX_CHARACTERS or n_done >= n_edits:
                break
        compare(document, diagnostics, text, encoding)
        n_checks += 1
    return n_checks


def compare(document: OpenDocument, diagnostics: Diagnostics, text: str, encoding: Any) -> None:
    assert document.buffer.text == text
    after = shown(document, diagnostics)
    assert document.text == text
    project = diagnostics._session.project_of(document)
    fresh = analyze_module(SourceFile(document.path, text), project.config_for(document.path))
    assert document.report == fresh
    session, others = editor(encoding)
    anew = OpenDocument(document.uri, document.path, text, 1, encoding, language="python")
    session.documents.add(anew)
    assert shown(anew, others) == after
    if not fresh.suppressions:
        # A line above comes and goes: what a keystroke can have follows it down and up again.
        top = {"line": 0, "character": 0}
        anew.change([{"range": {"start": top, "end": top}, "text": "\n"}], 2)
        shown(anew, others, whole=False)
        below = {"line": 1, "character": 0}
        anew.change([{"range": {"start": top, "end": below}, "text": ""}], 3)
        assert shown(anew, others, whole=False) == after
        assert anew.report is None


@pytest.mark.timeout(size(120, 36_000))
@pytest.mark.parametrize("seed, encoding", [(1, "utf-8"), (2, "utf-16"), (3, "utf-32")])
def test_findings_after_random_edits_are_those_of_a_fresh_look(seed: int, encoding: Any, caplog: Any) -> None:
    assert edit_at_random(corpus(), EDITS // 3, seed, encoding) >= EDITS // 3 // (CHECK_EVERY * 5)
    # After a failure everything is analysed from scratch, and would be right.
    assert not failures(caplog)


def failures(caplog: Any) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


@pytest.mark.timeout(size(120, 36_000))
def test_whole_files_typed_in_never_fail(caplog: Any) -> None:
    """Every prefix is shown; the whole is compared, and so is every thousandth prefix."""
    paths = sorted(corpus(), key=lambda path: (path.stat().st_size, path.name))[
        :: max(1, len(corpus()) // max(1, PREFIX_FILES))
    ]
    for path in paths[:PREFIX_FILES]:
        text = read(path).replace("\r", "")[:6000]
        session, diagnostics = editor("utf-16")
        document = OpenDocument("untitled:a.py", "a.py", "", 1, "utf-16", language="python")
        session.documents.add(document)
        line = column = 0
        for offset, character in enumerate(text):
            place = {"line": line, "character": column}
            document.change([{"range": {"start": place, "end": place}, "text": character}], offset)
            diagnostics._items(document)
            column += 2 if ord(character) > 0xFFFF else 1
            if character == "\n":
                line, column = line + 1, 0
            if offset % 1000 == 999:
                compare(document, diagnostics, text[: offset + 1], "utf-16")
        compare(document, diagnostics, text, "utf-16")
    assert not failures(caplog)
