"""The base protocol, by raw bytes: every request has exactly one answer, whatever else is sent.

One test for each behaviour in which plain pygls differs, so an upgrade that
brings one back fails here.
"""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from harness import Client, frame, insert
from toys import toy_client

URI = "file:///work/train.py"
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800


def code(message: Any) -> int:
    return int(message["error"]["code"])


def assert_alive(client: Client) -> None:
    """The server answers, has shown nobody a pop-up, and keeps the text right."""
    uri = f"file:///work/alive_{len(client.log)}.py"
    client.open(uri, "x = 1\n")
    client.change(uri, insert(0, 0, "y = 2\n"))
    client.diagnostics(uri)
    client.close(uri)
    assert not [
        m for _, m in client.log if m.get("method") in ("window/showMessage", "window/showMessageRequest")
    ]
    assert not [m for _, m in client.log if "broken stream" in m]


def request_bytes(number: Any, method: str = "no/such") -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": {}}).encode()


# Lifecycle


def test_a_request_before_initialize_is_refused(client: Client) -> None:
    assert code(client.answer(client.request("textDocument/hover", {}))) == NOT_INITIALIZED
    assert code(client.answer(client.request("shutdown"))) == NOT_INITIALIZED
    client.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": URI, "text": "", "version": 1, "languageId": "python"}},
    )
    client.initialize()
    assert_alive(client)


def test_a_second_initialize_is_refused(session: Client) -> None:
    assert code(session.answer(session.request("initialize", {"capabilities": {}}))) == INVALID_REQUEST
    assert_alive(session)


def test_after_shutdown_requests_are_refused_and_notifications_ignored(session: Client) -> None:
    session.call("shutdown")
    assert code(session.answer(session.request("textDocument/hover", {}))) == INVALID_REQUEST
    assert code(session.answer(session.request("shutdown"))) == INVALID_REQUEST
    session.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": URI, "text": "", "version": 1, "languageId": "python"}},
    )
    assert code(session.answer(session.request("no/such"))) == INVALID_REQUEST
    session.notify("exit")
    assert session.process.wait(10) == 0
    assert not session.n_published(URI)


@pytest.mark.parametrize("initialized", [False, True])
def test_exit_without_shutdown_is_a_failure(client: Client, initialized: bool) -> None:
    if initialized:
        client.initialize()
    client.notify("exit")
    assert client.process.wait(10) == 1


def test_everything_asked_before_exit_is_answered(session: Client) -> None:
    session.open(URI, "x = 1\n")
    asked = [session.request("no/such") for _ in range(20)]
    goodbye = session.request("shutdown")
    session.notify("exit")
    assert session.process.wait(10) == 0
    assert session.answer(goodbye)["result"] is None
    assert [len(session.answers(request)) for request in asked] == [1] * 20


@pytest.mark.parametrize("shut_down", [False, True])
def test_a_client_that_closes_its_side_ends_the_server(session: Client, shut_down: bool) -> None:
    if shut_down:
        session.call("shutdown")
    assert session.process.stdin is not None
    session.process.stdin.close()
    assert session.process.wait(2) == (0 if shut_down else 1)


def test_messages_sent_right_before_the_end_of_input_are_handled(client: Client) -> None:
    assert client.process.stdin is not None
    parts = [("initialize", 1, {"capabilities": {}}), ("no/such", 2, None), ("shutdown", 3, None)]
    client.send_raw(
        b"".join(frame({"jsonrpc": "2.0", "id": n, "method": m, "params": p}) for m, n, p in parts)
    )
    client.process.stdin.close()
    assert client.process.wait(10) == 0
    assert [len(client.answers(n)) for n in (1, 2, 3)] == [1, 1, 1]


# Requests that cannot be served


def test_unknown_requests_are_refused_and_unknown_notifications_ignored(session: Client) -> None:
    assert code(session.answer(session.request("no/such", {"a": 1}))) == METHOD_NOT_FOUND
    assert code(session.answer(session.request("$/noSuch"))) == METHOD_NOT_FOUND
    session.notify("no/such", {"a": 1})
    session.notify("$/noSuch")
    assert_alive(session)


BAD_PARAMS = [
    None,
    [],
    5,
    "text",
    {},
    {"textDocument": None},
    {"textDocument": {}},
    {"textDocument": {"uri": 7}},
]


