"""The setup text of README.md, as the tests run it: what a newcomer copies is what is tested."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def setup_text(heading: str, language: str) -> str:
    """The first fenced block in `language` under a heading of section "Editors". Raises LookupError."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Editors$(.*?)(?=^## |\Z)", text, re.M | re.S)
    part = section and re.search(rf"^### {re.escape(heading)}$(.*?)(?=^### |\Z)", section[1], re.M | re.S)
    for fence in FENCE.finditer(part[1]) if part else ():
        if fence[1] == language:
            return fence[2]
    raise LookupError(f"README.md has no {language} block under Editors, {heading}")
