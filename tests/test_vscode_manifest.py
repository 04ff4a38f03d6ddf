"""package.json, the manifest of the VS Code extension, says what the server does and nothing else."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mldebt.lsp import commands
from mldebt.lsp.settings import Settings, settings_of

ROOT = Path(__file__).resolve().parent.parent
MANIFEST: dict[str, Any] = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "vscode-client/src").glob("*.ts")}
PROPERTIES: dict[str, Any] = {
    name: schema
    for group in MANIFEST["contributes"]["configuration"]
    for name, schema in group["properties"].items()
}
EXTENSION_ONLY = {"interpreter", "importStrategy", "logLevel", "logFile", "trace.server"}


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"vscode-client/tools/{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_parts_are_up_to_date() -> None:
    text = (ROOT / "package.json").read_text(encoding="utf-8")
    assert tool("manifest").renewed(text) == text, "run: python tests/readme.py"


def test_the_defaults_in_the_manifest_are_the_servers() -> None:
    given: dict[str, Any] = {}
    for name, schema in PROPERTIES.items():
        *groups, last = name.removeprefix("mldebt.").split(".")
        at = given
        for group in groups:
            at = at.setdefault(group, {})
        at[last] = schema["default"]
    assert settings_of(given) == (Settings(), ())


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_a_setting_is_described_and_read(name: str) -> None:
    schema = PROPERTIES[name]
    assert schema["markdownDescription"] and schema["scope"]
    if "enum" in schema and "markdownEnumDescriptions" in schema:
        assert len(schema["enum"]) == len(schema["markdownEnumDescriptions"])
    short = name.removeprefix("mldebt.")
    if short not in EXTENSION_ONLY:
        # A value of the wrong type is noticed, so it is read.
        wrong: Any = {short.partition(".")[0]: {"enable": 1.5} if short == "codeLens.enable" else 1.5}
        settings, troubles = settings_of(wrong)
        assert settings == Settings() and (troubles or short == "codeLens.enable")


def test_what_could_name_a_program_is_not_taken_from_an_untrusted_workspace() -> None:
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    dangerous = {f"mldebt.{name}" for name in ("interpreter", "importStrategy", "logFile")}
    assert set(trust["restrictedConfigurations"]) == dangerous


def test_every_command_in_the_palette_is_registered_and_named() -> None:
    registered = set(re.findall(r'register\(\s*"(mldebt\.\w+)"', "".join(SOURCES.values())))
    contributed = {command["command"] for command in MANIFEST["contributes"]["commands"]}
    assert contributed == registered
    assert not contributed & set(commands.ALL), "the client registers the server's commands by itself"
    assert all(command["category"] == "ML Debt" for command in MANIFEST["contributes"]["commands"])


def test_everything_the_manifest_names_is_there() -> None:
    text = json.dumps(MANIFEST)
    for name in re.findall(r'"(?:\./)?(vscode-client/(?!out/)[\w./-]+)"', text):
        assert (ROOT / name).exists(), name
    named = {url for one in MANIFEST["contributes"].get("yamlValidation", ()) for url in [one["url"]]}
    for url in named:
        assert (ROOT / url.replace("./bundled/libs/", "server/")).exists(), url


def test_the_pinned_libraries_fit_what_the_package_asks_for() -> None:
    from packaging.requirements import Requirement

    pinned = dict(
        re.findall(r"^([\w-]+)==(\S+)", (ROOT / "vscode-client/requirements.txt").read_text(), re.M)
    )
    pinned = {name.lower(): version for name, version in pinned.items()}
    block = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S)
    assert block is not None
    used = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "server").rglob("*.py"))
    for line in re.findall(r'"([^"\n]+?)(?:;[^"]*)?"', block[1]):
        wanted = Requirement(line.strip().rstrip(";"))
        module = {"pyyaml": "yaml"}.get(wanted.name, wanted.name)
        if re.search(rf"^\s*(?:import|from) {module}\b", used, re.M):
            assert pinned[wanted.name.lower()] in wanted.specifier, wanted
