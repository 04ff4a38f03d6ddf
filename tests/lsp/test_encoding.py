"""The unit of columns is what the client counts in, also where a client does not say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mldebt.lsp.capabilities import client_of

PROFILES = Path(__file__).parent / "profiles"


@pytest.mark.parametrize(
    ("profile", "encoding"),
    [("lsp-mode-8", "utf-32"), ("eglot-1.9", "utf-16"), ("eglot-1.17", "utf-32"), ("neovim-0.7", "utf-16")],
)
def test_columns_are_counted_as_the_client_counts(profile: str, encoding: str) -> None:
    params = json.loads((PROFILES / f"{profile}.json").read_text())
    assert client_of(params).encoding == encoding


def test_lsp_mode_that_names_its_encodings_gets_its_choice() -> None:
    general = {"general": {"positionEncodings": ["utf-16"]}}
    assert client_of({"clientInfo": {"name": "emacs"}, "capabilities": general}).encoding == "utf-16"
