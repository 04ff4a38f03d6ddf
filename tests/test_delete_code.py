"""Deleting commented-out code changes no program: same tree, same prose, same line ends."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import applied, config_for, source_of, subject_of
from mldebt.engine.analyze import analyze_module
from mldebt.engine.fixing import fixes_of
from mldebt.rule import SAFE, Finding, Fix
from mldebt.syntax.module import Module, comments_of

RULES = ("commented-out-code", "commented-hyperparameter")
CONFIG = config_for(*RULES)


def findings_of(text: str, path: str = "train.py") -> tuple[Finding, ...]:
    report = analyze_module(source_of(path, text), CONFIG)
    assert not report.errors
    return report.findings


def fixed(text: str, path: str = "train.py") -> str:
    """The text after the first fix of its first finding."""
    finding = findings_of(text, path)[0]
    return applied(text, fixes_of(finding, subject_of(path, text), CONFIG)[0])


def fixed_all(text: str) -> str:
    """The text after the last fix of its first finding: all of the file."""
    finding = findings_of(text)[0]
    return applied(text, fixes_of(finding, subject_of("train.py", text), CONFIG)[-1])


class _Unstring(ast.NodeTransformer):
    """A string that is a statement of its own runs no code."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        is_string = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if is_string else node


def tree_of(text: str, strings: bool = True) -> str:
    tree = ast.parse(text)
    return ast.dump(tree if strings else _Unstring().visit(tree))


def assert_keeps_the_program(text: str, finding: Finding, fix: Fix, module: Module) -> str:
    after = applied(text, fix)
    in_string = text[finding.span.start : finding.span.end].lstrip("rRuUbB")[:1] in ("'", '"')
    deletes_strings = in_string or "all" in fix.title
    assert tree_of(text, not deletes_strings) == tree_of(after, not deletes_strings), fix.title
    if fix.title.endswith("as a tuning note"):
        return after  # its comments are others: tests/test_tuning_note.py
    # What is left of the comments is what was there, in the same order; and only comments of a finding go.
    left = [comment.text for comment in comments_of(after)]
    rest = iter(comment.text for comment in comments_of(text))
    assert all(comment in rest for comment in left)
    if "all" not in fix.title:
        outside = [
            comment.text
            for comment in comments_of(text)
            if not finding.span.start - 200 <= comment.span.start < finding.span.end + 200
        ]
        assert all(comment in left for comment in outside)
    return after


# --- whole programs ---

PROSE = (
    "# the data of last year",
    "# Load the features.",
    "# x: [B, T, D]",
    "# see section 4.2 (page 7)",
    "#",
    "# Training",
)
CODE_COMMENTS = (
    "# df = df.dropna()",
    "#print(df.shape)",
    "#  import numpy as np",
    "# model.fit(X, y)\n# model.score(X, y)",
    "# for a in b:\n#     print(a)\n#\n# done = True",
    "# old rows\n# df = df[df.a > 1]",
    "# # y = f(x)",
    "# if x > 1:",
)
STATEMENTS = (
    "x = 1",
    "y = f(x)  # why it is so",
    "device = 'cpu'  # device = torch.device('cuda')",
    "lr = 0.1  # 0.01",
    's = """\n# not = a_comment()\n"""',
    "z = (\n    1,\n    # 2,\n    3,\n)",
    "fit(\n    a=1,\n    # b=2,\n)",
    '"""\nq = 1\nr = g(q)\n"""',
    "t = '# a = 1'",
)
BLANKS = ("", "\n", "\n\n")


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A module of statements, comments, blank lines and one or two functions, with any line end."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        indent = draw(st.sampled_from(("", "", "    ", "\t")))
        if indent:
            lines.append("def f(x, df=None):")
        body = draw(st.lists(st.sampled_from((*PROSE, *CODE_COMMENTS, *STATEMENTS, *BLANKS)), max_size=7))
        if indent and not any(part in STATEMENTS for part in body):
            body.append("x = 1")
        for part in body:
            if '"""' in part:
                lines.append(indent + part)
            else:
                lines += [indent + line if line else "" for line in part.split("\n")]
    text = draw(st.sampled_from(("\n", "\r\n"))).join("\n".join(lines).split("\n"))
    return text + draw(st.sampled_from(("", "\n")) if "\r" not in text else st.sampled_from(("", "\r\n")))


