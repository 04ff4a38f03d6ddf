"""One file per rule, one folder per debt category; found by walking this package."""

from __future__ import annotations

import importlib
import os
from functools import lru_cache

from mldebt.rule import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by category and id."""
    found: list[Rule] = []
    root = os.path.dirname(__file__)
    for category in sorted(os.listdir(root)):
        folder = os.path.join(root, category)
        if category.startswith("_") or not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                module = importlib.import_module(f"{__name__}.{category}.{name[:-3]}")
                found += [value for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(found)


@lru_cache(maxsize=1)
def rules_by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in all_rules()}
