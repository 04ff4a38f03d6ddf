"""`mldebt-lsp`: decides between command line and language server before anything heavy is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

SERVER_FLAGS = frozenset({"--stdio", "--tcp", "--clientProcessId", "--log-file", "--log-level"})
"""What an editor may pass; vscode-languageclient adds --stdio and --clientProcessId by itself."""
WITH_VALUE = SERVER_FLAGS - {"--stdio"}


def serves(arguments: Sequence[str]) -> bool:
    """Whether these arguments start the server: none at all, or only its own."""
    rest = iter(arguments)
    for argument in rest:
        name, equals, _ = argument.partition("=")
        if name not in SERVER_FLAGS:
            return False
        if name in WITH_VALUE and not equals:
            next(rest, None)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if serves(given):
        from mldebt.lsp.server import main as serve

        return serve(given)
    # A run makes no garbage that matters, and ends soon. Looking for some costs 5 % of it: while modules
    # are imported, and when Python ends and would go through all there is once more.
    enabled = gc.isenabled()
    gc.disable()
    from mldebt.cli.main import main as check

    try:
        return check(given)
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def run() -> int:
    """`main` as a process of its own. What was made is not taken apart at the end, a twentieth of a small check."""
    code = main()
    if "threading" in sys.modules or "multiprocessing" in sys.modules:
        return code  # somebody else may have something to end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return code  # Python has its own words for it
    os._exit(code)


if __name__ == "__main__":
    # `python -m` puts the working folder before the standard library, and that is somebody's workspace.
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    sys.exit(run())
