"""A baseline hides exactly the findings it knows, wherever edits elsewhere move them."""

from __future__ import annotations

import pytest

from mldebt.engine.baseline import (
    BrokenBaseline,
    compare,
    enclosing_name,
    entries_of,
    format_baseline,
    parse_baseline,
)
from mldebt.rule import Finding
from mldebt.text import Span

TEXT = "import x\n\n\nclass Model:\n    def fit(self):\n        lr = 0.0078\n        lr = 0.0078\n\n\nlr = 0.0078\n"


def findings(text: str, word: str = "0.0078", message: str = "m") -> list[Finding]:
    spans, at = [], text.find(word)
    while at >= 0:
        spans.append(Span(at, at + len(word)))
        at = text.find(word, at + 1)
    return [Finding(span, message, rule="magic-number") for span in spans]


def keys(text: str, **kwargs: str) -> list[str]:
    return [entry.fingerprint for entry in entries_of("a.py", findings(text, **kwargs), text)]


def test_fingerprints_of_equal_findings_differ_by_scope_and_ordinal() -> None:
    first, second, outside = keys(TEXT)
    assert second == f"{first}-2"
    assert outside.partition("-")[0] != first


@pytest.mark.parametrize(
    "moved",
    [
        "# new\n" + TEXT,
        TEXT.replace("class Model:\n", "class Model:\n    x = 1\n\n"),
        TEXT.replace("lr = 0.0078", "lr  =  0.0078"),
    ],
    ids=["line above", "member above", "spaces"],
)
def test_fingerprints_survive_edits_elsewhere(moved: str) -> None:
    assert keys(moved) == keys(TEXT)


def test_the_message_is_not_part_of_a_fingerprint() -> None:
    assert keys(TEXT, message="other words") == keys(TEXT)


def test_another_value_is_another_finding() -> None:
    assert keys(TEXT.replace("0.0078", "0.0079"), word="0.0079")[0] != keys(TEXT)[0]


def test_a_new_finding_does_not_take_the_place_of_a_fixed_one() -> None:
    baseline = frozenset(entries_of("a.py", findings(TEXT)[:1], TEXT))
    text = TEXT.replace("lr = 0.0078", "rate = 0.0078", 1).replace("        lr = 0.0078\n", "", 1)
    pairs = list(zip(findings(text), entries_of("a.py", findings(text), text), strict=True))
    result = compare({"a.py": pairs}, baseline, ["a.py"])
    assert (len(result.new), len(result.known), len(result.stale)) == (2, 0, 1)


def test_entries_of_files_that_were_not_analysed_are_not_stale() -> None:
    baseline = frozenset(entries_of("b.py", findings(TEXT), TEXT))
    assert compare({}, baseline, ["a.py"]).stale == []
    assert len(compare({}, baseline, ["b.py"]).stale) == 3


def test_the_file_is_sorted_and_reads_back() -> None:
    entries = entries_of("b.py", findings(TEXT), TEXT) + entries_of("a.py", findings(TEXT), TEXT)
    text = format_baseline(entries)
    assert parse_baseline(text) == frozenset(entries)
    assert text == format_baseline(reversed(entries))
    rows = text.splitlines()[1:]
    assert rows == sorted(rows) and len(rows) == 6


def test_the_union_of_two_versions_is_valid() -> None:
    ours = format_baseline(entries_of("a.py", findings(TEXT), TEXT))
    theirs = format_baseline(entries_of("b.py", findings(TEXT), TEXT))
    assert len(parse_baseline(ours + theirs)) == 6


@pytest.mark.parametrize("text", ["{", "[]", '{"path": "a"}', '{"mldebt-baseline": 99}', "<<<<<<< HEAD"])
def test_a_broken_file_names_its_line(text: str) -> None:
    with pytest.raises(BrokenBaseline, match="line 1"):
        parse_baseline(text)


def test_enclosing_name_reads_indentation_only() -> None:
    def name(word: str) -> str:
        return enclosing_name(NESTED, NESTED.index(word))

    assert name("first") == "A.f.g"
    assert name("second") == "A.f"
    assert name("third") == "A"
    assert name("fourth") == ""


NESTED = """class A:
    def f(self):
        def g():
            first = 1
        second = 2

    third = 3
fourth = 4
"""
