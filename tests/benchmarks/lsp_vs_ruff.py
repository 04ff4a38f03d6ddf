#!/usr/bin/env python3
"""Our language server beside `ruff server`, edit by edit in turn; prints ratios and says which goals are missed.

    python tests/benchmarks/lsp_vs_ruff.py [FILE ...] [--edits 192] [--burst 99]

Without FILEs it makes four of 200, 1,000, 5,000 and 10,000 lines. Text is typed a
character at a time near the top, the middle and the bottom; measured is the time
from `didChange` to the `publishDiagnostics` of that version. All our default rules
are on, and 17 families of ruff's. The servers take turns with every edit, so a busy
machine is busy for both: trust ratios, not milliseconds.

Goals for the four sizes, as shares of ruff's:

    median edit     1.2    0.45   0.3    0.18
    p99 of edits    1.5 on each
    CPU an edit     1.5    1      0.7    0.4
    burst of edits  0.05 on each; last edit sent -> diagnostics of the last version
    memory          at most 120 MB
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

RUFF_FAMILIES = "ERA PLR2004 PTH PD NPY S301 S F E7 FIX TD BLE T20 C901 PLR0913 PLR0915 ARG".split()
SIZES = (200, 1_000, 5_000, 10_000)
GOALS = {200: (1.2, 1.5), 1_000: (0.45, 1.0), 5_000: (0.3, 0.7), 10_000: (0.18, 0.4)}
"""Lines -> (median, CPU) as shares of ruff's; other files are held against the nearest size."""
MOST_P99, MOST_BURST, MOST_MEGABYTES = 1.5, 0.05, 120
TYPED = "total_loss = compute(alpha, 30)"
# 31 characters: with the new line before and its removal after, three places make 99 edits,
# after which the text is what it was.
TIMEOUT_SECONDS = 60.0

MODULE = '''"""Training of model {n}."""

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
'''
FUNCTION = """

def features_{n}(frame):
    # Amounts are in cents, dates in UTC.
    frame = frame.copy()
    frame["day_{n}"] = frame["date"].dt.dayofyear
    frame["is_weekend"] = frame["date"].dt.weekday >= 5
    frame["amount_{n}"] = frame["amount"].clip(lower=0)
    grouped = frame.groupby("customer")["amount_{n}"]
    frame["mean_{n}"] = grouped.transform("mean")
    frame["rank_{n}"] = grouped.rank(method="first")
    for name in ("country", "channel", "product"):
        counts = frame[name].value_counts()
        frame[f"{{name}}_count"] = frame[name].map(counts)
    missing = frame.isna().sum()
    if missing.any():
        names = ", ".join(missing[missing > 0].index)
        raise ValueError(f"columns with gaps: {{names}}")
    return frame


def train_{n}(path, config):
    frame = features_{n}(pd.read_csv(path))
    labels = frame.pop("label")
    train, test, y, y_test = train_test_split(frame, labels, test_size=config.test_size, random_state={s})
    scaler = StandardScaler().fit(train)
    model = RandomForestClassifier(n_estimators={e}, max_depth=config.depth, n_jobs=-1)
    model.fit(scaler.transform(train), y)
    score = model.score(scaler.transform(test), y_test)
    print(f"model {n}: {{score}} on {{len(test)}} rows")
    return model, {{"score": score, "rows": len(frame), "mean": float(np.mean(y))}}
"""


def made(n_lines: int) -> str:
    """A script of about this many lines, the same every time."""
    draw = random.Random(n_lines)
    parts, lines = [MODULE.format(n=n_lines)], 7
    while lines < n_lines:
        parts.append(FUNCTION.format(n=lines, s=draw.randrange(99), e=draw.randrange(50, 900)))
        lines += FUNCTION.count("\n")
    return "".join(parts)


OURS = os.pathsep.join(
    [str(Path(__file__).resolve().parents[2] / "server"), os.environ.get("PYTHONPATH", "")]
)


