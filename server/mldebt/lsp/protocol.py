"""pygls, hardened: every request has exactly one answer, no error reaches the user as a pop-up.

pygls structures messages, finds handlers, runs them and cancels them; reading,
writing, the session's state and the methods of a keystroke are not its business
here (see dispatch). Imported only when a message needs it: lsprotocol's classes
take a third of a second to build.

Relies on these private names of pygls 2.1: `_execute_handler`, `_request_futures`,
`_handle_cancel_notification`, `_send_data`, `_send_response`, `_result_types`.
tests/lsp/test_protocol.py has one test for each behaviour, so that an upgrade that
changes them fails there.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from cattrs import transform_error
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

import mldebt
from mldebt.lsp.dispatch import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    METHOD_NOT_FOUND,
    REQUEST_CANCELLED,
    Id,
    Message,
)
from mldebt.lsp.transport import Outbox, framed

log = logging.getLogger("mldebt.lsp")

# pygls logs whole messages, and with them the user's code.
logging.getLogger("pygls").setLevel(logging.CRITICAL)


Handler = TypeVar("Handler", bound=Callable[..., Any])


def goes_on(handler: Handler) -> Handler:
    """Mark a handler that looks at the documents now and may return a coroutine with the rest.

    pygls starts an `async def` only when the loop comes round again: by then documents that were analysed for
    it may have changed, or have been told of by nobody.
    """
    handler.goes_on = True  # type: ignore[attr-defined]
    return handler


def _begun(handler: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Callable[[], Any]:
    """What is left of a handler once its first part has run."""
    try:
        result = handler(*args, **kwargs)
    except Exception as error:
        failure = error

        def failed() -> Any:
            raise failure

        return failed
    if not inspect.iscoroutine(result):
        return lambda: result

    async def rest() -> Any:
        return await result

    return rest


class Protocol(LanguageServerProtocol):
    """What dispatch calls `Upper`."""

    outbox: Outbox

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._under_way: dict[Id, int] = {}
        """Requests of the client that have no answer yet; the same id may be used twice."""
        super().__init__(*args, **kwargs)

    def adopt(self, params: Message) -> types.InitializeResult:
        """Take over a session whose `initialize` has been answered already."""
        try:
            structured = self._converter.structure(params, types.InitializeParams)
        except Exception:
            # A client whose capabilities lsprotocol cannot read is served as one that has none.
            structured = types.InitializeParams(capabilities=types.ClientCapabilities())
        answer: types.InitializeResult | None = None

        def steps() -> Generator[Any, Any, None]:
            nonlocal answer
            answer = yield from self.lsp_initialize(structured)

        for _ in steps():
            pass
        assert answer is not None
        return answer

    def receive(self, message: Message) -> None:
        method = message.get("method")
        request = message.get("id") if method is not None else None
        if method is not None and method not in self.fm.builtin_features and method not in self.fm.features:
            if request is not None:
                self._refuse(request, METHOD_NOT_FOUND, f"{method} is not offered by this server")
            return
        try:
            structured = self.structure_message(message)
        except JsonRpcException as error:
            log.warning("%s: %s", method, _reasons(error.__cause__))
            if request is not None:
                self._refuse(request, INVALID_PARAMS, f"invalid params: {_reasons(error.__cause__)}")
            return
        if request is not None:
            self._under_way[request] = self._under_way.get(request, 0) + 1
        self.handle_message(structured)

    def cancel(self, request: Id) -> None:
        if request in self._request_futures:
            self._handle_cancel_notification(request)

    def shut_down(self) -> None:
        """Cancel what still runs. Each request under way is answered with that now: `exit` may follow at once."""
        for request in list(self._under_way):
            self._refuse(request, REQUEST_CANCELLED, "the server is shutting down")
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    def _refuse(self, request: Id, code: int, message: str) -> None:
        self._send_response(request, error=types.ResponseError(code=code, message=message))

    def _execute_handler(
        self,
        msg_id: Id,
        handler: Callable[..., Any],
        callback: Callable[..., Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Without this, pygls keeps one future of every notification for ever (2 KB a keystroke)."""

        def done(future: Any) -> Any:
            self._request_futures.pop(msg_id, None)
            return callback(future)

        if getattr(handler, "goes_on", False):
            handler, args, kwargs = _begun(handler, args or (), kwargs or {}), (), {}
        super()._execute_handler(msg_id, handler, done, args, kwargs)
        future = self._request_futures.get(msg_id)
        if future is not None and future.done():
            self._request_futures.pop(msg_id, None)

    def _send_response(
        self, msg_id: Id, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        if error is not None and not (isinstance(error.data, dict) and "retriggerRequest" in error.data):
            # pygls puts the traceback into `data` and the exception's text into `message`.
            message = "the server's log has the details" if error.code == INTERNAL_ERROR else error.message
            error = types.ResponseError(code=error.code, message=message)
        if error is not None:
            self._result_types.pop(msg_id, None)
        left = self._under_way.pop(msg_id, 0) - 1
        if left > 0:
            self._under_way[msg_id] = left
        elif self._shutdown:
            return  # It was answered when the session ended.
        super()._send_response(msg_id, result, error)

    def _send_data(self, data: Any) -> None:
        body = json.dumps(data, default=self._serialize_message, separators=(",", ":"))
        self.outbox.send(framed(body.encode("ascii")))


class Server(LanguageServer):
    protocol: Protocol

    def __init__(self, outbox: Outbox) -> None:
        super().__init__("mldebt-lsp", mldebt.__version__, protocol_cls=Protocol)
        self.protocol.outbox = outbox

    def report_server_error(self, error: Exception, source: Any) -> None:
        log.error("%s: %s", source.__name__, error, exc_info=error)


def _reasons(error: BaseException | None) -> str:
    """What is wrong with a message, without its content."""
    if error is None:
        return "not readable"
    return "; ".join(transform_error(error, path="$"))[:500]
