"""The editor's text and ours stay the same, whatever is typed.

The oracle is the specification read literally: turn the whole text into the
client's units, find both positions by counting, replace, turn it back.
"""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mldebt.lsp.buffer import BLOCK_LINES, Buffer, Encoding, column_from_client, column_to_client, split_lines
from mldebt.lsp.documents import joined_regions, narrowed

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
ALPHABET = "ab \t(#é한𝔘🙂e\u0301\x0b\x0c\x1c\x85\u2028\u2029\r\n\ufeff"
PASTES = (
    "",
    "\n",
    "\r",
    "\r\n",
    "\n\r",
    "x",
    "🙂",
    "a\nb",
    "\x0c",
    "\u2028",
    "é\r\n𝔘\r",
    "def f():\n    return 1\n",
)


def units_of(text: str, encoding: Encoding) -> int:
    codec, size = CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def oracle_offset(text: str, line: int, column: int, encoding: Encoding) -> int:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    if line >= len(starts):
        return len(text)
    offset = starts[line]
    while (
        offset < len(text)
        and text[offset] not in "\r\n"
        and units_of(text[starts[line] : offset], encoding) < column
    ):
        offset += 1
    return offset


def oracle_edit(
    text: str, start: tuple[int, int], end: tuple[int, int], new: str, encoding: Encoding
) -> tuple[str, int, int]:
    """(text after, offset of the edit, code points removed)."""
    a, b = sorted((oracle_offset(text, *start, encoding), oracle_offset(text, *end, encoding)))
    return text[:a] + new + text[b:], a, b - a


def assert_sound(buffer: Buffer, text: str) -> None:
    assert buffer.text == text
    assert buffer.lines == split_lines(text)
    assert "".join(buffer.lines) == text
    assert len(buffer) == len(text)


def assert_reported(change: Any, before: list[str], after: list[str]) -> None:
    """Lines outside the reported range are what they were."""
    assert before[: change.first] == after[: change.first]
    assert before[change.old_last + 1 :] == after[change.new_last + 1 :]
    assert change.first <= change.new_last < len(after)


positions = st.tuples(st.integers(0, 12), st.integers(0, 30) | st.just(2**32 - 1))
edits = st.lists(st.tuples(positions, positions, st.text(ALPHABET, max_size=12)), max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=80), edits, st.sampled_from(ENCODINGS))
def test_every_edit_gives_the_text_the_client_has(text: str, todo: list[Any], encoding: Encoding) -> None:
    buffer = Buffer(text, 1, encoding)
    assert_sound(buffer, text)
    for start, end, new in todo:
        before = buffer.lines.copy()
        text, at, removed = oracle_edit(text, start, end, new, encoding)
        change = buffer.edit(start, end, new)
        assert (change.start, change.removed, change.text) == (at, removed, new)
        assert_sound(buffer, text)
        assert_reported(change, before, buffer.lines)


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=120), st.sampled_from(ENCODINGS))
def test_positions_and_offsets_are_inverse(text: str, encoding: Encoding) -> None:
    buffer = Buffer(text, 1, encoding)
    for offset in range(len(text) + 1):
        line, column = buffer.position(offset)
        if offset and text[offset - 1] == "\r" and text[offset : offset + 1] == "\n":
            continue  # Between the halves of a line end: a place no client can name.
        assert buffer.offset(line, column) == offset


@pytest.mark.parametrize("seed", range(12))
def test_long_documents_through_block_splits_and_merges(seed: int) -> None:
    """Large insertions and deletions move lines between the blocks that offsets are found by."""
    draw = random.Random(seed)
    encoding = ENCODINGS[seed % 3]
    ends = ("\n", "\r\n", "\r")
    text = "".join(f"é{n} = 🙂{draw.choice(ends)}" for n in range(draw.choice((0, 40, 3 * BLOCK_LINES))))
    buffer = Buffer(text, 1, encoding)
    for _ in range(120):
        n_lines = len(buffer.lines)
        first = draw.randrange(n_lines + 2)
        last = min(first + draw.choice((0, 0, 0, 1, 5, BLOCK_LINES)), n_lines + 2)
        start, end = (first, draw.randrange(12)), (last, draw.randrange(12))
        new = draw.choice((*PASTES, "y = 2\n" * draw.randrange(2 * BLOCK_LINES)))
        before = buffer.lines.copy()
        text, at, removed = oracle_edit(text, start, end, new, encoding)
        change = buffer.edit(start, end, new)
        assert (change.start, change.removed) == (at, removed)
        assert_sound(buffer, text)
        assert_reported(change, before, buffer.lines)
        offset = draw.randrange(len(text) + 1)
        line, column = buffer.position(offset)
        assert buffer.line_start(line) + column_from_client(buffer.lines[line], column, encoding) <= offset


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_several_changes_in_one_event_refer_to_one_another(encoding: Encoding) -> None:
    def at(line: int, left: int, right: int) -> dict[str, Any]:
        return {"start": {"line": line, "character": left}, "end": {"line": line, "character": right}}

    buffer = Buffer("a\n", 1, encoding)
    buffer.apply(
        [
            {"range": at(0, 0, 1), "text": "bb"},
            {"range": at(0, 2, 2), "text": "c\nd"},
            {"range": at(1, 1, 1), "text": "e"},
        ]
    )
    assert buffer.text == "bbc\nde\n"
    buffer.apply([{"text": "whole"}, {"range": at(0, 5, 5), "text": "!"}])
    assert buffer.text == "whole!"


