"""Views on demand: every kind is there with its span, and a kept tree gives the same as parsing anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from mldebt.syntax.detail_views import Details
from mldebt.syntax.details import details_of, module_details
from mldebt.syntax.document import Document
from mldebt.syntax.module import WANTED, Module
from mldebt.syntax.source import SourceFile
from mldebt.syntax.views import UNKNOWN

SERVER = Path(__file__).resolve().parent.parent / "server"


def module_of(text: str, keep_trees: bool = True) -> Module:
    return Document(SourceFile("train.py", text), WANTED, keep_trees=keep_trees).module()


def only(text: str) -> tuple[Details, str]:
    """The details of the one chunk of `text`, and the text."""
    ((chunk, _, details),) = module_details(module_of(text))
    return details, chunk.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('df["a"]', ("a", "df", "load", False)),
        ('df["a"] = 1', ("a", "df", "store", False)),
        ('df["a"] += 1', ("a", "df", "update", False)),
        ('del df["a"]', ("a", "df", "delete", False)),
        ('config.get("a", 6)', ("a", "config", "get", False)),
        ('df.pop("a")', ("a", "df", "pop", False)),
        ('"a" in df', ("a", "df", "in", False)),
        ('df[["a"]]', ("a", "df", "load", True)),
        ('response.json()["a"]', ("a", "response.json()", "load", False)),
    ],
)
def test_keys(text: str, expected: tuple[object, ...]) -> None:
    details, code = only(text)
    (use,) = details.keys
    assert (use.key, use.owner, use.access, use.listed) == expected
    assert code[slice(*use.key_span)] == '"a"'


def test_what_is_stored_and_what_a_get_falls_back_to() -> None:
    details, code = only('df["a"] = other.groupby("u").mean()')
    stored = details.keys[0]
    assert code[slice(*stored.value)] == 'other.groupby("u").mean()'
    assert stored.value_chain == "other.groupby().mean()"
    assert only('c.get("a", 6)')[0].keys[0].default == 6
    assert only('c.get("a")')[0].keys[0].default is None
    assert only('c.get("a", f())')[0].keys[0].default is UNKNOWN


def test_a_dict_is_read_as_a_manifest_is() -> None:
    details, code = only('R = {"id": "m", "by": [{"team": "a", "t": 0.5}], **rest}')
    (display,) = details.displays
    assert (display.name, display.role, display.complete) == ("R", "assign", False)
    assert display.keys() == ("id", "by")
    entry = display.get("by", 0, "t")
    assert entry is not None and entry.value == 0.5 and code[slice(*entry.value_span)] == "0.5"
    assert [one.key[-1] for one in display.under("by", 0)] == ["team", "t"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('x = f({"a": 1})', ("argument", "", "f")),
        ('x = f(k={"a": 1})', ("argument", "k", "f")),
        ("x = dict(a=1)", ("assign", "x", "")),
        ('cfg["x"] = {"a": 1}', ("assign", "x", "")),
        ('def g():\n    return {"a": 1}', ("return", "", "")),
        ('def g(k={"a": 1}):\n    pass', ("default", "k", "")),
    ],
)
def test_what_a_dict_is_for(text: str, expected: tuple[str, ...]) -> None:
    (display,) = only(text)[0].displays
    assert (display.role, display.name, display.call) == expected


def test_comparisons_with_literals() -> None:
    details, code = only('if r["label"] == "FRAUD" or kind in ("A", "B") or 1 < n: pass')
    label, kind = details.comparisons
    assert (label.left, label.key, label.op, label.values) == ("r", "label", "==", ("FRAUD",))
    assert (kind.left, kind.op, kind.values) == ("kind", "in", ("A", "B"))
    assert [code[slice(*span)] for span in kind.value_spans] == ['"A"', '"B"']


def test_branches() -> None:
    details, code = only('if not False:\n    a()\nelif config.get("v2"):\n    b()\nelse:\n    c()\n')
    first, second = details.branches
    assert (first.kind, first.constant, code[slice(*first.body)]) == ("if", True, "a()")
    assert (second.kind, second.chain, second.key) == ("elif", "config.get()", "v2")
    assert (code[slice(*second.body)], code[slice(*second.orelse)]) == ("b()", "c()")


def test_what_stands_after_the_end() -> None:
    details, code = only("def f():\n    for x in y:\n        continue\n        a()\n    return 1\n    b()\n")
    assert [(one.after, code[slice(*one.span)]) for one in details.unreachable] == [
        ("continue", "a()"),
        ("return", "b()"),
    ]


def test_attributes() -> None:
    details, _ = only("cfg.lr = model.fit(self.x)")
    assert [(one.owner, one.name, one.access, one.called) for one in details.attributes] == [
        ("cfg", "lr", "store", False),
        ("model", "fit", "load", True),
        ("self", "x", "load", False),
    ]


def test_a_kept_tree_and_a_parse_of_the_chunk_agree() -> None:
    for path in sorted(SERVER.rglob("*.py"))[::4]:
        text = path.read_text(encoding="utf-8")
        kept, anew = module_of(text), module_of(text, keep_trees=False)
        for (chunk, start, details), (other, _, expected) in zip(
            module_details(kept), module_details(anew), strict=True
        ):
            assert details == expected, (path, start)
            for views in details:
                for view in views:
                    assert 0 <= view.span.start <= view.span.end <= len(chunk.text)
            assert details_of(other) is expected


def test_broken_text_has_fewer_details_and_nested_text_costs_no_recursion() -> None:
    list(module_details(module_of('x = df["a"\ny = (\n', keep_trees=False)))
    deep = "x = " + "[" * 90 + '{"a": 1}' + "]" * 90
    assert len(only(deep)[0].displays) == 1
    assert len(only(" + ".join(['df["a"]'] * 900))[0].keys) == 900
