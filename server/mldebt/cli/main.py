"""`mldebt-lsp --check`: arguments in, exit code out. What is rarely needed is imported where it is needed."""

from __future__ import annotations

import os
import sys

from mldebt.cli.arguments import Arguments, BadArguments, parsed
from mldebt.engine.result import BadConfiguration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN, FOUND, FAILED, BAD_CONFIGURATION, BAD_ARGUMENTS = range(5)


def main(words: Sequence[str]) -> int:
    """Never raises; see arguments.EXIT_CODES for what it returns."""
    try:
        arguments = parsed(words)
        return _run(arguments)
    except BadArguments as error:
        _say(f"mldebt-lsp: {error}\nTry `mldebt-lsp --help`.")
        return BAD_ARGUMENTS
    except BadConfiguration as error:
        _say(str(error))
        return BAD_CONFIGURATION
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CLEAN
    except Exception as error:
        _say(f"mldebt-lsp: internal error: {type(error).__name__}: {error}")
        if os.environ.get("MLDEBT_TRACEBACK"):
            raise
        _say("Set MLDEBT_TRACEBACK=1 to see where, and please report it.")
        return FAILED


def _run(arguments: Arguments) -> int:
    if arguments.given("--help"):
        from mldebt.cli.arguments import help_text

        return _print(help_text())
    if arguments.given("--version"):
        from mldebt import __version__

        return _print(f"mldebt-lsp {__version__}\n")
    if arguments.given("--explain"):
        from mldebt.cli.explain import explain

        return _print(explain(arguments.value("--explain")))
    if arguments.given("--config-schema"):
        from mldebt.cli.show_config import schema

        return _print(schema())
    if arguments.given("--show-config"):
        from mldebt.cli.show_config import show_config

        return _print(show_config(arguments))
    if arguments.given("--lineage"):
        from mldebt.cli.lineage import lineage

        return lineage(arguments)
    if arguments.given("--score") or arguments.given("--report"):
        from mldebt.cli.score import score

        return score(arguments)
    if arguments.given("--init"):
        from mldebt.cli.init import init

        return init(arguments)
    from mldebt.cli.check import check

    return check(arguments)


def _print(text: str) -> int:
    sys.stdout.write(text)
    sys.stdout.flush()
    return CLEAN


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
