"""The lineage as a picture: files that read and write, and what they read and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.cli.score import Told


def lineage(told: Told) -> str:
    """HTML, or "" where no file reads what another writes."""
    return ""
