"""Any number under the cursor can move to a config class, whether a rule minds it or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from harness import Client, profile
from test_session import URI, actions_at

from mldebt.text import Edit, LineIndex, Span, apply_edits

TEXT = "import torch\n\n\ndef train(model):\n    return torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-8)\n"


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as one:
        one.initialize(profile("vscode-1.139"))
        one.open(URI, TEXT)
        yield one


def at(word: str) -> dict[str, Any]:
    """An empty selection on the first letter of `word`."""
    line, column = LineIndex(TEXT).position(TEXT.index(word))
    place = {"line": line, "character": column}
    return {"start": place, "end": place}


def after(action: dict[str, Any]) -> str:
    lines = LineIndex(TEXT)
    (change,) = action["edit"]["documentChanges"]
    edits = []
    for edit in change["edits"]:
        ends = [
            lines.starts[edit["range"][end]["line"]] + edit["range"][end]["character"]
            for end in ("start", "end")
        ]
        text = edit.get("newText", edit.get("snippet", {}).get("value", ""))
        edits.append(Edit(Span(*ends), text))
    return apply_edits(TEXT, edits)


def test_an_ordinary_number_is_offered_its_extraction(client: Client) -> None:
    actions = actions_at(client, at("1e-3"), only=["refactor.extract"])
    assert actions and {action["kind"] for action in actions} == {"refactor.extract"}
    text = after(actions[0])
    assert "class TrainConfig" in text and "1e-3" in text and "lr=TRAIN_CONFIG.lr" in text
    compile(text, "train.py", "exec")


def test_where_there_is_no_number_nothing_is_offered(client: Client) -> None:
    assert actions_at(client, at("parameters"), only=["refactor.extract"]) == []


def test_asking_for_quick_fixes_brings_no_extraction(client: Client) -> None:
    assert actions_at(client, at("1e-3"), only=["quickfix"]) == []
