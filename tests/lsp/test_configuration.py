"""What is in force: the project's file first, the editor's settings inside of it, changes at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from harness import NO_ANSWER, Client, insert, profile, replace
from test_session import BASIC, last_published, line, rules_of
from toys import toy_client

TEXT = "safe_word, risky_word, dead_word\n"
ALL = ["toy-dead", "toy-risky", "toy-safe"]
ASKED = {
    "capabilities": {
        "workspace": {
            "configuration": True,
            "didChangeConfiguration": {"dynamicRegistration": True},
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        }
    }
}


def watched(client: Client, path: Path, kind: int = 2) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})


def shown(client: Client, uri: str) -> list[str]:
    return rules_of(last_published(client, uri))


@pytest.mark.parametrize("name, table", [("mldebt.toml", ""), ("pyproject.toml", "[tool.mldebt]\n")])
def test_the_nearest_file_decides(tmp_path: Path, name: str, table: str) -> None:
    (tmp_path / name).write_text(f'{table}ignore = ["toy-safe"]\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "mldebt.toml").write_text('severity = {toy-risky = "hint"}\n')
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        outer_uri, inner_uri = (tmp_path / "a.py").as_uri(), (inner / "b.py").as_uri()
        client.open(outer_uri, TEXT)
        assert rules_of(client.diagnostics(outer_uri)) == ["toy-dead", "toy-risky"]
        client.open(inner_uri, TEXT)
        assert {one["code"]: one["severity"] for one in client.diagnostics(inner_uri)}["toy-risky"] == 4
        assert rules_of(client.diagnostics(inner_uri)) == ALL


def test_ignores_per_file_hold_while_typing(tmp_path: Path) -> None:
    (tmp_path / "mldebt.toml").write_text(
        '[per-file-ignores]\n"quiet_*.py" = ["toys"]\n"half_*.py" = ["toy-chunk", "toy-safe"]\n'
    )
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        for name, expected in (("quiet_a.py", []), ("half_a.py", ["toy-dead", "toy-risky"])):
            uri = (tmp_path / name).as_uri()
            client.open(uri, TEXT + "chunk_word\n")
            assert rules_of(client.diagnostics(uri)) == expected
            for _ in range(3):
                client.change(uri, insert(0, 0, " "))
                assert rules_of(client.diagnostics(uri)) == expected


def test_a_change_of_the_file_takes_effect_without_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "mldebt.toml"
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ALL
        for ignored, expected in (('["toy-safe"]', ["toy-dead", "toy-risky"]), ("[]", ALL), ('["toys"]', [])):
            time.sleep(0.02)
            file.write_text(f"ignore = {ignored}\n")
            watched(client, file)
            assert shown(client, uri) == expected
        file.unlink()
        watched(client, file, 3)
        assert shown(client, uri) == ALL


def test_a_change_is_noticed_where_the_client_watches_nothing(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ALL
        time.sleep(1.2)  # the first look at the files
        (tmp_path / "mldebt.toml").write_text('ignore = ["toy-safe"]\n')
        client.change(uri, insert(0, 0, "#"))
        assert rules_of(last_published(client, uri, quiet=2.0)) == ["toy-dead", "toy-risky"]


def test_saving_the_file_is_enough(tmp_path: Path) -> None:
    file, uri = tmp_path / "mldebt.toml", (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ALL
        file.write_text('ignore = ["toy-safe"]\n')
        client.notify("textDocument/didSave", {"textDocument": {"uri": file.as_uri()}})
        assert shown(client, uri) == ["toy-dead", "toy-risky"]


def test_a_broken_file_is_shown_and_the_last_good_one_stays(tmp_path: Path) -> None:
    file, uri = tmp_path / "mldebt.toml", (tmp_path / "a.py").as_uri()
    file.write_text('ignore = ["toy-safe"]\n')
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ["toy-dead", "toy-risky"]
        file.write_text('ignore = ["toy-safe"\n')
        watched(client, file)
        told = client.wait(
            lambda m: m.get("params", {}).get("uri") == file.as_uri() and m["params"]["diagnostics"]
        )
        (problem,) = told["params"]["diagnostics"]
        assert problem["severity"] == 1 and "not TOML" in problem["message"]
        assert shown(client, uri) == ["toy-dead", "toy-risky"]
        file.write_text('ignore = ["toy-risky"]\n')
        watched(client, file)
        assert shown(client, uri) == ["toy-dead", "toy-safe"]
        assert last_published_of(client, file.as_uri()) == []


def last_published_of(client: Client, uri: str) -> list[Any]:
    with client._changed:
        found = [m["params"]["diagnostics"] for _, m in client.log if m.get("params", {}).get("uri") == uri]
    return list(found[-1])


def test_a_mistake_is_shown_at_its_place_in_the_open_file(tmp_path: Path) -> None:
    file = tmp_path / "mldebt.toml"
    text = "# Einstellungen: ü🙂\nignroe = []\nignore = ['toy-safe']\n"
    file.write_text(text)
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ["toy-dead", "toy-risky"], "the rest of the file counts"
        client.open(file.as_uri(), text, language="toml")
        problem = next(one for one in client.diagnostics(file.as_uri()) if one["code"] == "configuration")
        assert problem["range"] == {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 6}}
        assert "Did you mean `ignore`?" in problem["message"]


def test_the_editor_narrows_and_never_widens(tmp_path: Path) -> None:
    (tmp_path / "mldebt.toml").write_text('ignore = ["toy-safe"]\nseverity = {toy-risky = "warning"}\n')
    options = {"select": ["toy-safe", "toy-risky"], "severity": {"toy-risky": "hint", "toy-dead": "error"}}
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(BASIC, root=tmp_path, options=options)
        client.open(uri, TEXT)
        (found,) = client.diagnostics(uri)
        assert (found["code"], found["severity"]) == ("toy-risky", 2)


@pytest.mark.parametrize("tree", [False, True], ids=["section", "whole tree"])
def test_settings_are_asked_for_before_anything_is_shown(tmp_path: Path, tree: bool) -> None:
    settings: Any = {"ignore": ["toy-safe"]}
    uri = (tmp_path / "a.py").as_uri()
    with toy_client(settings={"mldebt": settings} if tree else settings) as client:
        client.initialize(ASKED, root=tmp_path)
        client.open(uri, TEXT)
        assert shown(client, uri) == ["toy-dead", "toy-risky"]
        assert all("toy-safe" not in str(m) for _, m in client.log), "it flashed"
        assert {one["method"] for one in client.registered} == {
            "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles",
        }  # fmt: skip
        settings["ignore"] = ["toy-dead"]
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        assert shown(client, uri) == ["toy-risky", "toy-safe"]


def test_a_client_that_never_answers_gets_its_findings(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.answer_to["workspace/configuration"] = lambda params: NO_ANSWER
        client.initialize(ASKED, root=tmp_path)
        client.open(uri, TEXT)
        assert rules_of(client.diagnostics(uri, seconds=2.5)) == ALL


def test_settings_pushed_by_clients_that_cannot_be_asked(tmp_path: Path) -> None:
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(profile("jupyterlab-5.3"), root=tmp_path, options={"ignore": ["toy-safe"]})
        client.notify("workspace/didChangeConfiguration", {"settings": {}})
        client.open(uri, TEXT)
        assert shown(client, uri) == ["toy-dead", "toy-risky"]
        for settings in ({"mldebt": {"ignore": ["toy-dead"]}}, {"ignore": ["toy-dead"]}):
            client.notify("workspace/didChangeConfiguration", {"settings": settings})
            assert shown(client, uri) == ["toy-risky", "toy-safe"]


@pytest.mark.parametrize(
    "options",
    [
        5,
        [],
        "x",
        {
            "select": 5,
            "severity": {"toy-safe": "loud"},
            "diagnosticMode": "all",
            "enable": "yes",
            "ignore": ["toy-dead"],
        },
    ],
    ids=repr,
)
def test_settings_that_make_no_sense_are_named_and_left_out(options: Any) -> None:
    with toy_client() as client:
        client.initialize(BASIC, options=options)
        client.open("file:///work/a.py", TEXT)
        expected = ["toy-risky", "toy-safe"] if isinstance(options, dict) else ALL
        assert rules_of(client.diagnostics("file:///work/a.py")) == expected
        said = [m["params"]["message"] for _, m in client.log if m.get("method") == "window/logMessage"]
        assert len(said) == (4 if isinstance(options, dict) else 1)


@pytest.mark.parametrize("options", [{"enable": False}, {"diagnosticMode": "off"}])
def test_off_means_off(options: Any) -> None:
    with toy_client() as client:
        client.initialize(BASIC, options=options)
        client.open("file:///work/a.py", TEXT)
        client.change("file:///work/a.py", insert(0, 0, "#"))
        assert client.diagnostics("file:///work/a.py") == []
        params = {
            "textDocument": {"uri": "file:///work/a.py"},
            "range": line(0, 0, 20),
            "context": {"diagnostics": []},
        }
        assert client.call("textDocument/codeAction", params) == []


def test_on_save_means_on_save() -> None:
    uri = "file:///work/a.py"
    with toy_client() as client:
        client.initialize(BASIC, options={"run": "onSave"})
        client.open(uri, TEXT)
        assert rules_of(client.diagnostics(uri)) == ALL
        client.change(uri, replace(0, 0, 0, 9, "x"))
        time.sleep(0.5)
        assert client.n_published(uri) == 1
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert rules_of(client.diagnostics(uri)) == ["toy-dead", "toy-risky"]


def test_several_roots_each_with_its_own_file(tmp_path: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root, ignored in zip(roots, ("toy-safe", "toy-risky"), strict=True):
        root.mkdir()
        (root / "mldebt.toml").write_text(f'ignore = ["{ignored}"]\n')
    folders = [{"uri": root.as_uri(), "name": root.name} for root in roots]
    with toy_client() as client:
        params = {**BASIC, "workspaceFolders": folders[:1]}
        client.initialize(params)
        uris = [(root / "a.py").as_uri() for root in roots]
        for uri in uris:
            client.open(uri, TEXT)
        assert [shown(client, uri) for uri in uris] == [["toy-dead", "toy-risky"], ["toy-dead", "toy-safe"]]
        client.notify(
            "workspace/didChangeWorkspaceFolders", {"event": {"added": folders[1:], "removed": folders[:1]}}
        )
        assert [shown(client, uri) for uri in uris] == [["toy-dead", "toy-risky"], ["toy-dead", "toy-safe"]]


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "vscode-remote://ssh/home/x/a.py",
        "inmemory://model/1",
        "git:/a.py?{}",
        "file:///no/such/folder/a.py",
        "file://server/share/a.py",
        "not a uri",
    ],
)
def test_documents_that_are_on_no_disk(uri: str) -> None:
    with toy_client() as client:
        client.initialize(BASIC)
        client.open(uri, TEXT)
        assert rules_of(client.diagnostics(uri)) == ALL
        client.close(uri)
        assert client.leave() == 0
        assert "Traceback" not in client.stderr()


def test_a_rootless_session_still_finds_the_projects_file(tmp_path: Path) -> None:
    """Neovim without a root marker sends no root at all."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.mldebt]\nignore = ["toy-safe"]\n')
    uri = (tmp_path / "a.py").as_uri()
    with toy_client() as client:
        client.initialize(profile("neovim-0.12"))
        client.open(uri, TEXT)
        assert rules_of(client.diagnostics(uri)) == ["toy-dead", "toy-risky"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mldebt.lsp.projects import Project
    from mldebt.lsp.settings import Settings

    config = tmp_path / "mldebt.toml"
    config.write_text("ignore = []\n")
    project = Project(str(tmp_path), Settings())
    assert project.config_for("").ignore == ()
    read = Project._read

    def read_and_change(self: Project) -> object:
        found = read(self)
        config.write_text('ignore = ["hardcoded-path", "magic-number"]\n')
        return found

    config.write_text('ignore = ["magic-number"]\n')
    monkeypatch.setattr(Project, "_read", read_and_change)
    assert project.reload() and project.config_for("").ignore == ("magic-number",)
    monkeypatch.setattr(Project, "_read", read)
    assert project.reload() and project.config_for("").ignore == ("hardcoded-path", "magic-number")
    assert not project.reload()
