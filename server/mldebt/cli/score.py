"""`--score` and `--report`: the 20-point card, as text, JSON or a page of HTML."""

from __future__ import annotations

import os
import sys

from mldebt.cli.arguments import Arguments, BadArguments
from mldebt.cli.check import cache_for, prepared
from mldebt.cli.output import Screen, write_out
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.run import State, kept, result_of, surveyed
from mldebt.engine.scorecard import FACTS, Scorecard, scorecard_of
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.engine.result import Result
    from mldebt.engine.rubric.view import Evidence
    from mldebt.rule import Workspace

FORMATS = ("text", "json")


def score(arguments: Arguments) -> int:
    """The exit code: 1 below `--fail-under`, otherwise 0; 2 after an internal error."""
    name = arguments.value("--format", "text")
    if name not in FORMATS:
        raise BadArguments(
            f"`--score` is printed as {' or '.join(FORMATS)}, not {name}; `--report FILE.html` is a page"
        )
    for path in arguments.paths or (".",):
        if path != "-" and not os.path.lexists(path):
            raise BadArguments(f"there is no file or folder {path}")
        if path == "-" or not os.path.isdir(path):
            raise BadArguments(f"`--score` judges a folder, and {path} is none")
    request, configs = prepared(arguments, FACTS)
    state = surveyed(request, configs, cache_for(arguments))
    result = result_of(state)
    kept(state, "", result)
    card, workspace = scorecard_of(state.index)
    told = Told(card, result, state, workspace)
    if arguments.given("--report"):
        from mldebt.cli.report import html

        _write(arguments.value("--report"), "".join(html(told)))
    if arguments.given("--score"):
        from mldebt.cli.formats import score_json, score_text

        render = score_json.render if name == "json" else score_text.render
        text = "".join(render(told, Screen(arguments)))
        where = arguments.value("--output")
        if where:
            _write(where, text)
        else:
            write_out(text)
    if not arguments.given("--quiet"):
        for notice in result.notices:
            sys.stderr.write(f"{notice.path}: {notice.message}\n" if notice.path else f"{notice.message}\n")
    if any(notice.internal for notice in result.notices):
        return 2
    least = int(arguments.value("--fail-under", "0"))
    return 1 if card.score is not None and card.score < least else 0


class Told:
    """A card with what is needed to print it: the findings as rows, and where evidence stands."""

    def __init__(self, card: Scorecard, result: Result, state: State, workspace: Workspace) -> None:
        self.card, self.result, self.state, self.workspace = card, result, state, workspace
        self.root = state.request.root
        paths = state.request.paths
        self.folder = paths[0] if len(paths) == 1 else state.request.root
        """What was asked about: the page's title."""
        self._prefix = display_prefix(state.request.root, state.request.cwd)

    def shown(self, path: str) -> str:
        return displayed(path, self.root, self._prefix)

    def inside(self, shown: str) -> str:
        """A printed path as it counts from the project's root: for a page that others read."""
        before, cut = self._prefix
        if cut:
            top = self.root.replace(os.sep, "/").rstrip("/") + "/"
            return shown[len(top) :] if shown.startswith(top) else cut + shown
        return shown[len(before) :] if shown.startswith(before) else shown

    def place(self, evidence: Evidence) -> tuple[str, int, int, int]:
        """(path as printed, line, column, cell), all counted from 1; the path is "" for the repository."""
        if not evidence.path:
            return "", 0, 0, 0
        report = self.state.index.reports.get(evidence.path)
        position = report.positions.get(evidence.span.start) if report else None
        if position is None:
            return self.shown(evidence.path), 1, 1, 0
        return self.shown(evidence.path), position.line + 1, position.column + 1, position.cell


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise BadArguments(
            f"{path} cannot be written: {(error.strerror or type(error).__name__).lower()}"
        ) from None
