"""Workspace folders as projects: each with its configuration and its index of reports.

A document outside every folder belongs to a project of its own folder's name "",
which has no files but the open ones.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mldebt.lsp.documents import path_of, uri_of
from mldebt.lsp.settings import Settings

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.engine.index import WorkspaceIndex


class Project:
    def __init__(self, folder: str, settings: Settings) -> None:
        self.folder = folder
        """Absolute path, or "" for documents outside every folder."""
        self.settings = settings
        self.uris: dict[str, str] = {}
        """Relative path -> URI as the client spells it, of what it has open."""
        self._config: Config | None = None
        self._index: WorkspaceIndex | None = None

    @property
    def index(self) -> WorkspaceIndex:
        if self._index is None:
            from mldebt.engine.index import WorkspaceIndex

            self._index = WorkspaceIndex(self.config_for)
        return self._index

    def config_for(self, path: str) -> Config:
        """The configuration in force for a path; the same object for the same configuration."""
        if self._config is None:
            from mldebt.config import Config

            self._config = narrowed(Config(today=datetime.date.today()), self.settings)
        return self._config

    def configure(self, settings: Settings) -> None:
        """Take other settings; everything open is analysed anew with them."""
        self.settings = settings
        self._config = None
        if self._index is not None:
            self._index.reconfigure()

    def uri_of(self, path: str) -> str:
        """The URI of a file by its relative path."""
        return self.uris.get(path) or uri_of(os.path.join(self.folder, *path.split("/")))


def narrowed(config: Config, settings: Settings) -> Config:
    """`config` with the editor's settings: fewer rules, and severities where the project says nothing."""
    ignore = list(settings.ignore)
    if settings.select:
        from mldebt.rules import all_rules

        wanted = {*settings.select}
        if "all" not in wanted:
            ignore += [rule.id for rule in all_rules() if not wanted & {rule.id, rule.category}]
    if not ignore and not settings.severity:
        return config
    return replace(
        config, ignore=(*config.ignore, *ignore), severity={**settings.severity, **config.severity}
    )


class Projects:
    """The client's folders, innermost first in doubt."""

    def __init__(self) -> None:
        self.settings = Settings()
        self._by_folder: dict[str, Project] = {}
        self._loose = Project("", self.settings)

    def __iter__(self) -> Iterator[Project]:
        yield from self._by_folder.values()
        yield self._loose

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(self._by_folder)

    def add(self, uri: str) -> Project | None:
        path = path_of(uri)
        if path is None:
            return None
        return self._by_folder.setdefault(path, Project(path, self.settings))

    def remove(self, uri: str) -> Project | None:
        return self._by_folder.pop(path_of(uri) or "", None)

    def at(self, folder: str) -> Project:
        return self._by_folder.get(folder, self._loose)

    def configure(self, settings: Settings) -> None:
        self.settings = settings
        for project in (*self._by_folder.values(), self._loose):
            project.configure(settings)
