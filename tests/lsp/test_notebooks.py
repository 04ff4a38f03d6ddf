"""A notebook is one program in cells: findings land in their cells whatever becomes of the cells."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from harness import Client, covered, edited, insert, profile
from test_session import actions_at, chosen, last_published, rules_of
from toys import toy_client

NB = "file:///work/explore.ipynb"
CODE, MARKUP = 2, 1


class Notebook:
    """The client's side of one notebook."""

    def __init__(self, client: Client, uri: str = NB) -> None:
        self.client, self.uri, self.version, self.made = client, uri, 1, 0
        self.order: list[str] = []
        self.text: dict[str, str] = {}
        self.kind: dict[str, int] = {}
        self.language: dict[str, str] = {}

    def new(self, text: str, kind: int = CODE, language: str = "python") -> str:
        self.made += 1
        # VS Code in a remote window escapes the end of a cell's URI.
        cell = f"vscode-notebook-cell:/work/explore.ipynb#W{self.made}sZmlsZQ%3D%3D"
        self.text[cell], self.kind[cell], self.language[cell] = text, kind, language
        return cell

    def item(self, cell: str) -> dict[str, Any]:
        return {"uri": cell, "languageId": self.language[cell], "version": 1, "text": self.text[cell]}

    def ref(self, cell: str) -> dict[str, Any]:
        return {"kind": self.kind[cell], "document": cell}

    def open(self, *cells: str) -> None:
        self.order = list(cells)
        for cell in cells:
            self.client.documents[cell], self.client.versions[cell] = self.text[cell], 1
        self.client.notify(
            "notebookDocument/didOpen",
            {
                "notebookDocument": {
                    "uri": self.uri,
                    "notebookType": "jupyter-notebook",
                    "version": 1,
                    "cells": [self.ref(cell) for cell in cells],
                },
                "cellTextDocuments": [self.item(cell) for cell in cells],
            },
        )

    def change(self, **cells: Any) -> None:
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        self.client.notify(
            "notebookDocument/didChange", {"notebookDocument": document, "change": {"cells": cells}}
        )

    def splice(self, start: int, gone: int, *cells: str) -> None:
        """Replace `gone` cells from `start` by `cells`, some of which may be there already (a move)."""
        removed = self.order[start : start + gone]
        added = [cell for cell in cells if cell not in self.order]
        self.order[start : start + gone] = cells
        closed = [cell for cell in removed if cell not in self.order]
        for cell in added:
            self.client.documents[cell], self.client.versions[cell] = self.text[cell], 1
        self.change(
            structure={
                "array": {"start": start, "deleteCount": gone, "cells": [self.ref(cell) for cell in cells]},
                "didOpen": [self.item(cell) for cell in added],
                "didClose": [{"uri": cell} for cell in closed],
            }
        )

    def type(self, cell: str, *changes: Any) -> None:
        self.client.versions[cell] += 1
        for change in changes:
            self.client.documents[cell] = self.text[cell] = _applied(
                self.text[cell], change, self.client.encoding
            )
        document = {"uri": cell, "version": self.client.versions[cell]}
        self.change(textContent=[{"document": document, "changes": list(changes)}])

    def shown(self, cell: str) -> list[Any]:
        """What the client shows in a cell once all is settled."""
        if "diagnosticProvider" in self.client.capabilities:
            return self.client.diagnostics(cell)
        with self.client._changed:
            found = [
                m["params"]
                for _, m in self.client.log
                if m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == cell
            ]
        return list(found[-1]["diagnostics"]) if found else []

    def words(self, quiet: float = 0.5) -> list[list[str]]:
        """The text under each finding, cell by cell."""
        time.sleep(quiet)
        return [
            sorted(covered(self.text[cell], one["range"], self.client.encoding) for one in self.shown(cell))
            for cell in self.order
        ]


def _applied(text: str, change: Any, encoding: str) -> str:
    from harness import applied

    return applied(text, change, encoding)


@pytest.fixture(params=["pushed", "pulled"])
def book(request: Any) -> Iterator[Notebook]:
    with toy_client() as client:
        params = profile("vscode-1.139")
        options = {"pullDiagnostics": request.param == "pulled"}
        client.initialize({**params, "initializationOptions": options})
        assert client.capabilities["notebookDocumentSync"]["notebookSelector"]
        yield Notebook(client)


