"""Much at once, and for long: interleaved work, memory, large folders, slow disks, clients that do not read.

See tests/nightly.py for the full sizes. Times are asserted only there: here they
would measure the machine's other work.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import Client, insert, profile, replace
from nightly import NIGHTLY, size
from test_notebooks import Notebook
from test_session import BASIC, actions_at, last_published, line, rules_of
from test_workspace import WATCHES, shown, until
from toys import START, toy_client

URI = "file:///work/a.py"
needs_proc = pytest.mark.skipif(not os.path.isdir("/proc"), reason="reads memory from /proc")


def alive(client: Client, within: float = 30.0) -> float:
    """Seconds until the server answers a request; fails if it has died or shown a pop-up."""
    began = time.monotonic()
    client.answer(client.request("no/such"), within)
    assert not [m for _, m in client.log if str(m.get("method")).startswith("window/showMessage")]
    return time.monotonic() - began


def kilobytes(client: Client) -> int:
    """Resident memory of the server itself."""
    pages = int(Path("/proc", str(client.process.pid), "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def cpu_seconds(client: Client) -> float:
    fields = Path("/proc", str(client.process.pid), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * share))]


def say(what: str, *figures: object) -> None:
    """Figures of the long runs, seen with `pytest -s`."""
    if NIGHTLY:
        print(f"\n{what}:", *figures)


# Much at once


def test_a_large_document_holds_up_no_other_request() -> None:
    with toy_client() as client:
        client.initialize(BASIC)
        client.open(URI, "def f(x):\n    return x + 1\n" * size(3000, 25_000))
        client.diagnostics(URI, seconds=60)
        took = []
        for number in range(size(10, 100)):
            client.change(URI, insert(number * 50, 0, "# typed\n"))
            took.append(alive(client))
        say(
            "a request while 50,000 lines are typed in, p50 and p95",
            percentile(took, 0.5),
            percentile(took, 0.95),
        )
        if NIGHTLY:
            assert percentile(took, 0.95) < 0.05


def test_many_documents_at_once() -> None:
    uris = [f"file:///work/{number}.py" for number in range(size(100, 1000))]
    with toy_client() as client:
        client.initialize(BASIC)
        for uri in uris:
            client.open(uri, "safe_word\n" * 5)
        for uri in uris:
            assert len(client.diagnostics(uri)) == 5
        for uri in uris:
            client.close(uri)
        alive(client)


@pytest.mark.parametrize("seed", range(size(2, 20)))
def test_interleaved_requests_edits_cancellations_and_settings(seed: int, tmp_path: Path) -> None:
    """Every request is answered once, and in the end each document shows its own text's findings."""
    draw = random.Random(seed)
    config = tmp_path / "mldebt.toml"
    config_changed = {"changes": [{"uri": config.as_uri(), "type": 2}]}
    uris = [(tmp_path / f"{number}.py").as_uri() for number in range(5)]
    words = ("safe_word\n", "dead_word ", "(", "twin_word\n", "\n", "shared_a\n")
    asked: list[int] = []
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path)
        for uri in uris:
            client.open(uri, "x = 1\n")
        for _ in range(size(400, 1000)):
            uri = draw.choice(uris)
            about = {"textDocument": {"uri": uri}}
            match draw.randrange(8):
                case 0 | 1 | 2:
                    client.change(uri, insert(0, 0, draw.choice(words)))
                case 3:
                    params = {**about, "range": line(0, 0, 9), "context": {"diagnostics": []}}
                    asked.append(client.request("textDocument/codeAction", params))
                case 4:
                    place = {"line": 0, "character": draw.randrange(9)}
                    asked.append(client.request("textDocument/hover", {**about, "position": place}))
                case 5 if asked:
                    client.notify("$/cancelRequest", {"id": draw.choice(asked)})
                case 6:
                    client.close(uri)
                    client.open(uri, "twin_word\n" * draw.randrange(4))
                case 7 if draw.random() < 0.2:
                    ignored = draw.choice(("[]", '["toy-dead"]', '["toys"', '["toy-twins"]'))
                    config.write_text(f"ignore = {ignored}\n")
                    client.notify("workspace/didChangeWatchedFiles", config_changed)
        config.write_text("")
        client.notify("workspace/didChangeWatchedFiles", config_changed)
        for request in asked:
            client.answer(request)
        for number, uri in enumerate(uris):
            fresh = f"file:///elsewhere/{number}.py"
            client.open(fresh, client.documents[uri])
            expected = [one for one in rules_of(client.diagnostics(fresh)) if one != "toy-shared"]
            client.shows(uri, lambda rules, e=expected: [one for one in rules if one != "toy-shared"] == e)  # type: ignore[misc]
            client.close(fresh)
        for request in asked:
            assert len(client.answers(request)) == 1
        assert client.leave() == 0
        assert "Traceback" not in client.stderr()


