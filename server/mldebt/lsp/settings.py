"""What the editor's user may set. It narrows what the project's own file turns on, and never widens it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mldebt.plain import dataclass, field

MODES = ("off", "openFilesOnly", "workspace")
RUNS = ("onType", "onSave")
SEVERITIES = ("error", "warning", "information", "hint", "off")
BASELINE_SHOWN = ("hint", "hide", "normal")


@dataclass(frozen=True)
class Settings:
    """The section `mldebt` of the editor's settings; `initializationOptions` has the same content."""

    enable: bool = True
    mode: str = "openFilesOnly"
    """Which files' findings are shown: of none, of open ones, of all in the workspace."""
    run: str = "onType"
    select: tuple[str, ...] = ()
    """If given, only these rules and categories."""
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    """Rule or category -> severity, where the project's file says nothing."""
    code_lens: bool = False
    baseline: str = ""
    """Baseline file, relative to the workspace folder; empty: the one the project names."""
    baseline_shown: str = "hint"


def settings_of(given: Any) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `given`, and what is wrong with it in words for the user.

    What is wrong is left at its default, so that one bad value costs no other.
    """
    if not isinstance(given, Mapping):
        return Settings(), () if given is None else ("the settings are not an object",)
    if isinstance(given.get("mldebt"), Mapping):
        # Neovim and lsp-mode send the whole tree, others our section of it.
        given = given["mldebt"]
    reader = _Reader(given)
    lens = given.get("codeLens")
    settings = Settings(
        enable=reader.boolean("enable", True),
        mode=reader.choice("diagnosticMode", MODES, "openFilesOnly"),
        run=reader.choice("run", RUNS, "onType"),
        select=reader.words("select"),
        ignore=reader.words("ignore"),
        severity=reader.severities(),
        code_lens=_Reader(lens).boolean("enable", False)
        if isinstance(lens, Mapping)
        else reader.boolean("codeLens", False),
        baseline=reader.word("baseline"),
        baseline_shown=reader.choice("baselineShown", BASELINE_SHOWN, "hint"),
    )
    return settings, tuple(reader.troubles)


class _Reader:
    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.troubles: list[str] = []

    def _wrong(self, name: str, wanted: str) -> None:
        self.troubles.append(
            f"mldebt.{name} should be {wanted}, not {self.given[name]!r}; going on without it"
        )

    def boolean(self, name: str, default: bool) -> bool:
        value = self.given.get(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(name, "true or false")
        return default

    def word(self, name: str) -> str:
        value = self.given.get(name)
        if value is None or isinstance(value, str):
            return value or ""
        self._wrong(name, "text")
        return ""

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.given.get(name)
        if value is None or value in choices:
            return value or default
        self._wrong(name, f"one of {', '.join(choices)}")
        return default

    def words(self, name: str) -> tuple[str, ...]:
        value = self.given.get(name)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self._wrong(name, "a list of rules and categories")
        return ()

    def severities(self) -> dict[str, str]:
        value = self.given.get("severity")
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self._wrong("severity", "a table of rule to severity")
            return {}
        found = {}
        for rule, word in value.items():
            if word in SEVERITIES:
                found[str(rule)] = str(word)
            else:
                self.troubles.append(
                    f"mldebt.severity.{rule} should be one of {', '.join(SEVERITIES)}, not {word!r}"
                )
        return found
