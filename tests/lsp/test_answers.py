"""Hovers beside findings: what a setting's file says about it, and what a configuration names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness import Client, covered
from test_session import BASIC

from mldebt.lsp.answers import OPEN, answered, setting_at
from mldebt.syntax.document import Document
from mldebt.syntax.manifest import read_manifest
from mldebt.syntax.source import SourceFile

CODE = '''"""Training."""

from dataclasses import dataclass, field


@dataclass
class TrainConfig:
    """Tuned with Optuna on transactions_v5, 2024-01-15.

    Ask the fraud team.
    """

    learning_rate: float = 0.0078
    # what: step size of the optimiser; why: best AUC of 200 trials; validated: 2024-02-01; owner: TODO(mldebt)
    dropout: float = 0.13  # nobody knows why
    width: int = field(default=64, metadata={"help": "fits in 8 GB of memory"})
    name: str = "fraud"


MAX_AMOUNT = 9_500  # bank's reporting limit, see with compliance@bank.example

CONFIG = TrainConfig()
print(CONFIG.learning_rate, CONFIG.unknown, "learning_rate", CONFIG.width())
'''


def at(word: str, more: int = 0, text: str = CODE) -> Any:
    found = setting_at(Document(SourceFile("train.py", text)).module(), text.index(word) + more)
    return found and found[0]


def test_named_answers_are_taken_as_they_stand_and_open_ones_are_open() -> None:
    setting = at("learning_rate: float", 3)
    assert (setting.name, setting.where, setting.value) == ("learning_rate", "TrainConfig", "0.0078")
    assert answered(setting) == {
        "what": "step size of the optimiser",
        "why": "best AUC of 200 trials",
        "validated": "2024-02-01",
        "owner": "Ask the fraud team",
    }


def test_a_shrug_is_no_answer_but_the_class_may_have_one() -> None:
    found = answered(at("dropout: float"))
    assert "what" not in found
    assert found["validated"] == "Tuned with Optuna on transactions_v5, 2024-01-15"


def test_fields_and_constants_say_it_in_their_own_ways() -> None:
    assert answered(at("width: int"))["why"] == "fits in 8 GB of memory"
    constant = answered(at("MAX_AMOUNT", 2))
    assert constant["owner"].endswith("compliance@bank.example")
    assert "reporting limit" in constant["what"]


def test_where_it_is_read_it_is_explained_and_nothing_else_is() -> None:
    assert at("CONFIG.learning_rate", 9).value == "0.0078"
    for word, more in (
        ("CONFIG.unknown", 8),
        ('"learning_rate"', 3),
        ("CONFIG.width()", 8),
        ("@dataclass", 3),
    ):
        assert at(word, more) is None, word


def test_keys_of_a_configuration_file() -> None:
    text = "train:\n  learning_rate: 0.0078  # grid search on v5, 2024-01-15\n  other: 1\n"
    manifest = read_manifest("conf/params.yaml", text)
    found = setting_at(manifest, text.index("learning") + 2)
    assert found is not None and "grid search" in answered(found[0])["why"]
    assert answered(setting_at(manifest, text.index("other"))[0]) == {}  # type: ignore[index]
    assert setting_at(read_manifest("docker-compose.yaml", text), text.index("learning")) is None


@pytest.fixture
def client() -> Any:
    with Client() as one:
        one.initialize(BASIC)
        yield one


def hover(client: Client, uri: str, word: str, more: int = 1) -> Any:
    text = client.documents[uri]
    line = text.count("\n", 0, text.index(word) + more)
    column = text.index(word) + more - (text.rfind("\n", 0, text.index(word) + more) + 1)
    place = {"line": line, "character": column}
    return client.call("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})


def test_hovers_of_settings_and_of_rules_in_the_configuration(client: Client, tmp_path: Path) -> None:
    uri = "file:///work/train.py"
    client.open(uri, CODE)
    shown = hover(client, uri, "dropout")
    assert "`dropout`" in shown["contents"]["value"] and OPEN in shown["contents"]["value"]
    assert covered(CODE, shown["range"], "utf-16") == "dropout"
    toml = (tmp_path / "pyproject.toml").as_uri()
    text = '[project]\nname = "hardcoded-path"\n[tool.mldebt]\nignore = ["hardcoded-path", "tool"]\n'
    (tmp_path / "pyproject.toml").write_text(text)
    client.open(toml, text, language="toml")
    assert hover(client, toml, "hardcoded-path") is None, "not ours"
    assert "`hardcoded-path`" in hover(client, toml, '["hardcoded-path', 4)["contents"]["value"]
    assert "unused-suppression" in hover(client, toml, '"tool"', 2)["contents"]["value"]
