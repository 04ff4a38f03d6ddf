"""The house keeps its shape: imports point down, and each heavy library has one home.

Reads our own imports, also those inside functions; only imports for type
checkers may point up. DESIGN.md draws the floors.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "server" / "mldebt"

FLOORS = (
    {"plain", "typed"},
    {"text"},
    {"knowledge"},
    {"syntax"},
    {"rule"},
    {"suppressions", "config", "config_types", "config_settings", "config_schema", "config_files"},
    {"fixes"},
    {"facts"},
    {"rules"},
    {"engine"},
    {"cli", "lsp"},
    {"__main__"},
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}

HOMES = {
    "ast": ("syntax/",),
    "parso": ("syntax/repair.py",),
    "typing": ("lsp/", "typed.py", "config_types.py"),
    "tokenize": ("syntax/",),
    "yaml": ("syntax/manifest_yaml.py",),
    "jedi": ("engine/resolve.py",),
    "pygls": ("lsp/",),
    "lsprotocol": ("lsp/",),
    "asyncio": ("lsp/",),
    "pathspec": ("engine/",),
    "multiprocessing": ("engine/", "lsp/scanning.py", "lsp/resolving.py"),
}

HEAVY_FOR_THE_COMMAND_LINE = (
    "pygls",
    "lsprotocol",
    "jedi",
    "parso",
    "asyncio",
    "yaml",
    "argparse",
    "dataclasses",
    "typing",
    "logging.config",
)


def own_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of each import that runs; `from a.b import c` counts as `a.b.c`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            stack += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write imports absolutely"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        stack += ast.iter_child_nodes(node)


def part_of(path: Path) -> str:
    """`engine` of server/mldebt/engine/analyze.py, `text` of server/mldebt/text.py."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def test_every_part_of_the_package_has_a_floor() -> None:
    parts = {part_of(path) for path in own_files()} - {"__init__"}
    assert parts <= set(FLOOR), f"give these a floor in {Path(__file__).name}: {sorted(parts - set(FLOOR))}"


def test_imports_point_down() -> None:
    wrong = []
    for path in own_files():
        part = part_of(path)
        for line, name in imports_of(path):
            words = name.split(".")
            if words[0] != "mldebt" or len(words) < 2 or words[1] not in FLOOR or words[1] == part:
                continue
            same_floor = FLOOR[words[1]] == FLOOR[part] and part not in ("cli", "lsp")
            if FLOOR[words[1]] >= FLOOR[part] and not same_floor:
                wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}, which is not below it")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    strangers = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in own_files()
        for line, name in imports_of(path)
        if name.partition(".")[0] == library
        and not path.relative_to(PACKAGE).as_posix().startswith(HOMES[library])
    ]
    assert not strangers, f"{library} is imported outside {' and '.join(HOMES[library])}: {strangers}"


@pytest.mark.parametrize("part", ["text", "knowledge", "rule", "config", "suppressions", "fixes", "rules"])
def test_rules_and_what_is_below_them_need_only_the_standard_library(part: str) -> None:
    strangers = [
        f"{path.relative_to(PACKAGE)}:{line} {name}"
        for path in own_files()
        if part_of(path) == part
        for line, name in imports_of(path)
        if name.partition(".")[0] not in sys.stdlib_module_names | {"mldebt", "tomli"}
    ]
    assert not strangers


def test_a_rule_is_one_file() -> None:
    """No rule imports another one: what two rules share lives below them or in a file that starts with `_`."""
    wrong = []
    for path in own_files():
        if part_of(path) != "rules" or path.name == "__init__.py":
            continue
        for line, name in imports_of(path):
            words = name.split(".")
            if words[:2] == ["mldebt", "rules"] and len(words) > 3 and not words[3].startswith("_"):
                wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def loaded_by(arguments: list[str], cwd: Path) -> set[str]:
    """The modules that a run of the command line has loaded when it ends."""
    code = (
        "import json, sys\n"
        "from mldebt.__main__ import main\n"
        "code = main(json.loads(sys.argv[1]))\n"
        "print('\\n' + json.dumps(sorted(sys.modules)))\n"
        "sys.exit(0 if code in (0, 1) else code)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", code, json.dumps(arguments)],
        capture_output=True, text=True, cwd=cwd, env=environment, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_command_line_loads_no_server(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(
        "import pandas\n\nx = pandas.read_csv('/home/ann/a.csv')\n", encoding="utf-8"
    )
    loaded = loaded_by(["--check", "train.py", "--no-cache", "--isolated"], tmp_path)
    assert "mldebt.rules.configuration.hardcoded_path" in loaded
    heavy = [name for name in HEAVY_FOR_THE_COMMAND_LINE if name in loaded]
    assert not heavy, f"checking one file imports {heavy}"


def test_help_and_version_load_next_to_nothing(tmp_path: Path) -> None:
    for option in ("--help", "--version"):
        loaded = loaded_by([option], tmp_path)
        heavy = {"ast", "mldebt.rules", "mldebt.knowledge", "mldebt.engine.analyze"} & loaded
        assert not heavy, f"{option} imports {sorted(heavy)}"
