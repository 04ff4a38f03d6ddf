"""Neovim with the setup text of README.md: the newest as users have it, and those that distributions still ship."""

from __future__ import annotations

import re
import subprocess

import pytest
from neovim import Neovim
from readme_text import setup_text
from scenario import a_session


@pytest.mark.parametrize("source", ["PATH", "trixie", "sid"])
def test_a_session_in_neovim(source: str, workplace) -> None:
    program = workplace.program("nvim", source)
    said = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.match(r"NVIM v(\d+)\.(\d+)", said)
    assert version, said
    is_current = (int(version[1]), int(version[2])) >= (0, 11)
    init = setup_text("Neovim" if is_current else "Neovim before 0.11", "lua")
    editor = Neovim(program, workplace.env, init, workplace.file, workplace.home)
    try:
        a_session(editor, workplace.file)
    finally:
        editor.close()
