"""Emacs with eglot, set up by the text of README.md."""

from __future__ import annotations

import pytest
from emacs import Emacs
from readme_text import setup_text
from scenario import a_session


@pytest.mark.parametrize("source", ["PATH", "trixie"])
def test_a_session_in_eglot(source: str, workplace) -> None:
    program = workplace.program("emacs", source)
    if not Emacs.has(program, workplace.env, "eglot"):
        pytest.skip("not run: this Emacs has no eglot")
    init = setup_text("Emacs with eglot", "elisp")
    editor = Emacs(program, workplace.env, init, "eglot", workplace.file, workplace.home)
    try:
        a_session(editor, workplace.file)
    finally:
        editor.close()
