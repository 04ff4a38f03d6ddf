"""What the VSIX holds: all it needs, nothing else, and not more than 5 MB."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
VSIX = ROOT / "dist" / f"mldebt-lsp-{MANIFEST['version']}.vsix"
MAX_BYTES = 5_000_000

NEEDED = (
    "vscode-client/out/extension.js",
    "vscode-client/out/mldebtClient.js",
    "vscode-client/start.py",
    "vscode-client/walkthrough/sample.py",
    "vscode-client/media/icon.png",
    "bundled/libs/mldebt/__main__.py",
    "bundled/libs/yaml/loader.py",
    "bundled/libs/mldebt/schemas/mldebt.schema.json",
    "bundled/licences/pygls-LICENSE.txt",
    "LICENSE.txt",
)
SPARE = re.compile(
    r"\.(pyc|map|ts|so|pyd|pyi|whl|vsix|dll)$|node_modules|(^|/)tests?/|\.dist-info/|package-lock"
)


def main() -> None:
    with zipfile.ZipFile(VSIX) as archive:
        names = {name.removeprefix("extension/") for name in archive.namelist()}
        texts = [archive.read(name) for name in archive.namelist() if name.endswith((".py", ".js", ".json"))]
    size = VSIX.stat().st_size
    assert size < MAX_BYTES, f"{size} bytes are too many"
    assert not set(NEEDED) - names, f"missing: {set(NEEDED) - names}"
    assert not [name for name in names if SPARE.search(name)], [name for name in names if SPARE.search(name)]
    server = {path.relative_to(ROOT / "server").as_posix() for path in (ROOT / "server/mldebt").rglob("*.py")}
    bundled = {
        name.removeprefix("bundled/libs/") for name in names if name.startswith("bundled/libs/mldebt/")
    }
    assert server <= bundled, f"older than the server: {server - bundled}"
    assert not any(str(ROOT).encode() in text for text in texts), "the path of this machine"
    print(f"VSIX: {size / 1e6:.2f} MB, {len(names)} files")


if __name__ == "__main__":
    main()
