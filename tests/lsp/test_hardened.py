"""What pygls would do otherwise: failing handlers, futures nobody takes, requests that run, heavy imports.

With test_protocol, one test for each behaviour that rests on a private name of
pygls (see lsp/protocol.py), so that an upgrade that changes one fails here.
"""

from __future__ import annotations

import os
import subprocess
import sys

from harness import SERVER_ROOT, Client, insert, profile
from test_protocol import CANCELLED, URI, assert_alive, code
from toys import START, toy_client

INTERNAL_ERROR = -32603


def with_patches(*patches: str) -> Client:
    """A server of toy rules whose inside is changed by these lines first."""
    lines = "\n".join(("from mldebt.lsp import features", *patches))
    return Client(script=f"{START}\n{lines}\nserve()")


def test_a_handler_that_fails_answers_without_its_inside_and_shows_nobody_a_pop_up() -> None:
    with with_patches("features.hover_at = lambda *given: 1 / 0") as client:
        client.initialize()
        client.open(URI, "safe_word\n")
        place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
        for _ in range(3):
            request = client.request("textDocument/hover", place)
            error = client.answer(request)["error"]
            assert error["code"] == INTERNAL_ERROR and not error.get("data")
            assert "division" not in error["message"] and ".py" not in error["message"]
            assert len(client.answers(request)) == 1
        assert_alive(client)
        assert "ZeroDivisionError" in client.stderr()


def test_no_future_is_kept_of_what_is_done() -> None:
    """Plain pygls keeps one of each notification, about 2 KB a keystroke."""
    count = "features.debug_text = lambda session: str(len(session.dispatcher.upper._request_futures))"
    with with_patches(count) as client:
        client.initialize()
        client.open(URI, "safe_word\n")
        place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
        for _ in range(50):
            client.call("textDocument/hover", place)
            client.call("textDocument/codeLens", {"textDocument": {"uri": URI}})
            # Those that go through pygls as well, and one that fails.
            client.notify("workspace/didRenameFiles", {"files": []})
            client.notify("$/progress", {"token": 1, "value": None})
            client.answer(client.request("workspace/executeCommand", {"command": "mldebt.showRule"}))
        left = client.call("workspace/executeCommand", {"command": "mldebt.debugInformation"})
        assert int(left) <= 1  # this very request


def test_a_request_that_runs_can_be_cancelled() -> None:
    with toy_client() as client:
        client.initialize(profile("vscode-1.139"))
        request = client.request("workspace/diagnostic", {"previousResultIds": []})
        client.answer(client.request("no/such"))
        assert not client.answers(request), "it should wait for news"
        client.notify("$/cancelRequest", {"id": request})
        assert code(client.answer(request)) == CANCELLED
        # Once more when it is over: nobody minds.
        client.notify("$/cancelRequest", {"id": request})
        assert_alive(client)
        assert len(client.answers(request)) == 1
        parked = client.request("workspace/diagnostic", {"previousResultIds": []})
        assert client.leave() == 0
        assert len(client.answers(parked)) == 1


def test_the_text_is_right_after_whatever_was_wrong() -> None:
    """After changes of nothing, twice opened, with versions that go back: the last state is what is analysed."""
    with toy_client() as client:
        client.initialize()
        client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": "dead_word\n"}]},
        )
        client.open(URI, "dead_word\n", version=7)
        client.open(URI, "safe_word\n", version=3)
        client.change(URI, insert(2**32 - 1, 2**32 - 1, "risky_word\n"))
        client.notify(
            "textDocument/didChange", {"textDocument": {"uri": URI, "version": 5}, "contentChanges": [{}]}
        )
        client.versions[URI] = 1
        client.change(URI, insert(0, 0, "chunk_word\n"))
        client.shows(URI, lambda rules: rules == ["toy-chunk", "toy-risky", "toy-safe"])
        client.close(URI)
        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        client.open(URI, "twin_word twin_word\n")
        client.shows(URI, lambda rules: rules == ["toy-twins"])


def test_what_workers_and_the_command_line_import_is_light() -> None:
    """Neither pygls nor lsprotocol (0.4 s) nor asyncio is needed to analyse a file in a process."""
    heavy = "{'pygls', 'lsprotocol', 'cattrs', 'asyncio', 'jedi'}"
    script = (
        f"import sys, mldebt.engine.scan, mldebt.engine.work; print({heavy} & set(sys.modules) or 'light')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SERVER_ROOT)},
        timeout=60,
    )
    assert done.stdout.strip() == "light", done
