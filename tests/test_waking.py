"""A rule that cannot fire is not run, not even imported; and what decides that is never out of date."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mldebt.rules
from examples import TODAY, config_for, examples_of, report_of, source_of
from mldebt.config import Config
from mldebt.engine.analyze import active_rules
from mldebt.engine.live import Live
from mldebt.engine.waking import ChunkPlan, Runner, Watch
from mldebt.knowledge import BUILTIN, Knowledge
from mldebt.rule import OPEN, WARNING, Fact, Finding, Gate, Rule, Workspace, rule
from mldebt.rules import all_rules, imported, row_of, rule_of
from mldebt.syntax.document import Document
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Chunk, Module
from mldebt.text import Span

PACKAGE = Path(mldebt.rules.__file__).parent.parent
TEXTS = [
    (path, text)
    for ours in all_rules()
    for example in examples_of(ours)
    for path, text in example.files.items()
]


# What rules say they need ------------------------------------------------------


@pytest.mark.parametrize("ours", all_rules(), ids=lambda one: one.id)
def test_no_gate_hides_a_finding(ours: Rule) -> None:
    gated = config_for(ours.id)
    opened = config_for(ours.id, options={ours.id: ours.options() if ours.options else ()})
    for path, text in TEXTS:
        assert report_of(path, text, gated) == report_of(path, text, opened), (ours.id, text)


def test_a_gate_names_tables_and_words_that_exist() -> None:
    for ours in all_rules():
        for gate in (ours.gate, *ours.fact_gates.values()):
            assert set(gate.tables) <= set(Knowledge._fields), ours.id


def toy(**gate: object) -> Rule:
    @rule(severity=WARNING, gated=False, **gate)  # type: ignore[arg-type]
    def check(module: Module) -> Iterator[Finding]:
        yield Finding(Span(0, 1), "here")

    return check


def wakes(source: str, **gate: object) -> bool:
    ours = toy(**gate)
    runner = Runner(ours, config_for(), ours.gate, "module")
    watch = Watch([runner])
    document = Document(source_of("a.py", source), frozenset({*BUILTIN.terminals, *ours.gate.calls}))
    return runner.wakes_on(frozenset().union(*map(watch.of, document.chunks)))


@pytest.mark.parametrize(
    ("text", "gate", "expected"),
    [
        ("x = strict\n", {"words": ["strict"]}, True),
        ("# so strict, it is\n", {"words": ["strict"]}, True),
        ("x = 'a/strict.bin'\n", {"words": ["strict"]}, True),
        ("x = strictly\n", {"words": ["strict"]}, False),
        ("größe = 1\n", {"words": ["größe"]}, True),
        ("größe = 1\n", {"words": ["gr"]}, False),
        ("acme_call(1)\n", {"calls": ["acme_call"]}, True),
        ("acme_call = 1\n", {"calls": ["acme_call"]}, False),
        ("from pandas import read_csv as Load\nLoad(a)\n", {"calls": ["read_csv"]}, True),
        ("import pandas as pd\npd.read_csv(a)\n", {"tables": ["readers"]}, True),
        ("import torch.nn as nn\n", {"imports": ["torch"]}, True),
        ("def f():\n    from torch.nn import Linear\n", {"imports": ["torch", "jax"]}, True),
        ("import torchvision\n", {"imports": ["torch"]}, False),
        ("x = 1\n", {"text": ["#", "%"]}, False),
        ("x = 1 % 2\n", {"text": ["#", "%"]}, True),
        ("x = a\n", {"wakes": ["numbers"]}, False),
        ("x = 1\n", {"wakes": ["numbers", "comments"]}, True),
        ("import torch\n", {"imports": ["torch"], "words": ["strict"]}, False),
        ("import torch\nstrict = 1\n", {"imports": ["torch"], "words": ["strict"]}, True),
    ],
)
def test_what_wakes_a_rule(text: str, gate: dict[str, object], expected: bool) -> None:
    assert wakes(text, **gate) is expected


def test_the_users_names_wake_a_rule() -> None:
    knowledge = BUILTIN.extended({"readers": {"acme.io.fetch": 0}})
    gate = Gate(tables=("readers",))
    runner = Runner(toy(tables=["readers"]), Config(TODAY, knowledge=knowledge), gate, "module")
    assert runner.wakes_on(frozenset({"fetch()"}))


def test_the_users_options_open_a_gate() -> None:
    check = toy(words=["strict"])
    assert Runner(check, Config(TODAY, options={check.id: ()}), check.gate, "module").wakes_on(frozenset())


def test_a_chunk_wakes_only_what_its_views_and_calls_can_interest() -> None:
    def runner(**more: object) -> Runner:
        @rule(severity=WARNING, **more)  # type: ignore[arg-type]
        def check(chunk: Chunk) -> Iterator[Finding]:
            yield Finding(Span(0, 1), "here")

        return Runner(check, config_for(), check.gate, "chunk")

    always, numbers, calls = runner(), runner(wakes=["numbers"]), runner(calls=["read_csv"])
    plan = ChunkPlan((always, numbers, calls))
    text = "import pandas as pd\nx = 5\n\n\ndef f():\n    return pd.read_csv(1)\n"
    first, second = Document(source_of("a.py", text)).chunks[-2:]
    watch = Watch([always, numbers, calls])
    assert plan.woken(first, watch.of(first)) == (always, numbers)
    assert plan.woken(second, watch.of(second)) == (always, numbers, calls)


@pytest.mark.parametrize("wrong", [{"words": ["a b"]}, {"calls": ["pd.read_csv"]}, {"kinds": ["a"]}])
def test_a_gate_that_could_never_open_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        toy(**wrong)


def test_an_across_rule_gates_its_fact_makers() -> None:
    @rule(severity=WARNING, kinds=["a"])
    def across(workspace: Workspace) -> Iterator[Finding]:
        yield from ()

    @across.facts(words=["strict"])
    def facts(module: Module) -> Iterator[Fact]:
        yield from ()

    @across.facts
    def others(manifest: Manifest) -> Iterator[Fact]:
        yield from ()

    assert across.fact_makers == {"module": facts, "manifest": others}
    assert across.fact_gates == {"module": Gate(words=("strict",)), "manifest": OPEN}
    assert across.kinds == {"a"}


def test_signals_of_a_document_in_work_equal_those_of_a_fresh_one() -> None:
    config = config_for("all")
    rules = active_rules(config)
    source = source_of("a.py", "\n".join(text for path, text in TEXTS if path.endswith(".py"))[:20_000])
    live = Live(source, config)
    live.report()
    chance = random.Random(7)
    for _ in range(60):
        text = live.document.source.text
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice((0, 1, 30)))
        new = chance.choice(("", "\n", "x", "import torch\n", "strict", ".fit(x)\n"))
        live.edit(start, end, new, source_of("a.py", text[:start] + new + text[end:]))
        if chance.random() < 0.5:
            live.now()
        chunks = live.document.chunks
        fresh = frozenset().union(*map(rules.watch.of, chunks))
        assert live._rows.signals.of(chunks) == fresh
        assert live._rows.signals.each == [rules.watch.of(chunk) for chunk in chunks]


# What is remembered of rules ---------------------------------------------------


def test_what_is_remembered_of_a_rule_is_what_its_file_says() -> None:
    for ours in imported():
        again = rule_of(row_of(ours))
        for name in sorted({*Rule.__slots__} - {"load"}):
            assert getattr(again, name) == getattr(ours, name), (ours.id, name)


def test_the_rules_of_a_run_are_those_on_disk() -> None:
    assert mldebt.rules.index() == mldebt.rules.made()


def listed(server: Path, **environment: str) -> list[tuple[str, int]]:
    """(id, severity) of every rule a fresh process knows, and whether it has imported one to know it."""
    code = (
        "import json, sys, mldebt.rules as r\n"
        "rules = [(one.id, int(one.severity)) for one in r.all_rules()]\n"
        "print(json.dumps([rules, 'mldebt.rules.configuration.magic_number' in sys.modules]))\n"
    )
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, timeout=60, check=True, env={**clean, "PYTHONPATH": str(server), **environment},
    )  # fmt: skip
    rules, has_imported = json.loads(run.stdout)
    return [*map(tuple, rules), ("imported", int(has_imported))]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "server" / "mldebt", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "server"


def test_the_second_run_imports_no_rule_and_knows_the_same(copy: Path) -> None:
    first, second = listed(copy), listed(copy)
    assert first[-1] == ("imported", 1) and second[-1] == ("imported", 0)
    assert first[:-1] == second[:-1] == [(one.id, int(one.severity)) for one in all_rules()]


def test_nothing_is_written_where_python_may_write_no_bytecode(copy: Path) -> None:
    listed(copy, PYTHONDONTWRITEBYTECODE="1")
    assert not list(copy.rglob("*.rules"))


@pytest.mark.parametrize("what", ["new", "changed", "gone", "knowledge", "decorator", "spoiled"])
def test_what_is_remembered_counts_only_while_its_files_are_as_they_were(copy: Path, what: str) -> None:
    before = listed(copy)
    rules = copy / "mldebt" / "rules" / "configuration"
    one = rules / "magic_number.py"
    if what == "new":
        (rules / "brand_new.py").write_text(one.read_text(encoding="utf-8"), encoding="utf-8")
    elif what == "changed":
        text = one.read_text(encoding="utf-8").replace("severity=INFORMATION", "severity=INFORMATION+0", 1)
        one.write_text(text, encoding="utf-8")
    elif what == "gone":
        one.unlink()
    elif what == "spoiled":
        (kept,) = copy.rglob("*.rules")
        kept.write_bytes(kept.read_bytes()[:100])
    else:
        path = copy / "mldebt" / ("rule.py" if what == "decorator" else "knowledge/words.py")
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = listed(copy)
    expected = {*before[:-1], ("brand-new", 2)} if what == "new" else {*before[:-1]}
    if what == "gone":
        expected.discard(("magic-number", 2))
        assert set(after[:-1]) == expected
    else:
        assert set(after[:-1]) == expected and after[-1] == ("imported", 1)


def test_what_comes_with_an_installation_is_used_while_it_fits(copy: Path) -> None:
    before = listed(copy)
    (kept,) = copy.rglob("*.rules")
    kept.unlink()
    write = "import sys, mldebt.rules as r; open(sys.argv[1], 'w', encoding='utf-8').write(r.index_text())"
    index = copy / "mldebt" / mldebt.rules.SHIPPED
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    subprocess.run([sys.executable, "-c", write, str(index)], check=True, env=environment, timeout=60)
    assert listed(copy) == [*before[:-1], ("imported", 0)]
    assert not list(copy.rglob("*.rules"))
    one = copy / "mldebt" / "rules" / "configuration" / "magic_number.py"
    one.write_text(one.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert listed(copy) == before