def test_findings_land_in_their_cells(book: Notebook) -> None:
    a, b, c = (
        book.new("import torch\n🙂 = safe_word"),
        book.new("# safe_word", MARKUP, "markdown"),
        book.new("%time x\nchunk_word"),
    )
    book.open(a, b, c)
    assert book.words() == [["safe_word"], [], ["chunk_word"]]
    book.type(a, insert(1, 0, "é = dead_word\n"))
    assert book.words() == [["dead_word", "safe_word"], [], ["chunk_word"]]
    book.type(c, {"text": "y = 1"})
    assert book.words() == [["dead_word", "safe_word"], [], []]


def test_one_cell_knows_of_the_others(book: Notebook) -> None:
    a, b = book.new("x = twin_word"), book.new("y = twin_word\n")
    book.open(a, b)
    assert book.words() == [["twin_word"], []]
    (found,) = book.shown(a)
    (related,) = found["relatedInformation"]
    assert related["location"] == {
        "uri": b,
        "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 13}},
    }


def test_cells_come_go_and_move(book: Notebook) -> None:
    a, b = book.new("safe_word\n"), book.new("dead_word\nx = 1")
    book.open(a, b)
    assert book.words() == [["safe_word"], ["dead_word"]]
    c = book.new("risky_word")
    book.splice(1, 0, c)
    assert book.words() == [["safe_word"], ["risky_word"], ["dead_word"]]
    book.splice(0, 3, b, a, c)
    assert book.words() == [["dead_word"], ["safe_word"], ["risky_word"]]
    book.splice(0, 1)
    assert book.words() == [["safe_word"], ["risky_word"]]
    if "diagnosticProvider" not in book.client.capabilities:
        assert book.shown(b) == [], "a cell that is gone keeps its marks"
    book.splice(0, 2)
    assert book.words() == []
    d = book.new("safe_word")
    book.splice(0, 0, d)
    assert book.words() == [["safe_word"]]


def test_a_cell_changes_its_kind_and_language(book: Notebook) -> None:
    a, b = book.new("safe_word\n"), book.new("dead_word\n")
    book.open(a, b)
    assert book.words() == [["safe_word"], ["dead_word"]]
    # VS Code replaces the document when a cell becomes text or another language.
    book.kind[a], book.language[a] = MARKUP, "markdown"
    book.change(
        structure={
            "array": {"start": 0, "deleteCount": 1, "cells": [book.ref(a)]},
            "didClose": [{"uri": a}],
            "didOpen": [book.item(a)],
        }
    )
    assert book.words()[1] == ["dead_word"]
    if "diagnosticProvider" not in book.client.capabilities:
        assert book.shown(a) == []
    book.change(data=[{"kind": MARKUP, "document": b}])
    time.sleep(0.4)
    if "diagnosticProvider" not in book.client.capabilities:
        assert book.shown(b) == []


def test_fixes_edit_cells(book: Notebook) -> None:
    a, b = book.new("🙂, safe_word"), book.new("y = safe_word")
    book.open(a, b)
    assert book.words() == [["safe_word"], ["safe_word"]]
    place = book.shown(b)[0]["range"]
    fix = actions_at(book.client, place, b)[0]
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": b, "version": 1}
    assert edited(book.text[b], change["edits"], "utf-16") == "y = good_word"
    action = chosen(book.client, actions_at(book.client, place, b), "Fix all `toy-safe`")
    assert {one["textDocument"]["uri"] for one in action["edit"]["documentChanges"]} == {a, b}
    params = {"textDocument": {"uri": a}, "position": {"line": 0, "character": 6}}
    assert "safe_word" in book.client.call("textDocument/hover", params)["contents"]["value"]


def test_on_save_a_notebook_answers_for_itself_only(book: Notebook) -> None:
    """`source.fixAll` in a cell has destroyed notebooks in other tools; the notebook kind is the one to answer."""
    a = book.new("safe_word")
    book.open(a)
    book.words()
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}}
    assert actions_at(book.client, place, a, only=["source.fixAll"]) == []
    assert actions_at(book.client, place, a, only=["source.fixAll.mldebt"]) == []
    (action,) = actions_at(book.client, place, a, only=["notebook.source.fixAll.mldebt"])
    assert action["kind"] == "notebook.source.fixAll.mldebt"


