"""`[tool.mldebt]` from pyproject.toml or mldebt.toml: found, read, checked, and said where it is wrong.

The nearest file above a file decides, mldebt.toml before pyproject.toml; files
are not merged, except that one may `extend` another. Globs count from the
folder of the file in force. What is wrong is collected, and the rest is used:
the command line refuses such a configuration, an editor shows it and goes on.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Mapping
from importlib import import_module

from mldebt.config import Config, WatchedConfig
from mldebt.config_settings import SETTINGS, Rules, Wrong
from mldebt.knowledge import BUILTIN
from mldebt.knowledge.extension import nearest
from mldebt.plain import dataclass, field
from mldebt.rule import WARNING, Severity
from mldebt.syntax.source import digest_of
from mldebt.typed import Any, NamedTuple

NAMES = ("mldebt.toml", "pyproject.toml")
"""In one folder the first outweighs the second."""
MAX_EXTENDS = 16
# Deeper chains are a loop or nobody can follow them.
NEVER = 99
"""A severity above all others: nothing fails the run."""


class Problem(NamedTuple):
    """Something wrong in a configuration file."""

    path: str
    line: int
    """1-based."""
    message: str
    start: int = 0
    end: int = 0
    """Where in the file's text, in code points; both 0 when unknown."""

    def seen_from(self, folder: str) -> Problem:
        """With a path that counts from this folder, where the file lies below it."""
        below = self.path.startswith(folder.rstrip(os.sep) + os.sep)
        return self._replace(path=os.path.relpath(self.path, folder)) if below else self

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Origin(NamedTuple):
    """Where a value comes from: a file and line, or an option of the command line."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Value(NamedTuple):
    value: Any
    raw: Any
    origin: Origin


Key = tuple[str, ...]
"""(setting,) or (setting, key of its table)."""


@dataclass(frozen=True)
class Settings:
    """What one configuration file says, with what it extends."""

    path: str = ""
    """Absolute; "" for the defaults."""
    values: Mapping[Key, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    consulted: tuple[str, ...] = ()
    """Every file read for it."""

    def get(self, name: str, default: Any = None) -> Any:
        if SETTINGS[name].table:
            return {key[1]: one.value for key, one in self.values.items() if key[0] == name}
        found = self.values.get((name,))
        return default if found is None else found.value


def read_settings(path: str, rules: Rules, _above: tuple[str, ...] = ()) -> Settings | None:
    """The settings of one file; None for a pyproject.toml that has none. Never raises."""
    try:
        with open(path, encoding="utf-8-sig", errors="strict", newline="") as file:
            text = file.read()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        return Settings(path, problems=(Problem(path, 1, f"cannot be read: {why}"),), consulted=(path,))
    in_pyproject = os.path.basename(path) == "pyproject.toml"
    if in_pyproject and "mldebt" not in text:
        return None
    data, broken = _parsed(path, text)
    if broken is not None:
        return Settings(path, problems=(broken,), consulted=(path,))
    if in_pyproject:
        tool = data.get("tool")
        if not isinstance(tool, dict) or "mldebt" not in tool:
            return None
        data = tool["mldebt"]
    reader = _Reader(path, text, ("tool", "mldebt") if in_pyproject else (), rules)
    return reader.settings(data, (*_above, path))


def _parsed(path: str, text: str) -> tuple[dict[str, Any], Problem | None]:
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        return tomllib.loads(text.replace("\r\n", "\n")), None
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        return {}, Problem(path, int(line[1]) if line else 1, f"this is not TOML: {error}")


class _Reader:
    """Reads one file's table; knows the place of each key only when something is wrong or asked for."""

    def __init__(self, path: str, text: str, prefix: tuple[str, ...], rules: Rules) -> None:
        self.path, self.text, self.prefix, self.rules = path, text, prefix, rules
        self.problems: list[Problem] = []
        self._places: dict[tuple[str | int, ...], tuple[int, int, int]] | None = None

    def settings(self, data: Any, above: tuple[str, ...]) -> Settings:
        values: dict[Key, Value] = {}
        consulted: tuple[str, ...] = (self.path,)
        if not isinstance(data, dict):
            self.problem((), "this must be a table")
            data = {}
        for name, raw in data.items():
            setting = SETTINGS.get(name)
            if setting is None:
                where = "[tool.mldebt]" if self.prefix else "mldebt.toml"
                self.problem((name,), f"{where} has no setting `{name}`.{nearest(name, tuple(SETTINGS))}")
                continue
            parts = raw.items() if setting.table and isinstance(raw, dict) else ((None, raw),)
            for key, part in parts:
                whole = {key: part} if key is not None else part
                try:
                    value = setting.check(whole, self.rules)
                except Wrong as wrong:
                    # The last word of the place is in the message, or is an index that the line tells.
                    inner = ".".join(part for part in wrong.key[:-1] if isinstance(part, str))
                    self.problem((name, *wrong.key), f"`{name}{'.' if inner else ''}{inner}`: {wrong}")
                    continue
                here = (name,) if key is None else (name, key)
                origin = Origin(self.path, self.line(here))
                values[here] = Value(value if key is None else value[key], part, origin)
        base = values.pop(("extend",), None)
        if base is not None:
            parent = self._parent(str(base.value), above)
            if parent is not None:
                values = {**parent.values, **values}
                for rule in {key[1] for key in parent.values if key[0] == "rules"}:
                    self._join_options(values, parent, rule)
                self.problems += parent.problems
                consulted = (*consulted, *parent.consulted)
        return Settings(self.path, values, tuple(self.problems), consulted)

    def _parent(self, name: str, above: tuple[str, ...]) -> Settings | None:
        path = os.path.normpath(os.path.join(os.path.dirname(self.path), os.path.expanduser(name)))
        if path in above or len(above) >= MAX_EXTENDS:
            self.problem(("extend",), f"`extend`: {name} leads back to this file")
            return None
        if not os.path.isfile(path):
            self.problem(("extend",), f"`extend`: there is no file {name}")
            return None
        found = read_settings(path, self.rules, above)
        if found is None:
            self.problem(("extend",), f"`extend`: {name} has no [tool.mldebt]")
        return found

    def _join_options(self, values: dict[Key, Value], parent: Settings, rule: str) -> None:
        """Options of one rule from two files: option by option, as other tables."""
        own, above = values["rules", rule], parent.values["rules", rule]
        if own is above:
            return
        raw = {**above.raw, **own.raw}
        value = SETTINGS["rules"].check({rule: raw}, self.rules)[rule]
        values["rules", rule] = Value(value, raw, own.origin)

    def problem(self, key: tuple[str | int, ...], message: str) -> None:
        line, start, end = self.place(key)
        self.problems.append(Problem(self.path, line, message, start, end))

    def line(self, key: tuple[str | int, ...]) -> int:
        return self.place(key)[0]

    def place(self, key: tuple[str | int, ...]) -> tuple[int, int, int]:
        """(1-based line, start, end) of a key, or of the nearest thing around it that has a place."""
        if self._places is None:
            self._places = places_of(self.text)
        full = (*self.prefix, *key)
        while full and full not in self._places:
            full = full[:-1]
        return self._places.get(full, (1, 0, 0))


