"""What a quick way finds is what the slow way finds, on our own code and on cases made for it."""

from __future__ import annotations

import ast
import datetime
import random
from pathlib import Path

import pytest

from mldebt.config import Config
from mldebt.engine.analyze import active_rules
from mldebt.facts import config_keys
from mldebt.plain import dataclass, replace
from mldebt.syntax import module
from mldebt.syntax.document import Document
from mldebt.syntax.lowering import is_wanted_string
from mldebt.syntax.names import bound
from mldebt.syntax.nodes import children
from mldebt.syntax.path_calls import io_of, parts_given
from mldebt.syntax.source import SourceFile
from mldebt.text import WORD, LineIndex, identifiers

OURS = sorted(Path(__file__).parent.parent.glob("server/mldebt/**/*.py"))[::6]
KINDS_WITHOUT_CHILDREN = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def once(text: str) -> module.Module:
    """The module of a document that is looked at once."""
    return Document(SourceFile("a.py", text), keep_trees=True).module()


def test_children_are_those_of_ast() -> None:
    everything = (
        "async def f(a, /, b=1, *c, d: int = 2, **e) -> int:\n"
        "    async with x as (y, z): await g(*a, k=1, **b)\n"
        "    for i in j: del i\n    else: pass\n    while a < b <= c: break\n"
        "    try: raise A from b\n    except (A, B) as c: pass\n    finally: return [*a, {**b, 'c': d}]\n"
        "    match a:\n        case {'k': [x, *_], **r} if x: pass\n        case C(1, y=2) | None: pass\n"
        "    if (n := -a) and not b or c: a.b[1:2, ::3] += lambda x=1: x\n    elif a: pass\n    else: a: int = 3\n"
        "    return {x: y for x in z if x for y in w}, (yield), f'{a!r:>{b}}' if a else {1}\n"
    )
    for text in (everything, *map(read, OURS)):
        for node in ast.walk(ast.parse(text)):
            expected = [
                one for one in ast.iter_child_nodes(node) if not isinstance(one, KINDS_WITHOUT_CHILDREN)
            ]
            assert children(node) == expected, ast.dump(node)


def test_children_may_be_changed_by_whoever_asked() -> None:
    for source in ("a and b", "(a, b)", "[a, b]"):
        node = ast.parse(source).body[0].value  # type: ignore[attr-defined]
        children(node).clear()
        assert len(children(node)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b_1 = «größe» + 名前(x2)",
        "a\x0bb\x1cc\u3000d\u00a0e\u2028f",
        "e\u0301té 'a'",
        "\udcff x_y",
        "A-b—c",
    ],
)
def test_identifiers_are_the_runs_that_the_pattern_finds(text: str) -> None:
    assert identifiers(text) == WORD.findall(text)


def test_comments_by_the_line_are_those_among_strings() -> None:
    pieces = ["x = 1", "#", "# a", "'", '"', "'#'", '"# b"', "\\", "\n", "\n", "    ", "# it's", "f(", ")"]
    dice = random.Random(7)
    n_found = 0
    for _ in range(4000):
        text = " ".join(dice.choices(pieces, k=dice.randint(1, 12)))
        found = module.comments_of(text)
        assert found == module._comments_among_strings(text), text
        n_found += len(found)
    assert n_found > 3000


def test_vocabulary_answers_as_the_text_does() -> None:
    for path in OURS:
        text = read(path)
        looked_at_once, edited = once(text), Document(SourceFile("a.py", text)).module()
        assert edited.vocabulary == text
        for word in ("def", "ef_", "import", "Finding", "nowhere_at_all", "lineno", "_of"):
            assert (word in looked_at_once.vocabulary) == (word in text)
            assert (word in looked_at_once.lower_vocabulary) == (word in text.lower())
        asked = frozenset({"Finding", "children", "nowhere_at_all"})
        assert looked_at_once.mentioned(asked) == asked & set(identifiers(text)) <= edited.mentioned(asked)
        assert looked_at_once.may_mention(asked) == bool(asked & set(identifiers(text)))


def test_signals_do_not_depend_on_who_looks() -> None:
    watch = active_rules(Config(today=datetime.date(2026, 11, 25))).watch
    assert watch.parts and watch.parts_of_words and watch.words
    text = "import numpy\n# upstream_owner: x\nfrozen = hash(1)  # «strict»\n" + '"""doc"""\n'
    signals = watch.in_text(text)
    assert signals == watch.in_text(text, once(text))
    assert {"'#", '\'"""', "'upstream_owner", "hash"} <= signals