def test_no_diagnostics_are_ever_about_an_older_text() -> None:
    """Versions only grow, and each list fits the text of its version."""
    draw = random.Random(7)
    texts: dict[int, str] = {}
    with toy_client() as client:
        client.initialize(BASIC)
        client.open(URI, "chunk_word\n")
        texts[1] = client.documents[URI]
        for _ in range(300):
            n_lines = client.documents[URI].count("\n")
            typed = draw.choice(("chunk_word\n", "x\n", "\n", " "))
            version = client.change(URI, insert(draw.randrange(n_lines + 1), 0, typed))
            texts[version] = client.documents[URI]
            if draw.random() < 0.1:
                time.sleep(0.02)
        last_published(client, URI)
        told = [m["params"] for _, m in client.log if m.get("method") == "textDocument/publishDiagnostics"]
        versions = [one["version"] for one in told]
        assert versions == sorted(versions)
        for one in told:
            lines = texts[one["version"]].split("\n")
            for found in one["diagnostics"]:
                start, end = found["range"]["start"], found["range"]["end"]
                assert lines[start["line"]][start["character"] : end["character"]] == "chunk_word"


def test_a_client_that_stops_reading_costs_no_memory_and_gets_the_latest() -> None:
    """10,000 findings pending, again and again, while nobody reads."""
    with toy_client(read=False) as client:
        client.encoding = "utf-16"
        client.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": BASIC})
        client.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
        uris = [f"file:///work/{number}.py" for number in range(10)]
        for uri in uris:
            client.open(uri, "safe_word\n" * 1000)
        ends, seen = time.monotonic() + size(4, 30), []
        while time.monotonic() < ends:
            for uri in uris:
                client.change(uri, insert(0, 0, "#"))
            time.sleep(0.25)
            seen.append(kilobytes(client) if os.path.isdir("/proc") else 0)
        client.start_reading()
        for uri in uris:
            client.shows(uri, lambda rules: len(rules) == 1000)
        say("memory of a server nobody reads, KB", seen[len(seen) // 2], seen[-1])
        assert seen[-1] - seen[len(seen) // 2] < 10_000, seen


# Memory


def grown_over(rounds: int, client: Client, work: Callable[[], None]) -> tuple[int, list[int]]:
    """(KB by which memory has grown after the second round, KB after each round)."""
    seen = []
    for _ in range(rounds):
        work()
        alive(client)
        time.sleep(1.5)  # until what is done when nobody types is done
        seen.append(kilobytes(client))
        del client.log[:]
    return seen[-1] - seen[min(len(seen) // 4 + 1, len(seen) - 2)], seen


@needs_proc
@pytest.mark.timeout(size(120, 3600))
def test_memory_does_not_grow_with_edits() -> None:
    """Below 1 KB for 1,000 edits in the long run; the short one finds what grows with each of them."""
    rounds, edits = size((3, 1500), (22, 5000))
    with toy_client() as client:
        client.initialize(BASIC)
        client.open(URI, "".join(f"def f{n}(x):\n    return x + {n}\n\n" for n in range(60)))
        client.diagnostics(URI)
        alive(client)  # pygls is loaded by the first request

        def work() -> None:
            for edit in range(edits // 2):
                at = (edit * 7) % 150
                client.change(URI, insert(at, 0, "#"))
                client.change(URI, replace(at, 0, at, 1, ""))
                if edit % 50 == 0:
                    client.diagnostics(URI)
            client.diagnostics(URI)

        grown, seen = grown_over(rounds, client, work)
        n_thousands = (rounds - len(seen) // 4 - 2) * edits / 1000
        say("memory after each round of edits, KB", seen, "KB a thousand edits:", grown / max(1, n_thousands))
        # A future kept of each notification, as plain pygls does, is 2,000 KB for 1,000 edits.
        assert grown < size(400.0, 1.0) * max(1, n_thousands) + size(0, 100), seen


@needs_proc
@pytest.mark.timeout(size(120, 3600))
def test_memory_does_not_grow_with_documents_requests_and_reloads(tmp_path: Path) -> None:
    config = tmp_path / "mldebt.toml"
    rounds, times = size((3, 60), (21, 500))
    uri = (tmp_path / "a.py").as_uri()
    hover = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}}
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path)

        def work() -> None:
            for number in range(times):
                client.open(uri, "safe_word\n" * 20)
                client.call("textDocument/hover", hover)
                client.close(uri)
                if number % 10 == 0:
                    config.write_text(f"# {number}\nignore = []\n")
                    changes = [{"uri": config.as_uri(), "type": 2}]
                    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

        grown, seen = grown_over(rounds, client, work)
        say("memory after each round of documents and reloads, KB", seen)
        assert grown < size(1500, 500), seen


@needs_proc
@pytest.mark.timeout(size(120, 3600))
def test_memory_does_not_grow_with_notebooks() -> None:
    rounds, times = size((3, 30), (11, 100))
    with toy_client() as client:
        client.initialize(profile("vscode-1.139"), options={"pullDiagnostics": False})
        book = Notebook(client)
        book.open(*(book.new(f"safe_word\nx = {n}\n") for n in range(10)))

        def work() -> None:
            for _ in range(times):
                book.splice(3, 1, book.new("twin_word\n"))
                book.splice(0, 2, book.order[1], book.order[0])
                book.type(book.order[5], insert(0, 0, "#"))
                book.type(book.order[5], replace(0, 0, 0, 1, ""))
            time.sleep(0.5)

        grown, seen = grown_over(rounds, client, work)
        say("memory after each round of notebook edits, KB", seen)
        assert grown < size(1500, 500), seen


# Folders and disks


@pytest.mark.timeout(size(120, 1200))
def test_a_large_workspace_does_not_hold_up_the_open_file(tmp_path: Path) -> None:
    n_files = size(300, 10_000)
    for number in range(n_files):
        folder = tmp_path / f"p{number // 100}"
        folder.mkdir(exist_ok=True)
        text = f"shared_{number} = {number}\nchunk_word\n" + "def f(x):\n    return x\n" * 10
        (folder / f"m{number}.py").write_text(text)
    paths = [tmp_path / f"p{number // 100}" / f"m{number}.py" for number in range(1, n_files)]
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path, options={"diagnosticMode": "workspace"})
        first = (tmp_path / "p0" / "m0.py").as_uri()
        began = time.monotonic()
        client.open(first, "safe_word\n")
        assert rules_of(client.diagnostics(first)) == ["toy-safe"]
        opened = time.monotonic() - began
        took, scanned = [], 0.0
        while time.monotonic() - began < size(60, 600):
            before = time.monotonic()
            client.change(first, insert(0, 0, "x"))
            client.diagnostics(first)
            took.append(time.monotonic() - before)
            time.sleep(0.05)
            if not scanned:
                told = {
                    m["params"]["uri"]
                    for _, m in client.log[-n_files * 3 :]
                    if m.get("method") == "textDocument/publishDiagnostics" and m["params"]["diagnostics"]
                }
                if len(told) >= n_files - 1:
                    scanned = time.monotonic() - began
                    break
        assert scanned, "the folder was never scanned to its end"
        assert all(shown(client, path) == ["toy-chunk"] for path in (paths[0], paths[-1]))
        if os.path.isdir("/proc"):
            time.sleep(3.0)
            memory, before_cpu = kilobytes(client), cpu_seconds(client)
            time.sleep(size(1.0, 60.0))
            busy = (cpu_seconds(client) - before_cpu) / size(1.0, 60.0)
            say(
                f"{n_files} files: open {opened:.2f} s, all shown {scanned:.1f} s ({n_files / scanned:.0f} files/s),",
                f"keys p50 {percentile(took, 0.5) * 1000:.1f} ms p95 {percentile(took, 0.95) * 1000:.1f} ms,",
                f"{memory} KB, idle {busy:.4f} of a core",
            )
            assert memory < 300_000
            assert busy < 0.1, "an idle server is busy"
        if NIGHTLY:
            assert opened < 1.0 and percentile(took, 0.95) < 0.25


SLOW = """
import os, sys, threading, time
ROOT, WAIT, LOG = {root!r}, {wait}, {log!r}
def slowly(function):
    def wrapped(path, *rest, **named):
        if isinstance(path, (str, os.PathLike)) and str(path).startswith(ROOT) and armed:
            if threading.current_thread() is threading.main_thread():
                with real_open(LOG, "a") as log:
                    log.write(f"{{function.__name__}} {{path}}\\n")
            time.sleep(WAIT)
        return function(path, *rest, **named)
    return wrapped
import builtins
real_open, armed = builtins.open, []
def arm():
    armed.append(True)
os.stat, os.lstat, os.listdir, os.scandir = map(slowly, (os.stat, os.lstat, os.listdir, os.scandir))
builtins.open, os.open = slowly(builtins.open), slowly(os.open)
threading.Timer({after}, arm).start()
"""


def test_a_slow_disk_does_not_hold_up_typing(tmp_path: Path) -> None:
    """Once the server is up, every look at the disk takes 0.2 s; none of them is on the path of a key."""
    work = tmp_path / "work"
    (work / ".git").mkdir(parents=True)
    (work / "mldebt.toml").write_text("")
    for number in range(5):
        (work / f"m{number}.py").write_text("safe_word\n")
    log = tmp_path / "log"
    script = f"{SLOW.format(root=str(work), wait=0.2, log=str(log), after=1.5)}\n{START}; serve()"
    with Client(script=script) as client:
        client.initialize(WATCHES, root=work, options={"diagnosticMode": "workspace"})
        uri = (work / "a.py").as_uri()
        client.open(uri, "x = 1\n")
        client.diagnostics(uri)
        until(lambda: shown(client, work / "m0.py") == ["toy-safe"])
        time.sleep(2.0)
        for _ in range(size(8, 40)):
            client.change(uri, insert(0, 0, "#"))
            client.diagnostics(uri)
            actions_at(client, line(0, 0, 1), uri)
            time.sleep(0.15)
        # What is done when nobody types is done in between as well.
        time.sleep(1.5)
        client.change(uri, insert(0, 0, "safe_word\n"))
        client.shows(uri, lambda rules: rules == ["toy-safe"])
        (work / "m0.py").write_text("dead_word\n")
        changes = [{"uri": (work / "m0.py").as_uri(), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        until(lambda: shown(client, work / "m0.py") == ["toy-dead"])
        looked: Any = log.read_text() if log.exists() else ""
        assert not looked, f"looked at the disk where keys are waited for:\n{looked}"
        assert client.leave() == 0
