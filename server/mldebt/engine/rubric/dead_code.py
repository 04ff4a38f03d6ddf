"""Dead code: how much of what one reads never runs?

0  Extensive dead experiments, commented code
1  Some dead code, mostly contained
2  No dead code in main pipeline

Measured as lines of the findings per line of code.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View
from mldebt.rule import HINT, Finding

TITLE = "Dead code"
LINES = (
    "commented-out-code",
    "commented-hyperparameter",
    "dead-branch",
    "unreachable-experiment-flag",
    "unused-experiment-code",
)
FILES = ("script-variant-cluster",)
RULES = (*LINES, *FILES)
NONE, SOME = 0.004, 0.03
# Share of dead lines. On 43 public repositories (2026-11) a quarter lies below 0.4 %, among them every
# template; above 3 % nearly each screen shows some.


def judge(view: View) -> Judgement:
    if not view.all_lines:
        return Judgement(None, "no Python code")
    found = view.found(*LINES, least=HINT)
    dead = sum(n_lines(view, finding) for finding in found if not view.is_aside(finding.path))
    share = dead / view.all_lines
    variants = view.found(*FILES)
    evidence = tuple(view.against(*RULES, least=HINT, shown=4)) or (
        Evidence("no dead code was found", good=True),
    )
    what = f"{dead:,} dead lines in {view.all_lines:,} ({share:.1%})"
    delete = Step(
        1 if share > SOME else 2,
        "delete what is commented out or cannot run; version control keeps it (`--fix` removes the sure cases)",
    )
    if share > SOME:
        return Judgement(0, what, evidence, (delete,))
    if share > NONE or variants:
        steps = [delete] if share > NONE else []
        if variants:
            steps.append(Step(2, "keep one version of each script"))
        return Judgement(
            1, what + (", and versions of scripts side by side" if variants else ""), evidence, tuple(steps)
        )
    return Judgement(2, what if dead else "none found", evidence)


def n_lines(view: View, finding: Finding) -> int:
    report = view.report(finding.path)
    if report is None:
        return 1
    start, end = report.positions.get(finding.span.start), report.positions.get(finding.span.end)
    if start is None or end is None or start.cell != end.cell:
        return 1
    return end.line - start.line + (1 if end.column else 0) or 1
