"""A module's lines, counted chunk by chunk, are those of its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mldebt.syntax.document import Document
from mldebt.syntax.source import SourceFile
from mldebt.text import LineIndex

PARTS = [
    "x = 1\n",
    "\n",
    "def f():\n    pass\n",
    "# c\r\n",
    "\r",
    "class A:\n    a = 1\n\n    b = 2\n",
    "y",
    "\f",
    "(",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20))
def test_chunk_lines_equal_the_lines_of_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    module = Document(SourceFile("a.py", text)).module()
    plain = LineIndex(text)
    assert module.lines.starts == plain.starts
    for offset in range(len(text) + 1):
        assert module.lines.position(offset) == plain.position(offset)
    for line in range(len(plain.starts) + 1):
        assert module.lines.line_span(line) == plain.line_span(line)
