"""Living with debt: a rule turned off for a project, known debt shown faintly, one rule fixed everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from harness import Client, insert, replace
from test_session import BASIC, actions_at, chosen, last_published, line, rules_of
from test_workspace import WATCHES, shown, until, watched
from toys import toy_client

from mldebt.lsp.ignoring import ignoring_edit
from mldebt.text import apply_edits


def baseline(folder: Path, name: str = "mldebt-baseline.jsonl") -> list[Any]:
    return [json.loads(row) for row in (folder / name).read_text().splitlines()][1:]


# Ignoring


@pytest.mark.parametrize(
    "in_pyproject, text, after",
    [
        (False, "", 'ignore = ["r"]\n'),
        (False, "# note\nselect = []\n", 'ignore = ["r"]\n# note\nselect = []\n'),
        (False, "ignore = []\n", 'ignore = ["r"]\n'),
        (False, 'ignore = ["a"] # why\n', 'ignore = ["a", "r"] # why\n'),
        (False, 'ignore = [\n  "a",  # why\n  "b",\n]\n', 'ignore = [\n  "a",  # why\n  "b", "r",\n]\n'),
        (True, "", '[tool.mldebt]\nignore = ["r"]\n'),
        (True, '[project]\nname = "x"\n', '[project]\nname = "x"\n\n[tool.mldebt]\nignore = ["r"]\n'),
        (True, '[project]\nname = "x"', '[project]\nname = "x"\n\n[tool.mldebt]\nignore = ["r"]\n'),
        (True, '[tool.mldebt]\nselect = ["a"]\n', '[tool.mldebt]\nignore = ["r"]\nselect = ["a"]\n'),
        (
            True,
            "[tool.mldebt] # ours\n[tool.other]\n",
            '[tool.mldebt] # ours\nignore = ["r"]\n[tool.other]\n',
        ),
        (True, "[tool.mldebt]", '[tool.mldebt]\nignore = ["r"]\n'),
        (True, '[tool.mldebt]\nignore = ["a"]\n', '[tool.mldebt]\nignore = ["a", "r"]\n'),
    ],
)
def test_a_rule_is_turned_off_in_the_file_that_is_there(in_pyproject: bool, text: str, after: str) -> None:
    edit = ignoring_edit(text, "r", in_pyproject)
    assert edit is not None
    assert apply_edits(text, [edit]) == after


@pytest.mark.parametrize(
    "in_pyproject, text",
    [(False, "ignore = [\n"), (False, 'ignore = "a"\n'), (True, "[tool]\nmldebt = {}\n"), (True, "[tool.mldebt.severity]\nx = 'off'\n"), (True, "not toml")],
)  # fmt: skip
def test_a_file_we_cannot_edit_is_left_alone(in_pyproject: bool, text: str) -> None:
    assert ignoring_edit(text, "r", in_pyproject) is None


@pytest.mark.parametrize("name", ["", "mldebt.toml", "pyproject.toml"])
def test_ignoring_in_the_project(tmp_path: Path, name: str) -> None:
    if name:
        (tmp_path / name).write_text("[tool.mldebt]\n" if name == "pyproject.toml" else "")
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        params = {
            "capabilities": {
                **WATCHES["capabilities"],
                "workspace": {
                    "applyEdit": True,
                    "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
                },
            }
        }
        client.initialize(params, root=tmp_path)
        client.open(uri, "safe_word, dead_word\n")
        client.diagnostics(uri)
        action = chosen(client, actions_at(client, line(0, 0, 3), uri), "Ignore `toy-safe` in this project")
        client.apply(action["edit"])
        assert '"toy-safe"' in (tmp_path / (name or "mldebt.toml")).read_text()
        watched(client, tmp_path / (name or "mldebt.toml"))
        assert rules_of(last_published(client, uri)) == ["toy-dead"]


# Known debt


def test_accepting_a_finding_makes_it_faint_and_only_it(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "import torch\nx = safe_word\ny = safe_word\n")
        assert len(client.diagnostics(uri)) == 2
        action = chosen(client, actions_at(client, line(1, 5, 5), uri), "known debt")
        assert client.call("workspace/executeCommand", action["command"]) is True
        first, second = last_published(client, uri)
        assert (first["severity"], second["severity"]) == (4, 2)
        assert first["message"].startswith("known debt: `safe_word` is debt")
        (entry,) = baseline(tmp_path)
        assert entry["path"] == "a.py" and entry["rule"] == "toy-safe"
        # It stays known wherever it moves; what is new beside it is not.
        client.change(uri, insert(0, 0, "# new\n\n"))
        assert [one["severity"] for one in last_published(client, uri)] == [4, 2]
        client.change(uri, insert(5, 0, "z = safe_word\n"))
        assert [one["severity"] for one in last_published(client, uri)] == [4, 2, 2]
        # Back to how it was: nothing is known without the file.
        (tmp_path / "mldebt-baseline.jsonl").unlink()
        watched(client, tmp_path / "mldebt-baseline.jsonl", kind=3)
        assert [one["severity"] for one in last_published(client, uri)] == [2, 2, 2]


@pytest.mark.parametrize("how, severities", [("hint", [4]), ("hide", []), ("normal", [2])])
def test_known_debt_is_shown_as_the_user_likes(tmp_path: Path, how: str, severities: list[int]) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        options = {"baselineShown": how, "baseline": "old.jsonl"}
        client.initialize(BASIC, root=tmp_path, options=options)
        client.open(uri, "import torch\nx = safe_word\n")
        client.diagnostics(uri)
        action = chosen(client, actions_at(client, line(1, 5, 5), uri), "known debt")
        client.call("workspace/executeCommand", action["command"])
        assert [one["severity"] for one in last_published(client, uri)] == severities
        client.change(uri, insert(0, 0, "# new\n"))
        assert [one["severity"] for one in client.diagnostics(uri)] == severities, "it flickers while typing"
        assert len(baseline(tmp_path, "old.jsonl")) == 1


def test_a_broken_baseline_costs_nothing_but_itself(tmp_path: Path) -> None:
    (tmp_path / "mldebt-baseline.jsonl").write_text("{not json\n")
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "safe_word\n")
        assert rules_of(client.diagnostics(uri)) == ["toy-safe"]
        assert "cannot be used" in client.stderr() and "Traceback" not in client.stderr()


def test_accepting_what_is_not_there_does_nothing(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "safe_word\n")
        client.diagnostics(uri)
        for arguments in ([uri, "toy-safe", 5], [uri, "toy-dead", 0], ["file:///other.py", "toy-safe", 0]):
            assert (
                client.call(
                    "workspace/executeCommand", {"command": "mldebt.acceptDebt", "arguments": arguments}
                )
                is False
            )
        assert not (tmp_path / "mldebt-baseline.jsonl").exists()


# Everywhere


def test_one_rule_is_fixed_in_every_file_after_a_question(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("x = '🙂', safe_word, risky_word\nsafe_word\n", encoding="utf-8")
    (tmp_path / "c.py").write_text("risky_word\n")
    uri = (tmp_path / "a.py").as_uri()
    (tmp_path / "a.py").write_text("safe_word\n")
    asked: list[Any] = []
    with toy_client() as client:
        params = {
            "capabilities": {
                **WATCHES["capabilities"],
                "workspace": {
                    "applyEdit": True,
                    "workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {}},
                },
            }
        }
        client.initialize(params, root=tmp_path, options={"diagnosticMode": "workspace"})

        def apply(given: Any) -> Any:
            asked.append(given["edit"])
            client.apply(given["edit"])
            return {"applied": True}

        client.answer_to["workspace/applyEdit"] = apply
        client.open(uri, "safe_word\n")
        until(lambda: shown(client, tmp_path / "b.py") == ["toy-risky", "toy-safe", "toy-safe"])
        action = chosen(client, actions_at(client, line(0, 2, 2), uri), "Fix all `toy-safe` in the workspace")
        assert client.call("workspace/executeCommand", action["command"]) == 2
        (annotation,) = asked[0]["changeAnnotations"].values()
        assert annotation == {"label": "Fix `toy-safe` in 2 files", "needsConfirmation": True}
        assert (tmp_path / "b.py").read_text(
            encoding="utf-8"
        ) == "x = '🙂', good_word, risky_word\ngood_word\n"
        assert client.documents[uri] == "good_word\n"
        assert (tmp_path / "c.py").read_text() == "risky_word\n"


def test_it_is_not_offered_where_no_other_file_has_it(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "safe_word\n")
        client.diagnostics(uri)
        titles = [action["title"] for action in actions_at(client, line(0, 2, 2), uri)]
        assert not [title for title in titles if "in the workspace" in title]
        command = {"command": "mldebt.fixRuleInWorkspace", "arguments": ["toy-risky"]}
        assert client.call("workspace/executeCommand", command) == 0


def test_risky_fixes_of_one_file_say_so_and_need_no_ticking(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    abilities = {"documentChanges": True, "changeAnnotationSupport": {}}
    params = {"capabilities": {**BASIC["capabilities"], "workspace": {"workspaceEdit": abilities}}}
    with toy_client() as client:
        client.initialize(params, root=tmp_path)
        client.open(uri, "risky_word, risky_word\n")
        client.diagnostics(uri)
        action = chosen(client, actions_at(client, line(0, 2, 2), uri), "Fix all `toy-risky` in this file")
        assert action["title"].endswith(" (review)")
        assert "changeAnnotations" not in action["edit"]
        client.apply(action["edit"])
        assert client.documents[uri] == "brave_word, brave_word\n"


def test_fix_on_save_sees_what_is_found_only_in_a_pause(tmp_path: Path) -> None:
    """Somebody types and saves at once: the editor asks between two keys, so to speak."""
    uri = (tmp_path / "a.py").as_uri()
    with Client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "print(1)  # mldebt: ignore[magic-number] for nothing\n")
        client.diagnostics(uri)
        client.change(uri, insert(0, 0, "x = 1\n"))
        (action,) = actions_at(client, line(0, 0, 0), uri, only=["source.fixAll.mldebt"])
        client.apply(action["edit"])
        assert client.documents[uri] == "x = 1\nprint(1)\n"


def test_the_whole_menu_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("safe_word\n")
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, "safe_word, safe_word\n")
        client.diagnostics(uri)
        titles = until(
            lambda: (
                found
                if len(found := [a["title"] for a in actions_at(client, line(0, 2, 2), uri)]) == 8
                else None
            )
        )
        assert titles == [
            "Say good_word",
            "Fix all `toy-safe` in this file",
            "Fix all `toy-safe` in the workspace",
            "Ignore `toy-safe` on this line, with a reason",
            "Ignore `toy-safe` in this file, with a reason",
            "Ignore `toy-safe` in this project",
            "Accept this `toy-safe` as known debt",
            "Explain `toy-safe`: The word safe is debt",
        ]


def test_a_number_can_move_to_a_config_class(tmp_path: Path) -> None:
    with Client() as client:
        client.initialize(BASIC)
        uri = "file:///work/a.py"
        client.open(
            uri, "from lightgbm import LGBMClassifier\n\nclf = LGBMClassifier(learning_rate=0.0078)\n"
        )
        client.diagnostics(uri)
        actions = actions_at(client, line(2, 36, 36), uri, only=["refactor.extract"])
        assert actions and all(action["kind"] == "refactor.extract" for action in actions)
        client.apply(actions[0]["edit"])
        assert "0.0078" in client.documents[uri] and "TODO(mldebt)" in client.documents[uri]
        assert "LGBMClassifier(learning_rate=0.0078)" not in client.documents[uri]
        client.change(uri, replace(0, 0, 0, 0, ""))
        compile(client.documents[uri], "a.py", "exec")
