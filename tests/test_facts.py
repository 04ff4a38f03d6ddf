"""Shared facts: only what is needed is made, and roles come from what the code does."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from examples import config_for, report_of
from mldebt.engine.files import DiskFiles
from mldebt.facts import TOPICS, topics_of
from mldebt.facts.roles import roles_of
from mldebt.rule import Workspace


def roles(path: str, text: str) -> frozenset[str]:
    config = config_for("unseeded-split", extra_facts=("role",))
    report = report_of(path, text, config)
    assert not report.errors
    return roles_of(Workspace((path,), {path: report}, config)).get(path, frozenset())


TRAIN = "from sklearn.linear_model import Ridge\n\nmodel = Ridge()\nmodel.fit(X, y)\n"
SERVE = (
    "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post('/predict')\ndef predict(x):\n    ...\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TRAIN, {"train"}),
        (SERVE, {"serve"}),
        ("import torch\n\nloss.backward()\n", {"train"}),
        ("from airflow import DAG\n", {"pipeline"}),
        ("import evidently\n", {"monitor"}),
        ("from sklearn.preprocessing import StandardScaler\n\nStandardScaler().fit(X)\n", set()),
        ("import requests\n\nrequests.get('http://x')\n", set()),
        ("from flask import Flask\n\napp = Flask('x')\n", set()),
    ],
)
def test_roles_come_from_what_the_code_does(text: str, expected: set[str]) -> None:
    assert roles("a.py", text) == expected


def test_tests_and_examples_have_no_role() -> None:
    assert roles("tests/test_a.py", TRAIN) == frozenset()
    assert roles("examples/a.py", TRAIN) == frozenset()


def test_facts_are_made_for_those_who_ask() -> None:
    assert not report_of("a.py", TRAIN, config_for("unseeded-split")).facts


def test_every_topic_has_a_file_and_makes_no_kind_twice() -> None:
    kinds = [kind for made in TOPICS.values() for kind in made]
    assert len(kinds) == len(set(kinds))
    assert topics_of(kinds) == sorted(TOPICS)
    with pytest.raises(KeyError):
        topics_of(["no such kind"])


def test_sums_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x\r\n")
    files = DiskFiles(str(tmp_path))
    expected = {hashlib.md5(data).hexdigest() for data in (b"x\r\n", b"x\n")}
    assert files.md5("a.csv") == expected
    assert files.size("a.csv") == 3
    assert files.md5("gone.csv") == frozenset()
    assert files.size("../a.csv") is None
    assert set(files.asked) == {str(tmp_path / "a.csv"), str(tmp_path / "gone.csv")}
    (tmp_path / "a.csv").write_bytes(b"other")
    assert files.md5("a.csv") == {hashlib.md5(b"other").hexdigest()}
