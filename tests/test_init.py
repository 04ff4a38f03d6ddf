"""`--init` drafts what the folder shows, asks the rest, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import files, run

TRAIN = (
    "import joblib\nimport pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\n"
    "FEATURES = ['amount', 'tx_count_7d']\n\n"
    "frame = pd.read_csv('data/transactions.csv')\nmodel = LogisticRegression()\n"
    "model.fit(frame[FEATURES], frame['fraud'])\njoblib.dump(model, 'models/fraud_detector.joblib')\n"
)
SERVE = (
    "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('models/fraud_detector.joblib')\n\n\n"
    "@app.post('/predict')\ndef predict(amount: float):\n    score = model.predict_proba([[amount]])[0][1]\n"
    "    return {'fraud_score': score, 'label': 'FRAUD' if score > 0.5 else 'LEGITIMATE'}\n"
)
CALLER = "import requests\n\nscore = requests.post('http://fraud/predict', json={}).json()['fraud_score']\n"
DRAFTED = ("labels.yaml", "consumers.yaml", "features.yaml", "mldebt.toml")


def test_what_the_code_shows_is_filled_in(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"train.py": TRAIN, "api/main.py": SERVE, "gateway/client.py": CALLER})
    ran = run(root, "--init", ".")
    assert ran.code == 0, ran.err
    texts = {name: (root / name).read_text(encoding="utf-8") for name in DRAFTED}
    assert "fraud_detector:" in texts["labels.yaml"]
    for word in ("/predict", "fraud_score:", "label:", "service: gateway"):
        assert word in texts["consumers.yaml"], word
    for word in ("amount:", "tx_count_7d:"):
        assert word in texts["features.yaml"], word
    assert '# serve = ["api/main.py"]' in texts["mldebt.toml"]
    assert all("TODO(mldebt)" in text for text in texts.values())
    for name in DRAFTED:
        assert f"{name}: " in ran.out


def test_what_is_drafted_is_read_and_asked_about(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"train.py": TRAIN, "api/main.py": SERVE})
    run(root, "--init", ".")
    checked = run(root, "--check", ".", "--format", "json", "--fail-on", "never", "--no-cache")
    assert checked.code == 0, checked.err
    assert {"incomplete-label-metadata", "feature-without-owner"} <= set(checked.rules)
    assert "missing-consumer-registry" not in checked.rules
    assert "feedback-loop-unaudited" not in checked.rules


def test_results_and_headers_are_no_features(tmp_path: Path) -> None:
    text = TRAIN.replace("FEATURES = ['amount', 'tx_count_7d']\n", "").replace("[FEATURES]", "") + (
        "frame['amount_log'] = frame['amount'] + 1\nframe['credit_score'] = frame['amount'] * 2\n"
        "results['ROC AUC'] = roc_auc_score(y, p)\nresults['test_accuracy'] = (p == y).mean()\n"
        "response.headers['X-RateLimit-Limit'] = str(frame['amount'].max())\n"
    )
    root = files(tmp_path / "w", {"train.py": text})
    run(root, "--init", ".")
    drafted = (root / "features.yaml").read_text(encoding="utf-8")
    assert "amount_log:" in drafted
    assert "credit_score:" in drafted
    for word in ("AUC", "accuracy", "RateLimit"):
        assert word not in drafted


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    mine = {
        "labels.yaml": "bug: red\n",
        "mldebt/consumers.yaml": "models:\n  fraud:\n    declared_consumers: []\n",
        "pyproject.toml": "[tool.mldebt]\nfail-on = 'hint'\n",
    }
    root = files(tmp_path / "w", {"train.py": TRAIN, "api/main.py": SERVE, **mine})
    ran = run(root, "--init", ".")
    again = run(root, "--init", ".")
    assert (ran.code, again.code) == (0, 0)
    for name, text in mine.items():
        assert (root / name).read_text(encoding="utf-8") == text
    assert (root / "mldebt" / "labels.yaml").exists(), "the name was taken by issue labels"
    assert not (root / "mldebt.toml").exists()
    assert "has settings already" in ran.out
    assert "kept already" in again.out


def test_a_folder_without_models_gets_settings_only(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"a.py": "print('hello')\n"})
    ran = run(root, "--init")
    assert sorted(path.name for path in root.iterdir()) == ["a.py", "mldebt.toml"]
    assert ran.out.count("not drafted") == 3


def test_the_draft_of_the_settings_is_valid(tmp_path: Path) -> None:
    root = files(tmp_path / "w", {"train.py": TRAIN, "third_party/x.py": "x = 1\n"})
    run(root, "--init", ".")
    shown = run(root, "--show-config", "train.py")
    assert shown.code == 0, shown.err
    assert "extend-exclude" not in shown.err and '"third_party"' in shown.out


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--init", "train.py"], "is none"), (["--init", ".", "api"], "one folder")]
)
def test_wrong_arguments_are_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    ran = run(files(tmp_path / "w", {"train.py": TRAIN, "api/main.py": SERVE}), *arguments)
    assert ran.code == 4 and said in ran.err
