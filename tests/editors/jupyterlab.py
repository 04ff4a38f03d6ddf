"""JupyterLab with jupyterlab-lsp, as its user sees it: a server of its own, a page in Chromium."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from chromium import CONTROL, Page

PATIENCE_SECONDS = 60.0
END, S, Z = 35, 83, 90


class JupyterLab:
    def __init__(
        self,
        program: Sequence[str],
        browser: Sequence[str],
        env: dict[str, str],
        setup: str,
        folder: Path,
        home: Path,
    ) -> None:
        config = home / "jupyter"
        config.mkdir()
        (config / "jupyter_server_config.json").write_text(setup)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        own = {
            "JUPYTER_CONFIG_DIR": str(config),
            "JUPYTERLAB_SETTINGS_DIR": str(config / "lab"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
            "JUPYTER_DATA_DIR": str(home / "jupyter-data"),
            "JUPYTER_RUNTIME_DIR": str(home / "jupyter-runtime"),
        }
        options = [
            "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
            "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        ]  # fmt: skip
        self._log = home / "jupyter.log"
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                [*program, *options], env={**env, **own}, stdout=log, stderr=log, start_new_session=True
            )
        self.until("the server answers", self._answers)
        self.page = Page(browser, home, env)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/status", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def until(self, what: str, look: Callable[[], Any]) -> Any:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not (found := look()):
            assert time.monotonic() < ends, f"never: {what}; {self._log.read_text()[-2000:]}"
            time.sleep(0.2)
        return found

    def open(self, name: str) -> None:
        self.page.go(f"{self.url}/lab/workspaces/{name.partition('.')[0]}/tree/{name}?reset")
        self.until(
            f"{name} is open", lambda: self.page.run("document.querySelectorAll('.cm-content').length")
        )

    def marked(self) -> list[str]:
        """The marked texts; one that runs over several lines is in several pieces."""
        return list(self.page.run("[...document.querySelectorAll('.cm-lintRange')].map(e => e.innerText)"))

    def put_the_cursor_at_the_end(self) -> None:
        """Of the last text on the page."""
        x, y = self.page.run(
            "(() => { const all = document.querySelectorAll('.cm-content'); const last = all[all.length - 1];"
            " const box = last.lastElementChild.getBoundingClientRect(); return [box.x + 5, box.y + box.height / 2]; })()"
        )
        self.page.click(x, y)
        self.page.key("End", END, CONTROL)

    def type(self, text: str) -> None:
        self.page.type(text)

    def undo_all(self) -> None:
        for _ in range(100):
            self.page.key("z", Z, CONTROL)

    def save(self, saved: Callable[[], bool]) -> None:
        """Until it is: a key that comes while the last save is under way does nothing."""

        def pressed() -> bool:
            self.page.key("s", S, CONTROL)
            time.sleep(0.5)
            return saved()

        self.until("it is saved", pressed)

    def tip_of(self, text: str) -> str:
        """What is shown while the pointer is on the first mark with this text."""
        place = self.page.run(
            "(() => { const found = [...document.querySelectorAll('.cm-lintRange')].find(e => e.innerText.includes("
            f"{text!r})); if (!found) return null; const box = found.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        assert place, f"{text} is not marked"
        self.page.point_at(0, 0)
        self.page.point_at(*place)
        look = "[...document.querySelectorAll('.cm-tooltip, .lsp-hover')].map(e => e.innerText).join('\\n')"
        return str(self.until("a tip", lambda: self.page.run(look)))

    def close(self) -> None:
        self.page.close()
        os.killpg(self._server.pid, signal.SIGTERM)
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
