"""Where the log goes: stderr or a file, never the protocol."""

from __future__ import annotations

import logging
import sys

LEVELS = {
    "off": logging.CRITICAL + 1,
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": logging.DEBUG,
}
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: str = "", file: str = "") -> str:
    """Send the log of our own loggers to `file`, or to stderr. What is wrong with the arguments, or ""."""
    logger = logging.getLogger("mldebt")
    trouble = ""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if file:
        try:
            handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            trouble = f"cannot write the log file {file}: {error.strerror}"
    if level and level.lower() not in LEVELS:
        trouble = f"unknown log level {level!r}; the levels are {', '.join(LEVELS)}"
    handler.setFormatter(logging.Formatter(FORMAT))
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(LEVELS.get(level.lower(), logging.WARNING))
    logger.propagate = False
    # A log that cannot be written must not turn into a second failure.
    logging.raiseExceptions = False
    if trouble:
        logger.warning("%s", trouble)
    return trouble
