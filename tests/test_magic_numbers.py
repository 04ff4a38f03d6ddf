"""The rules about numbers on texts too large or too odd for a manual page."""

from __future__ import annotations

import random
from datetime import date

import pytest

from examples import check, config_for, report_of
from mldebt.config import Config
from mldebt.rule import HINT, INFORMATION, WARNING, Finding

RULES = ("magic-number", "magic-threshold", "magic-hyperparameter")


def findings(text: str, path: str = "train.py") -> list[Finding]:
    return check({path: text}, config_for(*RULES))[0]


def formulas(style: str, lines: int) -> str:
    """A file as genetic programming or a tree exporter prints it."""
    draw = random.Random(7)

    def term(depth: int) -> str:
        if not depth:
            name = f'data["f{draw.randrange(90)}"]'
            return (
                name
                if draw.random() < 0.6
                else f"({draw.choice(['5.0', '0.318310', '14.19', '3.42857', '9.08'])})"
            )
        return f"(({term(depth - 1)}) {draw.choice('+*-')} ({term(depth - 1)}))"

    if style == "script":
        rows = [f'v["i{n}"] = 0.0{draw.randrange(100, 999)}*np.tanh({term(4)})' for n in range(lines)]
        return "import numpy as np\nimport pandas as pd\n\n" + "\n".join(rows) + "\n"
    if style == "function":
        rows = [f"         {draw.random():.6f} * np.tanh({term(3)}) +" for n in range(lines)]
        return (
            "import numpy as np\n\n\ndef model(data):\n    return (\n" + "\n".join(rows) + "\n         0.5)\n"
        )
    rows = []
    for n in range(lines):
        rows += [f"    if x[{n}] <= {draw.uniform(0, 20):.8f}:", f"        y += {draw.uniform(-1, 1):.6f}"]
    return "import sklearn\n\n\ndef predict(x, y):\n" + "\n".join(rows) + "\n    return y\n"


@pytest.mark.parametrize("style", ["script", "function", "tree"])
def test_printed_formulas_give_one_finding_at_most(style: str) -> None:
    assert len(findings(formulas(style, 700))) <= 1


def test_a_table_of_cut_offs_is_one_finding() -> None:
    rows = "\n".join(f"    if a < {age}.5:\n        return {age}" for age in range(11, 60))
    found = findings(f"import pandas\n\n\ndef band(a):\n{rows}\n")
    assert len(found) == 1 and "48 more numbers" in found[0].message


def test_ordinary_values_are_one_hint_a_call_and_odd_ones_one_information() -> None:
    text = "from lightgbm import LGBMClassifier\n\nclf = LGBMClassifier(learning_rate={}, num_leaves={}, subsample=0.6)\n"
    (hint,) = findings(text.format("0.05", "70"))
    assert hint.severity is HINT and len(hint.related) == 3
    first, second = findings(text.format("0.0537", "347"))
    assert (first.severity, second.severity) == (INFORMATION, HINT)
    assert [related.message for related in first.related] == ["`subsample=0.6`"]


def test_a_number_is_reported_once() -> None:
    text = (
        "import lightgbm as lgb\nimport numpy as np\n\n\n"
        "def f(model, x, y_prob):\n"
        "    p = model.predict_proba(x)[:, 1]\n"
        "    booster = lgb.train({'learning_rate': 0.0537, 'num_leaves': 347, 'lambda_l1': 0.27}, x, 7390)\n"
        "    return p > 0.83, y_prob > 0.37, x > 63.5\n"
    )
    spans = [finding.span for finding in findings(text)]
    assert len(spans) == len(set(spans)) == 7


def test_thresholds_weigh_as_much_as_is_known_of_their_score() -> None:
    text = "import torch\n\n\ndef f(model, x, frame):\n    p = {}\n    return p > {}\n"
    severities = [
        finding.severity
        for source, cut in [
            ("model.predict_proba(x)", "0.83"),
            ("torch.sigmoid(model(x))", "0.5"),
            ("model.predict(x)", "0.83"),
        ]
        for finding in findings(text.format(source, cut))
    ]
    assert severities == [WARNING, HINT, INFORMATION]


@pytest.mark.parametrize(
    "line",
    [
        "x = 0x1F * y",
        "y = y * 1e-5",
        "ax.plot(x * 1.37)",
        "raise ValueError('x' * 37)",
        "noise = np.random.randn(5) * 0.37",
        "seconds = hours * 3600",
        "kb = size / 1024",
        "if image.shape[0] > 64: pass",
        "if df.index.year > 2017: pass",
        "data.head(3000)",
        "a = np.zeros(700)",
        "k = x[5:20]",
        "s = 0.5 * (x + y)",
        "if rank > 15: pass",
        "m = x[:60000]",
        "z = y * 0.37  # share kept after the audit",
    ],
)
def test_numbers_that_need_no_history(line: str) -> None:
    assert not findings(
        f"import numpy as np\nimport pandas as pd\n\n\ndef f(x, y, ax, df, data, image, rank, hours, size):\n    {line}\n"
    )


@pytest.mark.parametrize(
    "number", ["1e999", "-1e999", "1e999j", "9" * 400, f"-{'9' * 400}", "1e-400", "0x" + "f" * 300]
)
def test_numbers_beyond_all_bounds_break_nothing(number: str) -> None:
    text = (
        f"import numpy as np\nfrom lightgbm import LGBMClassifier\n\nLIMIT = {number}\n\n\n"
        f"def f(score, x, threshold={number}):\n    x = x * {number} + {number}\n    if score > {number}:\n        return x[:{number}]\n"
        f"    model = LGBMClassifier(learning_rate={number}, num_leaves=70)\n    params = {{'learning_rate': {number}, 'alpha': 1}}\n"
        f"    return np.where(model.predict_proba(x) > {number}, 1, {number}), params\n"
    )
    report = report_of("train.py", text, Config(today=date(2026, 1, 1)))
    assert not report.errors
