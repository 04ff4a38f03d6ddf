"""Helix, set up by the text of README.md."""

from __future__ import annotations

import pytest
from helix import Helix
from readme_text import setup_text
from scenario import a_session


@pytest.mark.parametrize("source", ["PATH", "trixie", "sid"])
def test_a_session_in_helix(source: str, workplace) -> None:
    program = workplace.program("hx", source)
    languages = setup_text("Helix", "toml")
    editor = Helix(program, workplace.env, languages, workplace.file, workplace.home)
    try:
        a_session(editor, workplace.file)
    finally:
        editor.close()
