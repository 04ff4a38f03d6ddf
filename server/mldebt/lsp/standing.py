"""How things stand, for an editor's status line: which configuration is in force, how much is found and known."""

from __future__ import annotations

import os
from typing import Any

from mldebt.lsp.projects import Project
from mldebt.lsp.session import Session


def standing(session: Session, uri: str) -> dict[str, Any]:
    """Of the folder that `uri` lies in, as JSON; counts are of what has been looked at."""
    folder, path = session.projects.place(uri)
    project = session.projects.at(folder)
    index = project.index
    count = sum(len(index.findings(path)) for path in list(index.reports)) if index.complete else None
    return {
        "folder": project.folder,
        "configuration": _configuration(project, path),
        "baseline": project.debt.path if os.path.exists(project.debt.path) else "",
        "known": project.debt.size,
        "findings": count,
        "files": len(index.reports),
        "complete": index.complete,
        "problems": [f"{problem.path}: {problem.message}" for problem in project.problems],
    }


def _configuration(project: Project, path: str) -> str:
    """The configuration file in force for a path, absolute; "" for the defaults."""
    source = project.config_for(path).source
    return os.path.join(project.folder, source) if source else ""
