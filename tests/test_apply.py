"""Fixes in files: until nothing is left to fix, never at the price of a finding, every other byte kept."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

import pytest
from command_line import files, run

from examples import examples_of
from mldebt.config import Config
from mldebt.engine import apply
from mldebt.engine.apply import Unfixable, data_of, edited, fixed, text_of, write
from mldebt.rule import SAFE, UNSAFE, Fix
from mldebt.rules import all_rules, rules_by_id
from mldebt.syntax.manifest import manifest_kind
from mldebt.syntax.notebook import read_cells
from mldebt.syntax.notebook_write import rewritten, source_places
from mldebt.text import Edit, Span

CONFIG = Config(today=datetime.date(2026, 1, 15))
DEAD = "import pandas as pd\n\nframe = pd.read_csv('train.csv')\n# frame = frame.dropna()\n# frame = frame.drop(columns=['id'])\n# print(frame.head())\nprint(frame)\n"
MENDED = "import pandas as pd\n\nframe = pd.read_csv('train.csv')\nprint(frame)\n"
ONLY = Config(today=datetime.date(2026, 1, 15), select=("commented-out-code",))


# Texts ---------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf", b"# -*- coding: latin-1 -*-\n# \xe9\n"])
@pytest.mark.parametrize("end", [True, False])
def test_encoding_mark_and_line_ends_are_kept(newline: str, head: bytes, end: bool) -> None:
    if newline == "\r" and b"coding" in head:
        pytest.skip("Python itself finds no encoding line where only carriage returns end lines")
    body = DEAD if end else DEAD.rstrip("\n")
    rest = MENDED if end else MENDED.rstrip("\n")
    as_file = lambda text: (head.decode("latin-1") + text).replace("\n", newline).encode("latin-1")  # noqa: E731
    done = fixed("a.py", as_file(body), ONLY, UNSAFE)
    assert done.data == as_file(rest)
    assert [one.rule for one in done.applied] == ["commented-out-code"] and done.left_out == ()


def test_fixes_go_on_until_nothing_is_left() -> None:
    text = DEAD + "".join(
        f"\n\ndef f{n}():\n"
        + DEAD.replace("import pandas as pd\n\n", "").replace("\n", "\n    ").rstrip()
        + "\n"
        for n in range(5)
    )
    text = text.replace("def f", "def g").replace("):\nframe", "):\n    frame")
    done = fixed("a.py", text.encode(), ONLY, UNSAFE)
    assert len(done.applied) == 6
    again = fixed("a.py", done.data, ONLY, UNSAFE)
    assert (again.data, again.applied) == (done.data, ())


def test_a_file_that_does_not_parse_is_left_alone() -> None:
    with pytest.raises(Unfixable, match="does not parse"):
        fixed("a.py", (DEAD + "def f(:\n").encode(), ONLY, UNSAFE)


def fixer(monkeypatch: pytest.MonkeyPatch, *fixes: list[Edit]) -> None:
    """Let the rule offer these edits for its findings, one list a finding."""
    offered = iter(fixes)

    def found(*_: object) -> tuple[Fix, ...]:
        edits = next(offered, None)
        return (Fix("Break it", tuple(edits), SAFE),) if edits else ()

    monkeypatch.setattr(apply, "fixes_of", found)


def whole_comment() -> Span:
    start = DEAD.index("# frame")
    return Span(start, DEAD.index("print(frame)\n"))


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ("def f(:\n", "the file would not parse"),
        (
            "# a = load(1)\n# b = a + 1\n# c = b * 2\nx = 1\n# d = load(3)\n# e = d + 1\n# f = e * 2\n",
            "there would be a finding more",
        ),
        ("# frame = frame.dropna(axis=1)\n# frame = frame.drop(columns=['id'])\n", "the finding would stay"),
    ],
)
def test_a_fix_that_breaks_its_promise_is_left_out(
    monkeypatch: pytest.MonkeyPatch, edit: str, why: str
) -> None:
    fixer(monkeypatch, *[[Edit(whole_comment(), edit)]] * 5)
    done = fixed("a.py", DEAD.encode(), ONLY, UNSAFE)
    assert (done.data, done.applied) == (DEAD.encode(), ()), why
    assert [one.title for one in done.left_out] == ["Break it"]


def test_one_bad_fix_does_not_cost_the_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    text = DEAD + DEAD.replace("import pandas as pd\n\n", "").replace("frame", "table")
    real = apply.fixes_of

    def found(finding, module, config, paths):
        if "frame.dropna" in module.text[finding.span.start : finding.span.end]:
            return (Fix("Break it", (Edit(finding.span, "def f(:"),), SAFE),)
        return real(finding, module, config, paths)

    monkeypatch.setattr(apply, "fixes_of", found)
    done = fixed("a.py", text.encode(), ONLY, UNSAFE)
    assert b"frame.dropna" in done.data and b"table.dropna" not in done.data
    assert ([one.title for one in done.left_out], len(done.applied)) == (["Break it"], 1)


def test_unsafe_fixes_wait_to_be_asked_for_and_drafts_never_go_in(monkeypatch: pytest.MonkeyPatch) -> None:
    from mldebt.rule import DRAFT

    for safety, allowed, happens in (
        (UNSAFE, SAFE, False),
        (UNSAFE, UNSAFE, True),
        (DRAFT, UNSAFE, False),
        (SAFE, SAFE, True),
    ):
        offered = (Fix("Delete", (Edit(whole_comment(), ""),), safety),)
        monkeypatch.setattr(apply, "fixes_of", lambda *_, offered=offered: offered)
        assert bool(fixed("a.py", DEAD.encode(), ONLY, allowed).applied) == happens


def test_what_is_suppressed_is_not_fixed() -> None:
    text = DEAD.replace(
        "# frame = frame.dropna",
        "# mldebt: ignore[commented-out-code] for the course\n# frame = frame.dropna",
    )
    assert fixed("a.py", text.encode(), ONLY, UNSAFE).data == text.encode()


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.fixer], ids=lambda rule: rule.id)
def test_bulk_fixing_every_example_ends_and_adds_no_finding(rule) -> None:
    config = Config(today=CONFIG.today, select=(rule.id,))
    for example in examples_of(rule):
        for path, text in example.files.items():
            if path.endswith(".ipynb"):
                continue
            if manifest_kind(path) and not path.endswith((".txt", ".toml", ".yaml", ".yml")):
                continue
            done = fixed(path, text.encode(), config, UNSAFE)
            assert fixed(path, done.data, config, UNSAFE).data == done.data, "the result is a fixed point"


# Files -----------------------------------------------------------------------------


def test_a_file_is_replaced_whole_and_keeps_mode_and_links(tmp_path: Path) -> None:
    target = tmp_path / "real.py"
    target.write_bytes(b"old")
    target.chmod(0o754)
    link = tmp_path / "link.py"
    link.symlink_to("real.py")
    write(str(link), b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o754, True)
    assert sorted(os.listdir(tmp_path)) == ["link.py", "real.py"]


def test_a_write_that_fails_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.py"
    target.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="disk full"):
        write(str(target), b"new")
    assert target.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.py"]


# The command line ------------------------------------------------------------------


def test_fix_writes_and_reports_what_is_left(tmp_path: Path) -> None:
    leaky = 'value = pd.read_csv("/home/maria/x.csv")\n'
    root = files(tmp_path / "w", {"a.py": DEAD + leaky, "b.py": MENDED})
    before = (root / "b.py").stat().st_mtime_ns
    ran = run(root, "--fix", "--select", "commented-out-code,hardcoded-path", "--format", "json", ".")
    assert (root / "a.py").read_text() == MENDED + leaky
    assert ran.rules == ["hardcoded-path"] and ran.code == 1
    assert "Applied 1 fix (1 commented-out-code) in 1 file." in ran.err
    assert (root / "b.py").stat().st_mtime_ns == before
    run(root, "--fix", "--unsafe-fixes", "--select", "commented-out-code,hardcoded-path", ".")
    assert "/home/maria" not in (root / "a.py").read_text()


def test_diff_shows_and_writes_nothing(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": DEAD, "b.py": MENDED})
    ran = run(root, "--diff", "--select", "commented-out-code", ".")
    assert ran.code == 1 and (root / "a.py").read_text() == DEAD
    assert (
        ran.out.startswith("--- a.py\n+++ a.py\n@@ ")
        and ran.out.count("\n-# ") == 3
        and "\n+" not in ran.out[16:]
    )
    assert run(root, "--diff", "--select", "commented-out-code", "b.py") == (
        0,
        "",
        "Would apply 0 fixes in 0 files.\n",
    )
    piped = run(
        root, "--diff", "-", "--stdin-filename", "a.py", "--select", "commented-out-code", stdin=DEAD.encode()
    )
    assert piped.out == ran.out


# Notebooks --------------------------------------------------------------------------


def test_a_fixed_notebook_keeps_every_other_byte(tmp_path: Path) -> None:
    lines = [json.dumps(line) for line in DEAD.splitlines(keepends=True)[:-1]] + ['"print(frame)"']
    outputs = '"outputs": [{"data": {"x": [1.0, 1e5, "\\u00e9\\/"]}, "output_type": "display_data", "metadata": {}}]'
    for indent in ("", "\n   ", "\n\t\t\t"):
        for escaped in (False, True):
            title = '"# \\u00e9t\\u00e9"' if escaped else '"# été"'
            source = "[" + ",".join(indent + line for line in lines) + (indent[:-1] if indent else "") + "]"
            text = (
                '{"zeta": 1,\n "cells": [{"cell_type": "markdown", "metadata": {}, "source": ['
                + title
                + "]},\n"
                '  {"cell_type": "code", "execution_count": 3, "metadata": {"source": ["no"]}, '
                + outputs
                + ', "source": '
                + source
                + "},\n"
                '  {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "x = 1\\n\\n"}],\n'
                ' "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}'
            )
            done = fixed("n.ipynb", text.encode(), ONLY, UNSAFE)
            kept = [line for line in lines if not line.startswith('"# ')]
            expected = text.replace(
                source, "[" + ",".join(indent + line for line in kept) + (indent[:-1] if indent else "") + "]"
            )
            assert done.data.decode() == expected
    assert read_cells(done.data) == [(2, MENDED.rstrip("\n")), (3, "x = 1\n\n")]


def test_new_lines_of_a_cell_are_written_like_the_old_ones() -> None:
    text = json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
                {"cell_type": "code", "source": []},
            ]
        },
        indent=1,
    )
    new = rewritten(text, {1: "import é\na = 1\nc = 3", 2: "d = 4"})
    assert new == json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": ["import é\n", "a = 1\n", "c = 3"]},
                {"cell_type": "code", "source": ["d = 4"]},
            ]
        },
        indent=1,
        ensure_ascii=False,
    )
    assert rewritten(text, {1: ""}) == text.replace(re.search(r"\[\n\s+\"a.*?\]", text, re.S)[0], "[]")


def test_places_are_found_in_both_formats() -> None:
    four = {
        "cells": [{"source": "x"}, 3, {"source": ["y"], "metadata": {"cells": [{"source": "no"}]}}],
        "metadata": {"source": ["no"]},
    }
    three = {
        "worksheets": [{"cells": [{"input": ["a"]}]}, {"cells": [{"input": "b"}, {"input": ["c"]}]}],
        "source": "no",
    }
    for data, expected in ((four, {1: '"x"', 3: '["y"]'}), (three, {1: '["a"]', 2: '"b"', 3: '["c"]'})):
        text = json.dumps(data)
        assert {
            number: text[place.start : place.end] for number, place in source_places(text).items()
        } == expected


def test_edits_of_a_notebook_stay_in_their_cells() -> None:
    raw = json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": ["%time\n", "a = 1"]},
                {"cell_type": "code", "source": ["b = 2"]},
            ]
        }
    )
    text = text_of("n.ipynb", raw.encode())
    at = text.text.index("a = 1")
    after = edited(
        text,
        [Edit(Span(at, at + 5), "a = 3"), Edit(Span(text.text.index("b"), text.text.index("b")), "c = 0\n")],
    )
    assert [cell.text for cell in after.cells] == ["%time\na = 3", "c = 0\nb = 2"], (
        "magics come back as they were"
    )
    assert data_of(after) == raw.replace("a = 1", "a = 3").replace('"b = 2"', '"c = 0\\n", "b = 2"').encode()
    with pytest.raises(ValueError, match="border"):
        edited(text, [Edit(Span(at, text.text.index("b") + 1), "")])


def test_a_notebook_is_fixed_and_diffed_cell_by_cell(tmp_path: Path) -> None:
    raw = json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": DEAD.splitlines(keepends=True), "outputs": [], "metadata": {}}
            ],
            "metadata": {},
            "nbformat": 4,
        },
        indent=1,
    )
    root = files(tmp_path / "w", {"n.ipynb": raw})
    diff = run(root, "--diff", "--unsafe-fixes", "--select", "commented-out-code", ".")
    assert diff.out.startswith("--- n.ipynb:cell 1\n+++ n.ipynb:cell 1\n")
    run(root, "--fix", "--unsafe-fixes", "--select", "commented-out-code", ".")
    assert (root / "n.ipynb").read_text() == json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "source": MENDED.splitlines(keepends=True),
                    "outputs": [],
                    "metadata": {},
                }
            ],
            "metadata": {},
            "nbformat": 4,
        },
        indent=1,
    )


def test_rules_with_fixes_are_known() -> None:
    assert rules_by_id()["commented-out-code"].fixer is not None
