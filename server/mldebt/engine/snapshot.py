"""A whole run remembered: when nothing that it looked at has changed, its result is known without looking again.

What it looked at is every file it analysed, every folder it listed, every
ignore and configuration file it read, and every place where it looked for one
in vain. A folder's own stat changes when a name is added or removed in it.
Imports nothing heavy: this is all that most warm runs need.
"""

from __future__ import annotations

import os

from mldebt.engine.cache import Cache, stat_of
from mldebt.engine.result import Result


def remembered(cache: Cache, question: str) -> Result | None:
    """The result of an earlier run by the same question, if nothing it looked at has changed since."""
    answer = cache.run(question)
    if answer is None:
        return None
    watched, missing, plain = answer
    for path, stat in watched:
        if stat_of(path) != stat:
            return None
    if any(map(os.path.lexists, missing)):
        return None
    return Result.of(plain)
