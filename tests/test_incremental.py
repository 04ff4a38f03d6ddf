"""Editing gives what a fresh reading gives, in every state of the text, broken ones included."""

from __future__ import annotations

import datetime
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mldebt.config import Config
from mldebt.engine.analyze import active_rules, analyze_module
from mldebt.syntax import chunks
from mldebt.syntax.document import Document
from mldebt.syntax.module import PARSE_FAILURES, comments_of, parse
from mldebt.syntax.notebook import joined
from mldebt.syntax.source import SourceFile
from mldebt.text import line_starts

OWN_CODE = sorted(Path(__file__).parents[1].glob("server/mldebt/**/*.py"))
SNIPPETS = [
    "x", "(", ")", "[", "]", ":", "=", "5", '"', '"""', "'''", "\n", "    ", "\n\n", "# c", " ", "\f", "\r", "\r\n",
    "class A:\n    x = 1\n", "def f():\n    pass\n", "import numpy as np\n", "\\\n", "@d\n", "else:\n", "é", "𝒳",
    "\u2028", "if x:\n", "return 3\n", "async def g():\n    await h()\n", "s = StandardScaler()\n",
]  # fmt: skip


def signature(document: Document) -> list[object]:
    return [
        (
            piece,
            chunk.state,
            chunk.calls,
            chunk.numbers,
            chunk.strings,
            chunk.comments,
            chunk.scopes,
            chunk.exports,
        )
        for piece, chunk in zip(document.pieces, document.chunks, strict=True)
    ]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("seed", range(12))
def test_any_sequence_of_edits_equals_a_fresh_document(seed: int, newline: str) -> None:
    rng = random.Random(f"{seed}{newline}")
    text = read(rng.choice(OWN_CODE)).replace("\n", newline)
    document = Document(SourceFile("a.py", text))
    for _ in range(30):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice([0, 0, 0, 1, 1, 3, 20, 200]))
        new = rng.choice(SNIPPETS)
        if rng.random() < 0.2:
            copied = rng.randrange(len(text) + 1)
            new = text[copied : copied + rng.randrange(300)]
        text = text[:start] + new + text[end:]
        document.edit(start, end, new, SourceFile("a.py", text))
        assert "".join(chunk.text for chunk in document.chunks) == text
    assert signature(document) == signature(Document(SourceFile("a.py", text)))


@pytest.mark.parametrize("path", OWN_CODE, ids=lambda path: path.stem)
def test_cuts_by_lines_equal_cuts_by_statements(path: Path) -> None:
    text = read(path)
    by_tree = [piece for piece, _ in chunks.pieces_of_tree(text, line_starts(text), parse(text))]
    assert list(chunks.pieces(text)) == by_tree
    assert len(by_tree) > 1 or len(text.splitlines()) < 40


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from([*SNIPPETS, "a = 1\n", "    b = 2\n", "        c()\n", "\tt = 3\n"]), max_size=25
    )
)
def test_cuts_agree_whenever_the_text_parses(parts: list[str]) -> None:
    text = "".join(parts)
    by_lines = list(chunks.pieces(text))
    assert "".join(text[piece.start : piece.end] for piece in by_lines) == text
    try:
        tree = parse(text)
    except PARSE_FAILURES:
        return
    assert by_lines == [piece for piece, _ in chunks.pieces_of_tree(text, line_starts(text), tree)]


def test_typing_a_file_keeps_what_stands_above_the_cursor() -> None:
    """Every prefix of a real file: no exception, and the finished functions above keep their views."""
    text = read(next(path for path in OWN_CODE if path.stem == "text"))
    document = Document(SourceFile("a.py", ""))
    for end in range(len(text)):
        document.edit(end, end, text[end], SourceFile("a.py", text[: end + 1]))
    assert signature(document) == signature(Document(SourceFile("a.py", text)))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "x = " + "(" * 10_000 + ")" * 10_000,
        "x = " + " + ".join(["1"] * 3_000),
        "x = " + "-" * 10_000 + "1",
        "".join("    " * depth + "if x:\n" for depth in range(120)),
        "if a:\n    pass\n" + "".join(f"elif b == {number}:\n    pass\n" for number in range(3_000)),
        "@d\n" * 3_000 + "def f(): pass\n",
        "x = [" * 3_000,
        '"""' + "a" * 100_000,
        "\\\n" * 1_000,
        "class A:\n" * 50,
        "\f\f\n\f x = 1\n",
        "\ufeffx = 1\n",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_gives_less_never_an_exception(text: str) -> None:
    document = Document(SourceFile("a.py", text))
    document.edit(0, 0, "y = 2\n", SourceFile("a.py", "y = 2\n" + text))
    assert "".join(chunk.text for chunk in document.chunks) == "y = 2\n" + text
    assert document.chunks[0].state != "broken" or len(document.chunks) == 1 or text[0] in "([\"'\\"


