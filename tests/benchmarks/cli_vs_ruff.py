#!/usr/bin/env python3
"""CPU of `mldebt-lsp --check` against ruff, the two in turn in one run; prints ratios, asserts nothing.

    python tests/benchmarks/cli_vs_ruff.py DIR [--rounds 5]

DIR is a folder of ML code, best about 200,000 lines. Goals: cold at most 6 times
the CPU of `ruff check --no-cache`, warm (nothing changed) at most 0.3 of ruff's
warm run, one small file at most 4 times the CPU of `python -c pass`. Wall time
is printed too, but on a shared machine only CPU ratios mean something.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUFF_FAMILIES = "ERA,PLR2004,PTH,PD,NPY,S301,S,F,E7,FIX,TD,BLE,T20,C901,PLR0913,PLR0915,ARG"
SMALL_FILE = 'import pandas as pd\n\ndf = pd.read_csv("/home/me/data.csv")\n'


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """(CPU seconds of the process and its children, wall seconds)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    # Bytecode is written, as in every installation: otherwise compiling our own modules would be measured.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    done = subprocess.run(command, cwd=folder, stdout=quiet, stderr=quiet, env=environment)
    wall = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"`{' '.join(command[:4])} …` ended with {done.returncode}; nothing was measured")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    ruff = shutil.which("ruff") or str(Path(sys.executable).with_name("ruff"))
    # The caches lie elsewhere: what is beside the small file is looked at with it.
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as caches:
        here, kept = Path(scratch), Path(caches)
        small = here / "small" / "train.py"
        small.parent.mkdir()
        small.write_text(SMALL_FILE)
        folder = given.folder.resolve()
        ours = [sys.executable, "-m", "mldebt", "--check", "--format", "concise", "--fail-on", "never"]
        warm = [*ours, "--cache-dir", str(kept / "ours"), str(folder)]
        lint = [ruff, "check", "--isolated", "--exit-zero", "-q", "--select", RUFF_FAMILIES]
        warm_ruff = [*lint, "--cache-dir", str(kept / "ruff"), str(folder)]
        commands = {
            "ruff cold": [*lint, "--no-cache", str(folder)],
            "ours cold": [*ours, "--no-cache", str(folder)],
            "ours cold, 1 process": [*ours, "--no-cache", "--jobs", "1", str(folder)],
            "ruff warm": warm_ruff,
            "ours warm": warm,
            "python -c pass": [sys.executable, "-c", "pass"],
            "ours, one file": [*ours, "--no-cache", str(small)],
        }
        for command in (warm, warm_ruff, commands["ours, one file"]):
            run(command, here)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(given.rounds):
            for name, command in commands.items():
                times[name].append(run(command, here))
    cpu = {name: statistics.median(pair[0] for pair in pairs) for name, pairs in times.items()}
    wall = {name: statistics.median(pair[1] for pair in pairs) for name, pairs in times.items()}
    print(f"{given.rounds} rounds, medians; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for name in commands:
        print(f"  {name:22} CPU {cpu[name]:7.3f} s   wall {wall[name]:7.3f} s")
    for name, base, goal in (
        ("ours cold", "ruff cold", 6),
        ("ours cold, 1 process", "ruff cold", 6),
        ("ours warm", "ruff warm", 0.3),
        ("ours, one file", "python -c pass", 4),
    ):
        print(
            f"  {name} / {base}: CPU {cpu[name] / cpu[base]:.2f} (goal {goal}), wall {wall[name] / wall[base]:.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
