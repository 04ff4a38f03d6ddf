"""What this client can do, worked out once, and what we therefore offer it.

A client says what it supports in a tree of optional objects. Everything the
server ever asks is a field of `Client`; a tree that is missing, null or of the
wrong type means "no".
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, cast

from mldebt.lsp.buffer import Encoding

Json = dict[str, Any]

PREFERRED_ENCODINGS: tuple[Encoding, ...] = ("utf-32", "utf-8", "utf-16")
# utf-32 columns are our own, utf-8 columns cost one `encode`; utf-16 is what all must support.

PULLS_WELL = frozenset(
    {
        "Visual Studio Code", "Visual Studio Code - Insiders", "Code - OSS", "Code - OSS Dev", "code-server",
        "VSCodium", "VSCodium - Insiders", "Cursor", "Windsurf", "Positron", "Trae", "Kiro", "Void", "Theia",
    }
)  # fmt: skip
"""Clients built on vscode-languageclient, by `clientInfo.name`; an editor not listed may ask by `pullDiagnostics`.

They pull on every change, pull the whole workspace, and refresh when told to.
Neovim 0.10 has no refresh; Neovim 0.12 and Helix 25.07 have no workspace pull;
lsp-mode shows nothing (its issues 4600 and 5119). All of those show what is
pushed, and sooner.
"""

SOURCE_FIX_ALL = "source.fixAll.mldebt"
NOTEBOOK_FIX_ALL = "notebook.source.fixAll.mldebt"
CODE_ACTION_KINDS = ("quickfix", "refactor.extract", SOURCE_FIX_ALL, NOTEBOOK_FIX_ALL)


class Client(NamedTuple):
    """One client's abilities."""

    name: str = ""
    encoding: Encoding = "utf-16"
    # Diagnostics
    pull: bool = False
    """Diagnostics are asked for by the client, and never pushed."""
    diagnostic_refresh: bool = False
    related_documents: bool = False
    version: bool = False
    related_information: bool = False
    code_description: bool = False
    diagnostic_data: bool = False
    unnecessary: bool = False
    # Code actions and edits
    code_action_literals: bool = False
    action_resolves_edit: bool = False
    action_disabled: bool = False
    action_preferred: bool = False
    document_changes: bool = False
    create_files: bool = False
    change_annotations: bool = False
    snippet_edits: bool = False
    apply_edit: bool = False
    # Text shown
    hover_markdown: bool = False
    code_lens_refresh: bool = False
    link_tooltip: bool = False
    show_document: bool = False
    message_actions: bool = False
    # Workspace
    configuration: bool = False
    watch_configuration: bool = False
    """`workspace/didChangeConfiguration` may be registered."""
    watch_files: bool = False
    watch_relative: bool = False
    folders: bool = False
    progress: bool = False
    notebooks: bool = False
    experimental_status: bool = False


