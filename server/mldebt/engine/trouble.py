"""Where a wrong assumption of ours is written down: the log, with rule and file.

`logging` costs a twentieth of a short run, so it is imported when there is something to say.
"""

from __future__ import annotations


def log_failure(what: str, rule: str, path: str, error: Exception) -> None:
    import logging

    logging.getLogger("mldebt").error("%s %s failed on %s", what, rule, path or "the workspace", exc_info=error)
