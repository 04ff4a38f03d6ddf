"""The command line end to end: exit codes, arguments, what is printed where, the same bytes every time."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from command_line import Ran, files, run

from mldebt.cli.arguments import EXAMPLES, OPTIONS, BadArguments, help_text, parsed
from mldebt.engine.work import POOL_BYTES

LEAKY = 'import pandas as pd\n\nframe = pd.read_csv("/home/maria/train.csv")\n'
CLEAN = 'import pandas as pd\n\nframe = pd.read_csv("train.csv")\n'
ONLY = ("--select", "hardcoded-path")


def notebook(*sources: list[str]) -> str:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Title\n"]}]
    cells += [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


# Exit codes ------------------------------------------------------------------


def test_exit_code_tells_findings_from_none(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY, "b/c.py": CLEAN})
    assert run(root, "--check", ".", *ONLY).code == 1
    assert run(root, "--check", "b", *ONLY).code == 0
    assert run(root, *ONLY).code == 1, "the current folder is checked when no path is given"


def test_fail_on_decides_which_severity_fails(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY})
    codes = {
        word: run(root, ".", *ONLY, "--fail-on", word).code for word in ("hint", "warning", "error", "never")
    }
    assert codes == {"hint": 1, "warning": 1, "error": 0, "never": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--chek"], "Did you mean `--check`?"),
        (["--format", "jsn", "."], "Did you mean `json`?"),
        (["--format"], "needs a value"),
        (["--fix=yes"], "takes no value"),
        (["--jobs", "0", "."], "from 1 to 1024"),
        (["--today", "tomorrow", "."], "YYYY-MM-DD"),
        (["--select", "hardcoded-paht", "."], "Did you mean `hardcoded-path`?"),
        (["--explain", "hardcoded-paht"], "Did you mean `hardcoded-path`?"),
        (["missing.py"], "no file or folder missing.py"),
        (["-", "a.py"], "standard input"),
        (["--fix", "-"], "--diff"),
        (["--config", "x.toml", "--isolated", "."], "one of them"),
    ],
)
def test_wrong_arguments_exit_4_and_name_what_would_be_right(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    root = files(tmp_path / "w", {"a.py": CLEAN})
    ran = run(root, *arguments)
    assert (ran.code, ran.out) == (4, "")
    assert said in ran.err


def test_wrong_configuration_exits_3_with_file_line_and_the_right_word(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY, "mldebt.toml": '\nignroe = ["configuration"]\n'})
    ran = run(root, ".")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "mldebt.toml:2: mldebt.toml has no setting `ignroe`. Did you mean `ignore`?\n"


def test_a_rule_that_raises_exits_2_and_the_rest_is_printed(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY + "# frame = frame.dropna()\n"})
    breaker = files(
        tmp_path / "inject",
        {
            "sitecustomize.py": (
                "import mldebt.rules as r\n"
                "def broken(*a, **k): raise RuntimeError('on purpose')\n"
                "for one in r.all_rules():\n"
                "    if one.id == 'commented-out-code': one.check = broken\n"
            )
        },
    )
    path = os.pathsep.join([str(breaker), str(Path(__file__).parent.parent / "server")])
    ran = run(root, ".", "--format", "json", "--no-cache", env={"PYTHONPATH": path}, traceback=False)
    assert ran.code == 2
    assert "hardcoded-path" in ran.rules
    errors = json.loads(ran.out)["errors"]
    assert [error["path"] for error in errors] == ["a.py"]
    assert "rule commented-out-code failed here (RuntimeError: on purpose)" in errors[0]["message"]
    assert "Traceback" not in ran.err
    assert "commented-out-code" in ran.err and "a.py" in ran.err


# Trouble with files ------------------------------------------------------------


def test_files_that_cannot_be_read_are_told_and_change_no_exit_code(tmp_path: Path) -> None:
    root = files(
        tmp_path / "w",
        {
            "nul.py": b"a = 1\0",
            "latin.py": b"name = '\xe9'\n",
            "cookie.py": b"# -*- coding: no-such-codec -*-\n",
            "bad.ipynb": "{",
            "ok.py": CLEAN,
            "deep.py": "x = " + "(" * 10_000 + ")" * 10_000 + "\n",
            "broken.py": "def f(:\n    pass\n",
            "bom.py": b"\xef\xbb\xbf" + CLEAN.encode(),
            "cr.py": CLEAN.replace("\n", "\r").encode(),
            "empty.py": "",
        },
    )
    os.mkfifo(root / "pipe.py")
    (root / "loop.py").symlink_to("loop.py")
    (root / "dir.py").mkdir()
    ran = run(root, ".", "--format", "json", *ONLY)
    assert ran.code == 0, ran.err
    told = {error["path"] for error in json.loads(ran.out)["errors"]}
    assert {"nul.py", "latin.py", "cookie.py", "bad.ipynb"} <= told
    assert "Traceback" not in ran.err


def test_what_is_broken_hides_only_itself(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY + "\n\ndef f(:\n    pass\n\n\nother = 1\n"})
    assert run(root, ".", "--format", "json", *ONLY).rules == ["hardcoded-path"]


# What is printed ----------------------------------------------------------------


def test_json_has_exactly_the_documented_shape(tmp_path: Path) -> None:
    root = files(
        tmp_path / "w",
        {
            "a.py": "# é\n" + LEAKY,
            "n.ipynb": notebook(["import pandas as pd\n"], ['é = pd.read_csv("/home/maria/x.csv")']),
        },
    )
    report = json.loads(run(root, ".", "--format", "json", *ONLY).out)
    assert list(report) == ["version", "findings", "errors"] and report["version"] == 1
    in_file, in_notebook = report["findings"]
    assert list(in_file) == [
        "rule", "category", "severity", "path", "line", "column", "end_line", "end_column",
        "message", "help", "related", "fixes",
    ]  # fmt: skip
    assert (in_file["path"], in_file["line"], in_file["column"], in_file["end_column"]) == ("a.py", 4, 21, 44)
    assert (in_file["rule"], in_file["category"], in_file["severity"]) == (
        "hardcoded-path",
        "configuration",
        "warning",
    )
    assert all(set(fix) == {"title", "safety"} for fix in in_file["fixes"]) and in_file["fixes"]
    assert {fix["safety"] for fix in in_file["fixes"]} <= {"safe", "unsafe", "draft"}
    # Cells count from 1 over all cells, lines within the cell, columns in code points.
    assert (in_notebook["cell"], in_notebook["line"], in_notebook["column"]) == (3, 1, 17)


def test_concise_is_a_line_each_and_text_underlines_the_span(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY})
    assert re.fullmatch(
        r"a\.py:3:21: warning hardcoded-path: .+\n", run(root, ".", "--format", "concise", *ONLY).out
    )
    text = run(root, ".", *ONLY).out
    assert (
        '  3 | frame = pd.read_csv("/home/maria/train.csv")\n    |                     ' + "^" * 23 + "\n"
        in text
    )
    assert text.endswith("1 finding (1 warning) in 1 of 1 file.\n")
    assert "\x1b" not in text


def test_color_follows_the_conventions(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY})
    assert "\x1b[" in run(root, ".", *ONLY, env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in run(root, ".", *ONLY, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_output_goes_to_a_file_and_is_the_same(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY})
    printed = run(root, ".", *ONLY, "--format", "json")
    written = run(root, ".", *ONLY, "--format", "json", "-o", "out.json")
    assert written.out == "" and written.code == 1
    assert (root / "out.json").read_text("utf-8") == printed.out


def test_quiet_prints_findings_only(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY, "nul.py": b"\0"})
    ran = run(root, ".", *ONLY, "--quiet", "--format", "concise")
    assert ran.err == "" and ran.out.count("\n") == 1
    assert run(root / "..", str(root / "nul.py"), *ONLY, "--quiet").out == ""


def test_statistics_count_rules(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": LEAKY, "b.py": LEAKY})
    assert re.search(r"^ +2 +2 +warning +hardcoded-path$", run(root, ".", *ONLY, "--statistics").out, re.M)


def test_paths_count_from_the_current_folder(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "src/a.py": LEAKY, "other/b.py": LEAKY})
    assert [one["path"] for one in run(root, "src", *ONLY, "--format", "json").findings] == ["src/a.py"]
    assert [one["path"] for one in run(root / "src", ".", *ONLY, "--format", "json").findings] == ["a.py"]
    above = run(root / "src", "../other", *ONLY, "--format", "json").findings
    assert [one["path"] for one in above] == [str(root.resolve() / "other/b.py")]


def test_standard_input_is_checked_under_the_name_it_is_given(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"mldebt.toml": '[per-file-ignores]\n"gen/*" = ["all"]\n', "keep.py": LEAKY})
    ran = run(root, "-", "--stdin-filename", "src/a.py", *ONLY, "--format", "json", stdin=LEAKY.encode())
    assert ([one["path"] for one in ran.findings], ran.code) == (["src/a.py"], 1)
    assert run(root, "-", "--stdin-filename", "gen/a.py", *ONLY, stdin=LEAKY.encode()).code == 0
    cells = notebook(["import pandas as pd\n", 'pd.read_csv("/home/maria/x.csv")']).encode()
    ran = run(root, "-", "--stdin-filename", "n.ipynb", *ONLY, "--format", "json", stdin=cells)
    assert [(one["cell"], one["line"]) for one in ran.findings] == [(2, 2)]
    files(root, {"requirements.txt": "pandas==2.2.0\n"})
    manifest = ("--select", "missing-dependency-manifest")
    assert run(root, "-", "--stdin-filename", "src/deep/a.py", *manifest, stdin=LEAKY.encode()).code == 0
    broken = run(root, "-", "--stdin-filename", "n.ipynb", *ONLY, stdin=b"{")
    assert broken.code == 0 and "not a notebook" in broken.err


def test_the_same_bytes_whatever_seed_jobs_and_order(tmp_path: Path) -> None:
    # Together more than 1 MB: with several jobs this goes through processes.
    padding = '"""' + "prose " * 18_000 + '"""\n'
    sources = {
        f"p{n}/m{n}.py": LEAKY + f"\n# x{n} = load({n})\n# y = x{n} + 1\nvalue = {n}.37\n" * 40 + padding
        for n in range(12)
    }
    assert sum(map(len, sources.values())) > POOL_BYTES
    root = files(tmp_path / "w", {**sources, "requirements.txt": "pandas\n"})
    folders = [f"p{n}" for n in range(12)]

    def printed(*arguments: str, seed: str) -> str:
        return run(root, *arguments, "--format", "json", "--no-cache", env={"PYTHONHASHSEED": seed}).out

    first = printed(*folders, "--jobs", "1", seed="1")
    assert len(json.loads(first)["findings"]) >= 12
    assert printed(*reversed(folders), "--jobs", "1", seed="2") == first
    assert printed(*folders, *folders, "--jobs", "3", seed="77") == first


def test_progress_goes_to_a_terminal_only_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mldebt.cli import progress

    clock = iter([0.0, 0.5, 2.0, 2.01, 3.0, 4.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    bar = progress.Progress()
    for done in (1, 2, 3, 40, 50):
        bar.show(done, 50)
    first, second = "\rchecking: 2 of 50 files", "\rchecking: 40 of 50 files"
    assert capsys.readouterr().err == first + second + "\r" + " " * (len(second) - 1) + "\r"


# Suppressions -----------------------------------------------------------------


def test_suppressions_silence_and_unused_ones_are_told(tmp_path: Path) -> None:
    used = LEAKY.replace('csv")', 'csv")  # mldebt: ignore[hardcoded-path] her machine')
    unused = CLEAN.replace('csv")', 'csv")  # mldebt: ignore[hardcoded-path]')
    root = files(
        tmp_path / "w",
        {"used.py": used, "unused.py": unused, "file.py": "# mldebt: ignore-file[configuration]\n" + LEAKY},
    )
    report = run(root, ".", "--format", "json", "--select", "hardcoded-path,tool")
    assert [(one["path"], one["rule"]) for one in report.findings] == [("unused.py", "unused-suppression")]
    assert report.findings[0]["fixes"] == [{"title": "Delete this suppression", "safety": "safe"}]


def test_a_suppression_is_judged_only_where_its_rule_had_its_say(tmp_path: Path) -> None:
    line = "import pandas as pd  # mldebt: ignore[script-variant-cluster]\n"
    root = files(tmp_path / "w", {"pyproject.toml": "", "a/x.py": line, "a/broken.py": line + "def f(:\n"})
    rules = ("--select", "script-variant-cluster,tool", "--format", "json")
    assert [one["path"] for one in run(root, ".", *rules).findings] == ["a/x.py"]
    assert run(root, "a", *rules).findings == [], "only part of the project was looked at"
    assert run(root, ".", "--select", "tool", "--format", "json").findings == [], "the rule is off"


# The rest -----------------------------------------------------------------------


def test_explain_prints_every_rules_page(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {})
    page = run(root, "--explain", "hardcoded-path")
    assert page.code == 0
    assert "Why it is debt\n--------------" in page.out and "[tool.mldebt.rules.hardcoded-path]" in page.out
    assert "```" not in page.out and "# want" not in page.out
    everything = run(root, "--explain", "all").out
    from mldebt.rules import all_rules

    assert all(f"\n{rule.id}\n{'=' * len(rule.id)}\n" in "\n" + everything for rule in all_rules())


def test_help_names_every_option_and_its_examples_are_right() -> None:
    text = help_text()
    assert all(option in text for _, option, _, _ in OPTIONS)
    for line in EXAMPLES.splitlines()[1:]:
        words = line.split("   ")[0].split("<")[0].split()
        assert words[0] == "mldebt-lsp"
        parsed(words[1:])
    with pytest.raises(BadArguments):
        parsed(["--no-such"])


def test_version_is_the_packages(tmp_path: Path) -> None:
    from mldebt import __version__

    assert run(files(tmp_path / "w", {}), "--version") == Ran(0, f"mldebt-lsp {__version__}\n", "")


def test_a_warm_run_imports_nothing_heavy(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"pyproject.toml": "", "a.py": LEAKY})
    os.utime(root / "a.py", (1, 1))
    script = (
        "import sys, time; from mldebt.cli.main import main\n"
        "code = main(['.', '--select', 'hardcoded-path', '--format', 'json'])\n"
        "print(code, sorted(sys.modules), file=sys.stderr)"
    )
    import subprocess
    import sys
    import time

    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent / "server"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    time.sleep(0.1)  # a stat made within a moment of the last change is not trusted
    ran = [
        subprocess.run([sys.executable, "-c", script], cwd=root, env=env, capture_output=True, text=True)
        for _ in range(3)
    ]
    assert ran[0].stdout == ran[2].stdout and len(json.loads(ran[0].stdout)["findings"]) == 1
    heavy = {
        "mldebt.rules",
        "mldebt.knowledge",
        "mldebt.syntax",
        "dataclasses",
        "re",
        "json",
        "typing",
        "logging",
        "parso",
        "yaml",
        "hashlib",
    }
    loaded = {name for name in heavy if f"'{name}'" in ran[2].stderr}
    assert not loaded, f"a warm run imports {sorted(loaded)}"
    assert "'mldebt.rules'" in ran[0].stderr
