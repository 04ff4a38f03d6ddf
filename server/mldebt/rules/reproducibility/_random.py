"""What the rules about seeds share: is this call random, is it seeded, which seed is at hand."""

from __future__ import annotations

from functools import lru_cache

from mldebt.knowledge import Knowledge
from mldebt.knowledge.kinds import Randomness
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call

SEED_NAMES = (
    "SEED", "RANDOM_STATE", "RANDOM_SEED", "seed", "random_state", "random_seed", "RANDOMSTATE", "RS",
)  # fmt: skip
DEFAULT_SEED = 42


@lru_cache(maxsize=16)
def last_words(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name.rpartition(".")[2] for name in names}))


def is_unseeded(knowledge: Knowledge, call: Call, entry: Randomness) -> bool:
    given = knowledge.bind(call.target, call.args)
    if entry.position >= 0 and len(call.args) > entry.position and not call.args[entry.position].name:
        value = call.args[entry.position].value
        return value is None and entry.is_random(given) is True
    return entry.is_random(given) is True and not entry.is_seeded(given)


def global_seed(module: Module, knowledge: Knowledge, family: str) -> Call | None:
    """A call in this file that seeds the generator this family draws from."""
    for call in module.calls(*last_words(tuple(knowledge.global_seeds))):
        families = knowledge.get(knowledge.global_seeds, call.target or call.chain)
        if families and family in families:
            return call
    return None


def seed_in_scope(module: Module, call: Call) -> str:
    """The file's own seed constant, if one is assigned at module level above the call."""
    found = {
        assignment.name
        for assignment in module.assignments()
        if assignment.value.__class__ is int
        and assignment.span.end <= call.span.start
        and assignment.scope == 0
        and not module.placed_at(assignment.span.start).chunk.owner
    }
    return next((name for name in SEED_NAMES if name in found), "")


def reachable(path: str, imports: dict[str, tuple[str, ...]]) -> set[str]:
    """The file and the files of this workspace that it imports, at any remove."""
    by_stem: dict[str, list[str]] = {}
    for other in imports:
        by_stem.setdefault(other.rpartition("/")[2].partition(".")[0], []).append(other)
        if other.endswith("/__init__.py"):
            by_stem.setdefault(other.split("/")[-2], []).append(other)
    found, waiting = {path}, [path]
    while waiting:
        for word in imports.get(waiting.pop(), ()):
            for other in by_stem.get(word, ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
    return found
