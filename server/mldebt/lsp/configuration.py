"""What is in force, and when it changes: the editor's settings, the project's files, the folders.

The project's file decides what is found; the editor's settings narrow that. A
change of either takes effect at once, without a restart.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from mldebt.lsp.debt import DEFAULT
from mldebt.lsp.documents import path_of
from mldebt.lsp.projects import CONFIGURATION_FILES
from mldebt.lsp.session import Session
from mldebt.lsp.settings import settings_of

if TYPE_CHECKING:
    from mldebt.lsp.diagnostics import Diagnostics
    from mldebt.lsp.scanning import Scanning

log = logging.getLogger("mldebt.lsp")

SECTION = "mldebt"
WAIT_SECONDS = 0.5
# Findings wait this long for the client's settings, so that nothing flashes that the
# user has turned off. Clients answer within milliseconds, or not at all.

WARNING = 2
# LSP 3.17 `MessageType.Warning`.

WATCHED = "**/*.{py,pyi,ipynb,toml,yaml,yml,txt,cfg,jsonl}"
"""Sources, notebooks, the manifests and configuration files our rules read, and baselines."""


class Configuration:
    def __init__(self, session: Session, diagnostics: Diagnostics) -> None:
        self._session = session
        self._diagnostics = diagnostics
        self._given: Any = None
        """What `initializationOptions` said, for clients that say no more."""
        self._n_asked = 0
        self.scanning: Scanning | None = None
        """Who looks at files that are not open."""

    def register(self) -> None:
        notifications = self._session.dispatcher.notifications
        notifications["initialized"] = self.initialized
        notifications["workspace/didChangeConfiguration"] = self.did_change
        notifications["workspace/didChangeWatchedFiles"] = self.did_change_files
        notifications["workspace/didChangeWorkspaceFolders"] = self.did_change_folders
        notifications["window/workDoneProgress/cancel"] = self.did_cancel_progress

    def start(self) -> None:
        """Take `initializationOptions`, which stand until the client says otherwise."""
        self._given = self._session.initialize_params.get("initializationOptions")
        self._take(self._given)

    def initialized(self, _: Any) -> None:
        client, dispatcher = self._session.client, self._session.dispatcher
        wanted: list[tuple[str, Any]] = []
        if client.watch_configuration:
            wanted.append(("workspace/didChangeConfiguration", {"section": SECTION}))
        if client.watch_files:
            wanted.append(("workspace/didChangeWatchedFiles", {"watchers": [{"globPattern": WATCHED}]}))
        if wanted:
            registrations = [
                {"id": f"mldebt-{method}", "method": method, "registerOptions": options}
                for method, options in wanted
            ]
            dispatcher.ask("client/registerCapability", {"registrations": registrations})
        if client.configuration:
            self._diagnostics.hold(WAIT_SECONDS)
            self._ask()
        self.scan()

    def scan(self) -> None:
        """Look at every file anew."""
        if self.scanning is not None:
            self.scanning.everything()

    def _ask(self) -> None:
        self._n_asked += 1
        number = self._n_asked

        def answered(result: Any, error: Any) -> None:
            if number == self._n_asked:  # else a newer question is under way
                if error is None and isinstance(result, list) and result and result[0]:
                    self._take(result[0])
                self._diagnostics.release()

        self._session.dispatcher.ask("workspace/configuration", {"items": [{"section": SECTION}]}, answered)

    def did_change(self, params: Any) -> None:
        if self._session.client.configuration:
            return self._ask()
        given = params.get("settings") if isinstance(params, dict) else None
        # JupyterLab and others send an empty object to say hello.
        self._take(given or self._given)
        return None

    def _take(self, given: Any) -> None:
        settings, troubles = settings_of(given)
        for trouble in troubles:
            log.warning("%s", trouble)
            self._session.dispatcher.notify("window/logMessage", {"type": WARNING, "message": trouble})
        if settings != self._session.projects.settings:
            was_off = (
                self._session.projects.settings.mode == "off" or not self._session.projects.settings.enable
            )
            self._session.projects.configure(settings)
            self._diagnostics.show_again()
            if was_off:
                self.scan()

    # Files

    def did_change_files(self, params: Any) -> None:
        paths = [path_of(change["uri"]) for change in params["changes"]]
        self.files_changed([path for path in paths if path is not None])

    def files_changed(self, paths: list[str]) -> None:
        """Something happened to these files, whoever noticed."""
        names = (*CONFIGURATION_FILES, DEFAULT, os.path.basename(self._session.projects.settings.baseline))
        if any(os.path.basename(path) in names for path in paths):
            self.reload()
        if self.scanning is not None:
            self.scanning.files(paths)

    def reload(self) -> None:
        """Read configuration files that have changed on disk, and show what follows."""
        changed = baselines = False
        for project in self._session.projects:
            changed = project.reload() or changed
            baselines = project.debt.refresh() or baselines
        if changed or baselines:
            self._diagnostics.show_again()
        if changed:
            self.scan()

    async def reload_if_changed(self) -> None:
        """The same, having looked first where nobody waits for a slow disk."""
        import asyncio

        files = [(project, project.debt) for project in self._session.projects]

        def changed() -> bool:
            return any(project.changed or debt.changed for project, debt in files)

        if await asyncio.to_thread(changed):
            self.reload()

    def did_cancel_progress(self, params: Any) -> None:
        if self.scanning is not None:
            self.scanning.cancel(params["token"])

    def did_change_folders(self, params: Any) -> None:
        event = params["event"]
        for folder in event.get("removed") or ():
            self._session.projects.remove(folder["uri"])
        for folder in event.get("added") or ():
            self._session.projects.add(folder["uri"])
        for document in self._session.documents:
            self._diagnostics.forget_place(document)
            document.folder, document.path = self._session.projects.place(document.uri)
            document.forget()
            self._diagnostics.changed(document, opened=True)
        self._diagnostics.drained()
        self.scan()
