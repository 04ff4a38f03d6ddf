"""Reproducibility: can a training run be had again?

0  Cannot reproduce any training run
1  Can reproduce recent runs only
2  Any run reproducible via git + dvc pull

Five things make a run repeatable: declared and pinned packages, data that has a
version, seeds, a written-down way to start it, a record of what was run. The first
four give 2; a declared environment and any two of the five give 1.
"""

from __future__ import annotations

from mldebt.engine.rubric import data_versioning
from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted
from mldebt.rule import HINT

TITLE = "Reproducibility"
ENVIRONMENT = (
    "missing-dependency-manifest",
    "unpinned-dependencies",
    "undeclared-import",
    "train-serve-dependency-skew",
)
SEEDS = ("unseeded-split", "unseeded-estimator", "incomplete-seeding", "hash-order-split")
RUNS = ("untracked-experiment",)
NOTEBOOKS = ("out-of-order-execution", "use-before-definition", "hidden-state", "unpinned-notebook-install")
OTHERS = ("unpinned-pretrained", "dvc-lock-stale")
SUMMED_UP = ("reproducibility-minimum",)
RULES = (*ENVIRONMENT, *SEEDS, *RUNS, *OTHERS, *NOTEBOOKS, *SUMMED_UP)
LOCKS = (
    "uv.lock", "poetry.lock", "pdm.lock", "pipfile.lock", "pixi.lock", "conda-lock*.yml", "pylock*.toml", "*requirements*.lock",
)  # fmt: skip
MANIFESTS = (
    "*requirements*.txt", "*requirements*.in", "pyproject.toml", "setup.py", "setup.cfg", "pipfile", "*environment*.y*ml",
    "conda*.y*ml", "*requirements*/*.txt", "dockerfile*", "*.dockerfile", *LOCKS,
)  # fmt: skip
ENOUGH = 2
# Of the five. Calibrated on 43 public repositories, 2026-11: with 2 the two messy collections of
# notebooks got 0 and every repository with a requirements file and seeds 1.


def judge(view: View) -> Judgement:
    if not (view.role("train") or view.practice("dag")):
        return Judgement(None, "nothing here trains a model")
    evidence: list[Evidence] = []
    met: list[str] = []
    steps: list[str] = []
    declared = not view.found("missing-dependency-manifest", least=HINT) and bool(view.files(*MANIFESTS))
    pinned = declared and not view.found("unpinned-dependencies")
    locks = view.files(*LOCKS)
    if pinned:
        met.append("packages pinned")
        evidence += [Evidence("the environment is locked", path, good=True) for path in locks[:2]]
        if not locks:
            evidence += [
                Evidence("packages are declared with their versions", path, good=True)
                for path in view.files(*MANIFESTS)[:2]
            ]
    else:
        steps.append(
            "pin the versions that work, in a lock file"
            if declared
            else "declare the packages with their versions"
        )
    data = data_versioning.judge(view)
    if data.mark is None or data.mark == 2:
        met.append("data versioned")
        evidence.append(
            Evidence("no data files to version" if data.mark is None else f"data: {data.summary}", good=True)
        )
    else:
        steps.append("version the data (see data versioning)")
    unseeded = view.found(*SEEDS)
    seeded = view.practice("seeds")
    if not unseeded:
        met.append("seeds set")
        evidence += view.shows("`{}` seeds the generators", seeded, 2)
        if not seeded:
            evidence.append(Evidence("no unseeded randomness was found", good=True))
    else:
        steps.append(f"give seeds to {counted(len(unseeded), 'place')} where chance decides")
    order = [*view.practice("dag"), *view.practice("order")]
    pipelines = view.role("pipeline")
    if order or pipelines:
        met.append("a command recorded")
        evidence += view.shows("how it is run is written down ({})", order, 2)
        evidence += [
            Evidence("a pipeline runs it", path, span, True) for path, span in pipelines[:1] if not order
        ]
    else:
        steps.append(
            "write down the command that trains, with its configuration: a stage in dvc.yaml, a Makefile target"
        )
    tracked = view.practice("tracks")
    if tracked:
        met.append("runs recorded")
        evidence += view.shows("`{}` records the run", tracked, 2)
    else:
        steps.append("record parameters, data version and metrics of each run with a tracker")
    evidence += view.against(*RULES, shown=3)
    essential = {"packages pinned", "data versioned", "seeds set", "a command recorded"}
    if essential <= set(met) and not view.found(*NOTEBOOKS[1:3]):
        mark = 2
    elif declared and len(met) >= ENOUGH:
        mark = 1
    else:
        mark = 0
    missing = [step for step in steps if mark == 1 or not declared or len(met) < ENOUGH]
    goal = [Step(mark + 1, what) for what in missing] if mark < 2 else []
    return Judgement(
        mark,
        f"{len(met)} of 5: {', '.join(met) or 'nothing that makes a run repeatable'}",
        tuple(evidence),
        tuple(goal),
    )
