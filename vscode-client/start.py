"""Starts the language server, or with further arguments the command line, that this extension brings.

    python -I -S start.py [--from-environment] [ARGUMENT...]

Runs on any Python that can read it, to say in plain words when that Python is too old.
"""

import os
import sys

OLDEST = (3, 10)
TOO_OLD = 78
# EX_CONFIG of sysexits.h: the extension tells it apart from a crash.

FROM_ENVIRONMENT = "--from-environment"


def bundled():
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    libraries = os.path.join(root, "bundled", "libs")
    # A checkout has the server's source and no bundle.
    return libraries if os.path.isdir(libraries) else os.path.join(root, "server")


def prepare(arguments):
    """Put our libraries where they are found first, or last if the environment's own are wanted."""
    if FROM_ENVIRONMENT in arguments:
        arguments.remove(FROM_ENVIRONMENT)
        sys.path.append(bundled())
    else:
        sys.path.insert(0, bundled())
    return arguments


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.stderr.write("mldebt-lsp needs Python 3.10 or newer; %s is %s\n" % (sys.executable, sys.version.split()[0]))
        sys.exit(TOO_OLD)
    given = prepare(sys.argv[1:])
    from mldebt.__main__ import main

    sys.exit(main(given))
