"""The three audit files and their dicts in code are read as the same records; files of other people are left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples import TODAY, check, config_for, report_of, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.facts.audits import (
    CONSUMERS,
    FEATURES,
    KINDS,
    LABELS,
    SHAPES,
    Record,
    features_of,
    labels_of,
    registries_of,
)
from mldebt.fixes.audit_files import features_text
from mldebt.rule import Workspace

SCHEMAS = Path(__file__).resolve().parent.parent / "server" / "mldebt" / "schemas"
CONFIG = config_for("unseeded-split", extra_facts=KINDS)


def workspace(files: dict[str, str]) -> Workspace:
    reports = {path: report_of(path, text, CONFIG) for path, text in files.items()}
    assert not any(report.errors for report in reports.values())
    for path, report in reports.items():
        for fact in report.facts:
            assert fact.span.end <= len(files[path])
            assert all(end in report.positions for field in fact.detail[2] for end in (*field[3], *field[4]))
    return Workspace(tuple(sorted(files)), reports, CONFIG)


def labels(path: str, text: str) -> list[Record]:
    return labels_of(workspace({path: text}))


YAML = """\
models:
  fraud:
    label_trigger: model_alert
    label_lag_days: 45
    audited_on: 2026-01-10
  churn:
    owner: crm
  empty:
"""
CODE = """\
LABELS = {
    "fraud": {"label_trigger": "model_alert", "label_lag_days": 45, "audited_on": "2026-01-10"},
}
"""


def test_yaml_and_code_give_the_same_record() -> None:
    in_yaml, in_code = labels("labels.yaml", YAML)[0], labels("train.py", CODE)[0]
    for record, text in ((in_yaml, YAML), (in_code, CODE)):
        assert record.name == "fraud"
        assert record.value("label_trigger") == "model_alert"
        assert record.value("label_lag_days") == 45
        assert str(record.get("audited_on").date) == "2026-01-10"  # type: ignore[union-attr]
        assert "fraud" in text[record.span.start : record.span.end]
        field = record.get("label_lag_days")
        assert field is not None and text[field.span.start : field.span.end] == "45"
    assert in_code.in_code and not in_yaml.in_code


def test_what_stands_beside_a_record_is_a_record() -> None:
    assert [record.name for record in labels("labels.yaml", YAML)] == ["fraud", "churn", "empty"]


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("labels.yaml", "label_trigger: chargeback\nmodel_id: fraud\n", ["fraud"]),
        ("labels.yaml", "- model: a\n  label_trigger: x\n- model: b\n  owner: me\n", ["a", "b"]),
        ("mldebt/labels.yaml", "models:\n  a: {owner: me}\n", ["a"]),
        ("conf/labels.yaml", "# mldebt: how labels are made\nmodels:\n  a:\n", ["a"]),
        (".github/labels.yml", "- name: bug\n  color: ff0000\n  description: broken\n", []),
        ("labels.yaml", "0: cat\n1: dog\n", []),
        ("params.yaml", "label_trigger: model_alert\nlabel_lag_days: 3\n", []),
        ("a.py", "x = {'label_trigger': 'model_alert'}\n", []),
        ("a.py", "f({'label_trigger': 'model_alert', 'owner': 'me'})\n", [""]),
        ("a.py", "x = {'label_trigger': trigger, 'label_lag_days': meta.get('label_lag_days')}\n", []),
        ("a.py", "x = {'owner': 'me', 'holdout_fraction': 0.1}\n", []),
        ("tests/test_a.py", CODE, []),
    ],
)
def test_what_is_a_record(path: str, text: str, names: list[str]) -> None:
    assert [record.name for record in labels(path, text)] == names


REGISTRY = """\
model_id: fraud
declared_consumers:
  - service: gateway
    fields_used: [score, label]
