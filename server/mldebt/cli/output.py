"""A result to its place: rendered in the asked format, written to a file or standard output, notices to standard error."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from mldebt.cli.arguments import Arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mldebt.engine.result import Result


def printed(result: Result, arguments: Arguments) -> int:
    """The exit code, after everything has been said."""
    name = arguments.value("--format", "text")
    if arguments.given("--statistics") and name in ("text", "concise"):
        name = "statistics"
    render = import_module(f"mldebt.cli.formats.{name}").render
    text = "".join(render(result, Screen(arguments)))
    written(text, arguments)
    if not arguments.given("--quiet"):
        for notice in result.notices:
            sys.stderr.write(f"{notice.path}: {notice.message}\n" if notice.path else f"{notice.message}\n")
    return result.exit_code


def written(text: str, arguments: Arguments) -> None:
    """To the file that `--output` names, or to standard output."""
    where = arguments.value("--output")
    if where:
        with open(where, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    elif text:
        write_out(text)


def write_out(text: str) -> None:
    """UTF-8 whatever the locale, so that the same findings are the same bytes everywhere."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    buffer.write(text.encode("utf-8", "surrogateescape"))
    buffer.flush()


class Screen:
    """What a format may want to know about where its text goes."""

    __slots__ = ("color", "quiet", "statistics", "width")

    def __init__(self, arguments: Arguments) -> None:
        self.quiet = arguments.given("--quiet")
        self.statistics = arguments.given("--statistics")
        on_terminal = not arguments.given("--output") and sys.stdout is not None and sys.stdout.isatty()
        # https://no-color.org, https://force-color.org
        self.color = (on_terminal or bool(os.environ.get("FORCE_COLOR"))) and not os.environ.get("NO_COLOR")
        if os.environ.get("TERM") == "dumb":
            self.color = False
        self.width = os.get_terminal_size().columns if on_terminal else 100


def log_plainly() -> None:
    """What the engine logs goes to standard error in a line each; with MLDEBT_TRACEBACK set, whole."""
    import logging

    class Line(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            if os.environ.get("MLDEBT_TRACEBACK"):
                return super().format(record)
            error = record.exc_info[1] if record.exc_info else None
            return f"mldebt-lsp: {record.getMessage()}" + (
                f" ({type(error).__name__}: {error})" if error else ""
            )

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    log = logging.getLogger("mldebt")
    log.handlers[:] = [handler]
    log.propagate = False
