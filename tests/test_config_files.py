"""Configuration files: the nearest decides, what is wrong is told with its place, options are typed."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path
from typing import Literal

import pytest
from command_line import files, run

from mldebt.config import OFF
from mldebt.config_files import Configs, Overrides
from mldebt.config_schema import config_schema
from mldebt.config_settings import SETTINGS, Wrong
from mldebt.config_types import (
    converted,
    defaults_of,
    descriptions_of,
    hints_of,
    options_from,
    plain_default,
    schema_of,
)
from mldebt.rule import ERROR, HINT, WARNING
from mldebt.rules import all_rules, rules_by_id

TODAY = datetime.date(2026, 1, 15)


def configs(root: Path, **overrides: object) -> Configs:
    return Configs(str(root), rules_by_id(), TODAY, Overrides(**overrides))  # type: ignore[arg-type]


# Finding -------------------------------------------------------------------------


def test_the_nearest_file_decides_alone(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        {
            "pyproject.toml": '[tool.mldebt]\nignore = ["configuration"]\nfail-on = "error"\n',
            "sub/pyproject.toml": "[tool.other]\n",
            "sub/deep/mldebt.toml": 'select = ["tool"]\n',
            "sub/deep/pyproject.toml": '[tool.mldebt]\nselect = ["configuration"]\n',
        },
    )
    found = configs(root)
    assert found.for_path("a.py").ignore == ("configuration",)
    assert found.for_path("sub/a.py") is found.for_path("a.py"), (
        "a pyproject without our table is none of ours"
    )
    deep = found.for_path("sub/deep/x/a.py")
    assert (deep.select, deep.ignore, deep.fail_on) == (("tool",), (), WARNING), "files are not merged"
    assert deep.source == str(root / "sub/deep/mldebt.toml")
    assert found.problems == []


def test_globs_count_from_the_file_that_states_them(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        {
            "mldebt.toml": '[per-file-ignores]\n"lib/*" = ["all"]\n',
            "sub/mldebt.toml": '[per-file-ignores]\n"lib/*" = ["all"]\n',
        },
    )
    found = configs(root)
    rule = all_rules()[0]
    ignored = {
        path: found.for_path(path).ignored_in(path, rule) for path in ("lib/a.py", "sub/lib/a.py", "sub/a.py")
    }
    assert ignored == {"lib/a.py": True, "sub/lib/a.py": True, "sub/a.py": False}
    below = configs(root / "lib")
    assert below.for_path("a.py").ignored_in("a.py", rule), "seen from a workspace below the file"


def test_extend_builds_on_another_file_key_by_key(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        {
            "base.toml": (
                'ignore = ["tool"]\nselect = ["configuration"]\nexclude = ["a"]\n'
                '[severity]\nhardcoded-path = "error"\ntool = "off"\n'
                '[rules.hardcoded-path]\nallow = ["/x"]\nplatforms = ["colab"]\n'
            ),
            "p/mldebt.toml": (
                'extend = "../base.toml"\nselect = ["all"]\nextend-exclude = ["b"]\n'
                '[severity]\ntool = "hint"\n[rules.hardcoded-path]\nallow = ["/y"]\n'
            ),
        },
    )
    config = configs(root).for_path("p/a.py")
    assert (config.ignore, config.select, config.exclude) == (("tool",), ("all",), ("a", "b"))
    assert dict(config.severity) == {"hardcoded-path": "error", "tool": "hint"}
    options = config.options["hardcoded-path"]
    assert (options.allow, options.platforms) == (("/y",), frozenset({"colab"}))


@pytest.mark.parametrize(
    ("extend", "said"),
    [
        ("mldebt.toml", "leads back"),
        ("gone.toml", "there is no file"),
        ("pyproject.toml", "has no [tool.mldebt]"),
    ],
)
def test_an_extend_that_leads_nowhere_is_told(tmp_path: Path, extend: str, said: str) -> None:
    root = files(tmp_path, {"mldebt.toml": f'\nextend = "{extend}"\n', "pyproject.toml": "[tool.other]\n"})
    found = configs(root)
    found.for_path("a.py")
    (problem,) = found.problems
    assert said in problem.message and problem.line == 2


# Wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\nignroe = ["x"]', 2, "has no setting `ignroe`. Did you mean `ignore`?"),
        (
            'select = [\n  "tool",\n  "hardcoded-paht",\n]',
            3,
            "no rule or category `hardcoded-paht`. Did you mean `hardcoded-path`?",
        ),
        ('select = "tool"', 1, "must be a list of strings, not a string"),
        ("select = [1]", 1, "must be a string, not a whole number"),
        ('fail-on = "warn"', 1, "Did you mean `warning`?"),
        ('[severity]\n\nhardcoded-path = "warnig"', 3, "Did you mean `warning`?"),
        ('[severity]\nhardcoded-paht = "hint"', 2, "Did you mean `hardcoded-path`?"),
        ('[per-file-ignores]\n"a/*" = ["tol"]', 2, "Did you mean `tool`?"),
        ("[rules.hardcoded-paht]\nallow = []", 1, "Did you mean `hardcoded-path`?"),
        ("[rules.hardcoded-path]\nalow = []", 2, "no option `alow`. Did you mean `allow`?"),
        ("[rules.hardcoded-path]\nallow = [1]", 2, "must be a string, not a whole number"),
        ("[rules.unused-suppression]\nx = 1", 1, "has no options"),
        ('[roles]\ntraining = ["x"]', 2, "Did you mean `train`?"),
        ('[knowledge]\ntransformer = ["a.B"]', 2, "Did you mean `transformers`?"),
        ('[knowledge.splitters]\n"a.b" = "tim"', 2, "Did you mean `time`?"),
        ("respect-gitignore = 1", 1, "must be true or false, not a whole number"),
        ("rules = 3", 1, "must be a table"),
        ("select = [", 1, "this is not TOML"),
        ("a = 1\nb = = 2", 2, "this is not TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_right_word(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    found = configs(files(tmp_path, {"mldebt.toml": text}))
    config = found.for_path("a.py")
    (problem,) = found.problems
    assert said in problem.message
    assert problem.line == line
    assert config.fail_on == WARNING, "the rest is as if it were not there"


def test_lines_count_from_the_top_of_a_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.mldebt]\nselect = ["tool"]\nignroe = []\n[tool.mldebt.severity]\ntool = "hnt"\n'
    found = configs(files(tmp_path, {"pyproject.toml": text}))
    assert found.for_path("a.py").select == ("tool",)
    assert [(one.line, one.message.partition(".")[0]) for one in found.problems] == [
        (6, "[tool"),
        (8, "`severity`: there is no choice 'hnt'"),
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    found = configs(files(tmp_path, {"mldebt.toml": b"\xff\xfe"}))
    found.for_path("a.py")
    assert "not UTF-8" in found.problems[0].message


def test_problems_point_to_the_word(tmp_path: Path) -> None:
    text = '# é\nselect = ["tool"]\nignroe = ["x"]\n'
    found = configs(files(tmp_path, {"mldebt.toml": text}))
    found.for_path("a.py")
    (problem,) = found.problems
    assert text[problem.start : problem.end] == "ignroe"


# The command line's say ---------------------------------------------------------------


def test_the_command_line_outweighs_the_file(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        {
            "mldebt.toml": 'select = ["configuration"]\nignore = ["hardcoded-path"]\n[severity]\nhardcoded-path = "off"\n'
        },
    )
    rule = rules_by_id()["hardcoded-path"]
    assert not configs(root).for_path("a.py").enabled(rule)
    asked = configs(root, select=("hardcoded-path",)).for_path("a.py")
    assert asked.enabled(rule) and asked.severity.get(rule.id) != OFF
    assert not configs(root, ignore=("hardcoded-path",)).for_path("a.py").enabled(rule)
    assert configs(root, isolated=True).for_path("a.py").enabled(rule)
    other = files(tmp_path / "o", {"x.toml": 'fail-on = "hint"\n'})
    assert configs(root, config=str(other / "x.toml")).for_path("a.py").fail_on == HINT
    assert configs(root, fail_on="error").for_path("a.py").fail_on == ERROR


def test_the_digest_tells_what_changes_an_answer(tmp_path: Path) -> None:
    def digest(text: str, **overrides: object) -> str:
        (tmp_path / "mldebt.toml").write_text(text)
        return configs(tmp_path, **overrides).for_path("a.py").digest

    plain = digest("")
    assert digest("# a comment\n") == plain
    assert digest('fail-on = "hint"\n') == plain, "how a run ends is not what it finds"
    others = [
        digest('select = ["tool"]\n'),
        digest('[severity]\ntool = "hint"\n'),
        digest("", select=("tool",)),
        digest("", ignore=("tool",)),
    ]
    others.append(digest('[rules.hardcoded-path]\nallow = ["/x"]\n'))
    assert len({plain, *others}) == 6


# Types ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hint", "raw", "value"),
    [
        (int, 3, 3),
        (float, 3, 3),
        (float, 0.5, 0.5),
        (bool, True, True),
        (str, "x", "x"),
        (frozenset[float], [1, 0.5], frozenset({1, 0.5})),
        (tuple[str, ...], ["a", "b"], ("a", "b")),
        (tuple[int, str], [1, "b"], (1, "b")),
        (list[str], ["a"], ["a"]),
        (dict[str, int], {"a": 1}, {"a": 1}),
        (Literal["a", "b"], "b", "b"),
        (int | None, 3, 3),
        (tuple[tuple[str, int], ...], [["a", 1]], (("a", 1),)),
    ],
)
def test_values_are_converted_by_annotation(hint: object, raw: object, value: object) -> None:
    assert converted(raw, hint) == value and type(converted(raw, hint)) is type(value)


@pytest.mark.parametrize(
    ("hint", "raw"),
    [
        (int, 0.5),
        (int, True),
        (int, "3"),
        (float, "x"),
        (bool, 1),
        (str, 1),
        (tuple[str, ...], "ab"),
        (tuple[int, str], [1]),
        (dict[str, int], [1]),
        (Literal["a"], "b"),
    ],
)
def test_values_of_another_type_are_refused(hint: object, raw: object) -> None:
    with pytest.raises(Wrong):
        converted(raw, hint)


WITH_OPTIONS = [rule for rule in all_rules() if rule.options is not None]


@pytest.mark.parametrize("rule", WITH_OPTIONS, ids=lambda rule: rule.id)
def test_every_rules_options_can_be_written_in_toml(rule) -> None:
    defaults = defaults_of(rule.options)
    raw = {key: plain_default(value) for key, value in defaults.items() if value is not None}
    assert options_from(rule.options, json.loads(json.dumps(raw))) == rule.options()
    for name, hint in hints_of(rule.options).items():
        assert schema_of(hint), f"{rule.id}: {name} has a type no TOML value can have"
    told = descriptions_of(rule.options)
    assert set(told) == set(defaults), f"{rule.id}: every option has a docstring below it"
    assert dataclasses.fields(rule.options)


# Schema -------------------------------------------------------------------------------------


def test_the_schema_knows_every_setting_rule_and_option() -> None:
    schema = config_schema(rules_by_id())
    assert set(schema["properties"]) == set(SETTINGS)
    assert all(one["description"] for one in schema["properties"].values())
    assert set(schema["$defs"]["rules"]["properties"]) == {rule.id for rule in WITH_OPTIONS}
    assert set(schema["$defs"]["name"]["enum"]) == {
        *(rule.id for rule in all_rules()),
        *(rule.category for rule in all_rules()),
        "all",
    }
    for rule in WITH_OPTIONS:
        assert set(schema["$defs"]["rules"]["properties"][rule.id]["properties"]) == set(
            defaults_of(rule.options)
        )
    json.dumps(schema)


# The faces ----------------------------------------------------------------------------------


def test_show_config_says_where_each_value_comes_from(tmp_path: Path) -> None:
    root = files(
        tmp_path / "w",
        {
            "base.toml": 'ignore = ["tool"]\n',
            "mldebt.toml": 'extend = "base.toml"\n\nselect = ["configuration"]\n[rules.hardcoded-path]\nallow = ["/x"]\n',
            "a.py": "",
        },
    )
    told = run(root, "--show-config", "a.py", "--fail-on", "error")
    assert told.code == 0
    lines = {
        line.split(" = ")[0]: line.rpartition("# ")[2] for line in told.out.splitlines() if " = " in line
    }
    assert lines["select"] == f"{root.resolve()}/mldebt.toml:3"
    assert lines["ignore"] == f"{root.resolve()}/base.toml:1"
    assert (lines["fail-on"], lines["exclude"]) == ("--fail-on", "default")
    assert lines["allow"] == f"{root.resolve()}/mldebt.toml:4"
    assert lines["hardcoded-path"] == "configuration"


def test_excluded_and_role_globs_reach_the_check(tmp_path: Path) -> None:
    leaky = 'import pandas as pd\npd.read_csv("/home/maria/x.csv")\n'
    root = files(
        tmp_path / "w",
        {
            "mldebt.toml": 'exclude = ["gen"]\nselect = ["hardcoded-path"]\n',
            "gen/a.py": leaky,
            "sub/mldebt.toml": 'exclude = ["out/*.py"]\nselect = ["hardcoded-path"]\n[severity]\nhardcoded-path = "hint"\n',
            "sub/out/b.py": leaky,
            "sub/c.py": leaky,
            "d.py": leaky,
        },
    )
    ran = run(root, ".", "--format", "json")
    assert [(one["path"], one["severity"]) for one in ran.findings] == [
        ("d.py", "warning"),
        ("sub/c.py", "hint"),
    ]
    assert [one["path"] for one in run(root, ".", "--exclude", "sub", "--format", "json").findings] == [
        "d.py"
    ]
    assert [one["path"] for one in run(root, "gen/a.py", "--format", "json").findings] == ["gen/a.py"], (
        "named by hand"
    )
    assert run(root, "gen/a.py", "sub/out/b.py", "--force-exclude", "--format", "json").findings == []


def test_own_libraries_are_known_to_the_rules(tmp_path: Path) -> None:
    from mldebt.knowledge import BUILTIN

    root = files(tmp_path, {"mldebt.toml": '[knowledge]\nreaders = ["acme.load"]\n'})
    knowledge = configs(root).for_path("a.py").knowledge
    assert knowledge.get(knowledge.readers, "acme.load") is not None
    assert BUILTIN.get(BUILTIN.readers, "acme.load") is None