schema: {score: float, label: "string enum ['A', 'B']"}
"""


def test_a_registry_keeps_what_is_below_it() -> None:
    code = "R = " + repr(
        {
            "model_id": "fraud",
            "declared_consumers": [{"service": "gateway", "fields_used": ["score", "label"]}],
            "schema": {"score": "float", "label": "string enum ['A', 'B']"},
        }
    )
    for path, text in (("consumers.yaml", REGISTRY), ("serve.py", code)):
        (record,) = registries_of(workspace({path: text}))
        assert record.name == "fraud"
        assert record.value("declared_consumers", 0, "service") == "gateway"
        used = record.values("declared_consumers", 0, "fields_used")
        assert [field.value for field in used] == ["score", "label"]
        assert [field.key[-1] for field in record.children("schema")] == ["score", "label"]


def test_features_in_both_shapes() -> None:
    text = "features:\n  a: {upstream_owner: me, is_stable: true}\n  b:\n"
    assert [record.name for record in features_of(workspace({"features.yaml": text}))] == ["a", "b"]
    code = "M = {'a': {'upstream_owner': None, 'schema_version': '1'}}\nrows.append({'upstream_owner': m.get('x'), 'schema_version': m.get('y')})\n"
    assert [record.name for record in features_of(workspace({"a.py": code}))] == ["a"]
    other = "features:\n  - name: amount\n    dtype: float\n"
    assert features_of(workspace({"features.yaml": other})) == []


def schema(stem: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{stem}.schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.stem)
def test_schemas_tell_every_key_and_their_example_is_a_record(shape: Any) -> None:
    described = schema(shape.stem)
    assert described["title"] and described["description"]
    part = {LABELS: "label", CONSUMERS: "registry", FEATURES: "feature"}[shape]
    properties = described["definitions"][part]["properties"]
    assert shape.own <= set(properties)
    for key, value in properties.items():
        assert value["title"], key
    (example,) = described["examples"]
    (name,) = next(iter(example.values()))
    # JSON is YAML.
    records = workspace({f"{shape.stem}.yaml": json.dumps(example)})
    (record,) = {"labels": labels_of, "consumers": registries_of, "features": features_of}[shape.stem](
        records
    )
    assert record.name == name
    assert set(described["definitions"][part]["required"]) <= set(record.keys)
    assert TODAY


# Drafts ----------------------------------------------------------------------------------------


def drafted(rule_id: str, files: dict[str, str]) -> tuple[str, str]:
    """(path, text) of the file that the one finding's first fix creates."""
    config = config_for(rule_id)
    findings, _ = check(files, config)
    (finding,) = findings
    (fix,) = fixes_of(finding, subject_of(finding.path, files[finding.path]), config)
    assert fix.creates and fix.path not in files
    return fix.path, fix.edits[0].text


SERVE = """\
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(x: dict):
    score = float(model.predict(x))
    return {"score": score, "label": "A" if score > 0.5 else "it's"}
"""
TRAIN = "from sklearn.linear_model import Ridge\n\nmodel = Ridge()\nmodel.fit(X, y)\n"
CALLER = 'import requests\n\nrequests.post("http://model:8000/predict", json={})\n'


def test_a_draft_is_read_by_our_own_reader_and_asks_its_questions() -> None:
    files = {"serve.py": SERVE, "train.py": TRAIN, "billing/client.py": CALLER}
    path, text = drafted("missing-consumer-registry", files)
    assert path == "consumers.yaml"
    (record,) = registries_of(workspace({path: text}))
    assert record.value("declared_consumers", 0, "service") == "billing"
    assert [field.key[-1] for field in record.children("schema")] == ["score", "label"]
    said = [
        finding.message for finding in check({**files, path: text}, config_for("undeclared-consumers"))[0]
    ]
    assert said == [
        "`the_model` has no `schema_change_policy`",
        "`billing` names no `team`",
    ]
    path, text = drafted("feedback-loop-unaudited", files)
    assert path == "labels.yaml"
    (record,) = labels_of(workspace({path: text}))
    assert record.name == "the_model"
    said = [finding.rule for finding in check({**files, path: text}, config_for("feedback-loops"))[0]]
    assert said == ["incomplete-label-metadata"]


def test_a_name_that_is_taken_goes_into_our_folder() -> None:
    files = {"serve.py": SERVE, "train.py": TRAIN, "labels.yaml": "0: cat\n1: dog\n"}
    assert drafted("feedback-loop-unaudited", files)[0] == "mldebt/labels.yaml"


def test_the_feature_draft_is_read_too() -> None:
    records = features_of(workspace({"features.yaml": features_text(["tx_mean_7d", "odd name"])}))
    assert [record.name for record in records] == ["tx_mean_7d", "odd name"]
