"""What notebooks hold besides code: names cell by cell, counts, magics, and what pip said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run

from examples import config_for
from mldebt.engine.apply import fixed
from mldebt.rule import UNSAFE
from mldebt.syntax.cell_names import cell_names
from mldebt.syntax.notebook import joined, read_sources


def notebook(*cells: tuple[str, int | None, str]) -> bytes:
    """(source, execution count, what it printed) of each code cell."""
    made = [
        {
            "cell_type": "code",
            "execution_count": count,
            "metadata": {},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": said}] if said else [],
            "source": source,
        }
        for source, count, said in cells
    ]
    return (
        json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
    ).encode()


# Names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bound", "needs", "later"),
    [
        ("import a.b, c as d\nfrom e import f as g, h", "a d g h", "", ""),
        ("x = y + 1", "x", "y", ""),
        ("x = x + 1", "x", "x", ""),
        ("x += 1", "x", "", ""),  # the store hides the load: unknown is clean
        ("a, (b, *c) = rows", "a b c", "rows", ""),
        ("for i in rows:\n    total = i\nprint(i)", "i total", "print rows", ""),
        ("if ok:\n    x = 1\nelse:\n    y = x", "x y", "ok", ""),
        ("with open(p) as f:\n    t = f.read()", "f t", "open p", ""),
        ("try:\n    import cudf\nexcept ImportError as e:\n    cudf = None", "cudf e", "ImportError", ""),
        ("[n * k for n in ns if n > m]", "", "k m ns", ""),
        ("{a: b for a, b in pairs}", "", "pairs", ""),
        ("def f(a, b=c):\n    d = a + e\n    return g(d)", "f", "c", "e g"),
        ("@deco\nclass C(Base):\n    x = 1\n    y = x + z", "C", "Base deco z", ""),
        ("f = lambda a: a + b", "f", "", "b"),
        ("def f():\n    global g\n    g = h", "f g", "", "h"),
        ("def f():\n    return later\nlater = 1", "f later", "", ""),
        ("(n := m) + n", "n", "m", ""),
        ("[{1: (r := f(d)), 2: r.x} for d in ds]", "r", "ds f", ""),
        ("match p:\n    case {'k': v, **rest}:\n        w = v", "rest v w", "p", ""),
        ("é = ü", "é", "ü", ""),
    ],
)
def test_names_of_a_cell(text: str, bound: str, needs: str, later: str) -> None:
    names = cell_names(text)
    assert names.bound - {""} == set(bound.split())
    assert {use.name for use in names.needs} == set(needs.split())
    assert {use.name for use in names.later} == set(later.split())
    for use in (*names.needs, *names.later):
        assert text[use.start : use.end] == use.name
    assert not names.anything


@pytest.mark.parametrize("text", ["from a import *", "exec(code)", "globals()['x'] = 1"])
def test_some_cells_may_bind_anything(text: str) -> None:
    assert cell_names(text).anything


def test_a_cell_under_the_hand_needs_nothing_and_binds_every_word() -> None:
    names = cell_names("frame = pd.read_csv(\nother")
    assert {"frame", "other"} <= names.bound
    assert not names.needs


# Counts, magics, outputs --------------------------------------------------------


def test_counts_magics_and_installs_are_kept() -> None:
    data = notebook(
        (
            "!pip install -q pandas shap",
            3,
            "Collecting shap\nSuccessfully installed llvmlite-0.43.0 shap-0.46.0\n",
        ),
        ("%%bash\nls", None, ""),
        ("x = !ls\nx", 4, ""),
        ("!pip install pandas", 5, "Requirement already satisfied: pandas in /usr/lib/python3 (2.2.3)\n"),
    )
    text, book = joined(read_sources(data))
    assert [cell.count for cell in book.cells] == [3, 0, 4, 5]
    assert [magic.text for magic in book.magics] == [
        "!pip install -q pandas shap",
        "%%bash\nls",
        "!ls",
        "!pip install pandas",
    ]
    for magic in book.magics:
        assert not text[magic.start : magic.start + len(magic.text)].strip("0 \n")
    assert dict(book.installed) == {"llvmlite": "0.43.0", "shap": "0.46.0", "pandas": "2.2.3"}


def test_installs_are_pinned_to_what_pip_has_said() -> None:
    said = "Successfully installed lightgbm-4.5.0 scikit-learn-1.5.2\n"
    data = notebook(("!pip install -q lightgbm scikit_learn", 1, said), ("import lightgbm", 2, ""))
    done = fixed("n.ipynb", data, config_for("unpinned-notebook-install"), UNSAFE)
    source = json.loads(done.data)["cells"][0]["source"]
    assert "".join(source) == "!pip install -q lightgbm==4.5.0 scikit_learn==1.5.2"


def test_without_an_output_nobody_knows_the_version() -> None:
    data = notebook(("!pip install lightgbm shap", 1, "Successfully installed shap-0.46.0\n"))
    assert fixed("n.ipynb", data, config_for("unpinned-notebook-install"), UNSAFE).data == data


def test_the_command_line_finds_what_a_kernel_hides(tmp_path: Path) -> None:
    root = tmp_path / "w"
    root.mkdir()
    cells = (
        ("import pandas as pd\n%time frame = pd.read_csv('a.csv')\nframe.head()", 1, ""),
        ("frame['x'].mean()\nbest.score()", 5, ""),
        ("ratio = later / 2", 3, ""),
        ("later = 4", 4, ""),
    )
    (root / "n.ipynb").write_bytes(notebook(*cells))
    ran = run(root, "--check", ".", "--select", "notebooks", "--format", "json", "--no-cache")
    places = {(one["rule"], one["cell"], one["line"]) for one in ran.findings}
    assert places == {
        ("hidden-state", 2, 2),
        ("use-before-definition", 3, 1),
        ("out-of-order-execution", 3, 1),
    }