def test_lines_of_a_file_looked_at_once() -> None:
    text = "a = 1\r\n\n\ndef f():\r    return '''\n\n'''\n\nb = 2"
    lines, expected = once(text).lines, LineIndex(text)
    edited = Document(SourceFile("a.py", text)).module().lines
    for offset in range(len(text) + 1):
        assert lines.position(offset) == expected.position(offset) == edited.position(offset)


def test_a_name_at_the_top_is_given_what_its_binding_says() -> None:
    text = (
        "import os\nROOT = BASE = 'data'\nclass S:\n    raw: str = ROOT + '/raw'\n    class T:\n        deep = 'x/y.csv'\n"
        "    other: int\nOUT = os.path.join(ROOT, f'{ROOT}/a.csv')\nTABLE = {'a': 'b/c.csv'}\né = 'ü/ä.csv'; LAST = 'z/z.csv'\n"
    )
    n_seen = 0
    for chunk, _ in once(text).placed:
        for view in chunk.assignments:
            binding = next((one for one in io_of(chunk).bindings if one.offset == view.name_span.start), None)
            parts = parts_given(chunk, view.name_span.start, view.scope)
            assert parts == (binding.parts if binding is not None else None), view.name
            n_seen += parts is not None
    assert n_seen == 8


def test_sources_are_left_out_only_of_the_rest() -> None:
    text = "def f(a='x/y.csv'):\n    p = model.predict(a)\n    df['p'] = p\n    df.to_csv(a, index=False)\n    return p\n"
    (chunk, _), *_ = once(text).placed
    full, bare = io_of(chunk), io_of(chunk, with_sources=False)
    assert any(one.predicts for one in full.bindings) and not any(one.names for one in bare.bindings)
    assert [one._replace(names=frozenset(), predicts=False) for one in full.bindings] == list(bare.bindings)
    assert [(call.span, call.chain, call.word) for call in full.calls] == [
        (call.span, call.chain, call.word) for call in bare.calls
    ]


def test_loads_of_settings_are_found_as_by_the_whole_pattern() -> None:
    lines = [
        'with open("conf/a.yaml") as f:', "    cfg = yaml.safe_load(f)", "", "cfg = yaml.load(", '    open("b.yml"))',
        'x = OmegaConf.load("c.yaml")["model"]  # why', "y = json.load(f)", "model.load(path)", "a = yaml.safe_load(text) or {}",
        'z = ruamel.yaml.YAML().load("d.yaml")', "import yaml",
    ]  # fmt: skip
    dice = random.Random(3)
    n_found = 0
    for _ in range(3000):
        text = "\n".join(dice.choices(lines, k=dice.randint(1, 9)))
        found = [(match.span(2), match.groups()) for match in config_keys.loads_in(text)]
        assert found == [(match.span(2), match.groups()) for match in config_keys.LOADS.finditer(text)], text
        n_found += len(found)
    assert n_found > 2000


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("data/x", True), ("a\\b", True), ("~", True), ("2024-01-31x", True), ("x 2024-01-31", False), ("a-b.csv", True),
     ("a b.csv", False), ("a.b.csv", False), ("a.c", False), ("plain", False), ("a.csv\n", True), ("", False)],
)  # fmt: skip
def test_strings_with_a_view(word: str, wanted: bool) -> None:
    assert is_wanted_string(word) == wanted


@dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: tuple[int, ...] = ()


def test_a_copy_has_all_else_and_no_more() -> None:
    assert replace(Plain(1, (2,)), a=3) == Plain(3, (2,))
    with pytest.raises(TypeError):
        replace(Plain(1), c=2)


def test_a_call_whose_import_is_gone_has_no_target() -> None:
    text = "def g():\n    return Ridge(alpha=0.5)\n"
    piece = module.lower_piece(text, "", module.WANTED)
    known = bound(piece, {"Ridge": "sklearn.linear_model.Ridge"})
    assert [call.target for call in known.calls] == ["sklearn.linear_model.Ridge"]
    piece.calls = known.calls  # as where a line of the piece is lowered anew, and the others stay
    assert [call.target for call in bound(piece, {}).calls] == [""]
