"""What the rules about dvc.yaml share: what a stage covers, and which scripts it runs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from mldebt.facts.commands import scripts_run
from mldebt.facts.stages import Stage, stages, top_outputs, tracked_files
from mldebt.rule import Fact, Workspace

NEEDS = ("stage", "runs-script")


def covers(declared: Iterable[str], path: str) -> bool:
    """Whether one of the declared paths is this one, a folder around it, or inside it."""
    return any(
        one == path or not one or path.startswith(one + "/") or one.startswith(path + "/") for one in declared
    )


def declared(workspace: Workspace, stage: Stage) -> set[str]:
    """Everything the stage says it has to do with."""
    return {
        *(place.path for place in stage.deps),
        *(place.path for place in stage.outs),
        *(place.kind for place in stage.params),
        *top_outputs(workspace, stage.file),
    }


def scripts_of(workspace: Workspace) -> dict[tuple[str, str], list[tuple[str, Fact]]]:
    """(dvc.yaml, stage) -> the workspace's scripts it runs."""
    found: dict[tuple[str, str], list[tuple[str, Fact]]] | None = workspace.memo.get("stage-scripts")
    if found is None:
        found = workspace.memo["stage-scripts"] = {}
        for script, runs in sorted(scripts_run(workspace).items()):
            for owner, fact in runs:
                if owner.endswith(("dvc.yaml", "dvc.yml")):
                    found.setdefault((owner, fact.detail[1]), []).append((script, fact))
    return found


def is_there(workspace: Workspace, path: str) -> bool:
    """Whether a file or folder lies in the workspace or, ignored by git, on the disk."""
    if not path or path in _paths(workspace) or path in _folders(workspace):
        return True
    return workspace.files.exists(path)


def _paths(workspace: Workspace) -> frozenset[str]:
    known: frozenset[str] | None = workspace.memo.get("paths")
    if known is None:
        known = workspace.memo["paths"] = frozenset(workspace.paths)
    return known


def _folders(workspace: Workspace) -> set[str]:
    known: set[str] | None = workspace.memo.get("folders")
    if known is None:
        known = workspace.memo["folders"] = set()
        for path in workspace.paths:
            folder = posixpath.dirname(path)
            while folder and folder not in known:
                known.add(folder)
                folder = posixpath.dirname(folder)
    return known


def produced(workspace: Workspace) -> set[str]:
    """What some stage makes or some `.dvc` file brings."""
    return {
        *(place.path for stage in stages(workspace) for place in stage.outs),
        *tracked_files(workspace),
    }


def has_templates(workspace: Workspace) -> bool:
    """Whether some stage's paths are not known, so that anything may be produced."""
    return any(stage.is_template for stage in stages(workspace))


def shown(stage: Stage, path: str) -> str:
    """A workspace path as the stage would write it."""
    return posixpath.relpath(path, stage.base or ".") if stage.base else path


def ready(workspace: Workspace) -> Iterator[Stage]:
    """The stages that are run and whose paths are known."""
    return (stage for stage in stages(workspace) if not stage.is_template and not stage.is_frozen)