def test_swapped_and_impossible_positions_are_held_inside_the_text() -> None:
    buffer = Buffer("one\r\ntwo", 1, "utf-16")
    assert buffer.edit((1, 1), (0, 2), "").removed == 4
    assert buffer.text == "onwo"
    buffer.edit((2**32 - 1, 0), (2**32 - 1, 2**32 - 1), "!")
    assert buffer.text == "onwo!"
    buffer.edit((-1, -5), (0, -1), "?")
    assert buffer.text == "?onwo!"


def test_a_column_inside_a_surrogate_pair_means_after_it() -> None:
    assert column_from_client("🙂x\n", 1, "utf-16") == 1
    assert column_from_client("🙂x\n", 3, "utf-16") == 2
    assert column_from_client("🙂x\n", 99, "utf-16") == 2
    assert column_to_client("🙂x\n", 2, "utf-16") == 3
    assert column_to_client("🙂x\n", 2, "utf-8") == 5


def test_columns_far_into_a_long_line() -> None:
    line = "é🙂" * 5_000 + "\n"
    for column in (0, 511, 512, 513, 1024, 9_999, 10_000):
        for encoding in ENCODINGS:
            assert column_from_client(line, column_to_client(line, column, encoding), encoding) == column


def test_lone_surrogates_from_json_do_no_harm() -> None:
    for encoding in ENCODINGS:
        buffer = Buffer("x = '\ud83d'\n", 1, encoding)
        buffer.edit((0, 0), (0, 1), "yy")
        assert buffer.text == "yy = '\ud83d'\n"
        assert buffer.position(8)[0] == 0


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"text": 1},
        {"text": "x", "range": {}},
        {"text": "x", "range": {"start": {"line": "0", "character": 0}, "end": {"line": 0, "character": 0}}},
        None,
        [],
    ],
)
def test_a_change_that_is_not_one_raises_and_changes_nothing(change: Any) -> None:
    buffer = Buffer("text\n", 1)
    with pytest.raises((TypeError, KeyError, ValueError)):
        buffer.apply([change])
    assert buffer.text == "text\n"


@pytest.mark.parametrize("seed", range(4))
def test_slices_are_those_of_the_text(seed: int) -> None:
    draw = random.Random(seed)
    text = "".join(f"{n} é🙂\r\n" for n in range(3 * BLOCK_LINES))
    buffer = Buffer(text, 1)
    for _ in range(50):
        buffer.edit((draw.randrange(700), 0), (draw.randrange(700), 1), "new\n")
        text = buffer.text
        start = draw.randrange(len(text) + 1)
        end = draw.randrange(start, len(text) + 1)
        assert buffer.slice(start, end) == text[start:end]


@pytest.mark.parametrize("seed", range(20))
def test_regions_say_what_became_of_the_text(seed: int) -> None:
    """Applied from the last to the first, they turn the old text into the new one."""
    draw = random.Random(seed)
    old = "".join(draw.choice("abc\n") for _ in range(draw.choice((0, 5, 300))))
    buffer, regions = Buffer(old, 1), []
    for _ in range(draw.choice((1, 3, 12, 60))):
        start, end = sorted((draw.randrange(len(buffer) + 1), draw.randrange(len(buffer) + 1)))
        end = min(end, start + draw.choice((0, 1, 5)))
        places = [(line, column) for line, column in (buffer.position(start), buffer.position(end))]
        regions = joined_regions(regions, buffer.edit(*places, draw.choice(("", "x", "yy\nz"))))
        assert all(one.end < two.start and one.old_end < two.old_start for one, two in pairwise(regions))
    text = old
    for region in reversed(regions):
        text = text[: region.old_start] + buffer.text[region.start : region.end] + text[region.old_end :]
    assert text == buffer.text


@settings(max_examples=300, deadline=None)
@given(st.text("ab\r\n", max_size=30), st.text("ab\r\n", max_size=30))
def test_a_whole_new_text_is_narrowed_to_what_differs(old: str, new: str) -> None:
    start, end, text = narrowed(old, new)
    assert old[:start] + text + old[end:] == new
    assert 0 <= start <= end <= len(old)
    if old == new:
        assert not text and start == end
