"""No pattern of ours takes ages on text that was made to stumble over: real files are."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import mldebt
from mldebt import text as text_module

SERVER = Path(mldebt.__file__).parents[1]
SECONDS = 60
# All patterns over all texts together take about two; one that backtracks for ever takes more than anybody's patience.

LINES = (
    "# a = 1", "    # a = 1", "#", "", "    ", "\t", "import os", "from a import (b,", "    pass", "    return x", "x = (",
    "if a and b:", "def f(a, b):", "class A(B):", "  - a: b", "key: value  # note", "[a, b", '"a', "'a': 1,", "a.b.c.d",
    "a = b = c", "x[\"a\"] = 1", "df['a'] = df['b']", "with open('a') as f:", "a==1.0;b>=2", "-----", "@a.b", "/home/a/b",
    "0.1", "1e-3,", "print(a, b)", "# a, b, c", "params = yaml.load(", "{", "}", "raise A", "a b c d e f", "é è",
)  # fmt: skip
ENDS = ("\n", "\r\n", " ")


def hostile() -> list[str]:
    """Runs of one line, with every kind of end, behind something that starts a match and before what ends it badly."""
    texts = []
    for line in LINES:
        for end in ENDS:
            run = (line + end) * 30
            texts += [f"{run}§", f"\n    return x{end}{run}!"]
    return texts


def patterns() -> list[re.Pattern[str]]:
    """All that our modules have made when they are imported."""
    for module in pkgutil.walk_packages(mldebt.__path__, "mldebt."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: dict[tuple[str, int], re.Pattern[str]] = {}
    for one in gc.get_objects():
        if isinstance(one, text_module._Pattern):
            one = re.compile(one._source, one._flags)
        if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
            found[one.pattern, one.flags] = one
    return list(found.values())


def main() -> None:
    every, texts = patterns(), hostile()
    for pattern in every:
        print(repr(pattern.pattern), flush=True)
        for text in texts:
            pattern.search(text, 1)
            pattern.match(text)
            pattern.fullmatch(text)
    print(len(every))


def test_no_pattern_backtracks_for_ever() -> None:
    code = "import test_patterns; test_patterns.main()"
    environment = {"PYTHONPATH": f"{SERVER}:{Path(__file__).parent}", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        told = (error.stdout or b"").decode("utf-8", "replace").splitlines()
        raise AssertionError(f"this pattern takes for ever: {told[-1] if told else '?'}") from None
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) > 300
