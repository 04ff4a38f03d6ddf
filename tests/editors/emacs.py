"""Emacs in a terminal, with eglot or lsp-mode. Keys are typed; what it shows is asked by emacsclient."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from terminal import PATIENCE_SECONDS, Terminal

# Compiling needs a program that is not unpacked with the other versions of Emacs.
EARLY_INIT = """
(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      inhibit-startup-screen t)
"""

EGLOT_FINDINGS = """
(vconcat
 (mapcar (lambda (one)
           (list :rule (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data one)) :code)
                 ;; Until the server has answered an edit, a finding may lie past the end of what is left.
                 :text (or (ignore-errors
                             (buffer-substring-no-properties (flymake-diagnostic-beg one)
                                                             (flymake-diagnostic-end one)))
                           "")))
         (flymake-diagnostics)))
"""

# What Flymake draws has no codes; the findings that it was drawn from have.
LSP_MODE_FINDINGS = """
(vconcat
 (let ((found (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics t))))
   (when (= (length found) (length (flymake-diagnostics)))
     (mapcar (lambda (one)
               (let ((region (lsp--range-to-region (lsp:diagnostic-range one))))
                 (list :rule (lsp:diagnostic-code? one)
                       :text (or (ignore-errors
                                   (buffer-substring-no-properties (car region) (cdr region)))
                                 ""))))
             found))))
"""

# For half a second after a change eglot takes marks to be where they were, and asks about that place.
IS_MARKED = """
(if (seq-some (lambda (one) (<= (flymake-diagnostic-beg one) (point) (flymake-diagnostic-end one)))
              (flymake-diagnostics (point)))
    t :json-false)
"""


class Emacs:
    def __init__(
        self,
        program: Sequence[str],
        env: Mapping[str, str],
        init: str,
        client: str,
        file: Path,
        scratch: Path,
    ) -> None:
        """`client` is eglot or lsp-mode."""
        config = scratch / ".emacs.d"
        config.mkdir()
        (config / "early-init.el").write_text(EARLY_INIT, encoding="utf-8")
        (config / "init.el").write_text(init, encoding="utf-8")
        self._file = file
        self._socket = scratch / "emacs"
        self._is_eglot = client == "eglot"
        serve = f'(progn (setq server-socket-dir "{scratch}" server-name "emacs") (server-start))'
        self._terminal = Terminal([*program, "-nw", "--eval", serve, file.name], env, file.parent, scratch)
        self.until = self._terminal.until
        self.close = self._terminal.close
        try:
            self._settle()
        except BaseException:
            self.close()
            raise

    def _settle(self) -> None:
        self.until("Emacs's socket", self._socket.exists)
        if not self._is_eglot:
            # lsp-mode asks once for each new project; the other answers are not to look at it.
            self._terminal.until_shown("Import project")
            self._terminal.type("i")

    @staticmethod
    def has(program: Sequence[str], env: Mapping[str, str], package: str) -> bool:
        """Whether this Emacs comes with the package. Takes half a second."""
        words = [*program, "--batch", "--eval", f'(kill-emacs (if (locate-library "{package}") 0 1))']
        return subprocess.run(words, env={**os.environ, **env}, capture_output=True).returncode == 0

    def rules(self) -> list[str]:
        return [finding["rule"] for finding in self._found()]

    def underlined(self, rule: str) -> str:
        return next(finding["text"] for finding in self._found() if finding["rule"] == rule)

    def find(self, text: str) -> None:
        self._terminal.press("M-<", "C-s")
        self._terminal.type(text)
        # The search ends behind the text; its last character is inside.
        self._terminal.press("Enter", "C-b")

    def type_line_below(self, text: str) -> None:
        self._terminal.press("C-e", "Enter")
        self._terminal.type(text)

    def take_line_back(self) -> None:
        # Undo takes typed text back in pieces of twenty characters.
        self._terminal.press("C-a", "C-k", "BSpace")

    def choose(self, title: str) -> None:
        self.until("a fresh mark at the cursor", lambda: self._ask(IS_MARKED))
        command, prompt = (
            ("eglot-code-actions", "Pick an action")
            if self._is_eglot
            else ("lsp-execute-code-action", "Select code action")
        )
        self._terminal.press("M-x")
        self._terminal.type(command)
        self._terminal.press("Enter")
        self._terminal.until_shown(prompt)
        for index, word in enumerate(title.split(" ")):
            if index:
                # A plain space would complete the word.
                self._terminal.press("C-q", "Space")
            self._terminal.type(word)
        self._terminal.press("Enter")

    def undo(self) -> None:
        self._terminal.press("C-_")

    def save(self) -> None:
        self._terminal.press("C-x", "C-s")
        self.until("the file saved", lambda: not self._ask("(if (buffer-modified-p) t :json-false)"))

    def quit(self) -> None:
        self._terminal.press("C-x", "C-c")
        self.until("Emacs has ended", lambda: "ended with 0" in self._terminal.picture())

    def _found(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self._ask(EGLOT_FINDINGS if self._is_eglot else LSP_MODE_FINDINGS)
        return found

    def _ask(self, expression: str) -> Any:
        inside = f"(progn (require 'json) (with-current-buffer {json.dumps(self._file.name)} (json-encode {expression})))"
        words = ["emacsclient", "-s", str(self._socket), "--eval", inside]
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr
        # Emacs writes a string as JSON does, as far as JSON text in it goes.
        return json.loads(json.loads(done.stdout))
