"""Makes `bundled/libs`: the server and the pure Python it needs, for every Python from 3.10 on.

    python vscode-client/tools/bundle.py

Wheels are fetched once, into `bundled/wheels`, and checked against requirements.txt; after that it needs no network.
"""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PINNED = ROOT / "vscode-client" / "requirements.txt"
WHEELS = ROOT / "bundled" / "wheels"
LIBRARIES = ROOT / "bundled" / "libs"
LICENCES = ROOT / "bundled" / "licences"

OLDEST = (3, 10)
# The wheels of one system and Python: all are pure but PyYAML's, whose compiled part is left behind.
TARGET = (
    "--only-binary=:all:", "--no-deps", "--python-version=3.10", "--implementation=cp", "--abi=cp310",
    "--platform=manylinux_2_28_x86_64", "--platform=manylinux_2_17_x86_64", "--platform=manylinux2014_x86_64",
)  # fmt: skip

NOT_NEEDED = re.compile(
    r"\.dist-info/|/py\.typed$|(^|/)tests?/|^_yaml/"
    # Old names of cattrs and its other formats; clients, where we are the server; Pythons that are too old for us.
    r"|^cattr/|^cattrs/(preconf|strategies)/|^pygls/(cli|client|lsp/client|lsp/_base_client)\.py|/grammar3[6-9]\.txt$"
    # Of the stubs jedi brings, those of the standard library are enough: it is asked about the workspace's own names.
    r"|^jedi/third_party/(typeshed/stubs|django-stubs)/|^(?!jedi/third_party/).*\.pyi$"
)
LICENCE = re.compile(r"\.dist-info/(?:licen[cs]es/)?(LICEN[CS]E|COPYING|NOTICE)[\w.-]*$", re.I)


def main() -> None:
    wheels = fetched()
    for folder in (LIBRARIES, LICENCES):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for wheel in wheels:
        unpack(wheel)
    leave_out = shutil.ignore_patterns("__pycache__", "*.pyc", "py.typed")
    shutil.copytree(ROOT / "server" / "mldebt", LIBRARIES / "mldebt", ignore=leave_out)
    index()
    schema()
    n_files, n_bytes = checked()
    sys.stdout.write(f"bundled/libs: {n_files} files, {n_bytes / 1e6:.1f} MB\n")


def wanted() -> set[str]:
    return set(re.findall(r"--hash=sha256:([0-9a-f]{64})", PINNED.read_text(encoding="utf-8")))


def fetched() -> list[Path]:
    """The pinned wheels; fetched only if one of them is not there."""
    if digests(WHEELS) != wanted():
        shutil.rmtree(WHEELS, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, *TARGET, "--require-hashes", "-r", str(PINNED), "-d", str(WHEELS)], check=True)
        assert digests(WHEELS) == wanted(), "pip brought something else than requirements.txt names"
    return sorted(WHEELS.glob("*.whl"))


def digests(folder: Path) -> set[str]:
    return {hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in folder.glob("*.whl")}


def unpack(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if LICENCE.search(name):
                project = wheel.name.partition("-")[0]
                target = LICENCES / f"{project}-{PurePosixPath(name).name}"
                target.write_bytes(archive.read(name))
            elif not NOT_NEEDED.search(name) and name.endswith((".py", ".pyi", ".txt", ".json")):
                target = LIBRARIES / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def index() -> None:
    """What is remembered of the rules, as a wheel brings it too (server/hatch_build.py).

    A new user's first start has no bytecode, and would otherwise compile every rule before its first finding.
    """
    code = f"import sys; sys.path.insert(0, {str(LIBRARIES)!r}); from mldebt.rules import SHIPPED, index_text; "
    said = run("-c", code + "sys.stdout.write(SHIPPED + chr(10) + index_text())")
    place, _, text = said.decode("utf-8").replace("\r\n", "\n").partition("\n")
    (LIBRARIES / "mldebt" / place).write_bytes(text.encode("utf-8"))


def schema() -> None:
    """The schema of mldebt.toml, said by the bundle itself: for TOML extensions, and to see that it runs."""
    said = run(str(ROOT / "vscode-client" / "start.py"), "--config-schema")
    (LIBRARIES / "mldebt" / "schemas" / "mldebt.schema.json").write_bytes(said)


def run(*words: str) -> bytes:
    return subprocess.run([sys.executable, "-I", "-S", "-B", "-X", "utf8", *words], check=True, capture_output=True).stdout


def checked() -> tuple[int, int]:
    """(files, bytes). Every file must be Python text that our oldest Python reads."""
    files = [path for path in LIBRARIES.rglob("*") if path.is_file()]
    for path in files:
        if path.suffix == ".py":
            ast.parse(path.read_bytes(), str(path), feature_version=OLDEST)
    return len(files), sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    main()
