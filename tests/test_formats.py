"""Every format says the same findings, in the shape its readers demand."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from command_line import files, run

from mldebt.cli.arguments import FORMATS
from mldebt.cli.formats import concise, github, gitlab, junit, markdown, sarif, statistics, text
from mldebt.cli.formats import json as json_format
from mldebt.engine.result import Notice, Result
from mldebt.engine.rows import Row, code_lines

NASTY = 'a "quote" & <tag> %41, 100% | `x` [y](z) \N{SNOWMAN}\x07'


class Screen:
    quiet, statistics, color, width = False, False, False, 100


def row(**changes: Any) -> Row:
    plain = Row(
        "src/a b.py",
        3,
        5,
        3,
        9,
        0,
        "magic-number",
        "configuration",
        3,
        "what",
        "why",
        (),
        (),
        ("    code here",),
        "f00",
    )
    return plain._replace(**changes)


def result(*rows: Row, notices: tuple[Notice, ...] = ()) -> Result:
    return Result(list(rows), list(notices), 7, 3, "/w")


def rendered(module: Any, *rows: Row, notices: tuple[Notice, ...] = ()) -> str:
    return "".join(module.render(result(*rows, notices=notices), Screen()))


RELATED = ("src/other.py", 8, 2, 8, 4, 0, "the split")
FIX = ("Do it", "safe", "", ((3, 5, 3, 9, 0, "new\n"), (1, 1, 1, 1, 0, "import x\n")), False)
NEW = ("Draft it", "draft", "dvc.yaml", ((1, 1, 1, 1, 0, "stages:\n"),), True)
ROWS = (
    row(related=(RELATED,), fixes=(FIX, NEW)),
    row(
        line=9,
        end_line=11,
        end_column=1,
        severity=4,
        message=NASTY,
        help=NASTY + "\nsecond",
        code=("x = [", "1,", "]"),
    ),
    row(path="n.ipynb", cell=2, severity=1, rule="hardcoded-path"),
    row(path="n.ipynb", cell=3, severity=2, rule="hardcoded-path", fingerprint="f00-2"),
)
NOTICES = (Notice("src/bad.py", "not readable", False), Notice("src/worse.py", NASTY, True))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_a_real_run(tmp_path: Path, name: str) -> None:
    root = files(
        tmp_path / "w", {"a.py": 'import pandas as pd\n\nframe = pd.read_csv("/home/maria/train.csv")\n'}
    )
    ran = run(root, ".", "--select", "hardcoded-path", "--format", name)
    assert ran.code == 1 and "hardcoded-path" in ran.out and ran.err == ""
    clean = run(root, ".", "--select", "tool", "--format", name)
    assert clean.code == 0 and "hardcoded-path" not in clean.out


def test_json_is_what_json_dumps_would_say() -> None:
    report = json.loads(rendered(json_format, *ROWS, notices=NOTICES))
    first, second, third, _ = report["findings"]
    assert first == {
        "rule": "magic-number", "category": "configuration", "severity": "warning", "path": "src/a b.py",
        "line": 3, "column": 5, "end_line": 3, "end_column": 9, "message": "what", "help": "why",
        "related": [{"path": "src/other.py", "line": 8, "column": 2, "end_line": 8, "end_column": 4, "message": "the split"}],
        "fixes": [{"title": "Do it", "safety": "safe"}, {"title": "Draft it", "safety": "draft"}],
    }  # fmt: skip
    assert (second["message"], second["help"]) == (NASTY, NASTY + "\nsecond")
    assert third["cell"] == 2
    assert report["errors"] == [{"path": one.path, "message": one.message} for one in NOTICES]
    assert json.loads(rendered(json_format)) == {"version": 1, "findings": [], "errors": []}


def test_concise_is_one_line_even_for_long_messages() -> None:
    out = rendered(concise, row(message="two\nlines"), ROWS[2])
    assert out.splitlines() == [
        "src/a b.py:3:5: warning magic-number: two lines",
        "n.ipynb:cell 2:3:5: hint hardcoded-path: what",
    ]


# SARIF -------------------------------------------------------------------------------

SARIF_RESULT_KEYS = {
    "ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "partialFingerprints", "fixes",
}  # fmt: skip


def test_sarif_has_the_structure_of_2_1_0() -> None:
    log = json.loads(rendered(sarif, *ROWS, notices=NOTICES))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["hardcoded-path", "magic-number"]
    for rule in rules:
        assert rule["shortDescription"]["text"] and "## Why it is debt" in rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
    assert one["columnKind"] == "unicodeCodePoints"
    for found, printed in zip(one["results"], ROWS, strict=True):
        assert set(found) <= SARIF_RESULT_KEYS
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"] == printed.rule
        place = found["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] in one["originalUriBaseIds"]
        assert (place["region"]["startLine"], place["region"]["endColumn"]) == (
            printed.line,
            printed.end_column,
        )
        assert found["partialFingerprints"]["mldebt/v1"] == f"{printed.rule}:{printed.fingerprint}"
    assert [found["level"] for found in one["results"]] == ["warning", "error", "note", "note"]
    first = one["results"][0]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/a%20b.py"
    assert first["relatedLocations"][0]["message"]["text"] == "the split"
    replacements = first["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacements[0] == {
        "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
        "insertedContent": {"text": "new\n"},
    }
    assert one["results"][2]["locations"][0]["message"]["text"] == "cell 2, line 3"
    invocation = one["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [told["level"] for told in invocation["toolExecutionNotifications"]] == ["note", "error"]


def test_sarif_leaves_out_the_mildest_above_the_limit() -> None:
    mild = [row(line=number, severity=1) for number in range(1, sarif.MAX_RESULTS + 10)]
    grave = [row(path="z.py", severity=4), row(path="z.py", line=4, severity=3)]
    (one,) = json.loads(rendered(sarif, *mild, *grave))["runs"]
    assert len(one["results"]) == sarif.MAX_RESULTS
    assert [found["level"] for found in one["results"][-2:]] == ["error", "warning"]
    assert "11 of the mildest" in one["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_fixes_give_what_fix_writes(tmp_path: Path) -> None:
    source = "import pandas as pd\n\nframe = pd.read_csv('train.csv')\n# frame = frame.dropna()\n# frame = frame.drop(columns=['é'])\n# print(frame.head())\nprint(frame)\n"
    root = files(tmp_path / "w", {"a.py": source})
    only = (".", "--select", "commented-out-code")
    (found,) = json.loads(run(root, *only, "--format", "sarif").out)["runs"][0]["results"]
    (replacement,) = found["fixes"][0]["artifactChanges"][0]["replacements"]
    region, lines = replacement["deletedRegion"], source.splitlines(keepends=True)
    start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
    end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
    run(root, "--fix", "--unsafe-fixes", *only)
    assert source[:start] + replacement["insertedContent"]["text"] + source[end:] == (
        root / "a.py"
    ).read_text("utf-8")


def test_fingerprints_survive_moves_and_tell_twins_apart(tmp_path: Path) -> None:
    line = 'frame = pd.read_csv("/home/maria/{}.csv")\n'
    root = files(tmp_path / "w", {"a.py": "import pandas as pd\n" + line.format("a") + line.format("b")})

    def fingerprints() -> list[str]:
        report = json.loads(run(root, ".", "--select", "hardcoded-path", "--format", "sarif").out)
        return [one["partialFingerprints"]["mldebt/v1"] for one in report["runs"][0]["results"]]

    before = fingerprints()
    assert len(set(before)) == len(before) == 2
    files(
        root,
        {"a.py": "# a word on top\nimport pandas as pd\n\n\n" + line.format("a") + "\n" + line.format("b")},
    )
    assert fingerprints() == before


# Other readers --------------------------------------------------------------------------


def test_github_escapes_what_would_end_a_property() -> None:
    out = rendered(github, *ROWS).splitlines()
    assert (
        out[0]
        == "::warning file=src/a b.py,line=3,endLine=3,col=5,endColumn=9,title=mldebt magic-number::what%0Awhy"
    )
    assert out[1].startswith('::error file=src/a b.py,line=9,endLine=11,title=mldebt magic-number::a "quote"')
    assert "%2541" in out[1] and out[1].endswith("%0Asecond")
    assert out[2] == "::notice file=n.ipynb,title=mldebt hardcoded-path%2C cell 2 line 3::what%0Awhy"
    assert len(out) == len(ROWS)
    assert rendered(github, row(path="a,b:c.py")).startswith("::warning file=a%2Cb%3Ac.py,")


def test_gitlab_issues_have_all_that_gitlab_reads() -> None:
    issues = json.loads(rendered(gitlab, *ROWS))
    for issue, printed in zip(issues, ROWS, strict=True):
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert (
            issue["location"]["path"] == printed.path and issue["location"]["lines"]["begin"] == printed.line
        )
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert len({issue["fingerprint"] for issue in issues[2:]}) == 2


def test_junit_is_well_formed_and_counts() -> None:
    root = ElementTree.fromstring(rendered(junit, *ROWS, notices=NOTICES))
    assert root.tag == "testsuites" and (root.get("failures"), root.get("errors"), root.get("tests")) == (
        "4",
        "1",
        "5",
    )
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "0")) == len(cases)
        assert int(suite.get("failures", "0")) == len(suite.findall("testcase/failure"))
    failure = root.findall("testsuite/testcase/failure")[1]
    assert (
        failure.get("type") == "error"
        and "\x07" not in (failure.get("message") or "")
        and "<tag>" in (failure.text or "")
    )
    (passed,) = ElementTree.fromstring(rendered(junit)).findall("testsuite/testcase")
    assert list(passed) == []


def test_markdown_is_a_table_and_lists_and_escapes() -> None:
    out = rendered(markdown, *ROWS)
    assert "| `magic-number` | 2 | error |\n| `hardcoded-path` | 2 | information |\n" in out
    assert "**src/a b.py**\n\n- line 3: warning `magic-number`: what\n" in out
    assert r"\<tag\>" in out and r"\[y\]" in out and "`x`" in out
    many = rendered(
        markdown, *[row(line=number, severity=1) for number in range(1, 500)], row(path="z.py", severity=4)
    )
    assert "**z.py**" in many and f"… and {500 - markdown.MAX_SHOWN} more." in many
    assert len(many) < 65_536


def test_statistics_say_how_often_and_where() -> None:
    out = rendered(statistics, *ROWS)
    assert re.search(r"^ +2 +1 +information  hardcoded-path$", out, re.M)
    assert re.search(r"^ +2 +1 +error +magic-number$", out, re.M)


# Text --------------------------------------------------------------------------------------


def body(**changes: Any) -> list[str]:
    return rendered(text, row(**changes)).splitlines()


def test_text_underlines_what_is_meant() -> None:
    assert body()[:5] == [
        "src/a b.py:3:5: warning magic-number",
        "  what",
        "  3 |     code here",
        "    |     ^^^^",
        "  why",
    ]


def test_text_underlines_wide_characters_by_their_width() -> None:
    lines = body(code=('名 = "データ"  # x',), column=5, end_column=10)
    assert lines[3] == "    | " + " " * 5 + "^" * 8


def test_text_shows_the_part_of_a_long_line_that_matters() -> None:
    long = "x" * 300 + "TARGET" + "y" * 300
    lines = body(code=(long,), column=301, end_column=307)
    at = lines[2].index("TARGET")
    assert lines[3][at : at + 6] == "^^^^^^" and lines[3].strip("| ") == "^^^^^^"
    assert all(len(line) <= 100 for line in lines)


def test_text_shows_several_lines_without_marks() -> None:
    lines = body(end_line=12, end_column=4, code=("def f(", "    a,", "    b,", "):"))
    assert lines[2:7] == ["  3 | def f(", "  4 |     a,", "  5 |     b,", "  6 | ):", "    | … 6 more lines"]


def test_text_shows_no_character_that_steers_the_terminal() -> None:
    assert "\x1b" not in rendered(
        text, row(code=("x = '\x1b[2J'",), message="m\x1b[2J", help="h\x1b[2J", path="p\x1b[2J.py")
    )


def test_code_lines_are_whole_and_few() -> None:
    source = "a\r\nbb\r\nccc\nd\ne\nf\n"
    assert code_lines(source, 4, 5) == ("bb",)
    assert code_lines(source, 0, len(source)) == ("a", "bb", "ccc", "d")
    assert code_lines(source, 3, 11) == ("bb", "ccc"), (
        "a span that ends with a line does not reach into the next"
    )
    assert code_lines("", 0, 0) == ("",)
