"""Emacs with lsp-mode, set up by the text of README.md."""

from __future__ import annotations

import pytest
from emacs import Emacs
from readme_text import setup_text
from scenario import a_session


@pytest.mark.parametrize("source", ["PATH"])
def test_a_session_in_lsp_mode(source: str, workplace) -> None:
    program = workplace.program("emacs", source)
    if not Emacs.has(program, workplace.env, "lsp-mode"):
        pytest.skip("not run: this Emacs has no lsp-mode")
    init = setup_text("Emacs with lsp-mode", "elisp")
    editor = Emacs(program, workplace.env, init, "lsp-mode", workplace.file, workplace.home)
    try:
        a_session(editor, workplace.file)
    finally:
        editor.close()
