"""The article's score: ten dimensions, 0 to 2 each, out of 20, and three bands.

A dimension without an object (no service, so nobody to monitor) is not applicable;
the points of the others are then scaled to 20 and rounded, and the card says so. Pure: the
same reports and findings give the same card. The dimensions are in engine/rubric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.rubric import DIMENSIONS, dimension
from mldebt.engine.rubric.view import Judgement, View
from mldebt.rule import Finding, Rule, Workspace
from mldebt.rules import all_rules
from mldebt.typed import NamedTuple

OUT_OF = 20
MIN_DIMENSIONS = 4
# A folder of notes with one script has no dead code and nothing else: that is not 20 of 20.
FACTS = (
    *("practice", "role", "size", "label-record", "consumer-registry", "feature-record"),
    *("artifact-read", "artifact-write", "runs-script", "stage", "route"),
)
"""Kinds of facts the score needs; see `Overrides.extra_facts`."""
BANDS = (
    (16, "low debt", "maintainable, safe to scale"),
    (10, "medium debt", "address the items with the lowest marks"),
    (0, "high debt", "systemic issues, significant risk of operational failure"),
)
"""(least score, name, what it means), the article's."""


class Dimension(NamedTuple):
    """One row of the card."""

    id: str
    title: str
    judgement: Judgement
    unheard: tuple[str, ...]
    """Rules that would have had a say and are turned off."""


class Scorecard(NamedTuple):
    dimensions: tuple[Dimension, ...]

    @property
    def marks(self) -> list[int]:
        """Of the dimensions that apply."""
        return [mark for one in self.dimensions if (mark := one.judgement.mark) is not None]

    @property
    def points(self) -> int:
        return sum(self.marks)

    @property
    def possible(self) -> int:
        return 2 * len(self.marks)

    @property
    def score(self) -> int | None:
        """Out of 20; None where too little applies to call it one."""
        if len(self.marks) < MIN_DIMENSIONS:
            return None
        return (self.points * OUT_OF * 2 + self.possible) // (2 * self.possible)

    @property
    def band(self) -> tuple[str, str]:
        """Name and meaning."""
        if self.score is None:
            return "no score", f"{len(self.marks)} of the ten dimensions apply here, too few to judge by"
        return next((name, meaning) for least, name, meaning in BANDS if self.score >= least)


def scorecard(
    workspace: Workspace, findings: Sequence[Finding], rules: Iterable[Rule], is_on: Callable[[Rule], bool]
) -> Scorecard:
    """The card of one workspace; `findings` are those shown."""
    view = View(workspace, findings, rules, is_on)
    rows = []
    for name in DIMENSIONS:
        module = dimension(name)
        judgement = module.judge(view)
        unheard = tuple(view.unheard(*module.RULES)) if judgement.mark is not None else ()
        rows.append(Dimension(name, module.TITLE, judgement, unheard))
    return Scorecard(tuple(rows))


def scorecard_of(index: WorkspaceIndex) -> tuple[Scorecard, Workspace]:
    """The card of an index whose configurations ask for FACTS, and the workspace it was made from."""
    config = index.config_for("")
    workspace = Workspace(tuple(sorted(index.paths)), index.reports, config, index.files)
    return scorecard(workspace, index.all_findings(), all_rules(), config.enabled), workspace