class Server:
    """One language server and what it has published about one document."""

    def __init__(self, command: list[str], root: Path) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={**os.environ, "PYTHONPATH": OURS},
            bufsize=0,
        )
        self.published: queue.Queue[tuple[float, int | None]] = queue.Queue()
        self.answers: queue.Queue[Any] = queue.Queue()
        self.version = 1
        threading.Thread(target=self._read, daemon=True).start()
        capabilities = {
            "textDocument": {
                "publishDiagnostics": {
                    "versionSupport": True,
                    "codeDescriptionSupport": True,
                    "relatedInformation": True,
                }
            },
            "general": {"positionEncodings": ["utf-16"]},
        }
        params = {
            "processId": os.getpid(),
            "rootUri": root.as_uri(),
            "capabilities": capabilities,
            "workspaceFolders": None,
        }
        self.send({"id": 1, "method": "initialize", "params": params})
        self.answers.get(timeout=TIMEOUT_SECONDS)
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def _read(self) -> None:
        assert self.process.stdout is not None
        stream = os.fdopen(os.dup(self.process.stdout.fileno()), "rb", buffering=1 << 20)
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not line:
                return
            body = stream.read(length)
            arrived = time.perf_counter()
            message = json.loads(body)
            if message.get("method") == "textDocument/publishDiagnostics":
                self.published.put((arrived, message["params"].get("version")))
            elif "id" in message and "method" in message:
                self.send(
                    {
                        "id": message["id"],
                        "result": [None] if message["method"] == "workspace/configuration" else None,
                    }
                )
            elif "id" in message:
                self.answers.put(message)

    def open(self, uri: str, text: str) -> None:
        self.uri = uri
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        self.until(1)

    def change(self, change: dict[str, Any]) -> float:
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        began = time.perf_counter()
        self.send(
            {
                "method": "textDocument/didChange",
                "params": {"textDocument": document, "contentChanges": [change]},
            }
        )
        return began

    def until(self, version: int) -> float:
        """When the diagnostics of this version arrived."""
        while True:
            arrived, told = self.published.get(timeout=TIMEOUT_SECONDS)
            if told is not None and told >= version:
                return arrived

    def usage(self) -> tuple[float, float]:
        """(CPU seconds so far, megabytes) of the process itself; zeros where /proc does not tell."""
        try:
            fields = Path("/proc", str(self.process.pid), "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0, 0.0
        ticks = os.sysconf("SC_CLK_TCK")
        return (int(fields[11]) + int(fields[12])) / ticks, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        self.send({"id": 2, "method": "shutdown"})
        self.send({"method": "exit"})
        self.process.wait(10)


def typing(text: str, count: int) -> list[dict[str, Any]]:
    """At least `count` content changes: a line typed and taken back at three places in turn."""
    lines = text.split("\n")
    changes: list[dict[str, Any]] = []

    def replace(line: int, column: int, end_line: int, end_column: int, new: str) -> None:
        span = {
            "start": {"line": line, "character": column},
            "end": {"line": end_line, "character": end_column},
        }
        changes.append({"range": span, "text": new})

    plain = [
        n for n, line in enumerate(lines) if line.startswith("    ") and line.endswith(")") and line.isascii()
    ] or [0]
    while len(changes) < count:
        for share in (0.03, 0.5, 0.97):
            line = min(plain, key=lambda number: abs(number - share * len(lines)))
            end = len(lines[line])
            indent = lines[line][: end - len(lines[line].lstrip())]
            replace(line, end, line, end, "\n" + indent)
            for column, character in enumerate(TYPED, len(indent)):
                replace(line + 1, column, line + 1, column, character)
            replace(line, end, line + 1, len(indent) + len(TYPED), "")
    return changes


def measured(
    servers: dict[str, Server], path: Path, n_edits: int, n_burst: int
) -> dict[str, dict[str, float]]:
    """What each server took on one file."""
    text = path.read_text(encoding="utf-8")
    for server in servers.values():
        server.open(path.as_uri(), text)
    time.sleep(2.5)  # until both have done what they do when nobody types
    changes = typing(text, max(n_edits, n_burst))
    took: dict[str, list[float]] = {name: [] for name in servers}
    before = {name: server.usage()[0] for name, server in servers.items()}
    names = list(servers)
    for number, change in enumerate(changes):
        for name in names[number % 2 :] + names[: number % 2]:
            server = servers[name]
            began = server.change(change)
            took[name].append(server.until(server.version) - began)
    found = {}
    for name, server in servers.items():
        cpu = (server.usage()[0] - before[name]) / len(changes)
        bursts = []
        for _ in range(3):
            for change in changes[:n_burst]:
                last = server.change(change)
            bursts.append(server.until(server.version) - last)
        ordered = sorted(took[name])
        found[name] = {
            "median": statistics.median(ordered) * 1000,
            "p99": ordered[int(0.99 * len(ordered))] * 1000,
            "CPU": cpu * 1000,
            "burst": statistics.median(bursts) * 1000,
            "MB": server.usage()[1],
        }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--edits", type=int, default=192)
    parser.add_argument("--burst", type=int, default=99)
    given = parser.parse_args()
    ruff = shutil.which("ruff") or str(Path(sys.executable).with_name("ruff"))
    missed = []
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        (root / "ruff.toml").write_text(f"[lint]\nselect = {json.dumps(RUFF_FAMILIES)}\n")
        paths = []
        for source in given.files or SIZES:
            text = made(source) if isinstance(source, int) else source.read_text(encoding="utf-8")
            path = root / f"train_{len(text.splitlines())}.py"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        print(f"{'file':>16} {'':8} {'median':>8} {'p99':>8} {'CPU':>8} {'burst':>8} {'MB':>6}")
        for path in paths:
            servers = {
                "ruff": Server([ruff, "server"], root),
                "ours": Server([sys.executable, "-m", "mldebt"], root),
            }
            try:
                found = measured(servers, path, given.edits, given.burst)
            finally:
                for server in servers.values():
                    server.stop()
            n_lines = len(path.read_text(encoding="utf-8").splitlines())
            median, cpu = GOALS[min(SIZES, key=lambda size: abs(size - n_lines))]
            goals = {"median": median, "p99": MOST_P99, "CPU": cpu, "burst": MOST_BURST}
            shares = {name: found["ours"][name] / max(found["ruff"][name], 1e-9) for name in goals}
            for name, row in found.items():
                print(
                    f"{path.name:>16} {name:8} "
                    + " ".join(f"{row[one]:8.2f}" for one in goals)
                    + f" {row['MB']:6.0f}"
                )
            print(f"{'':>16} {'share':8} " + " ".join(f"{shares[one]:8.2f}" for one in goals))
            print(
                f"{'':>16} {'goal':8} "
                + " ".join(f"{goals[one]:8.2f}" for one in goals)
                + f" {MOST_MEGABYTES:6}"
            )
            missed += [
                f"{path.name}: {one} is {shares[one]:.2f} of ruff's, not {goals[one]}"
                for one in goals
                if shares[one] > goals[one]
            ]
            if found["ours"]["MB"] > MOST_MEGABYTES:
                missed.append(f"{path.name}: {found['ours']['MB']:.0f} MB")
    print("\n".join(["missed:", *missed] if missed else ["every goal is met"]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
