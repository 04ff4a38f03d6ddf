"""Hovers and lenses that need the whole folder: where a column or an artifact is made, read and consumed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Client, covered
from test_answers import hover
from test_workspace import WATCHES, until

PREPARE = """import pandas as pd

frame = pd.read_csv("data/raw.csv")
frame["tx_mean_7d"] = frame["amount"].rolling(7).mean()
frame.to_parquet("data/clean.parquet")
"""
TRAIN = """import joblib
import pandas as pd
from sklearn.ensemble import RandomForestClassifier

FEATURES = ["tx_mean_7d", "age"]
frame = pd.read_parquet("data/clean.parquet")
model = RandomForestClassifier(random_state=1)
model.fit(frame[FEATURES], frame["label"])
joblib.dump(model, "models/model.joblib")
"""
SERVE = """import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("models/model.joblib")


@app.post("/score")
def score(row: dict):
    return float(model.predict([[row["tx_mean_7d"], row["age"]]])[0])
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / ".git").mkdir()
    for name, text in (("prepare.py", PREPARE), ("train.py", TRAIN), ("serve.py", SERVE)):
        (tmp_path / name).write_text(text)
    with Client() as one:
        one.initialize(WATCHES, root=tmp_path, options={"codeLens": {"enable": True}})
        one.root = tmp_path  # type: ignore[attr-defined]
        one.open((tmp_path / "prepare.py").as_uri(), PREPARE)
        yield one


def card(client: Client, name: str, word: str, *expected: str) -> str:
    """What is shown once the other files have been looked at."""
    uri = (client.root / name).as_uri()  # type: ignore[attr-defined]

    def told() -> str:
        shown: Any = hover(client, uri, word, 3)
        text = shown["contents"]["value"] if shown else ""
        return text if all(part in text for part in expected) else ""

    return str(until(told))


def test_an_artifact_says_who_writes_and_who_reads_it(client: Client) -> None:
    text = card(client, "prepare.py", "data/clean.parquet", "prepare.py:5", "train.py:6", "serve.py")
    writes, reads, beyond = (line for line in text.splitlines() if line.startswith("- "))
    assert "prepare.py:5" in writes and "to_parquet" in writes and "train.py" not in writes
    assert "train.py:6" in reads and "read_parquet" in reads
    assert "And through them" in beyond and "serve.py" in beyond
    assert f"({(client.root / 'train.py').as_uri()}#L6)" in reads  # type: ignore[attr-defined]


def test_a_column_says_where_it_is_computed_listed_and_consumed(client: Client) -> None:
    text = card(client, "prepare.py", "tx_mean_7d", "prepare.py:4", "train.py", "serve.py")
    by_name = dict(line[2:].split(":** ", 1) for line in text.splitlines() if line.startswith("- "))
    assert "prepare.py:4" in by_name["**Computed"]
    assert "`FEATURES`" in by_name["**Model input in"]
    assert "trains on it" in by_name["**Consumed"] and "serves it" in by_name["**Consumed"]
    assert hover(client, (client.root / "prepare.py").as_uri(), "read_csv") is None  # type: ignore[attr-defined]


def test_above_a_features_definition_stands_what_a_change_touches(client: Client) -> None:
    uri = (client.root / "prepare.py").as_uri()  # type: ignore[attr-defined]

    def lenses() -> list[Any]:
        found = client.call("textDocument/codeLens", {"textDocument": {"uri": uri}})
        return [one for one in found if "touches" in one["command"]["title"]]

    (lens,) = until(lenses)
    assert "tx_mean_7d" in covered(PREPARE, lens["range"], "utf-16")
    until(lambda: "serve.py, train.py (serve, train)" in lenses()[0]["command"]["title"])