def places_of(text: str) -> dict[tuple[str | int, ...], tuple[int, int, int]]:
    """Key of a TOML file -> (1-based line, start, end) of it, in code points."""
    from mldebt.syntax.manifest_toml import read_toml
    from mldebt.text import LineIndex

    lines = LineIndex(text)
    found: dict[tuple[str | int, ...], tuple[int, int, int]] = {}
    for entry in read_toml(text).entries:
        place = (lines.line_of(entry.key_span.start) + 1, entry.key_span.start, entry.key_span.end)
        for depth in range(1, len(entry.key)):
            found.setdefault(entry.key[:depth], place)
        found[entry.key] = place
    return found


class Overrides(NamedTuple):
    """What the command line or an editor says on top of any file."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = ""
    config: str = ""
    """This file for everything."""
    isolated: bool = False
    """No file at all."""
    extra_facts: tuple[str, ...] = ()
    """Kinds of shared facts that are wanted though no rule asks for them."""


class Configs:
    """The configuration in force for each path of a workspace; one object for one configuration file."""

    def __init__(
        self, root: str, rules: Rules, today: datetime.date, overrides: Overrides | None = None
    ) -> None:
        self.root, self.rules, self.today = root, rules, today
        self.overrides = overrides or Overrides()
        self.problems: list[Problem] = []
        self.consulted: set[str] = set()
        """Files read."""
        self.missing: set[str] = set()
        """Files looked for in vain."""
        self._folders: dict[str, str] = {}
        self._settings: dict[str, Settings] = {"": Settings()}
        self._configs: dict[str, WatchedConfig] = {}

    def for_path(self, path: str) -> WatchedConfig:
        """The configuration of a file by its workspace path ("" for the workspace itself)."""
        return self.for_folder(path.rpartition("/")[0])

    def for_folder(self, folder: str) -> WatchedConfig:
        source = self.source_for(folder)
        known = self._configs.get(source)
        if known is None:
            settings = self._settings[source]
            config = config_of(settings, self.root, self.today, self.overrides)
            known = self._configs[source] = WatchedConfig.of(config)
        return known

    def settings_for(self, path: str) -> Settings:
        return self._settings[self.source_for(path.rpartition("/")[0])]

    def source_for(self, folder: str) -> str:
        """The configuration file in force in a folder of the workspace; "" for none."""
        if self.overrides.isolated:
            return ""
        if self.overrides.config:
            return self._load(os.path.abspath(self.overrides.config)) or ""
        known = self._folders.get(folder)
        if known is None:
            absolute = os.path.normpath(os.path.join(self.root, folder))
            found = next(
                filter(None, (self._load_if_there(os.path.join(absolute, name)) for name in NAMES)), ""
            )
            if not found:
                upper = os.path.dirname(absolute)
                found = self.source_for(_relative(upper, self.root)) if upper != absolute else ""
            known = self._folders[folder] = found
        return known

    def _load_if_there(self, path: str) -> str:
        if os.path.isfile(path):
            return self._load(path)
        self.missing.add(path)
        return ""

    def _load(self, path: str) -> str:
        """The path if the file has settings, else ""."""
        if path in self._settings:
            return path
        self.consulted.add(path)
        settings = read_settings(path, self.rules)
        if settings is None:
            return ""
        self._settings[path] = settings
        self.problems += settings.problems
        self.consulted.update(settings.consulted)
        return path


def _relative(path: str, root: str) -> str:
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    return "" if relative == "." else relative


def config_of(settings: Settings, root: str, today: datetime.date, overrides: Overrides) -> Config:
    """The frozen configuration that these settings and overrides mean in a workspace at `root`."""
    select = settings.get("select", ())
    extend_select = settings.get("extend-select", ())
    ignore = settings.get("ignore", ())
    if overrides.select:
        select, extend_select = overrides.select, ()
    named = {*overrides.select, *overrides.extend_select}
    # What somebody asks for on the command line outweighs a file that turns it off.
    ignore = tuple(name for name in ignore if name not in named) + overrides.ignore
    severity = {
        name: word for name, word in settings.get("severity").items() if word != "off" or name not in named
    }
    knowledge = settings.get("knowledge")
    folder = os.path.dirname(settings.path) if settings.path else root
    below = _relative(folder, root)
    outside = below == ".." or below.startswith("../")
    fail_on = overrides.fail_on or settings.get("fail-on", WARNING.word)
    raw = sorted(
        (key, repr(one.raw)) for key, one in settings.values.items() if key[0] not in ("fail-on", "exclude")
    )
    told = repr((raw, below, overrides.select, overrides.extend_select, overrides.ignore))
    if overrides.extra_facts:
        told += repr(overrides.extra_facts)
    return Config(
        today=today,
        select=select,
        extend_select=(*extend_select, *overrides.extend_select),
        ignore=ignore,
        per_file_ignores=settings.get("per-file-ignores"),
        severity=severity,
        exclude=(*settings.get("exclude", ()), *settings.get("extend-exclude", ()), *overrides.exclude),
        fail_on=NEVER if fail_on == "never" else Severity[fail_on.upper()],  # type: ignore[arg-type]
        options=settings.get("rules"),
        roles=settings.get("roles"),
        knowledge=BUILTIN.extended(knowledge) if knowledge else BUILTIN,
        respect_gitignore=settings.get("respect-gitignore", True),
        extra_facts=overrides.extra_facts,
        source=settings.path,
        folder=below + "/" if below and not outside else "",
        above=_relative(root, folder) + "/" if outside else "",
        digest=digest_of(told.encode("utf-8", "surrogatepass")),
    )
