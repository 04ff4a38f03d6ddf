"""Running the command line in tests: as a process where that matters, in this one where it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

SERVER = Path(__file__).parent.parent / "server"


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        return json.loads(self.out)["findings"]

    @property
    def rules(self) -> list[str]:
        return [finding["rule"] for finding in self.findings]


def run(
    cwd: Path,
    *arguments: str,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    traceback: bool = True,
    timeout: float = 100.0,
) -> Ran:
    """`python -m mldebt` with these arguments; a home of its own beside `cwd`, so that no cache of ours has a say."""
    home = cwd.parent / f"{cwd.name}-home"
    home.mkdir(exist_ok=True)
    variables = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(SERVER),
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
        **({"MLDEBT_TRACEBACK": "1"} if traceback else {}),
        **(env or {}),
    }
    done = subprocess.run(
        [sys.executable, "-m", "mldebt", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=variables,
        timeout=timeout,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))


def files(root: Path, contents: Mapping[str, str | bytes]) -> Path:
    """Write a small workspace; texts as UTF-8 with their own line ends."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root
