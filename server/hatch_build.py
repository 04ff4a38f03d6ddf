"""What a wheel holds beside its sources: what is remembered of the rules, so that no run has to import them all.

`mldebt/rules/_index.py` is made here and never lies in the source tree; see mldebt/rules/__init__.py.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexOfRules(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "server"))
        try:
            from mldebt.rules import SHIPPED, index_text
        finally:
            del sys.path[0]
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, "index.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(index_text())
        build_data["force_include"][path] = f"mldebt/{SHIPPED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self.target_name == "wheel" and version != "editable":
            self.folder.cleanup()
