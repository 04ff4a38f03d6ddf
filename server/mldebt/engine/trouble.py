"""Where a wrong assumption of ours is written down: the log, with rule and file.

`logging` costs a twentieth of a short run, so it is imported when there is something to say.
"""

from __future__ import annotations

from collections.abc import Callable

prepare: Callable[[], None] | None = None
"""Set by a face that wants the log somewhere; called once, before the first entry."""


def log_failure(what: str, rule: str, path: str, error: Exception) -> None:
    global prepare
    import logging

    if prepare is not None:
        prepare()
        prepare = None
    logging.getLogger("mldebt").error(
        "%s %s failed on %s", what, rule, path or "the workspace", exc_info=error
    )
