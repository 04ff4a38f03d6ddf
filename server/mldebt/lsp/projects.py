"""Workspace folders as projects: each with its configuration and its index of reports.

A file outside every folder belongs to the project that its place on disk
suggests; what is on no disk (an untitled text) to one that has no files.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from mldebt.lsp.documents import path_of, relative_path, uri_of
from mldebt.lsp.settings import Settings

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.config_files import Configs, Problem
    from mldebt.engine.index import WorkspaceIndex
    from mldebt.lsp.debt import Debt

CONFIGURATION_FILES = ("mldebt.toml", "pyproject.toml")


class Project:
    def __init__(self, folder: str, settings: Settings, implied: bool = False) -> None:
        self.folder = folder
        """Absolute path, or "" for what is on no disk."""
        self.implied = implied
        """Not opened by the user as a folder: its other files are left alone."""
        self.settings = settings
        self.uris: dict[str, str] = {}
        """Relative path -> URI as the client spells it, of what it has open."""
        self._configs: Configs | None = None
        self._narrowed: dict[int, tuple[Config, Config]] = {}
        self._stamps: dict[str, tuple[int, int] | None] = {}
        self._index: WorkspaceIndex | None = None
        self._debt: Debt | None = None

    @property
    def debt(self) -> Debt:
        """Its baseline."""
        if self._debt is None:
            from mldebt.lsp.debt import Debt

            self._debt = Debt(self)
            self._debt.refresh()
        return self._debt

    @property
    def index(self) -> WorkspaceIndex:
        if self._index is None:
            from mldebt.engine.files import DiskFiles
            from mldebt.engine.index import WorkspaceIndex

            files = DiskFiles(self.folder) if self.folder else None
            self._index = WorkspaceIndex(self.config_for, files=files)
        return self._index

    # Configuration

    @property
    def configs(self) -> Configs:
        if self._configs is None:
            self._configs = self._read()
        return self._configs

    def _read(self) -> Configs:
        from mldebt.config_files import Configs, Overrides
        from mldebt.rules import rules_by_id

        root = self.folder or os.path.abspath(os.sep)
        overrides = Overrides(isolated=not self.folder)
        configs = Configs(root, rules_by_id(), datetime.date.today(), overrides)
        configs.for_path("")
        return configs

    def config_for(self, path: str) -> Config:
        """The configuration in force for a path; the same object for the same configuration."""
        config: Config = self.configs.for_path(path)
        if len(self._stamps) != len(self.configs.consulted) + len(self.configs.missing):
            self._stamp_new()
        known = self._narrowed.get(id(config))
        if known is None or known[0] is not config:
            known = self._narrowed[id(config)] = (config, narrowed(config, self.settings))
        return known[1]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in its configuration files, each thing once."""
        return sorted(set(self.configs.problems))

    def configure(self, settings: Settings) -> None:
        """Take other settings; everything is analysed anew with them."""
        self.settings = settings
        self._narrowed = {}
        if self._index is not None:
            self._index.reconfigure()

    @property
    def changed(self) -> bool:
        """Whether a configuration file, or the day, is another than when they were read. May wait for the disk."""
        if self._configs is None:
            return False
        stamps = list(self._stamps.items())
        return self._configs.today != datetime.date.today() or any(
            _stamp(path) != known for path, known in stamps
        )

    def reload(self) -> bool:
        """Read the configuration files again if one has changed; whether anything is different.

        A file that is no longer readable leaves the last good configuration in
        force, and is among the problems.
        """
        if self._configs is None or not self.changed:
            return False
        # Looked at before they are read: what changes in between is then seen as a change next time.
        before = {path: _stamp(path) for path in self._stamps}
        fresh = self._read()
        for path in self._configs.consulted:
            fresh.for_folder(
                os.path.relpath(os.path.dirname(path), self.folder or os.sep).replace(os.sep, "/")
            )
        if any(_is_broken(problem.message) for problem in fresh.problems):
            # Typing in a TOML file breaks it with every other key; the findings should not come and go with it.
            changed = sorted(set(fresh.problems)) != self.problems
            self._configs.problems[:] = fresh.problems
            self._stamps = before
            return changed
        self._configs = fresh
        self._narrowed = {}
        say = {*fresh.consulted, *fresh.missing}
        self._stamps = {path: stamp for path, stamp in before.items() if path in say}
        self._stamp_new()
        if self._index is not None:
            self._index.reconfigure()
        return True

    def _stamp_new(self) -> None:
        """Note the state of every file that has, or would have, a say in the configuration."""
        for path in (*self.configs.consulted, *self.configs.missing):
            if path not in self._stamps:
                self._stamps[path] = _stamp(path)

    # Files

    def uri_of(self, path: str) -> str:
        """The URI of a file by its relative path."""
        return self.uris.get(path) or uri_of(os.path.join(self.folder, *path.split("/")))


def narrowed(config: Config, settings: Settings) -> Config:
    """`config` with the editor's settings: fewer rules, and severities where the project says nothing."""
    from mldebt.config import Config

    ignore = list(settings.ignore)
    if settings.select:
        from mldebt.rules import all_rules

        wanted = {*settings.select}
        if "all" not in wanted:
            ignore += [rule.id for rule in all_rules() if not wanted & {rule.id, rule.category}]
    if not ignore and not settings.severity:
        return config
    values = {one.name: config.__dict__[one.name] for one in fields(Config)}
    values["ignore"] = (*config.ignore, *ignore)
    values["severity"] = {**settings.severity, **config.severity}
    return Config(**values)


def _is_broken(message: str) -> bool:
    return message.startswith(("this is not TOML", "cannot be read"))


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class Projects:
    """The client's folders, and the ones its other files imply."""

    def __init__(self) -> None:
        self.settings = Settings()
        self._by_folder: dict[str, Project] = {}
        self._loose = Project("", self.settings, implied=True)

    def __iter__(self) -> Iterator[Project]:
        yield from list(self._by_folder.values())
        yield self._loose

    @property
    def opened(self) -> list[Project]:
        """The folders the user has opened."""
        return [project for project in self._by_folder.values() if not project.implied]

    def add(self, uri: str) -> Project | None:
        path = path_of(uri)
        if path is None:
            return None
        known = self._by_folder.get(path)
        if known is None:
            known = self._by_folder[path] = Project(path, self.settings)
        known.implied = False
        return known

    def remove(self, uri: str) -> Project | None:
        return self._by_folder.pop(path_of(uri) or "", None)

    def place(self, uri: str) -> tuple[str, str]:
        """(folder of the project a document belongs to, its path from there)."""
        folder, path = relative_path(uri, [project.folder for project in self.opened])
        absolute = path_of(uri)
        if folder or absolute is None:
            return folder, path
        from mldebt.engine.project import project_root

        folder, marked = project_root([os.path.dirname(absolute)])
        if not marked:
            return "", path
        if folder not in self._by_folder:
            self._by_folder[folder] = Project(folder, self.settings, implied=True)
        return relative_path(uri_of(os.path.realpath(absolute)), [folder])

    def at(self, folder: str) -> Project:
        return self._by_folder.get(folder, self._loose)

    def configure(self, settings: Settings) -> None:
        self.settings = settings
        for project in self:
            project.configure(settings)
