"""A page in Chromium without a window, spoken to in its debugging protocol through two pipes."""

from __future__ import annotations

import json
import os
import select
import shlex
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 60.0
CONTROL = 2
# Of `Input.dispatchKeyEvent`: Alt 1, Ctrl 2, Meta 4, Shift 8.


class Page:
    def __init__(self, program: Sequence[str], home: Path, env: dict[str, str]) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        options = [
            "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={home / 'chromium'}", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--window-size=1400,1000", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]  # fmt: skip
        # The browser reads from descriptor 3 and writes to 4.
        command = f"exec {shlex.join([*program, *options])} 3<&{to_browser} 4>&{from_browser}"
        self.process = subprocess.Popen(
            ["bash", "-c", command],
            env=env,
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._number = 0
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **params: Any) -> Any:
        self._send(method, **params)
        number = self._number
        ends = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._next(ends)
            if answer.get("method") == "Page.javascriptDialogOpening":
                # "Leave this page?" Yes.
                self._send("Page.handleJavaScriptDialog", accept=True)
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def _send(self, method: str, **params: Any) -> None:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")

    def _next(self, ends: float) -> Any:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0.0, ends - time.monotonic()))
            assert ready, "the browser does not answer"
            data = os.read(self._read, 1 << 16)
            assert data, "the browser has ended"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def go(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def point_at(self, x: float, y: float) -> None:
        # A pointer that jumps to its place has not moved over it.
        for step in (3, 2, 1, 0):
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + step, y=y)

    def key(self, name: str, code: int, modifiers: int = 0) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=name,
                code=f"Key{name.upper()}" if len(name) == 1 else name,
                windowsVirtualKeyCode=code,
                modifiers=modifiers,
            )

    def type(self, text: str) -> None:
        for character in text:
            self.call("Input.insertText", text=character)

    def close(self) -> None:
        self._session = ""
        os.write(self._write, b'{"id": 0, "method": "Browser.close", "params": {}}\0')
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._write)
        os.close(self._read)
