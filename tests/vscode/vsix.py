"""What the VSIX holds: all it needs, nothing else, and not more than 5 MB.

python tests/vscode/vsix.py [--list]
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
VSIX = ROOT / "dist" / f"mldebt-lsp-{MANIFEST['version']}.vsix"
MAX_BYTES = 5_000_000

PARTS = {
    "": {"LICENSE.txt", "bundled", "package.json", "readme.md", "vscode-client"},
    "bundled": {"libs", "licences"},
    "bundled/libs": {
        *("attr", "attrs", "cattrs", "exceptiongroup", "jedi", "lsprotocol", "mldebt", "parso", "pygls"),
        *("tomli", "typing_extensions.py", "yaml"),
    },
    "vscode-client": {"media", "out", "start.py", "walkthrough"},
    "vscode-client/media": {"icon.png"},
    "vscode-client/out": {"extension.js", "mldebtClient.js"},
}
"""Everything that may lie in these folders, and must."""

NEEDED = (
    "vscode-client/out/extension.js",
    "vscode-client/out/mldebtClient.js",
    "vscode-client/start.py",
    "vscode-client/walkthrough/sample.py",
    "vscode-client/media/icon.png",
    "bundled/libs/mldebt/__main__.py",
    "bundled/libs/yaml/loader.py",
    "bundled/libs/mldebt/schemas/mldebt.schema.json",
    "bundled/libs/mldebt/rules/_index.py",
    "bundled/libs/jedi/third_party/typeshed/stdlib/builtins.pyi",
    "bundled/licences/pygls-LICENSE.txt",
    "LICENSE.txt",
)
SPARE = re.compile(r"\.(pyc|map|ts|so|pyd|whl|vsix|dll)$|node_modules|(^|/)tests?/|\.dist-info/|package-lock")


def main() -> None:
    with zipfile.ZipFile(VSIX) as archive:
        sizes = {
            name.removeprefix("extension/"): archive.getinfo(name).file_size for name in archive.namelist()
        }
        texts = [archive.read(name) for name in archive.namelist() if name.endswith((".py", ".js", ".json"))]
    names = set(sizes)
    size = VSIX.stat().st_size
    assert size < MAX_BYTES, f"{size} bytes are too many"
    assert not set(NEEDED) - names, f"missing: {set(NEEDED) - names}"
    stubs = "bundled/libs/jedi/third_party/typeshed/stdlib/"
    assert not [name for name in names if name.endswith(".pyi") and not name.startswith(stubs)]
    assert not [name for name in names if SPARE.search(name)], [name for name in names if SPARE.search(name)]
    for folder, parts in PARTS.items():
        found = {below(name, folder).partition("/")[0] for name in names if below(name, folder)}
        found -= {"[Content_Types].xml", "extension.vsixmanifest"}
        assert found == parts, f"{folder or 'the top'}: {sorted(found ^ parts)}"
    # The index of rules counts only for files of these very sizes.
    spec = importlib.util.spec_from_file_location("index", ROOT / "bundled/libs/mldebt/rules/_index.py")
    assert spec is not None and spec.loader is not None
    index = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(index)
    assert all(sizes[f"bundled/libs/mldebt/{path}"] == n for path, n in index.SIZES), (
        "an index of other files"
    )
    server = {path.relative_to(ROOT / "server").as_posix() for path in (ROOT / "server/mldebt").rglob("*.py")}
    bundled = {
        name.removeprefix("bundled/libs/") for name in names if name.startswith("bundled/libs/mldebt/")
    }
    assert server <= bundled, f"older than the server: {server - bundled}"
    assert not any(str(ROOT).encode() in text for text in texts), "the path of this machine"
    print(f"VSIX: {size / 1e6:.2f} MB, {len(names)} files")
    if "--list" in sys.argv:
        for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
            print(f"{sizes[name]:>9,} {name}")


def below(name: str, folder: str) -> str:
    """What is left of a path below a folder; "" if it lies elsewhere."""
    return name.removeprefix(f"{folder}/") if not folder or name.startswith(f"{folder}/") else ""


if __name__ == "__main__":
    main()
