"""Moving numbers to a config class never changes what a program computes. Proven by running it before and after."""

from __future__ import annotations

import ast
import math
import sys
from typing import Any

import pytest
from extraction import undone
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import source_of
from mldebt.fixes.extract_config import THRESHOLDS, extractions
from mldebt.rule import DRAFT, Fix
from mldebt.syntax.document import Document
from mldebt.syntax.module import Module
from mldebt.text import apply_edits

PROGRAMS = {
    "keywords": "def f(a=1, **k):\n    return a, k\n\nRESULT = f(a=0.0078, rounds=347, rate=1e-3)\n",
    "positions": "def f(a, b, c):\n    return a * b - c\n\nRESULT = f(3, 0.5, 7_000)\n",
    "method": (
        '"""Doc."""\nfrom __future__ import annotations\n\nimport math\n\n\nclass Model:\n    rate = 0.25\n\n'
        "    def __init__(self, depth=4):\n        self.depth = depth * 1.5\n\n"
        "    def fit(self, x):\n        return math.pow(x + 2.75, self.depth) if x > 63 else self.rate\n\n\n"
        "RESULT = [Model().fit(70), Model(3).fit(5)]\n"
    ),
    "nested functions and lambdas": (
        "def outer(x):\n    def inner(y, scale=2.5):\n        return (lambda z: z * 0.3 + y)(x) * scale\n\n"
        "    return inner(11)\n\n\nRESULT = outer(4)\n"
    ),
    "defaults are evaluated once": (
        "def collect(x, seen=[5], *, step=3):\n    seen.append(x * step)\n    return list(seen)\n\n\n"
        "RESULT = [collect(1), collect(2)]\n"
    ),
    "decorators": (
        "def times(n):\n    def wrap(f):\n        return lambda *a: [f(*a) for _ in range(n)]\n    return wrap\n\n\n"
        "@times(3)\ndef f(x):\n    return x + 17\n\n\nRESULT = f(2)\n"
    ),
    "class bodies": "class A:\n    x = 12\n    y = [k * 5 for k in (2, 3)]\n    z = {'lr': 0.125}\n\n\nRESULT = (A.x, A.y, A.z)\n",
    "comprehensions": "RESULT = [i * 1.25 for i in range(9) if i % 4 and i < 7], {k: 0.5 for k in 'ab'}\n",
    "signs": "x = 4\nRESULT = [-5 ** 2, x - 3, x -3, 2 ** -1, - 7, ~6, not 8, x[-1] if 0 else -0.5, +9.0]\n",
    "no blank around": "x = 5\nRESULT = [1if x else 2, 3or 4, 0x1f, 7if 0 else-8]\ndef f():\n    return-6\nRESULT.append(f())\n",
    "literal forms": "RESULT = [0x1F, 0b101, 0o17, 1_000, 1e-3, .5, 5., 3j, 1E6, 10_0.0_1]\n",
    "attributes of literals": "RESULT = [(5).real, 5 .real, 5..hex(), 1.5.is_integer(), 2j.imag]\n",
    "rows": "def f(a, b=(0.9, 0.999), c=[64, 32]):\n    c.append(a)\n    return b, c\n\nRESULT = [f(1), f(2), f(3, b=(5, 6.5), c=[7, 8])]\nx = 3, 4\nRESULT += [x]\n",
    "lists are made anew": "def f():\n    out = [10, 20, 30]\n    out.append(5)\n    return out\n\nRESULT = [f(), f()]\n",
    "targets": "a, b = 3, 4\nc = d = 5\ne: float = 6.5\n(g := 7)\nx = [1, 2, 3]\nx[2] += 9\ndel x[0]\nRESULT = [a, b, c, d, e, g, x]\n",
    "global": "RATE = 0.5\n\n\ndef f():\n    global RATE\n    RATE = RATE * 0.75\n    return RATE\n\n\nRESULT = [f(), f()]\n",
    "names that are taken": (
        "import math as dataclass\n\nF_CONFIG = 3\n\n\nclass FConfig:\n    pass\n\n\ndef f(list, int=5):\n    return [6, 7], int * 0.35\n\n\nRESULT = f(2)\n"
    ),
    "keywords as names": "def f(**k):\n    return k\n\nRESULT = f(**{'lambda': 0.3, 'class': 4, 'a b': 5, '1x': 6, 'int': 7, '': 8})\n",
    "equal names": "def f(rate):\n    return rate\n\ndef g():\n    return [f(rate=0.3), f(rate=0.4), f(rate=0.3), f(rate=0.30)]\n\nRESULT = g()\n",
    "main guard": "def f(x):\n    return x * 0.45\n\n\nif __name__ == '__main__':\n    RESULT = f(12)\nelse:\n    RESULT = f(13)\n",
    "code before imports": "import sys\nx = 21\nsys.setrecursionlimit(max(x, 3000))\nimport math\n\nRESULT = math.floor(x / 4.5)\n",
    "imports in try": "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\nimport math\n\n# what follows\nRESULT = math.sqrt(6.25)\n",
    "docstring alone": '"""What."""\nRESULT = 3.5 * 2\n',
    "comments on top": "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# Owner: me\n\n# the result\nRESULT = 3.5 * 2\n",
    "no end of line": "RESULT = 3.5",
    "config in scope": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n    # why: because\n\n"
        "    def double(self):\n        return self.lr * 2\n\n\nCFG = TrainConfig()\n\n\n"
        "def f(x):\n    return x * 0.85 + CFG.double()\n\n\nRESULT = f(3)\n"
    ),
    "config with other values": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n\n\nCFG = TrainConfig(lr=0.7)\n\n\n"
        "def f(lr):\n    return lr\n\n\nRESULT = f(lr=0.5)\n"
    ),
    "config that changes": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n\n\nCFG = TrainConfig()\n\n\n"
        "def f(lr):\n    return lr\n\n\nCFG.lr = 0.7\nRESULT = f(lr=0.5)\n"
    ),
    "config as a parameter": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float\n    depth: int = 4\n\n\n"
        "def f(x, cfg: TrainConfig, other: 'TrainConfig' = None):\n    def g(cfg):\n        return cfg * 0.65\n"
        "    return x * 0.85 + cfg.lr + (lambda: 0.45)() + g(3)\n\n\n"
        "def h(cfg: TrainConfig, depth=4):\n    return [x > 0.95 for x in (depth, cfg.depth)]\n\n\n"
        "def k(cfg: TrainConfig):\n    cfg = cfg.lr\n    return cfg + 0.15\n\n\n"
        "RESULT = f(3, TrainConfig(0.2)), h(TrainConfig(0.3, 5)), k(TrainConfig(0.4))\n"
    ),
    "config too late": (
        "from dataclasses import dataclass\n\n\ndef f(x=0.65):\n    return x * 0.85\n\n\ny = f()\n\n\n@dataclass\nclass TrainConfig:\n"
        "    lr: float = 0.5\n\n\nCFG = TrainConfig()\nRESULT = y, CFG\n"
    ),
    "config shadowed": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n\n\nCFG = TrainConfig()\n\n\n"
        "def f(CFG):\n    return CFG * 0.85\n\n\nRESULT = f(3)\n"
    ),
    "config with subclass": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n\n\n@dataclass\nclass Big(TrainConfig):\n"
        "    size: int = 3\n\n\nCFG = TrainConfig()\n\n\ndef f():\n    return 0.85\n\n\nRESULT = f(), Big(0.5, 4)\n"
    ),
    "match": (
        "def f(x):\n    match x:\n        case 5 | -6:\n            return 7.5\n        case [1, y] if y > 12:\n            return y * 0.2\n        case _:\n            return 99\n\n\n"
        "RESULT = [f(5), f(-6), f([1, 20]), f([1, 2])]\n"
    ),
    "f-strings and formats": "x = 2.5\nRESULT = [f'{x * 3:.{4}f} {5!r}', '%05.2f' % 3.25, '{:.3f}'.format(1.5)]\n",
    "annotations": "from typing import Literal\n\n\ndef f(x: Literal[3] = 3) -> Literal[4]:\n    y: Literal[5] = 5\n    return x + y\n\n\nRESULT = f(), f.__annotations__\n",
    "async and generators": (
        "import asyncio\n\n\nasync def f(x):\n    await asyncio.sleep(0.001)\n    return x * 1.75\n\n\ndef g():\n    yield 15\n    yield from (25, 35)\n\n\nRESULT = asyncio.run(f(4)), list(g())\n"
    ),
    "strings and non-ASCII": "größe = 'äöü' * 3; RESULT = (größe, {'µ': 0.75}, len('é') * 4.5)\n",
    "several on a line": "if True: a = 31; b = 0.62\nRESULT = a * b; c = 77\n",
    "continued lines": "RESULT = (\n    3.5\n    + 4.5,  # four\n    [\n        6,\n        7,\n    ],\n)\nRESULT = RESULT + (8, \\\n    9)\n",
    "enum and named tuple": (
        "import enum\nfrom typing import NamedTuple\n\n\nclass Colour(enum.Enum):\n    RED = 11\n\n\nclass Point(NamedTuple):\n    x: int = 12\n\n\nRESULT = Colour(11).name, Point()\n"
    ),
    "private names in classes": "class A:\n    def __init__(self, __rate=0.3):\n        self.__x = dict(__depth=4)\n        self.r = __rate\n\n\nRESULT = A().r, vars(A())\n",
}  # fmt: skip


