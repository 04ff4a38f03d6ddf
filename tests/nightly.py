"""How large tests are. MLDEBT_NIGHTLY=1 takes each at the size its promise names, for a night or a spare hour;
MLDEBT_CORPUS=<folder> names a folder of real repositories for those that read real files.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

Size = TypeVar("Size")

NIGHTLY = os.environ.get("MLDEBT_NIGHTLY") == "1"
OWN_CODE = Path(__file__).resolve().parents[1] / "server" / "mldebt"
CORPUS = Path(os.environ.get("MLDEBT_CORPUS") or OWN_CODE)
"""Without one, our own code is what is real here."""


def size(daily: Size, nightly: Size) -> Size:
    return nightly if NIGHTLY else daily
