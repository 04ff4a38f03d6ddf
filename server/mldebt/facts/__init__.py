"""Shared facts: what several across-rules, the lineage and the score ask about every file.

A rule's own facts stand in its own file; facts of more than one rule stand here,
one file a topic. A rule names the kinds it asks for, `@rule(needs=("role",))`, and
only what some active rule needs is ever made:

    def of_module(module: Module, config: Config) -> Iterator[Fact]
    def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]

A topic has one of the two or both, and may say what they need, so that it is not even imported elsewhere:
`GATES = {"module": Gate(text=(".sh",))}`; see mldebt/rule.py for what a gate can ask. Its file also holds the questions that
rules ask of these facts (`roles_of(workspace)`, …), so that nobody takes the
details apart twice. A maker looks at the cheapest evidence first.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from types import ModuleType

TOPICS: dict[str, tuple[str, ...]] = {
    "artifacts": ("artifact-read", "artifact-write", "path-constant"),
    "commands": ("runs-script",),
    "config_keys": ("config-key", "config-read", "config-words", "config-load"),
    "dates": ("dated-name",),
    "dependencies": ("package-need", "package-lock", "package-install"),
    "glue": ("code-split",),
    "practices": ("practice", "size"),
    "readme": ("template", "shown-script"),
    "roles": ("role",),
    "safeguards": ("safeguard",),
    "audits": ("label-record", "consumer-registry", "feature-record"),
    "stages": (
        *("stage", "stage-command", "stage-dep", "stage-out", "stage-param"),
        *("lock-stage", "lock-dep", "lock-out", "lock-param", "dvc-file", "parameters"),
    ),
    "serving": ("route", "response-class", "request", "output-use"),
    "columns": (
        "column",
        "feature-list",
        "feature-function",
        "frame-schema",
        "frame-use",
        "mentioned",
        "imported",
    ),
}
"""File in this folder -> the kinds of facts it makes."""


def topic(name: str) -> ModuleType:
    """The file of one topic, imported when its first fact is wanted."""
    return importlib.import_module(f"{__name__}.{name}")


def topics_of(kinds: Iterable[str]) -> list[str]:
    """The topics that make these kinds. Raises KeyError for a kind nobody makes."""
    by_kind = {kind: topic for topic, made in TOPICS.items() for kind in made}
    return sorted({by_kind[kind] for kind in kinds})
