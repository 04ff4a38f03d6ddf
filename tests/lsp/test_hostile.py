"""What nobody should send and somebody will: texts and files that are huge, deep, broken, or no Python at all.

Nothing hangs, nothing dies, nothing is logged as a failure of ours, and the next
text is analysed as ever. See tests/nightly.py for the full sizes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from harness import Client, insert, replace
from nightly import size
from test_session import BASIC, actions_at, line
from test_workspace import WATCHES, shown, until
from toys import toy_client

NUMBERS = count(1)
SLOW_SECONDS = size(60.0, 300.0)


def nested(depth: int) -> str:
    return "".join(" " * level + "if x:\n" for level in range(depth)) + " " * depth + "safe_word\n"


HOSTILE = {
    "empty": "",
    "one character": "x",
    "only line ends": "\n" * 5000,
    "only returns": "\r" * 5000,
    "only spaces": " " * 50_000,
    "NUL": "x = 1\0\ny = safe_word\n",
    "byte order mark": "\ufeffx = safe_word\n",
    "form feeds": "x = 1\x0c\n\x0cy = safe_word\n",
    "other line ends": "x = '\u2028\u2029\x85\x0b'\rsafe_word\r\n",
    "lone surrogate": "x = '\ud800'\nsafe_word\n",
    "bidirectional": "x = '\u202e\u2066' # safe_word\n",
    "combining": "e\u0301" * 3000 + " = safe_word\n",
    "no Python at all": "<html><body onload='x'>safe_word</body></html>\n" * 200,
    "binary": "".join(chr(n) for n in range(1, 256)) * 40,
    "10,000 parentheses": "x = " + "(" * 10_000 + ")" * 10_000 + "\nsafe_word\n",
    "10,000 open parentheses": "(" * 10_000 + "\nsafe_word\n",
    "10,000 additions": "x = " + " + ".join(["1"] * 10_000) + "\nsafe_word\n",
    "3,000 attributes": "x = a" + ".b" * 3000 + "\nsafe_word\n",
    "95 blocks": nested(95),
    "1,000 blocks": nested(1000),
    "10,000 decorators": "@d\n" * 10_000 + "def f(): safe_word\n",
    "many elifs": "if x: pass\n" + "elif y: pass\n" * size(2000, 100_000) + "safe_word\n",
    "unclosed string": "x = '''\n" + "safe_word\n" * 200,
    "one long line": "x = [" + "1, " * size(66_000, 333_000) + "safe_word]\n",
    "one long line, not ASCII": "x = '" + "é🙂" * size(50_000, 250_000) + "', safe_word\n",
    "many lines": "x = 1\n" * size(10_000, 50_000) + "safe_word\n",
    "almost too large": "x = [0, 1, 2]  # xx\n" * size(10_000, 249_000) + "safe_word\n",
    "5,000 backslashes": "x = 1 + \\\n" * 5000 + "safe_word\n",
    "10,000 findings": "safe_word\n" * 10_000,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    """One server for all of them: whatever is left of one text is there for the next."""
    with toy_client() as client:
        client.initialize(BASIC)
        yield client
        assert client.leave() == 0


@pytest.mark.timeout(size(120, 900))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_opened_edited_and_closed(server: Client, name: str) -> None:
    text, uri = HOSTILE[name], f"file:///work/{next(NUMBERS)}.py"
    before = len(server.stderr())
    server.open(uri, text)
    server.shows(uri, lambda rules: ("toy-safe" in rules) == ("safe_word" in text), SLOW_SECONDS)
    for change in (
        insert(0, 0, "("),
        insert(0, 1, ")\n"),
        replace(0, 0, 1, 0, ""),
        # Where there are more findings than are shown, the last ones do not show.
        insert(0 if name == "10,000 findings" else 2**31, 0, "\ndead_word\n"),
    ):
        server.change(uri, change)
    server.shows(uri, lambda rules: "toy-dead" in rules, SLOW_SECONDS)
    for method in ("textDocument/hover", "textDocument/codeLens", "textDocument/documentLink"):
        params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
        server.call(method, params, SLOW_SECONDS)
    actions_at(server, line(0, 0, 5), uri)
    server.close(uri)
    server.published(uri, None)
    assert not [m for _, m in server.log if m.get("method") == "window/showMessage"]
    assert "Traceback" not in server.stderr()[before:]


@pytest.mark.timeout(size(120, 900))
@pytest.mark.parametrize(
    "name",
    ["10,000 parentheses", "10,000 additions", "many elifs", "unclosed string", "binary", "1,000 blocks"],
)
def test_our_own_rules_stand_hostile_texts(name: str) -> None:
    uri = "file:///work/a.py"
    with Client() as client:
        client.initialize(BASIC)
        head = "import torch\nimport pandas as pd\n\n\ndef load():\n    return 1\n\n\n"
        client.open(uri, head + HOSTILE[name])
        client.diagnostics(uri, seconds=SLOW_SECONDS)
        client.change(uri, insert(5, 0, "    x = pd.read_csv('/home/maria/x.csv')\n"))
        client.shows(uri, lambda rules: "hardcoded-path" in rules, SLOW_SECONDS)
        assert client.leave() == 0
        assert "Traceback" not in client.stderr()


def test_a_text_too_large_to_analyse_is_edited_all_the_same(server: Client) -> None:
    uri = "file:///work/large.py"
    server.open(uri, "x = 1\n" * 1_000_000)
    assert server.diagnostics(uri, seconds=60) == []
    # The harness would apply these to its own 6 MB, character by character.
    for version in range(2, 22):
        document = {"uri": uri, "version": version}
        server.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [insert(500_000, 0, "y")]}
        )
    server.versions[uri] = 21
    assert server.diagnostics(uri, seconds=60) == []
    notices = [m["params"]["message"] for _, m in server.log if m.get("method") == "window/logMessage"]
    assert sum("large.py: " in notice for notice in notices) == 1, notices
    server.change(uri, {"text": "safe_word\n"})
    server.shows(uri, lambda rules: rules == ["toy-safe"])
    server.close(uri)


def test_what_is_left_out_is_said_once(server: Client) -> None:
    uri = "file:///work/crowded.py"
    server.open(uri, "safe_word\n" * 1500)
    server.shows(uri, lambda rules: len(rules) == 1000)
    for _ in range(3):
        server.change(uri, insert(0, 0, "\n"))
        server.diagnostics(uri)
    notices = [m["params"]["message"] for _, m in server.log if m.get("method") == "window/logMessage"]
    assert sum("crowded.py: " in notice for notice in notices) == 1, notices
    server.close(uri)


def test_a_rule_that_never_ends_costs_its_own_findings_only() -> None:
    """In the server's own process, on the document somebody types in."""
    uri = "file:///work/a.py"
    with toy_client(env={"TOYS_HURRY": "0.5"}) as client:
        client.initialize(BASIC)
        client.open(uri, "safe_word\nchunk_word\n")
        client.shows(uri, lambda rules: rules == ["toy-chunk", "toy-safe"])
        client.change(uri, insert(0, 0, "endless_word\n"))
        client.shows(uri, lambda rules: rules == ["toy-chunk", "toy-safe"])
        for _ in range(20):
            client.change(uri, insert(0, 0, "dead_word\n"))
        client.shows(uri, lambda rules: rules == ["toy-chunk", *["toy-dead"] * 20, "toy-safe"])
        # A rule over pieces is caught the same way.
        client.change(uri, insert(0, 0, "loop_word\n"))
        client.change(uri, insert(0, 0, "x\n"))
        client.shows(uri, lambda rules: rules == [*["toy-dead"] * 20, "toy-safe"])
        assert client.stderr().count("rule toy-fault does not end") == 1
        assert client.stderr().count("rule toy-chunk does not end") == 1
        assert client.leave() == 0


