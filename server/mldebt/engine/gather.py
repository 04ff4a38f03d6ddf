"""The facts of a whole project, and nothing else: what the lineage and the score are made from.

Every file below the paths asked for is read once, with all rules off. Nothing is
remembered: a picture of a project is drawn now and then.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from mldebt.config import Config
from mldebt.config_files import Configs
from mldebt.engine.files import DiskFiles
from mldebt.engine.result import BadConfiguration
from mldebt.engine.run import Request, discovered
from mldebt.engine.work import Work, analyse
from mldebt.rule import Report, Workspace

NO_RULE = ("no rule",)
"""A selection that names none."""


def gathered(request: Request, configs: Configs, kinds: Iterable[str]) -> Workspace:
    """The workspace with the facts of these kinds. Raises BadConfiguration."""
    root_config = configs.for_path("")
    found = discovered(request, configs, root_config)
    if configs.problems:
        raise BadConfiguration(
            str(problem.seen_from(request.cwd)) for problem in sorted(set(configs.problems))
        )
    known: dict[int, Config] = {}

    def plain(path: str) -> Config:
        config = configs.for_path(path)
        if id(config) not in known:
            known[id(config)] = Config(
                configs.today, NO_RULE, roles=config.roles, knowledge=config.knowledge, folder=config.folder,
                above=config.above, extra_facts=tuple(kinds),
            )  # fmt: skip
        return known[id(config)]

    todo = [
        Work(path, os.path.join(request.root, path), plain(path)) for path in (*found.files, *found.context)
    ]
    reports: dict[str, Report] = {}
    for work, read, _ in analyse(todo, 0, str(configs.today), request.jobs, request.progress):
        reports[work.path] = read.report
    return Workspace(found.all_paths, reports, plain(""), DiskFiles(request.root))