@pytest.mark.parametrize("params", BAD_PARAMS, ids=repr)
@pytest.mark.parametrize(
    "method", ["textDocument/diagnostic", "textDocument/hover", "textDocument/codeAction"]
)
def test_bad_params_are_refused_once_and_without_a_traceback(
    session: Client, method: str, params: Any
) -> None:
    request = session.request(method, params)
    error = session.answer(request)["error"]
    assert error["code"] == INVALID_PARAMS
    assert "data" not in error or error["data"] is None
    assert "Traceback" not in json.dumps(error) and ".py" not in error["message"]
    assert_alive(session)
    assert len(session.answers(request)) == 1


@pytest.mark.parametrize("params", [None, [], 5, "x"], ids=repr)
def test_initialize_with_bad_params_can_be_tried_again(client: Client, params: Any) -> None:
    assert code(client.answer(client.request("initialize", params))) == INVALID_PARAMS
    client.initialize()
    assert_alive(client)


WEIRD_CAPABILITIES = [
    {},
    {"capabilities": None},
    {"capabilities": []},
    {
        "capabilities": {
            "textDocument": 5,
            "general": {"positionEncodings": "utf-8"},
            "workspace": [],
            "window": None,
        }
    },
    {"capabilities": {"general": {"positionEncodings": ["utf-7", 3, None]}}},
    {
        "capabilities": {"textDocument": {"codeAction": {"resolveSupport": {"properties": None}}}},
        "clientInfo": 3,
    },
    {
        "capabilities": {},
        "workspaceFolders": {},
        "rootUri": 5,
        "processId": "12",
        "initializationOptions": [],
    },
    {"capabilities": {}, "workspaceFolders": [None, {}, {"uri": None}], "rootPath": 4, "locale": {}},
]


@pytest.mark.parametrize("params", WEIRD_CAPABILITIES, ids=repr)
def test_a_client_that_describes_itself_badly_is_served(client: Client, params: Any) -> None:
    result = client.call("initialize", params)
    client.capabilities, client.encoding = result["capabilities"], result["capabilities"]["positionEncoding"]
    client.notify("initialized", {})
    # Whatever pygls makes of those params, it must not cost an answer.
    assert code(client.answer(client.request("textDocument/hover", {}))) == INVALID_PARAMS
    assert_alive(client)


# Ids


@pytest.mark.parametrize("number", [0, -1, 2**53, "text", "", "🙂"], ids=repr)
def test_any_legal_id_comes_back_as_it_was(session: Client, number: Any) -> None:
    session.send_raw(frame({"jsonrpc": "2.0", "id": number, "method": "no/such"}))
    assert code(session.answer(number)) == METHOD_NOT_FOUND


@pytest.mark.parametrize("number", [None, True, 1.5, [], {}], ids=repr)
def test_an_illegal_id_is_refused_with_none(session: Client, number: Any) -> None:
    session.send({"jsonrpc": "2.0", "id": number, "method": "shutdown"})
    answer = session.wait(lambda m: "error" in m)
    assert answer["id"] is None and code(answer) == INVALID_REQUEST
    assert_alive(session)


def test_requests_with_the_same_id_are_each_answered(session: Client) -> None:
    for _ in range(3):
        session.send({"jsonrpc": "2.0", "id": "twin", "method": "textDocument/hover", "params": {}})
        session.send({"jsonrpc": "2.0", "id": "twin", "method": "no/such"})
    assert_alive(session)
    assert len(session.answers("twin")) == 6


def test_answers_to_nothing_are_ignored(session: Client) -> None:
    for message in (
        {"id": 99, "result": 1},
        {"id": "x", "error": {"code": 1, "message": "m"}},
        {"id": None, "result": 1},
        {"id": None, "error": {}},
    ):
        session.send({"jsonrpc": "2.0", **message})
    session.request("textDocument/hover", {})  # pygls is loaded from here on
    session.send({"jsonrpc": "2.0", "id": 99, "result": 1})
    session.send({"jsonrpc": "2.0", "id": "mldebt-1", "error": 5})
    assert_alive(session)
    assert not session.answers(99) and not session.answers("x")


# Framing


