"""What reads, writes or accepts a path, and which loaders can run code.

Paths are (position, keyword); position -1 is keyword only. A key that begins
with a dot is a method of that name on any receiver: only words that mean the
same everywhere are written so.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import PathArg, UnsafeLoader

READERS: dict[str, tuple[int, str]] = {
    "pandas.read_csv": (0, "filepath_or_buffer"),
}

WRITERS: dict[str, tuple[int, str]] = {
    ".to_csv": (0, "path_or_buf"),
}

PATH_ACCEPTING: dict[str, tuple[int, str]] = {
    "open": (0, "file"),
}
"""Further callables that take any os.PathLike."""

UNSAFE_LOADERS: dict[str, UnsafeLoader] = {
    "numpy.load": UnsafeLoader(PathArg(0, "file"), "allow_pickle", True, False),
    "pickle.load": UnsafeLoader(PathArg(0, "file")),
    "torch.load": UnsafeLoader(PathArg(0, "f"), "weights_only", False, False, "torch", (2, 6), True),
}

PRETRAINED: dict[str, tuple[int, str]] = {}
"""Downloads by hub id -> where the id is; all take `revision`."""
