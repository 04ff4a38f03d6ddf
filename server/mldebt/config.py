"""One frozen tree of everything a user may decide; today's date included, so that analysis needs no clock.

This file knows the settings' meaning; config_files.py reads them from TOML.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from mldebt.knowledge import BUILTIN, Knowledge
from mldebt.plain import dataclass, field
from mldebt.rule import WARNING, Rule, Severity
from mldebt.typed import Any

OFF = "off"


@dataclass(frozen=True)
class Config:
    """Rules are named by id or category; `all` names every rule, also those off by default."""

    today: datetime.date
    select: tuple[str, ...] = ()
    """Only these; empty: the rules that are on by default."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Glob over the path relative to the configuration file -> names."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """Rule or category -> error, warning, information, hint or off."""
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    fail_on: Severity = WARNING
    options: Mapping[str, Any] = field(default_factory=dict)
    """Rule id -> its options dataclass, for rules whose options are set."""
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """train, feature, evaluate, serve, monitor, pipeline, config, test, example, library -> path globs."""
    knowledge: Knowledge = BUILTIN
    respect_gitignore: bool = True
    extra_facts: tuple[str, ...] = ()
    """Kinds of shared facts to make although no rule asks: for the lineage and the score."""
    source: str = ""
    """Where it was read from; empty for the defaults."""
    folder: str = ""
    """Where that file lies in the workspace: "" at its top, else the folder with a slash at the end."""
    above: str = ""
    """For a file above the workspace: the way down from it to the workspace, with a slash at the end."""
    digest: str = ""
    """The same for settings with the same meaning for analysis, whatever the date; empty: unknown."""

    def relative(self, path: str) -> str:
        """A workspace path as the configuration file sees it: its globs count from its own folder."""
        if self.above:
            return self.above + path
        return path[len(self.folder) :] if path.startswith(self.folder) else path

    def enabled(self, rule: Rule) -> bool:
        names = (rule.id, rule.category, "all")
        if any(self.severity.get(name) == OFF for name in names[:2]) or any(
            name in self.ignore for name in names
        ):
            # A rule named in select outweighs its whole category in ignore.
            return rule.id in (*self.select, *self.extend_select) and rule.id not in self.ignore
        if any(name in self.extend_select for name in names):
            return True
        if self.select:
            return any(name in self.select for name in names)
        return rule.default

    def severity_of(self, rule: Rule, found: Severity | None) -> Severity:
        word = self.severity.get(rule.id) or self.severity.get(rule.category)
        if word and word != OFF:
            return Severity[word.upper()]
        return found or rule.severity

    def options_of(self, rule: Rule) -> Any:
        known = self.options.get(rule.id)
        return known if known is not None or rule.options is None else rule.options()

    def ignored_in(self, path: str, rule: Rule) -> bool:
        if not self.per_file_ignores:
            return False
        path = self.relative(path)
        return any(
            rule.id in names or rule.category in names or "all" in names
            for pattern, names in self.per_file_ignores.items()
            if matches(path, pattern)
        )

    def role_of(self, path: str) -> str:
        """The role the user or the path's own words give a file: test, example, …, or ""."""
        for role, patterns in self.roles.items():
            if any(matches(self.relative(path), pattern) for pattern in patterns):
                return role
        return role_by_name(path)


class WatchedConfig(Config):
    """Notes in `date_asked` whether anybody has asked for the date: an answer that has not is good tomorrow too."""

    date_asked: bool = False

    @classmethod
    def of(cls, config: Config) -> WatchedConfig:
        watched = object.__new__(cls)
        watched.__dict__.update(config.__dict__)
        return watched

    @property
    def today(self) -> datetime.date:
        self.__dict__["date_asked"] = True
        return self.__dict__["today"]  # type: ignore[no-any-return]

    def forget(self) -> None:
        self.__dict__["date_asked"] = False


def matches(path: str, pattern: str) -> bool:
    """Glob match of a relative path with forward slashes; a pattern without a slash matches the file name too."""
    if pattern.endswith("/"):
        pattern += "**"
    if "/" not in pattern:
        return fnmatchcase(path.rpartition("/")[2], pattern) or pattern in path.split("/")[:-1]
    return (
        fnmatchcase(path, pattern)
        or fnmatchcase(path, pattern.replace("**/", ""))
        or path.startswith(pattern + "/")
    )


@lru_cache(maxsize=8192)
def role_by_name(path: str) -> str:
    """`test` or `example` by the names of the file and its folders; otherwise "".

    A notebook's own name does not make it a test: no test runner collects notebooks.
    """
    *folders, name = path.lower().split("/")
    stem, _, ending = name.rpartition(".")
    if ending in ("yml", "yaml", "toml"):
        stem = ""  # `tests.yml` is a workflow, not a test
    if ending != "ipynb" and _names_test(stem):
        return "test"
    if any(folder in ("test", "tests", "testing", "unittests") for folder in folders):
        return "test"
    if any(folder in ("example", "examples", "tutorial", "tutorials", "docs", "doc") for folder in folders):
        return "example"
    return ""


MODEL_TEST = ("_on_test", "_for_test", "_from_test", "_with_test", "_oof_test", "_val_test", "_valid_test")
"""Ends of names that speak of the test part of the data: `predict_on_test.py` tests no code."""


def _names_test(stem: str) -> bool:
    """Whether a file's name is a unit test's: `test_scaler`, `scaler_test`, `conftest`."""
    if stem.endswith(MODEL_TEST):
        return False
    return stem.startswith("test_") or stem.endswith("_test") or stem in ("conftest", "tests", "test")
