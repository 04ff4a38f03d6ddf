"""One file per rule, one folder per debt category; found by walking this package.

What is needed to decide whether a rule can fire is remembered beside our
bytecode, as Python remembers that, or comes with the installation (hatch_build.py
puts it there). Either way it counts only while the files it was derived from
are as they were; otherwise every rule is imported, and it is derived anew.
"""

from __future__ import annotations

import importlib
import marshal
import os
import sys
from collections.abc import Iterator
from functools import lru_cache, partial

from mldebt.facts import TOPICS, topic
from mldebt.rule import OPEN, Gate, Rule, Severity, Subject
from mldebt.typed import Any

ROOT = os.path.dirname(__file__)
SOURCES = ("rule.py", "rules", "knowledge", "facts", "syntax/flow_gates.py")
"""Below our package: where what stands in a rule's decorator may come from."""

Seen = tuple[tuple[str, int, int], ...]
"""(path, size, time of change in nanoseconds) of every file that counts."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by category and id. Their files are imported when they are asked to do something."""
    return tuple(map(rule_of, index()[0]))


@lru_cache(maxsize=1)
def topic_gates() -> dict[str, dict[Subject, Gate]]:
    """Topic of shared facts -> what it looks at -> what it needs there. Nor are these imported."""
    return {name: {subject: Gate(*gate) for subject, gate in makers} for name, makers in index()[1]}


@lru_cache(maxsize=1)
def index() -> tuple[Any, Any]:
    """(rows of rules, rows of topics): what is remembered, or made now."""
    seen = sources()
    rows = shipped(seen) or remembered(seen)
    if rows is None:
        rows = made()
        remember(seen, rows)
    return rows


def made() -> tuple[Any, Any]:
    """The index, from the files themselves. Imports all of them."""
    return tuple(map(row_of, imported())), tuple(map(topic_row, TOPICS))


def topic_row(name: str) -> tuple[Any, ...]:
    """What is remembered of a topic; it may have GATES of its own, as a rule's fact makers have."""
    file = topic(name)
    gates = getattr(file, "GATES", {})
    subjects = [subject for subject in ("module", "manifest") if hasattr(file, f"of_{subject}")]
    return name, tuple((subject, tuple(gates.get(subject, OPEN))) for subject in subjects)


@lru_cache(maxsize=1)
def rules_by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in all_rules()}


def imported() -> Iterator[Rule]:
    """Every rule, from its file."""
    for category in sorted(os.listdir(ROOT)):
        folder = os.path.join(ROOT, category)
        if category.startswith("_") or not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                yield from rules_in(f"{__name__}.{category}.{name[:-3]}")


def rules_in(name: str) -> list[Rule]:
    return [value for value in vars(importlib.import_module(name)).values() if isinstance(value, Rule)]


def sources() -> Seen:
    """Every file that a decorator may have its values from, as it is now."""
    found: list[tuple[str, int, int]] = []
    above = os.path.dirname(ROOT)
    waiting = [*SOURCES]
    while waiting:
        relative = waiting.pop()
        path = os.path.join(above, relative)
        if relative.endswith(".py"):
            stat = os.stat(path)
            found.append((relative, stat.st_size, stat.st_mtime_ns))
            continue
        with os.scandir(path) as entries:
            for entry in entries:
                name = f"{relative}/{entry.name}"
                if name.endswith(".py"):
                    stat = entry.stat()
                    found.append((name, stat.st_size, stat.st_mtime_ns))
                elif "." not in entry.name and entry.name[:2] != "__":
                    waiting.append(name)
    return tuple(sorted(found))


def sizes(seen: Seen) -> tuple[tuple[str, int], ...]:
    """What survives being packed and installed."""
    return tuple((path, size) for path, size, _ in seen if path != SHIPPED)


SHIPPED = "rules/_index.py"


def shipped(seen: Seen) -> tuple[Any, Any] | None:
    """What came with the installation, if it is of these files."""
    if all(path != SHIPPED for path, _, _ in seen):
        return None
    file = importlib.import_module(f"{__name__}._index")
    rows: tuple[Any, Any] | None = file.ROWS if sizes(seen) == file.SIZES else None
    return rows


def index_text() -> str:
    """The file that comes with an installation."""
    return f"SIZES = {sizes(sources())!r}\nROWS = {made()!r}\n"


def remembered(seen: Seen) -> tuple[Any, Any] | None:
    """What an earlier run has kept, if it was of these files."""
    try:
        with open(kept_in(), "rb") as file:
            # Whoever can write here can write our bytecode.
            kept = marshal.load(file)  # mldebt: ignore[unsafe-model-load]
        return kept[1] if kept[0] == seen else None
    except (OSError, EOFError, ValueError, TypeError, LookupError):
        return None


def remember(seen: Seen, rows: tuple[Any, Any]) -> None:
    """Keep it for later runs, where Python may keep its bytecode."""
    path = kept_in()
    if sys.dont_write_bytecode or not path:
        return
    beside = f"{path}.{os.getpid()}"
    try:
        with open(beside, "wb") as file:
            file.write(marshal.dumps((seen, rows)))
        os.replace(beside, path)
    except OSError:
        pass  # Not ours to write: the next run imports every rule again.


def kept_in() -> str:
    """A file beside the bytecode of this one, for the same Python; "" where Python has no such place."""
    bytecode = __spec__.cached if __spec__ else None
    return bytecode.removesuffix(".pyc") + ".rules" if bytecode else ""


def row_of(rule: Rule) -> tuple[Any, ...]:
    """What is remembered of a rule, in plain values."""
    return (
        rule.check.__module__,
        rule.id,
        rule.category,
        rule.title,
        int(rule.severity),
        rule.subject,
        tuple(sorted(rule.wakes)),
        rule.gated,
        rule.in_tests,
        rule.default,
        tuple(sorted(rule.needs)),
        tuple(rule.gate),
        tuple(sorted(rule.kinds)),
        tuple((subject, tuple(gate)) for subject, gate in rule.fact_gates.items()),
        rule.in_manifests,
    )


def rule_of(row: tuple[Any, ...]) -> Rule:
    """A rule whose file is not imported yet."""
    home, id, category, title, severity, subject, wakes, gated, in_tests, default, *rest = row
    needs, gate, kinds, makers, in_manifests = rest
    return Rule(
        id,
        category,
        title,
        Severity(severity),
        subject,
        frozenset(wakes),
        gated,
        in_tests,
        default,
        frozenset(needs),
        Gate(*gate),
        frozenset(kinds),
        {subject: Gate(*gate) for subject, gate in makers},
        in_manifests,
        partial(loaded, home, id),
    )


def loaded(home: str, id: str) -> Rule:
    return next(rule for rule in rules_in(home) if rule.id == id)