@settings(max_examples=250, deadline=None)
@given(programs())
def test_generated_programs_stay_the_same(text: str) -> None:
    try:
        ast.parse(text)
    except SyntaxError:
        return
    module = subject_of("train.py", text)
    assert isinstance(module, Module)
    for finding in findings_of(text):
        for fix in fixes_of(finding, module, CONFIG):
            after = assert_keeps_the_program(text, finding, fix, module)
            if "\r\n" in text:
                assert "\n" not in after.replace("\r\n", "")
            for prose in PROSE[:4]:
                assert after.count(prose) == text.count(prose), f"{prose} did not stay"
            if fix.safety is SAFE:
                messages = [other.message for other in findings_of(after)]
                assert len(messages) < len(findings_of(text))


def stdlib_files() -> list[Path]:
    """Real code that is on every machine; every eighth file keeps the test short."""
    root = Path(sysconfig.get_paths()["stdlib"])
    return sorted(root.glob("[a-z]*.py"))[::8] + sorted(root.glob("[a-z]*/*.py"))[::40]


def test_the_standard_library_stays_the_same() -> None:
    checked = 0
    for path in stdlib_files():
        try:
            text = path.read_bytes().decode("utf-8")
            ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        module = subject_of("train.py", text)
        assert isinstance(module, Module)
        for finding in findings_of(text):
            for fix in fixes_of(finding, module, CONFIG)[:1]:
                assert_keeps_the_program(text, finding, fix, module)
                checked += 1
    assert checked > 10


# --- what a fix leaves ---

