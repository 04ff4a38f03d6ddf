"""Who answers which message, and when: the base protocol's rules, in one place.

Messages are plain dicts. A few methods, those of a keystroke, go straight to a
handler; all others go to pygls, which is imported when the first of them comes.
Everything that has already arrived is handled before anything is analysed, so a
burst of edits costs one analysis and a lone edit waits for nothing.

Never here: what any method means.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Protocol

from mldebt.lsp.transport import Malformed, Outbox, framed

Message = dict[str, Any]
Id = int | str

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800
# JSON-RPC 2.0 section 5.1, and LSP 3.17 `ErrorCodes`.


class ResponseError(Exception):
    """A request's answer when it is not a result. The message is for the user's eyes: no traceback, no path."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Raw(bytes):
    """A result that is JSON already."""


class State(Enum):
    NEW = "before initialize"
    RUNNING = "between initialize and shutdown"
    SHUT_DOWN = "after shutdown"


class Upper(Protocol):
    """What pygls' side offers to this one."""

    def receive(self, message: Message) -> None:
        """Handle a request, notification or response, and see to the answer."""
        ...

    def cancel(self, request: Id) -> None: ...

    def shut_down(self) -> None: ...


class Dispatcher:
    """One session's state and routes."""

    def __init__(
        self,
        outbox: Outbox,
        load_upper: Callable[[], Upper],
        leave: Callable[[int], None],
        log: Callable[[str], None],
    ) -> None:
        self.state = State.NEW
        self.requests: dict[str, Callable[[Any], Any]] = {}
        """Requests answered here: params -> result. May raise ResponseError."""
        self.notifications: dict[str, Callable[[Any], None]] = {}
        """Notifications handled here."""
        self.also: dict[str, Callable[[Any], None]] = {}
        """Notifications looked at here that go on to pygls."""
        self.again: Callable[[Any], Any] = _nothing
        """Params of a further `initialize` -> its result, or None where there may be only one."""
        self.upper: Upper | None = None
        self.outbox = outbox
        self._load_upper = load_upper
        self._leave = leave
        self._log = log
        self._queue: deque[Any] = deque()
        self._asked: dict[Id, Callable[[Any, Any], None]] = {}
        self._n_asked = 0

    # Out

    def notify(self, method: str, params: Any, key: str = "") -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params}, key)

    def ask(
        self, method: str, params: Any, then: Callable[[Any, Any], None] = lambda result, error: None
    ) -> None:
        """Send a request; `then(result, error)` is called with the client's answer, if one comes."""
        self._n_asked += 1
        request = f"mldebt-{self._n_asked}"
        self._asked[request] = then
        self._send({"jsonrpc": "2.0", "id": request, "method": method, "params": params})

    def answer(self, request: Id, result: Any) -> None:
        if result.__class__ is Raw:
            self.outbox.send(
                framed(b'{"jsonrpc":"2.0","id":%b,"result":%b}' % (json.dumps(request).encode(), result))
            )
        else:
            self._send({"jsonrpc": "2.0", "id": request, "result": result})

    def refuse(self, request: Id | None, code: int, message: str) -> None:
        self._send({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": message}})

    def _send(self, message: Message, key: str = "") -> None:
        self.outbox.send(framed(json.dumps(message, separators=(",", ":")).encode("ascii")), key)

    # In

    def enqueue(self, messages: Iterable[Any]) -> None:
        """Take in messages that have arrived. A cancelled request that was still waiting is answered at once."""
        for message in messages:
            if message.__class__ is dict and message.get("method") == "$/cancelRequest" and self._queue:
                self._cancel_waiting(message)
            self._queue.append(message)

    def _cancel_waiting(self, cancel: Message) -> None:
        params = cancel.get("params")
        request = params.get("id") if isinstance(params, dict) else None
        for index, message in enumerate(self._queue):
            if (
                message.__class__ is dict
                and message.get("id") == request
                and is_id(request)
                and "method" in message
            ):
                if self.state is State.RUNNING and message["method"] not in ("initialize", "shutdown"):
                    del self._queue[index]
                    self.refuse(request, REQUEST_CANCELLED, "cancelled")
                return

    @property
    def finished(self) -> bool:
        """Whether the client has said goodbye properly."""
        return self.state is State.SHUT_DOWN

    @property
    def busy(self) -> bool:
        return bool(self._queue)

    def step(self) -> None:
        """Handle the oldest waiting message. Never raises because of what the message says."""
        message = self._queue.popleft()
        if message.__class__ is not dict:
            if message.__class__ is Malformed:
                self._log(f"dropped {message.reason}")
                self.refuse(None, PARSE_ERROR, "not a JSON message")
            else:
                self.refuse(None, INVALID_REQUEST, "a message is one JSON object")
            return
        method = message.get("method")
        if isinstance(method, str) and message.get("jsonrpc") == "2.0":
            if "id" not in message:
                self._notification(method, message)
            elif is_id(message["id"]):
                self._request(method, message["id"], message)
            else:
                self.refuse(None, INVALID_REQUEST, "a request id is a string or an integer")
        elif (
            "method" not in message
            and is_id(message.get("id"))
            and ("result" in message or "error" in message)
        ):
            self._response(message)
        elif "id" in message and ("method" in message or "jsonrpc" not in message):
            self.refuse(
                message["id"] if is_id(message["id"]) else None, INVALID_REQUEST, "not a JSON-RPC 2.0 request"
            )
        else:
            self._log("dropped a message that is no request, notification or response")

    def _request(self, method: str, request: Id, message: Message) -> None:
        if self.state is State.SHUT_DOWN:
            return self.refuse(request, INVALID_REQUEST, "the server is shutting down")
        if (method == "initialize") is not (self.state is State.NEW):
            if self.state is State.NEW:
                return self.refuse(request, NOT_INITIALIZED, "send initialize first")
            result = self.again(message.get("params"))
            if result is not None:
                return self.answer(request, result)
            return self.refuse(request, INVALID_REQUEST, "already initialized")
        handler = self.requests.get(method)
        if handler is None and method == "shutdown":
            handler = _nothing
        if handler is None:
            return self._pass_up(message, request)
        try:
            result = handler(message.get("params"))
        except ResponseError as error:
            return self.refuse(request, error.code, error.message)
        except Exception as error:
            # The client must not wait for ever, and learns nothing about our inside.
            self._log_failure(method, error)
            return self.refuse(request, INTERNAL_ERROR, f"{method} failed; the server's log has the details")
        if method == "initialize":
            self.state = State.RUNNING
        elif method == "shutdown":
            self.state = State.SHUT_DOWN
        return self.answer(request, result)

    def _notification(self, method: str, message: Message) -> None:
        if method == "exit":
            return self._leave(0 if self.state is State.SHUT_DOWN else 1)
        if self.state is not State.RUNNING:
            return self._log(f"ignored {method} {self.state.value}")
        handler = self.notifications.get(method) or self.also.get(method)
        if handler is not None:
            try:
                handler(message.get("params"))
            except Exception as error:
                return self._log_failure(method, error)
        if method == "$/cancelRequest":
            params = message.get("params")
            if self.upper is not None and isinstance(params, dict) and is_id(params.get("id")):
                self.upper.cancel(params["id"])
        elif method not in self.notifications:
            self._pass_up(message)
        return None

    def _response(self, message: Message) -> None:
        then = self._asked.pop(message["id"], None)
        if then is not None:
            try:
                then(message.get("result"), message.get("error"))
            except Exception as error:
                self._log_failure("an answer of the client", error)
        elif self.upper is not None:
            self._pass_up(message)
        else:
            self._log("ignored an answer to nothing we asked")

    def _pass_up(self, message: Message, request: Id | None = None) -> None:
        try:
            if self.upper is None:
                self.upper = self._load_upper()
            self.upper.receive(message)
        except Exception as error:
            self._log_failure(str(message.get("method", "an answer")), error)
            if request is not None:
                self.refuse(request, INTERNAL_ERROR, "the server's log has the details")

    def _log_failure(self, what: str, error: Exception) -> None:
        # Imported only now: it is needed only when something is wrong.
        import traceback

        frames = "".join(traceback.format_exception(error))
        self._log(f"{what} failed: {type(error).__name__}: {error}\n{frames}")


def is_id(value: object) -> bool:
    """Whether JSON-RPC allows this as a request's id; `true` is an int to Python only."""
    return value.__class__ is int or value.__class__ is str


def _nothing(_: Any) -> None:
    return None