HEADERS = {
    "lower case": b"content-length: %d\r\n\r\n",
    "upper case": b"CONTENT-LENGTH: %d\r\n\r\n",
    "line feeds only": b"Content-Length: %d\n\n",
    "no space": b"Content-Length:%d\r\n\r\n",
    "spaces": b"Content-Length:   %d  \r\n\r\n",
    "type first": b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
    "type after": b"Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n",
    "unknown header": b"X-Trace: 1\r\nContent-Length: %d\r\nX-Other: 2\r\n\r\n",
    "twice": b"Content-Length: 3\r\nContent-Length: %d\r\n\r\n",
    "leading zero": b"Content-Length: 0%d\r\n\r\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_headers_as_clients_write_them(session: Client, header: bytes) -> None:
    body = request_bytes("one")
    session.send_raw(header % len(body) + body)
    assert code(session.answer("one")) == METHOD_NOT_FOUND
    assert_alive(session)


GARBAGE = {
    "no length": b"Content-Type: text\r\n\r\n",
    "negative length": b"Content-Length: -5\r\n\r\n",
    "length is a word": b"Content-Length: many\r\n\r\n",
    "huge length": b"Content-Length: 99999999999\r\n\r\n",
    "length over the limit": b"Content-Length: 1000000000\r\n\r\n",
    "zero length": b"Content-Length: 0\r\n\r\n",
    "text": b"hello\r\n\r\n",
    "text without end": b"what is this?",
    "not JSON": b"Content-Length: 5\r\n\r\n{abc}",
    "not UTF-8": b'Content-Length: 11\r\n\r\n{"a":"\xff\xfe\xfa"}',
    "length too small": b"Content-Length: 20\r\n\r\n" + request_bytes("cut"),
    "length too large": b"Content-Length: 400\r\n\r\n" + request_bytes("long") + b"      ",
    "100,000 brackets": frame([]).replace(b"2", b"200000").replace(b"[]", b"[" * 100_000 + b"]" * 100_000),
    "100,000 objects": b"Content-Length: 600001\r\n\r\n" + b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "two values": b"Content-Length: 5\r\n\r\n{} {}",
    "one byte too many": b"Content-Length: %d\r\n\r\n" % (len(request_bytes("odd")) + 1)
    + request_bytes("odd"),
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_the_stream_is_found_again_after_garbage(session: Client, garbage: bytes) -> None:
    body = request_bytes("after")
    session.send_raw(garbage + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    session.send_raw(frame({"jsonrpc": "2.0", "id": "last", "method": "no/such"}))
    session.answer("last")
    assert len(session.answers("after")) == 1
    assert_alive(session)


def test_a_message_announced_too_long_is_answered_too(session: Client) -> None:
    body = request_bytes("long")
    session.send_raw(b"Content-Length: %d\r\n\r\n" % (len(body) + 10) + body)
    session.send_raw(frame({"jsonrpc": "2.0", "id": "next", "method": "no/such"}))
    assert code(session.answer("long")) == METHOD_NOT_FOUND
    assert code(session.answer("next")) == METHOD_NOT_FOUND


@pytest.mark.parametrize(
    "value", [[], [{"jsonrpc": "2.0", "id": 1, "method": "x"}], 5, "text", None, True], ids=repr
)
def test_values_that_are_no_message_are_refused(session: Client, value: Any) -> None:
    session.send(value)
    answer = session.wait(lambda m: "error" in m)
    assert answer["id"] is None and code(answer) == INVALID_REQUEST
    assert_alive(session)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"jsonrpc": "2.0"},
        {"id": 70},
        {"jsonrpc": "1.0", "id": 71, "method": "shutdown"},
        {"id": 72, "method": "shutdown"},
        {"jsonrpc": "2.0", "id": 73, "method": 5},
        {"jsonrpc": "2.0", "id": 74, "method": None},
        {"jsonrpc": "2.0", "method": 5},
        {"jsonrpc": "2.0", "id": 75, "method": "no/such", "params": 5},
    ],
    ids=repr,
)
def test_objects_that_are_no_message_do_no_harm(session: Client, message: Any) -> None:
    session.send(message)
    assert_alive(session)
    if "method" in message and "id" in message:
        assert len(session.answers(message["id"])) == 1


def test_one_byte_at_a_time(session: Client) -> None:
    for byte in frame({"jsonrpc": "2.0", "id": "slow", "method": "no/such"}):
        session.send_raw(bytes([byte]))
    assert code(session.answer("slow")) == METHOD_NOT_FOUND


def test_many_messages_in_one_write(session: Client) -> None:
    messages = [frame({"jsonrpc": "2.0", "id": f"n{n}", "method": "no/such"}) for n in range(500)]
    session.send_raw(b"".join(messages))
    for n in range(500):
        assert code(session.answer(f"n{n}")) == METHOD_NOT_FOUND


