"""Typing inside a function lowers the line alone, and gives what lowering the whole function anew gives."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from nightly import CORPUS, size

from mldebt.syntax import document as documents
from mldebt.syntax.document import Document
from mldebt.syntax.module import Lowered, lower_piece
from mldebt.syntax.names import bound
from mldebt.syntax.source import SourceFile

N_FILES = size(12, 400)
VIEWS = (
    "text", "owner", "state", "numbers", "strings", "comments", "assignments", "imports", "functions", "classes",
    "scopes",
)  # fmt: skip
TYPED = [
    "total_loss = compute(alpha, 30)", "df = pd.read_csv('/data/a.csv', nrows=100)  # note", "x.fit(a, b)[0]",
    "self.model = LGBM(lr=0.1)", "y: float = 0.37 * x", "del a, b", "return x if y else 3", "'docstring'", "pass",
    "# just a comment", "a = b = c; d(7)", "import numpy as np", "for i in range(3): foo(i)", "with open(f) as g: pass",
    "z = [i for i in range(10) if i > 2]", "k = (lambda q: q + 3)(4)", "d['a/x.csv'] = {\n        'b': g(5),\n    }",
    "s = '''a\nb'''", "x += 3 \\\n    + 4", "'é' + \"𝒳\" if é else 3", "x = 'unclosed", "match x:", "n[1:30, 4] -= 2",
]  # fmt: skip
INSIDE = [
    "3",
    "(a, b)",
    "x.y",
    "  ",
    "# c",
    " + 0.5",
    "'s'",
    ", k=7",
    "\\",
    "=",
    ",",
    ")",
    "[",
    '"""',
    "\f",
    ":",
]
CODE = '''import lightgbm as lgb
import pandas as pd


def train(path, depth=7):
    """Docstring."""
    frame = pd.read_csv("/data/train.csv")
    try:
        model = lgb.LGBMClassifier(learning_rate=0.0173, max_depth=depth)
        score = lambda row: row.sum() / 17
    except ValueError(3):
        frame = frame.sample(frac=0.31)  # a part
    for seed in (3, 5, 8):
        model.fit(frame, random_state=seed)
    return model.predict(frame.drop(columns=["a", "b"]), num_iteration=311)
'''


def typed(text: str, at: int, new: str) -> Iterator[tuple[int, int, str]]:
    """Edits that put `new` in, character by character."""
    for character in new:
        yield at, at, character
        at += 1


def edits(text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
    newline = "\r\n" if "\r\n" in text else "\n"
    at = rng.choice([place for place, one in enumerate(text) if one == newline[0]] or [0])
    line = text.rfind("\n", 0, at) + 1
    indent = text[line:at][: len(text[line:at]) - len(text[line:at].lstrip())]
    if rng.random() < 0.7:
        yield at, at, newline + indent
        new = rng.choice(TYPED).replace("\n", newline)
        yield from typed(text, at + len(newline + indent), new)
        if rng.random() < 0.7:
            yield at, at + len(newline + indent + new), ""
    else:
        place = rng.randrange(line, at + 1)
        new = rng.choice(INSIDE)
        yield from typed(text, place, new)
        if rng.random() < 0.5:
            yield place + len(new), min(at, place) + len(new) + rng.randrange(3), ""


def assert_as_anew(document: Document) -> None:
    """What the last edit has made equals what is made of the same text without what was known before."""
    assert document.changed is not None
    for chunk in document.chunks[slice(*document.changed)]:
        made: Lowered = chunk.names.piece
        anew = lower_piece(chunk.text, chunk.owner, document.wanted)
        for kind in VIEWS:
            assert getattr(made, kind) == getattr(anew, kind), kind
        assert set(made.roots) == set(anew.roots)
        same = bound(anew, chunk.names.environment)
        assert chunk.calls == same.calls
        assert chunk.exports == same.exports
        assert [one._replace(target="") for one in made.calls] == list(anew.calls)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("seed", range(N_FILES))
def test_a_typed_line_gives_what_its_whole_piece_gives(seed: int, newline: str) -> None:
    rng = random.Random(f"{seed}{newline}")
    path = rng.choice(sorted(CORPUS.rglob("*.py")))
    text = (CODE if seed % 3 == 0 else path.read_text(encoding="utf-8", errors="replace")).replace(
        "\n", newline
    )
    document = Document(SourceFile("a.py", text))
    for _ in range(size(8, 30)):
        for start, end, new in edits(text, rng):
            text = text[:start] + new + text[end:]
            document.edit(start, end, new, SourceFile("a.py", text))
            assert_as_anew(document)


@pytest.mark.parametrize("after", ['read_csv("/data/train.csv")', "max_depth=depth)", "# a part", "=seed)"])
def test_a_line_typed_in_a_function_lowers_nothing_else(monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    document = Document(SourceFile("a.py", text := CODE))
    monkeypatch.setattr(documents, "lower_piece", lambda *_: pytest.fail("a whole piece was lowered"))
    at = CODE.index(after) + len(after)
    indent = CODE[CODE.rindex("\n", 0, at) + 1 :]
    line = "\n" + indent[: len(indent) - len(indent.lstrip())] + "loss = compute(alpha, 30)"
    for start, end, new in [*typed(text, at, line), (at, at + len(line), "")]:
        text = text[:start] + new + text[end:]
        document.edit(start, end, new, SourceFile("a.py", text))
    assert text == CODE


def test_what_others_may_ask_for_is_found_anew() -> None:
    """A name that the typed line binds changes the targets behind it."""
    text = "import pandas as pd\n\n\ndef f(p):\n    q = open(p)\n    a = q(p)\n    return a.read_csv(p, 3)\n"
    document = Document(SourceFile("a.py", text))
    at = text.index("open(p)")
    start, end, new = at, at + len("open(p)"), "pd"
    text = text[:start] + new + text[end:]
    document.edit(start, end, new, SourceFile("a.py", text))
    for start, end, new in typed(text, at + 2, ".DataFrame"):
        text = text[:start] + new + text[end:]
        document.edit(start, end, new, SourceFile("a.py", text))
        assert_as_anew(document)
    assert any("pandas" in call.target for call in document.chunks[-1].calls)


@pytest.mark.parametrize(
    "text",
    [
        "def f(p):\n    try:\n        a = 1\n        b = 2\n    except g(3):\n        pass\n",
        "def f(p):\n    match p.args[0]:\n        case 4:\n            a = 1\n            b = 2\n        case _:\n            pass\n",
    ],
)
def test_a_view_whose_statement_holds_the_lines_is_not_left_behind(text: str) -> None:
    document = Document(SourceFile("a.py", text))
    at = text.index("b = 2") + 5
    for start, end, new in typed(text, at, "3 + h(4)"):
        text = text[:start] + new + text[end:]
        document.edit(start, end, new, SourceFile("a.py", text))
        assert_as_anew(document)