CASES = {
    "one blank line is left of two": ("x = 1\n\n# y = f(x)\n\nz = 2\n", "x = 1\n\nz = 2\n"),
    "two are left between functions": (
        "def f():\n    pass\n\n\n# y = f()\n\n\ndef g():\n    pass\n",
        "def f():\n    pass\n\n\ndef g():\n    pass\n",
    ),
    "none at the start": ("# y = f(x)\n\nx = 1\n", "x = 1\n"),
    "none at the end": ("x = 1\n\n# y = f(x)\n", "x = 1\n"),
    "no line end at the end": ("x = 1\n# y = f(x)", "x = 1\n"),
    "none below a header": ("def f(x):\n    # y = f(x)\n\n    return x\n", "def f(x):\n    return x\n"),
    "windows line ends": ("x = 1\r\n# y = f(x)\r\n# z = f(y)\r\nw = 2\r\n", "x = 1\r\nw = 2\r\n"),
    "prose stays": ("# the rows\n# y = f(1)\n# of last year\nx = f\n", "# the rows\n# of last year\nx = f\n"),
    "empty comment lines go along": ("# the rows\n#\n# y = f(1)\n#\nx = f\n", "# the rows\nx = f\n"),
    "inner comments go along": ("# y = f(1)\n# # then\n# z = f(y)\nx = f\n", "x = f\n"),
    "inside a list": ("a = [\n    1,\n    # f(2),\n    3,\n]\n", "a = [\n    1,\n    3,\n]\n"),
    "the only thing inside": ("a = f(\n    # b=2,\n)\n", "a = f(\n)\n"),
    "beside an argument": ("m = f(\n    lr=0.1,  # 0.01\n)\n", "m = f(\n    lr=0.1,\n)\n"),
    "beside a statement": ("x = f(1)  # x = f(2)\n", "x = f(1)\n"),
    "a string": ("x = f(1)\n'''\ny = f(x)\nz = f(y)\n'''\nw = 2\n", "x = f(1)\nw = 2\n"),
    "at another column": ("def f(x):\n#    y = f(x)\n    return x\n", "def f(x):\n    return x\n"),
    "a tab": ("if x:\n\t# y = f(x)\n\tz = 1\n", "if x:\n\tz = 1\n"),
    "a form feed": ("x = 1\n\x0c\n# y = f(x)\nz = 2\n", "x = 1\n\x0c\nz = 2\n"),
    "beyond ASCII": ("x = 'ä€𝄞'\n# y = f(x)  # größer\nz = 2\n", "x = 'ä€𝄞'\nz = 2\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_left(case: str) -> None:
    before, after = CASES[case]
    assert fixed(before) == after


def test_all_blocks_of_a_file_at_once() -> None:
    text = "# a = f(1)\n\nx = f(2)  # x = f(3)\n# the end\n# y = f(x)\n\n# z = f(y)\n\nw = f(\n    lr=1,\n    # lr=2,\n)\n"
    assert fixed_all(text) == "x = f(2)\n# the end\n\nw = f(\n    lr=1,\n)\n"


def test_a_cell_keeps_its_neighbours() -> None:
    text = "x = f(1)\n# y = f(x)\n# %%\n# z = f(x)\n# %%\nw = 2\n"
    module = subject_of("n.ipynb", text)
    assert isinstance(module, Module)
    source = module.source.text
    report = analyze_module(module.source, CONFIG)
    first, second = report.findings
    after = applied(source, fixes_of(first, module, CONFIG)[0])
    assert after == source.replace("\n# y = f(x)", "")
    # A cell that held nothing else is empty, and the next one starts where it started.
    after = applied(source, fixes_of(second, module, CONFIG)[0])
    assert after == source.replace("# z = f(x)", "")


# --- what is left alone ---

SILENT = {
    "a docstring": 'def f():\n    """\n    x = f(1)\n    y = f(x)\n    """\n',
    "a module docstring": '"""\nx = f(1)\ny = f(x)\n"""\nimport os\n',
    "a string that is used": "print(\n    '''\nx = f(1)\ny = f(x)\n'''\n)\n",
    "behind a backslash": "x = 1 + \\\n# y = f(x)\n2\n",
    "a directive": "import f  # noqa: F401\n# fmt: off\n# type: ignore\n# pylint: disable=all\nx = f\n",
    "a shape": "def f(x):\n    # x: [B, T, D]\n    # (B, T)\n    return x  # [N, F]\n",
    "a transcript": "# >>> y = f(x)\n# 3\nx = 1\n",
    "a fenced example": "# ```\n# y = f(x)\n# ```\nx = f = 1\n",
    "an example": "# For example:\n#     y = f(x)\nx = f = 1\n",
    "script metadata": '# /// script\n# dependencies = [\n#   "rich",\n# ]\n# ///\nx = 1\n',
    "a legend": "# B = batch, T = time\nx = 1\n",
    "maths": "# P(A)\nx = 1\n",
    "an output": "print(x)\n# tensor([1, 2])\n",
    "the same value": "f(\n    lr=1e-3,  # 0.001\n)\n",
    "a choice": "f(\n    mode='a',  # 'a' or 'b'\n    kind='a',  # 'a', 'b'\n)\n",
    "a license": "# License: MIT\n# Copyright (c) 2020 Somebody\nx = 1\n",
}


@pytest.mark.parametrize("case", SILENT)
def test_documentation_is_no_code(case: str) -> None:
    assert not findings_of(SILENT[case])


def test_option_templates_of_generated_settings_are_documentation() -> None:
    text = "# The theme to use for the pages.\n# html_theme = 'classic'\n\nextensions = []\n"
    assert not findings_of(text, "docs/conf.py")
    assert findings_of(text, "src/train.py")
