"""The article's ten dimensions, one file each: what the marks 0, 1 and 2 need, and the evidence for them.

A file has TITLE, RULES (the rules whose findings speak against it) and
`judge(view) -> Judgement`. Marks follow the article's table; where it leaves room
("some", "mostly") the file says where the line was drawn and on what.
"""

from __future__ import annotations

import importlib
from types import ModuleType

DIMENSIONS = (
    "reproducibility",
    "data-versioning",
    "feature-documentation",
    "pipeline-structure",
    "configuration",
    "test-coverage",
    "consumer-registry",
    "monitoring",
    "dead-code",
    "feedback-loop-audit",
)
"""In the article's order."""


def dimension(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