def run(text: str) -> Any:
    space: dict[str, Any] = {"__name__": "program"}
    module_type = type(sys)("program")
    module_type.__dict__.update(space)
    sys.modules["program"] = module_type
    try:
        exec(compile(text, "program.py", "exec"), module_type.__dict__)
    finally:
        del sys.modules["program"]
    return repr(module_type.__dict__["RESULT"])


def module_of(text: str, path: str = "train.py") -> Module:
    return Document(source_of(path, text)).module()


def numbers(text: str) -> list[int]:
    """Offsets of every number the parser sees outside f-strings."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float | complex)
            and not isinstance(node.value, bool)
        ):
            line = text.splitlines(keepends=True)
            column = len(line[node.lineno - 1].encode()[: node.col_offset].decode())
            found.append(sum(map(len, line[: node.lineno - 1])) + column)
    return sorted(set(found))


def applied(text: str, fix: Fix) -> str:
    return apply_edits(text, fix.edits)


def check_every_fix(text: str) -> int:
    """Apply every fix of every number of a program; how many there were."""
    expected = run(text)
    count = 0
    for offset in numbers(text):
        for fix in extractions(module_of(text), offset):
            assert bool(fix.disabled) != bool(fix.edits), fix.title
            if fix.disabled:
                continue
            count += 1
            after = applied(text, fix)
            assert run(after) == expected, f"{fix.title}\n{after}"
            assert undone(text, after)[0] == undone(text, after)[1], f"{fix.title}\n{after}"
            assert_whole(text, after)
    return count


def assert_whole(before: str, after: str) -> None:
    """Line ends are those of the text, no trailing blanks are added, and nothing of the old text but literals is gone."""
    if "\r\n" in before:
        assert "\n" not in after.replace("\r\n", "")
    else:
        assert "\r" not in after
    kept = {line for line in before.split("\n") if line.strip().startswith("#")}
    assert kept <= set(after.split("\n"))


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_computes_the_same_after_every_fix(name: str) -> None:
    assert check_every_fix(PROGRAMS[name]) > 0


@pytest.mark.parametrize(
    "name", ["method", "keywords", "config in scope", "docstring alone", "defaults are evaluated once"]
)
def test_carriage_returns_are_kept(name: str) -> None:
    assert check_every_fix(PROGRAMS[name].replace("\n", "\r\n")) > 0


@pytest.mark.parametrize("name", PROGRAMS)
def test_extracting_again_and_again_stays_equal(name: str) -> None:
    """Each literal of a program is moved, one after the other, until none is offered any more."""
    text = PROGRAMS[name]
    expected = run(text)
    for _ in range(60):
        module = module_of(text)
        fix = next(
            (fix for at in numbers(text) for fix in extractions(module, at)[:1] if fix.edits),
            None,
        )
        if fix is None:
            break
        text = applied(text, fix)
        assert run(text) == expected, text
    else:
        raise AssertionError(f"never ends:\n{text}")


# -- what it looks like -----------------------------------------------------------------------------


def first_fix(text: str, mark: str, which: int = 0, path: str = "train.py", **more: Any) -> str:
    fixes = [
        fix for fix in extractions(module_of(text, path), text.index(mark), **more) if fix.safety is DRAFT
    ]
    return applied(text, fixes[which])


def test_class_is_documented_and_leaves_four_questions() -> None:
    after = first_fix(
        "from lightgbm import LGBMClassifier\n\nclf = LGBMClassifier(learning_rate=0.0078)\n", "0.0078"
    )
    assert after == (
        "from dataclasses import dataclass\n"
        "\n"
        "from lightgbm import LGBMClassifier\n"
        "\n\n"
        "@dataclass(frozen=True)\n"
        "class TrainConfig:\n"
        '    """Values of this file. TODO(mldebt): dataset, metric and tool they were chosen with."""\n'
        "\n"
        "    learning_rate: float = 0.0078\n"
        "    # what: `learning_rate` of `LGBMClassifier`; why: TODO(mldebt); validated: TODO(mldebt); owner: TODO(mldebt)\n"
        "\n\n"
        "TRAIN_CONFIG = TrainConfig()\n"
        "\n\n"
        "clf = LGBMClassifier(learning_rate=TRAIN_CONFIG.learning_rate)\n"
    )


def test_next_value_of_the_same_scope_joins_the_class() -> None:
    text = "def fit(model):\n    return model(rate=0.0078, depth=347)\n"
    once = first_fix(text, "0.0078")
    twice = first_fix(once, "347")
    assert twice.count("class FitConfig") == twice.count("@dataclass") == 1
    assert (
        twice.index("rate: float = 0.0078") < twice.index("depth: int = 347") < twice.index("FIT_CONFIG = ")
    )
    assert "model(rate=FIT_CONFIG.rate, depth=FIT_CONFIG.depth)" in twice


def test_parameter_with_a_config_takes_the_value() -> None:
    text = (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass TrainConfig:\n    lr: float = 0.5\n\n\n"
        "def fit(x, cfg: TrainConfig):\n    return x > 0.37\n"
    )
    after = first_fix(text, "0.37")
    assert "    lr: float = 0.5\n    x_min: float = 0.37\n    # what:" in after
    assert "return x > cfg.x_min" in after and after.count("class ") == 1


def test_request_schema_takes_no_values() -> None:
    text = (
        "from pydantic import BaseModel\n\n\nclass EchoParams(BaseModel):\n    text: str = ''\n\n\n"
        "def echo(params: EchoParams):\n    return len(params.text) > 37\n"
    )
    assert "class EchoConfig:" in first_fix(text, "37")


def test_call_function_and_file_are_offered_when_they_hold_more() -> None:
    text = (
        "def fit(model, x):\n    y = model(learning_rate=0.0078, max_depth=9, verbose=1, random_state=7)\n"
        "    return y if x > 0.37 else 0\n\n\ndef other(x):\n    return x * 0.83\n"
    )
    titles = [fix.title for fix in extractions(module_of(text), text.index("0.0078"))]
    assert titles == [
        "Move `learning_rate` to a documented FitConfig",
        "Move 2 values of `model(…)` to a documented FitConfig",
        "Move 3 values of `fit` to a documented FitConfig",
        "Move 4 values of this file to a documented TrainConfig",
        "Move `learning_rate` to the constant LEARNING_RATE",
    ]


@pytest.mark.parametrize(
    ("code", "mark", "name"),
    [
        ("clf(learning_rate=0.3)", "0.3", "learning_rate"),
        ("clf(learningRate=0.3)", "0.3", "learning_rate"),
        ("nn.Dropout(p=0.3)", "0.3", "dropout_p"),
        ("def f(alpha=0.3): ...", "0.3", "alpha"),
        ("ok = row['age'] > 63", "63", "age_min"),
        ("ok = 63 > row['age']", "63", "age_max"),
        ("ok = fraud_score >= 0.3", "0.3", "fraud_score_threshold"),
        ("y = 2.7 * std", "2.7", "std_factor"),
        ("y = int(len(frame) * 0.83)", "0.83", "frame_share"),
        ("lr /= 2.6", "2.6", "lr_divisor"),
        ("score += 15", "15", "score_step"),
        ("train = frame.head(1000)", "1000", "head_rows"),
        ("train = frame.iloc[:1000]", "1000", "frame_stop"),
        ("params = {'num-leaves': 77}", "77", "num_leaves"),
        ("a, rate = 1, 0.3", "0.3", "rate"),
        ("milestones = [30, 60, x]", "60", "milestones_2"),
        ("betas = (0.8, 0.9)", "0.8", "betas"),
        ("from lightgbm import train\nb = train(p, d, 9999)", "9999", "num_boost_round"),
        ("def fit(model, rounds): ...\nfit(m, 400)", "400", "rounds"),
        ("self.rate = 0.3", "0.3", "rate"),
        ("f(lambda=3)".replace("lambda", "class_"), "3", "class_"),
    ],
)
def test_name_says_what_the_number_is(code: str, mark: str, name: str) -> None:
    fixes = extractions(module_of(code + "\n"), code.rindex(mark))
    assert fixes[0].title.startswith(f"Move `{name}` to"), fixes[0].title


@pytest.mark.parametrize(
    ("text", "mark", "why"),
    [
        ("match x:\n    case 5: y = 1\n", "5", "match pattern"),
        ("def f(x: Literal[3]): ...\n", "3", "literal"),
        ("import sys\nok = sys.version_info >= (3, 9)\n", "3, 9", "version checks"),
        ("@numba.njit\ndef f(x):\n    return x * 0.37\n", "0.37", "compiled"),
        ("@dataclass\nclass C:\n    rate: float = 0.37\n", "0.37", "named field"),
        ("import torch\n\ndef f(x):\n    return x * 0.37\n\ntorch.jit.script(f)\n", "0.37", "TorchScript"),
    ],
)
def test_literal_that_must_stay_says_why(text: str, mark: str, why: str) -> None:
    fixes = extractions(module_of(text), text.index(mark))
    assert len(fixes) == 1 and not fixes[0].edits and why in fixes[0].disabled


@pytest.mark.parametrize("text", ["x = f'{0.5 * 3}'\n", "x = 'a 5'\n", "# 5\n", "x = True\n", "x = (5\n"])
def test_nothing_is_offered_away_from_numbers(text: str) -> None:
    module = module_of(text)
    assert all(not extractions(module, at) for at in range(len(text) + 1))


NOTEBOOK = [
    "%matplotlib inline\nimport math\nimport json\n",
    "%%bash\nls 5\n",
    "%%time\nx = math.sqrt(6.25)\n\ndef f(y):\n    return y * 0.83\n",
    "RESULT = f(x) + 12.5\n",
]


@pytest.mark.parametrize("mark", ["6.25", "0.83", "12.5"])
def test_notebook_takes_the_class_in_the_first_cell_after_the_imports(mark: str) -> None:
    text = "# %%\n".join(NOTEBOOK)
    source = source_of("clean data.ipynb", text)
    module = Document(source).module()
    assert source.notebook is not None
    expected = run(source.text)
    fixes = extractions(module, source.text.index(mark))
    assert fixes
    for fix in fixes:
        after = apply_edits(source.text, fix.edits)
        assert run(after) == expected
        assert "from dataclasses" not in after or after.index("from dataclasses") < after.index("x = math")
        for edit in fix.edits:
            cell = source.notebook.cell_at(edit.span.start)
            assert cell.start <= edit.span.start <= edit.span.end <= cell.end
        new_class = next((edit for edit in fix.edits if "class " in edit.text), None)
        if new_class is not None:
            assert source.notebook.cell_at(new_class.span.start).number == 3


def test_thresholds_get_a_date_to_look_at_them_again() -> None:
    text = "import numpy as np\n\n\ndef decide(score):\n    return score > 0.37\n"
    after = first_fix(text, "0.37", style=THRESHOLDS)
    assert "class DecisionThresholds:" in after
    assert 'recalibration_required_after: "date | None" = None  # TODO(mldebt)' in after
    assert "return score > DECISION_THRESHOLDS.score_threshold" in after
    assert "from datetime import date" in after
    again = after.replace("return", "y = score > 0.93\n    return")
    assert first_fix(again, "0.93", style=THRESHOLDS).count("class DecisionThresholds") == 1


# -- programs nobody thought of ----------------------------------------------------------------------

NUMBER = st.one_of(
    st.integers(0, 9999).map(str),
    st.floats(0.001, 99, allow_nan=False).map(lambda value: f"{value:.3g}"),
    st.sampled_from(["1e-3", "0x1F", "1_000", ".5", "5.", "2E1", "0b11", "3j"]),
)
NAME = st.sampled_from(["rate", "depth", "x1", "Größe", "maxDepth", "lambda_", "CONFIG", "data", "int_"])


@st.composite
def expression(draw: st.DrawFn, depth: int = 2) -> str:
    number = draw(NUMBER)
    if depth == 0 or draw(st.booleans()):
        return draw(
            st.sampled_from(
                [number, f"-{number}", f"({number}, {draw(NUMBER)})", f"[{number}, {draw(NUMBER)}]"]
            )
        )
    inner = draw(expression(depth - 1))
    name = draw(NAME)
    return draw(
        st.sampled_from(
            [
                f"pair({number}, {inner})",
                f"pair({name}={inner}, other={number})",
                f"{{'{name}': {inner}, 2: {number}}}",
                f"pair({inner}, (lambda q={number}: q))[0]",
                f"({inner} if 1else {number})",
                f"[pair(i, {number}) for i in range(2)]",
                f"str({inner}) * 2",
                f"({number} == {inner})",
            ]
        )
    )


@st.composite
def program(draw: st.DrawFn) -> str:
    head = draw(
        st.sampled_from(
            [
                "",
                '"""Doc."""\n',
                "# note\n\n",
                "import math\n",
                "from __future__ import annotations\nimport os, json\n",
            ]
        )
    )
    lines = [head + "def pair(*a, **k):\n    return (*a, *k.values(), *k)\n\n\nRESULT = []"]
    for number in range(draw(st.integers(1, 3))):
        value, other = draw(expression()), draw(expression(1))
        shape = draw(st.integers(0, 4))
        if shape == 0:
            lines.append(f"{draw(NAME)} = {value}\nRESULT.append({other})")
        elif shape == 1:
            lines.append(
                f"def f{number}(rate={value}):\n    def inner():\n        return {other}\n    return inner(), rate\n\nRESULT.append(f{number}())"
            )
        elif shape == 2:
            lines.append(
                f"class C{number}:\n    rate = {value}\n\n    def m(self):\n        return {other}\n\n\nRESULT += [C{number}.rate, C{number}().m()]"
            )
        elif shape == 3:
            lines.append(
                f"for i in range(2):\n    if i < {draw(NUMBER).replace('3j', '3')}:\n        RESULT.append({value})"
            )
        else:
            lines.append(f"RESULT.append({value}); RESULT.append({other})")
    text = "\n\n".join(lines) + draw(st.sampled_from(["\n", ""]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=60, deadline=None)
@given(program())
def test_any_program_computes_the_same(text: str) -> None:
    try:
        run(text)
    except Exception:
        return
    check_every_fix(text)


def test_floats_are_not_retyped() -> None:
    after = first_fix("x = f(1.10e-03, rate=1_0.50)\n", "1.10e-03", 1)
    assert "= 1.10e-03" in after and "= 1_0.50" in after
    assert math.isclose(1.10e-03, 0.0011)
