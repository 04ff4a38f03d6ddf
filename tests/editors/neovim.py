"""Neovim in a terminal. Keys are typed; what it shows is asked over its own socket."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from terminal import PATIENCE_SECONDS, Terminal

# 0.7 keeps a diagnostic's code in its copy of the server's message.
FINDINGS = """
local found = {}
for _, one in ipairs(vim.diagnostic.get(0)) do
  local lsp = (one.user_data or {}).lsp or {}
  -- Until the server has answered an edit, a finding may lie past the end of what is left, or cut a character in two.
  local there, text = pcall(vim.api.nvim_buf_get_text, 0, one.lnum, one.col, one.end_lnum, one.end_col, {})
  local whole = there and table.concat(text, "\\n") or ""
  if not pcall(vim.fn.json_encode, whole) then
    whole = ""
  end
  table.insert(found, { rule = one.code or lsp.code, text = whole })
end
return vim.fn.json_encode(found)
"""


class Neovim:
    def __init__(
        self, program: Sequence[str], env: Mapping[str, str], init: str, file: Path, scratch: Path
    ) -> None:
        config = scratch / "config" / "nvim"
        config.mkdir(parents=True)
        (config / "init.lua").write_text(init, encoding="utf-8")
        self._socket = str(scratch / "nvim")
        self._program = program
        self._findings = scratch / "findings.lua"
        self._findings.write_text(FINDINGS, encoding="utf-8")
        words = [*program, "--listen", self._socket, file.name]
        self._terminal = Terminal(words, env, file.parent, scratch)
        self.until = self._terminal.until
        try:
            self.until("Neovim's socket", lambda: Path(self._socket).exists())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End it however it stands. One that was unpacked is two programs, of which the terminal knows one."""
        if Path(self._socket).exists():
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(
                    [*self._program, "--server", self._socket, "--remote-send", "<C-\\><C-N>:qall!<CR>"],
                    capture_output=True,
                    timeout=PATIENCE_SECONDS,
                )
        self._terminal.close()

    def rules(self) -> list[str]:
        return [finding["rule"] for finding in self._found()]

    def underlined(self, rule: str) -> str:
        return next(finding["text"] for finding in self._found() if finding["rule"] == rule)

    def find(self, text: str) -> None:
        self._terminal.press("Escape", "g", "g")
        self._terminal.type(rf"/\V{text.replace('/', chr(92) + '/')}")
        self._terminal.press("Enter")

    def type_line_below(self, text: str) -> None:
        self._terminal.type("o" + text)

    def take_line_back(self) -> None:
        self._terminal.press("Escape", "u")

    def choose(self, title: str) -> None:
        self._terminal.type("gra")
        number = self.until(f"a code action `{title}`", lambda: self._number_of(title))
        self._terminal.type(number)
        self._terminal.press("Enter")

    def undo(self) -> None:
        self._terminal.type("u")

    def save(self) -> None:
        # Whatever the last message left to be confirmed.
        self._terminal.press("Escape")
        self._terminal.type(":w")
        self._terminal.press("Enter")
        self.until("the file saved", lambda: not self._ask("&modified"))

    def quit(self) -> None:
        self._terminal.type(":qall!")
        self._terminal.press("Enter")
        self.until("Neovim has ended", lambda: "ended with 0" in self._terminal.picture())

    def _number_of(self, title: str) -> str:
        shown = re.search(rf"^(\d+): {re.escape(title)}", self._terminal.picture(), re.M)
        return shown[1] if shown else ""

    def _found(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self._ask(f"luaeval('dofile(_A)', '{self._findings}')"))
        return found

    def _ask(self, expression: str) -> Any:
        words = [*self._program, "--server", self._socket, "--remote-expr", f"json_encode({expression})"]
        # Older versions give half a character as it is.
        done = subprocess.run(
            words, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE_SECONDS
        )
        assert done.returncode == 0, done.stderr
        # Neovim 0.7 answers on standard error.
        return json.loads(done.stdout or done.stderr)