# Documents


def test_document_notifications_out_of_order_do_no_harm(session: Client) -> None:
    def changed(uri: str, version: Any, changes: Any) -> None:
        session.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes},
        )

    changed("file:///never/opened.py", 2, [{"text": "x"}])
    session.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never/opened.py"}})
    session.notify("textDocument/didSave", {"textDocument": {"uri": "file:///never/opened.py"}})
    session.open(URI, "a\n", version=5)
    session.open(URI, "b\n", version=1)
    changed(URI, 9, [insert(0, 0, "c")])
    changed(URI, 3, [insert(0, 0, "d")])
    for broken in (
        None,
        5,
        [5],
        [{}],
        [{"text": 5}],
        [{"range": {}, "text": ""}],
        [insert(-1, -1, "")],
        [insert(2**32, 2**32 - 1, "")],
    ):
        changed(URI, 10, broken)
    for params in (None, [], 5, {}, {"textDocument": None}, {"textDocument": {"uri": 5}}):
        for method in (
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didClose",
            "textDocument/didSave",
        ):
            session.notify(method, params)
    session.close(URI)
    session.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert_alive(session)


def test_closing_clears_the_diagnostics(session: Client) -> None:
    session.open(URI, "x = 1\n")
    session.published(URI, 1)
    session.close(URI)
    assert session.published(URI, None)["params"]["diagnostics"] == []


# Cancelling


def test_a_request_cancelled_while_it_waits_is_answered_at_once(session: Client) -> None:
    session.answer(session.request("textDocument/hover", {}))
    burst = [
        frame({"jsonrpc": "2.0", "id": f"w{n}", "method": "textDocument/hover", "params": {}})
        for n in range(70)
    ]
    cancels = [
        frame({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": f"w{n}"}})
        for n in range(1, 70)
    ]
    session.send_raw(b"".join(burst + cancels))
    answers = [session.answer(f"w{n}") for n in range(70)]
    assert {code(answer) for answer in answers} <= {CANCELLED, INVALID_PARAMS}
    assert sum(code(answer) == CANCELLED for answer in answers) >= 60
    assert_alive(session)
    assert all(len(session.answers(f"w{n}")) == 1 for n in range(70))


@pytest.mark.parametrize(
    "params", [None, {}, {"id": None}, {"id": 12345}, {"id": "x"}, {"id": []}, 5], ids=repr
)
def test_cancelling_what_does_not_exist_does_no_harm(session: Client, params: Any) -> None:
    session.notify("$/cancelRequest", params)
    session.answer(session.request("textDocument/hover", {}))
    session.notify("$/cancelRequest", params)
    assert_alive(session)


# The process


def test_stray_output_goes_to_the_log() -> None:
    """Python's print, writes to the file descriptor, and a child's output, from inside a rule.

    The rule also reads stdin, and gets its end instead of the editor's next message.
    """
    with toy_client() as client:
        client.initialize()
        client.open(URI, "print_word\n")
        client.published(URI, 1)
        assert_alive(client)
        assert client.leave() == 0
        for words in ("stray print", "stray write", "stray child"):
            assert words in client.stderr()
        assert "has read the protocol" not in client.stderr()


@pytest.mark.parametrize(
    "arguments",
    [["--stdio"], ["--clientProcessId=0"], ["--stdio", "--clientProcessId", "0", "--log-level=debug"]],
    ids=str,
)
def test_the_arguments_editors_pass(arguments: list[str]) -> None:
    with Client(*arguments) as client:
        client.initialize()
        assert_alive(client)
        assert client.leave() == 0


def test_a_client_that_does_not_read_blocks_nothing() -> None:
    """10,000 publishes nobody reads: the server goes on reading, and the last state arrives once somebody does."""
    with Client(read=False) as client:
        client.encoding = "utf-16"
        client.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        client.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
        uris = [f"file:///work/{'long' * 40}/{n}.py" for n in range(50)]
        for uri in uris:
            client.open(uri, "x = 1\n")
        began = time.monotonic()
        for _ in range(200):
            for uri in uris:
                client.change(uri, insert(0, 0, "#"))
            if time.monotonic() - began > 30:
                raise AssertionError("the server stopped reading")
        client.request("shutdown")
        client.start_reading()
        for uri in uris:
            client.published(uri, 201)
        assert sum(client.n_published(uri) for uri in uris) < 200 * len(uris)
