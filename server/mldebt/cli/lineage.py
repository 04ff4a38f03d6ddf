"""`mldebt-lsp --lineage`: who reads and writes what, as a picture on standard output or in `--output`."""

from __future__ import annotations

import os

from mldebt.cli.arguments import Arguments, BadArguments
from mldebt.cli.check import prepared
from mldebt.cli.output import written


def lineage(arguments: Arguments) -> int:
    """The exit code. Raises BadArguments and BadConfiguration."""
    from mldebt.engine.gather import gathered
    from mldebt.engine.lineage import KINDS, rendered

    for path in arguments.paths:
        if path == "-" or not os.path.lexists(path):
            raise BadArguments(f"there is no file or folder {path}")
    request, configs = prepared(arguments)
    written(rendered(gathered(request, configs, KINDS), arguments.value("--lineage") or "mermaid"), arguments)
    return 0