# Files


def test_a_folder_full_of_hostile_files(tmp_path: Path) -> None:
    """Each is passed over with its reason; the others are found."""
    long = "long" * 50 + ".py"
    (tmp_path / "good.py").write_text("safe_word\n")
    (tmp_path / "latin.py").write_bytes("# é\nx = 'é'\n".encode("latin-1"))
    (tmp_path / "utf16.py").write_bytes("safe_word\n".encode("utf-16"))
    (tmp_path / "mark.py").write_bytes(b"\xef\xbb\xbfsafe_word\n")
    (tmp_path / "lies.py").write_bytes(b"# -*- coding: no-such -*-\nsafe_word\n")
    (tmp_path / "nul.py").write_bytes(b"safe_word\0\n")
    (tmp_path / "empty.py").write_bytes(b"")
    (tmp_path / "returns.py").write_bytes(b"\r" * 1000)
    (tmp_path / "binary.py").write_bytes(bytes(range(256)) * 100)
    (tmp_path / "broken.ipynb").write_text("{not json")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "itself.py").symlink_to(tmp_path / "itself.py")
    (tmp_path / long).write_text("dead_word\n")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.py")
    with contextlib.suppress(OSError):  # Not every file system takes such a name.
        (tmp_path / os.fsdecode(b"\xff\xfe.py")).write_text("dead_word\n")
    (tmp_path / "secret.py").write_text("safe_word\n")
    (tmp_path / "secret.py").chmod(0)
    (tmp_path / "broken.yaml").write_text("a: [\n")
    with toy_client() as client:
        client.initialize(WATCHES, root=tmp_path, options={"diagnosticMode": "workspace"})
        until(lambda: shown(client, tmp_path / "good.py") == ["toy-safe"])
        until(lambda: shown(client, tmp_path / "mark.py") == ["toy-safe"])
        until(lambda: shown(client, tmp_path / long) == ["toy-dead"])
        # Gone between the listing and the reading, or right after.
        for number in range(30):
            (tmp_path / f"short{number}.py").write_text("safe_word\n")
        changed = [{"uri": (tmp_path / f"short{n}.py").as_uri(), "type": 1} for n in range(30)]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changed})
        for number in range(30):
            (tmp_path / f"short{number}.py").unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{**one, "type": 3} for one in changed]})
        (tmp_path / "good.py").write_text("dead_word\n")
        client.notify(
            "workspace/didChangeWatchedFiles",
            {"changes": [{"uri": (tmp_path / "good.py").as_uri(), "type": 2}]},
        )
        until(lambda: shown(client, tmp_path / "good.py") == ["toy-dead"])
        until(lambda: not any(shown(client, tmp_path / f"short{n}.py") for n in range(30)))
        assert client.leave() == 0
        assert "Traceback" not in client.stderr()