def test_closing_clears_every_cell(book: Notebook) -> None:
    a, b = book.new("safe_word"), book.new("dead_word")
    book.open(a, b)
    assert book.words() == [["safe_word"], ["dead_word"]]
    book.client.notify(
        "notebookDocument/didClose",
        {"notebookDocument": {"uri": NB}, "cellTextDocuments": [{"uri": a}, {"uri": b}]},
    )
    if "diagnosticProvider" not in book.client.capabilities:
        assert book.words() == [[], []]
    else:
        assert book.client.diagnostics(a) == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_becomes_of_the_cells_the_findings_are_those_of_the_joined_text(
    book: Notebook, seed: int
) -> None:
    draw = random.Random(seed)
    words = ("safe_word", "dead_word", "x = 1", "chunk_word", "%matplotlib inline", "é🙂 = risky_word", "")
    book.open(*(book.new("\n".join(draw.choices(words, k=3))) for _ in range(4)))
    for _ in range(25):
        start = draw.randrange(len(book.order) + 1)
        match draw.randrange(4):
            case 0:
                book.splice(start, 0, book.new(draw.choice(words), draw.choice((CODE, CODE, MARKUP))))
            case 1 if start < len(book.order):
                book.splice(start, 1)
            case 2 if len(book.order) > 1:
                shuffled = book.order.copy()
                draw.shuffle(shuffled)
                book.splice(0, len(shuffled), *shuffled)
            case _ if start < len(book.order):
                cell = book.order[start]
                book.type(cell, insert(0, 0, draw.choice(words) + "\n"))
    found = book.words(quiet=1.5)
    expected = [
        sorted(
            word
            for word in ("safe_word", "dead_word", "chunk_word", "risky_word")
            for _ in range(book.text[cell].count(word))
        )
        if book.kind[cell] == CODE
        else []
        for cell in book.order
    ]
    assert found == expected


@pytest.mark.parametrize(
    "change",
    [
        None, {}, {"cells": 5}, {"cells": {"structure": {}}}, {"cells": {"textContent": [{}]}}, {"metadata": {"a": 1}},
        {"cells": {"textContent": [{"document": {"uri": "no:such"}, "changes": []}]}},
        {"cells": {"structure": {"array": {"start": 99, "deleteCount": 3}}}},
    ],
    ids=repr,
)  # fmt: skip
def test_changes_that_make_no_sense_do_no_harm(book: Notebook, change: Any) -> None:
    a = book.new("safe_word")
    book.open(a)
    assert book.words() == [["safe_word"]]
    book.client.notify(
        "notebookDocument/didChange", {"notebookDocument": {"uri": NB, "version": 2}, "change": change}
    )
    book.client.notify(
        "notebookDocument/didChange",
        {"notebookDocument": {"uri": "file:///no.ipynb", "version": 2}, "change": change},
    )
    book.client.notify("notebookDocument/didClose", {"notebookDocument": {"uri": "file:///no.ipynb"}})
    book.type(a, insert(0, 0, "dead_word, "))
    assert book.words() == [["dead_word", "safe_word"]]


def test_a_page_of_jupyterlab_that_is_loaded_anew_is_served_again() -> None:
    """jupyter-lsp keeps one server for all of them, and each begins with `initialize`."""
    with toy_client() as client:
        params = {**profile("jupyterlab-5.3"), "processId": None, "rootUri": "file:///work"}
        client.capabilities = client.call("initialize", params)["capabilities"]
        client.encoding = "utf-16"
        client.notify("initialized", {})
        uri = "file:///work/.virtual_documents/a.ipynb"
        client.open(uri, "safe_word\n", version=0)
        client.shows(uri, lambda rules: rules == ["toy-safe"])
        first = client.capabilities
        # A file's tab names the folder itself, a notebook's the folder of virtual documents.
        again = client.request("initialize", {**params, "rootUri": "file:///work/.virtual_documents"})
        client.wait(lambda m: m.get("id") == again and m["result"]["capabilities"] == first)
        client.notify("initialized", {})
        del client.log[:]
        client.open(uri, "safe_word\n", version=0)
        client.shows(uri, lambda rules: rules == ["toy-safe"])
        for other in ({"rootUri": "file:///elsewhere"}, {"processId": 5}, {"clientInfo": {"name": "x"}}):
            request = client.request("initialize", {**params, **other})
            assert client.answer(request)["error"]["code"] == -32600
        assert client.leave() == 0


def test_jupyterlab_shows_a_notebook_as_one_text() -> None:
    """Its code cells joined, magics rewritten, under a path that exists on no disk."""
    with toy_client() as client:
        client.initialize(profile("jupyterlab-5.3"))
        uri = "file:///work/.virtual_documents/explore.ipynb"
        client.open(uri, "get_ipython().run_line_magic('matplotlib', 'inline')\n\n\nx = safe_word\n")
        assert rules_of(client.diagnostics(uri)) == ["toy-safe"]
        client.change(uri, {"text": "x = safe_word\n\n\ny = chunk_word\n"})
        assert rules_of(last_published(client, uri)) == ["toy-chunk", "toy-safe"]
