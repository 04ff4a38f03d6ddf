"""Where a project begins, seen from the paths somebody names. Looks at directories only; imports nothing heavy."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = ("mldebt.toml", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", ".hg")


def project_root(paths: Iterable[str]) -> tuple[str, bool]:
    """(absolute folder, whether anything marks it as a project's top) for these paths.

    The git repository around them; without one the nearest folder with a mark;
    without any mark the folder they have in common.
    """
    absolute = [os.path.realpath(path) for path in paths] or [os.path.realpath(".")]
    try:
        top = os.path.commonpath(absolute)
    except ValueError:  # on several drives
        top = absolute[0]
    while not os.path.isdir(top) and os.path.dirname(top) != top:
        top = os.path.dirname(top)
    marked = ""
    folder = top
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder, True
        if not marked and any(os.path.exists(os.path.join(folder, name)) for name in MARKS):
            marked = folder
        upper = os.path.dirname(folder)
        if upper == folder:
            return marked or top, bool(marked)
        folder = upper


def display_prefix(root: str, cwd: str) -> tuple[str, str]:
    """(what to put before, what to cut from) a path relative to `root` so that it counts from `cwd`.

    A root outside of `cwd` and its parents gives absolute paths.
    """
    if root == cwd:
        return "", ""
    top = cwd.rstrip("/\\") + os.sep
    if root.startswith(top):
        return root[len(top) :].replace(os.sep, "/") + "/", ""
    base = root.rstrip("/\\") + os.sep
    if cwd.startswith(base):
        return "", cwd[len(base) :].replace(os.sep, "/") + "/"
    return base.replace(os.sep, "/"), ""


def displayed(path: str, root: str, prefix: tuple[str, str]) -> str:
    """A path relative to `root` as it is printed; see `display_prefix`."""
    before, cut = prefix
    if cut:
        return path[len(cut) :] if path.startswith(cut) else f"{root.replace(os.sep, '/').rstrip('/')}/{path}"
    return before + path
