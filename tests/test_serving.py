"""What is known of served and read model outputs: routes, their answers, requests, fields and positions."""

from __future__ import annotations

import pytest

from examples import config_for, report_of
from mldebt.facts import TOPICS
from mldebt.facts.serving import Route, requests_of, routes_of, same_route, uses_of
from mldebt.rule import Workspace

CONFIG = config_for("unseeded-split", extra_facts=TOPICS["serving"])


def workspace(**files: str) -> Workspace:
    texts = {name.replace("__", "/") + ".py": text for name, text in files.items()}
    reports = {path: report_of(path, text, CONFIG) for path, text in texts.items()}
    assert not any(report.errors for report in reports.values()), reports
    return Workspace(tuple(sorted(texts)), reports, CONFIG)


HEAD = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"


def route(body: str, decorator: str = '@app.post("/predict")', head: str = HEAD) -> Route:
    (found,) = routes_of(workspace(serve=f"{head}{decorator}\ndef predict(x):\n{body}"))
    return found


@pytest.mark.parametrize(
    ("body", "names", "complete"),
    [
        ('    return {"score": 0.5, "label": "A"}\n', ["score", "label"], True),
        ('    out = {"score": 0.5}\n    out["label"] = "A"\n    return out\n', ["score", "label"], True),
        ('    return jsonify({"score": 1}), 200\n', ["score"], True),
        ("    return jsonify(score=1, label=2)\n", ["score", "label"], True),
        ('    if not x:\n        return {"error": 1}, 400\n    return {"score": 1}\n', ["score"], True),
        ('    return JSONResponse(content={"score": 1})\n', ["score"], True),
        ("    return Answer(score=1)\n", ["score"], True),
        ('    return {**base, "score": 1}\n', ["score"], True),
        ("    return model.predict(x)\n", [], False),
    ],
)
def test_answers_of_a_handler(body: str, names: list[str], complete: bool) -> None:
    found = route(body)
    assert found.route == "/predict" and found.handler == "predict"
    assert [field.name for answer in found.answers for field in answer.fields] == names
    assert found.complete is complete


def test_words_and_types_of_an_answer() -> None:
    found = route(
        '    label = "FRAUD" if x else "LEGIT"\n    return {"score": float(x), "label": label, "n": n}\n'
    )
    assert [(field.type, field.words) for field in found.answers[0].fields] == [
        ("float", ()),
        ("str", ("FRAUD", "LEGIT")),
        ("", ()),
    ]


def test_a_response_model_tells_more_than_the_return() -> None:
    schema = (
        "from pydantic import BaseModel\n\n\nclass Out(BaseModel):\n    score: float\n"
        '    label: Literal["A", "B"]\n'
    )
    serve = HEAD + '@app.post("/predict", response_model=Out)\ndef predict(x):\n    return run(x)\n'
    (found,) = routes_of(workspace(schemas=schema, serve=serve))
    assert found.complete
    assert [(f.name, f.type, f.words) for f in found.answers[0].fields] == [
        ("score", "float", ()),
        ("label", "str", ("A", "B")),
    ]
    assert found.answers[0].path == "schemas.py"


def uses(text: str) -> list[tuple[str, str, str]]:
    return [(use.kind, use.field, use.how) for use in uses_of(workspace(client=text))]


POST = 'import requests\n\nr = requests.post("http://fraud:8000/predict", json=x)\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POST + 'data = r.json()\nprint(data["score"])\n', [("read", "score", "http")]),
        (POST + 'print(r.json().get("score"))\n', [("read", "score", "http")]),
        (POST + 'data = json.loads(r.text)\ny = data["score"]\n', [("read", "score", "http")]),
        (
            POST + 'd = r.json()\nif d["label"] == "FRAUD":\n    pass\n',
            [("read", "label", "http"), ("word", "label", "http")],
        ),
        (
            POST + 'LIMIT = 0.8\ns = r.json()["score"]\nif s > LIMIT:\n    pass\n',
            [("read", "score", "http"), ("number", "score", "http")],
        ),
        (POST + "fields = list(r.json().keys())\nx = fields[0]\n", [("position", "0", "http")]),
        (POST + "x = list(r.json().values())[1]\n", [("position", "1", "http")]),
        (POST + "x = next(iter(r.json()))\n", [("position", "0", "http")]),
        (
            "import json\n\nraw = json.loads(response_body)\nfields = list(raw.keys())\nf = fields[0]\n",
            [("position", "0", "json")],
        ),
        (
            'is_fraud = response["label"] == "FRAUD"\n',
            [("read", "label", "named"), ("word", "label", "named")],
        ),
        ('import json\n\nc = json.load(open("c.json"))\nx = list(c.keys())[0]\n', []),
        ('import json\n\nc = json.loads(config_text)\nx = c["score"]\n', []),
        ('response = {"a": 1}\nx = response["a"]\n', []),
        ("response = build()\nx = response['a']\n", []),
        (
            "import httpx\n\n\nasync def call(x):\n    async with httpx.AsyncClient() as client:\n"
            '        reply = await client.post(f"{BASE}/predict", json=x)\n    return reply.json()["score"]\n',
            [("read", "score", "http")],
        ),
        (
            "import requests\n\n\ndef call(x):\n    r = requests.post(URL)\n    return r.json()\n\n\n"
            'def use(x):\n    return call(x)["score"]\n',
            [("read", "score", "http")],
        ),
    ],
)
def test_uses_of_a_response(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert uses(text) == expected


def test_requests_with_holes() -> None:
    text = 'import requests\n\nBASE = "http://fraud:8000"\n\n\ndef f(x):\n    requests.post(f"{BASE}/predict/{x}")\n    requests.get(url=host + "/health")\n'
    assert [url for _, url, _ in requests_of(workspace(client=text))] == [
        "http://fraud:8000/predict/{}",
        "{}/health",
    ]


@pytest.mark.parametrize(
    ("own", "url", "expected"),
    [
        ("/predict", "http://fraud:8000/predict", True),
        ("/predict", "{}/v1/predict?x=1", True),
        ("/predict/{user}", "http://localhost:8000/predict/{}", True),
        ("/predict", "http://fraud:8000/predictions", False),
        ("/predict", "https://api.vendor.com/v1/predict", False),
        ("/", "http://fraud:8000/", False),
        ("/predict", "", False),
    ],
)
def test_which_url_is_which_route(own: str, url: str, expected: bool) -> None:
    assert same_route(own, url) is expected