def client_of(params: Json) -> Client:
    """Read the params of `initialize`."""
    root = _dict(params.get("capabilities"))

    def at(path: str) -> Any:
        value: Any = root
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def yes(path: str) -> bool:
        return at(path) is True

    def listed(path: str) -> Collection[Any]:
        value = at(path)
        return value if isinstance(value, list) else ()

    name = _dict(params.get("clientInfo")).get("name")
    name = name if isinstance(name, str) else ""
    publish = "textDocument.publishDiagnostics"
    action = "textDocument.codeAction"
    edit = "workspace.workspaceEdit"
    refresh = yes("workspace.diagnostics.refreshSupport") or yes("workspace.diagnostic.refreshSupport")
    pulls = isinstance(at("textDocument.diagnostic"), dict) and refresh
    asked = _dict(params.get("initializationOptions")).get("pullDiagnostics")
    formats = listed("textDocument.hover.contentFormat")
    return Client(
        name=name,
        encoding=encoding_of(at("general.positionEncodings"), name),
        # Without refresh the client would not learn of what other files change here.
        pull=pulls and (name in PULLS_WELL if asked is None else asked is True),
        diagnostic_refresh=refresh,
        related_documents=yes("textDocument.diagnostic.relatedDocumentSupport"),
        version=yes(f"{publish}.versionSupport"),
        related_information=yes(f"{publish}.relatedInformation")
        or yes("textDocument.diagnostic.relatedInformation"),
        code_description=yes(f"{publish}.codeDescriptionSupport")
        or yes("textDocument.diagnostic.codeDescriptionSupport"),
        diagnostic_data=yes(f"{publish}.dataSupport") or yes("textDocument.diagnostic.dataSupport"),
        unnecessary=1 in listed(f"{publish}.tagSupport.valueSet")
        or 1 in listed("textDocument.diagnostic.tagSupport.valueSet")
        # The older shape of the capability, a bare boolean, is still sent by lsp-mode.
        or yes(f"{publish}.tagSupport"),
        # Who says nothing of menus at all is asked nothing of; who speaks of them and leaves this out has old ones.
        code_action_literals=at(action) is None or isinstance(at(f"{action}.codeActionLiteralSupport"), dict),
        action_resolves_edit="edit" in listed(f"{action}.resolveSupport.properties")
        and yes(f"{action}.dataSupport"),
        action_disabled=yes(f"{action}.disabledSupport"),
        action_preferred=yes(f"{action}.isPreferredSupport"),
        document_changes=yes(f"{edit}.documentChanges"),
        create_files="create" in listed(f"{edit}.resourceOperations"),
        change_annotations=isinstance(at(f"{edit}.changeAnnotationSupport"), dict),
        snippet_edits=yes(f"{edit}.snippetEditSupport"),
        apply_edit=yes("workspace.applyEdit"),
        hover_markdown="markdown" in formats,
        code_lens_refresh=yes("workspace.codeLens.refreshSupport"),
        link_tooltip=yes("textDocument.documentLink.tooltipSupport"),
        show_document=yes("window.showDocument.support"),
        message_actions=isinstance(at("window.showMessage.messageActionItem"), dict),
        configuration=yes("workspace.configuration"),
        watch_configuration=yes("workspace.didChangeConfiguration.dynamicRegistration"),
        watch_files=yes("workspace.didChangeWatchedFiles.dynamicRegistration"),
        watch_relative=yes("workspace.didChangeWatchedFiles.relativePatternSupport"),
        folders=yes("workspace.workspaceFolders"),
        progress=yes("window.workDoneProgress"),
        notebooks=isinstance(at("notebookDocument.synchronization"), dict),
        experimental_status=yes("experimental.serverStatusNotification"),
    )


def encoding_of(offered: Any, name: str = "") -> Encoding:
    """The unit of columns: the client's first choice if it is ours, since converting costs it more than us.

    A client that offers none counts in utf-16, but for lsp-mode before 9.0, which counts code points
    without saying so (emacs-lsp/lsp-mode#2080) and calls itself "emacs".
    """
    if offered is None and name == "emacs":
        return "utf-32"
    for encoding in offered if isinstance(offered, list) else ():
        if encoding in PREFERRED_ENCODINGS:
            return cast(Encoding, encoding)
    return "utf-16"


def offered_to(client: Client, commands: Collection[str]) -> Json:
    """Our `ServerCapabilities`, as JSON."""
    offer: Json = {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
        "hoverProvider": True,
        "codeActionProvider": {
            "codeActionKinds": list(CODE_ACTION_KINDS),
            "resolveProvider": client.action_resolves_edit,
        },
        "codeLensProvider": {"resolveProvider": False},
        "documentLinkProvider": {"resolveProvider": False},
        "executeCommandProvider": {"commands": sorted(commands)},
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }
    if client.pull:
        offer["diagnosticProvider"] = {
            "identifier": "mldebt",
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
        }
    if client.notebooks:
        offer["notebookDocumentSync"] = {
            "notebookSelector": [
                {"notebook": {"notebookType": kind}, "cells": [{"language": "python"}]}
                for kind in NOTEBOOK_TYPES
            ],
            "save": True,
        }
    return offer


NOTEBOOK_TYPES = ("jupyter-notebook", "interactive")


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