@pytest.mark.parametrize(
    "broken",
    [
        "foo(",
        "x = [1, 2",
        "if y",
        "def g(a, b",
        "'open",
        'f"{x',
        "return (",
        "for i in",
        "x = = 3",
        "a.b.",
        "@",
    ],
)
def test_an_unfinished_line_costs_only_itself(broken: str) -> None:
    before = "import pandas as pd\n\n\ndef load():\n    df = pd.read_csv('/data/a.csv')\n"
    after = "    df = df.sample(frac=0.37)\n    return df\n\n\ndef other():\n    return pd.read_csv('/data/b.csv')\n"
    module = Document(SourceFile("a.py", f"{before}    {broken}\n{after}")).module()
    targets = [call.target for call in module.calls("read_csv")]
    assert targets == ["pandas.read_csv", "pandas.read_csv"]
    assert 0.37 in [number.value for number in module.numbers()]


def test_editing_one_cell_of_a_notebook_equals_a_fresh_notebook() -> None:
    rng = random.Random(7)
    sources = [(number, read(path)[:1500]) for number, path in enumerate(OWN_CODE[:6], 1)]
    text, notebook = joined(sources)
    document = Document(SourceFile("a.ipynb", text, notebook=notebook))
    for _ in range(40):
        place = rng.randrange(len(sources))
        number, source = sources[place]
        start = rng.randrange(len(source) + 1)
        sources[place] = (
            number,
            source[:start] + rng.choice([*SNIPPETS, "%time x\n", "!ls\n"]) + source[start:],
        )
        text, notebook = joined(sources)
        document.edit(0, 0, "", SourceFile("a.ipynb", text, notebook=notebook))
    assert signature(document) == signature(Document(SourceFile("a.ipynb", text, notebook=notebook)))


def test_no_chunk_stands_in_two_places() -> None:
    function = "def f(path):\n    return torch.load(path)\n\n\n"
    text = "import torch\n\n\n" + function
    document = Document(SourceFile("a.py", text))
    for copies in (2, 3):
        whole = text + function * (copies - 1)
        end = len(document.source.text)
        document.edit(end, end, function, SourceFile("a.py", whole))
        document.edit(13, 13, "", SourceFile("a.py", whole))
        assert sum(chunk.text.startswith("def f") for chunk in document.chunks) == copies
        assert len({id(chunk) for chunk in document.chunks}) == len(document.chunks)


def test_comments_are_never_found_inside_strings() -> None:
    text = "a = '# no'  # yes\nb = '''\n# no\n'''\n# own \\' line\nc = \"it's\"  # it's\n"
    assert [(comment.text, comment.own_line) for comment in comments_of(text)] == [
        ("# yes", False),
        ("# own \\' line", True),
        ("# it's", False),
    ]


def test_blank_lines_after_a_break_cost_no_more_than_their_number() -> None:
    began = time.process_time()
    Document(SourceFile("a.py", "x = f(1 2)\r\n" + "\r\n" * 60))
    assert time.process_time() - began < 1


TODAY = datetime.date(2026, 11, 24)
MODEL = """

def load(path):
    frame = read(path)
    frame["price"] = frame["price"] * 0.0781
    frame.to_csv("/home/me/clean.csv")
    return DropColumns(frame, learning_rate=0.0173)
"""


def test_copied_code_is_judged_as_if_it_stood_alone() -> None:
    """A file that holds the code of an earlier one: other places, and other imports for the same names."""
    texts = [
        "from pandas import read_csv as read\n" + MODEL,
        "from pandas import read_csv as read\n\nx = 1\n" + MODEL,
        "from somewhere import read\n" + MODEL,
        "from pandas import read_csv as read\n" + MODEL + "\n\nclass A:\n    b = 1\n",
    ]
    together = Config(today=TODAY)
    for number, text in enumerate(texts * 2):
        source = SourceFile(f"{number}.py", text)
        assert analyze_module(source, together) == analyze_module(source, Config(today=TODAY))
    kept = active_rules(together).copies
    assert kept.get("", MODEL.lstrip("\n")) is not None
