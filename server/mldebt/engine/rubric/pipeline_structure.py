"""Pipeline structure: is it written down what runs before what?

0  Pipeline jungle (many scripts, unclear order)
1  Partial DAG, some undocumented steps
2  Full DAG with inputs/outputs declared

2: dvc.yaml whose stages all declare what they read and write, or an orchestrator, and no
finding against it. 1: a Makefile, shell script, CI or MLproject runs the steps, or there
are too few steps to lose their order. 0: several scripts that live on each
other's files, and no word about their order.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted
from mldebt.facts.lineage import lineage

TITLE = "Pipeline structure"
RULES = (
    "script-variant-cluster",
    "pipeline-without-dag",
    "undeclared-stage-io",
    "stage-script-not-tracked",
    "broken-stage",
    "dvc-lock-stale",
    "dangling-output",
    "duplicated-preprocessing",
    "notebook-in-production",
    "glue-code-ratio",
)
ORCHESTRATED = (
    "undeclared-stage-io",
    "stage-script-not-tracked",
    "broken-stage",
    "dvc-lock-stale",
    "script-variant-cluster",
)
DRAFT = "declare the steps with what they read and write in dvc.yaml, or in the orchestrator you have"
FEW = 2
# Two scripts are run in the order of their names, train and then evaluate; three need a word.
SNAKEFILES = ("snakefile", "*.smk", "nextflow.config", "*.nf", "*.cwl", "*.wdl")


def judge(view: View) -> Judgement:
    scripts = {path for role in ("train", "feature", "evaluate") for path, _ in view.role(role)}
    # Whatever reads data and does something when it runs is a step too.
    scripts |= {path for path, _ in view.practice("reads-data") if not view.is_aside(path)}
    scripts &= view.run
    if not (view.role("train") or view.practice("dag")):
        return Judgement(None, "nothing here trains a model, so there is no pipeline to it")
    against = view.against(*RULES, shown=3)
    dags = view.practice("dag")
    pipelines = view.role("pipeline")
    flows = view.files(*SNAKEFILES)
    evidence: list[Evidence] = []
    for path, fact in dags:
        _, n_stages, declared = fact.detail
        evidence.append(
            Evidence(
                f"{counted(n_stages, 'stage')}, {declared} with inputs and outputs",
                path,
                fact.span,
                declared == n_stages,
            )
        )
    evidence += [
        Evidence("an orchestrator orders the steps", path, span, True) for path, span in pipelines[:3]
    ]
    evidence += [Evidence("a workflow file orders the steps", path, good=True) for path in flows[:2]]
    if dags or pipelines or flows:
        whole = all(fact.detail[1] == fact.detail[2] for _, fact in dags)
        if whole and not view.found(*ORCHESTRATED):
            return Judgement(2, "the steps are a graph with inputs and outputs", tuple(evidence + against))
        step = "mend what the rules found in it" if whole else "give every stage its deps and outs"
        return Judgement(1, "a graph with gaps", tuple(evidence + against), (Step(2, step),))
    order = view.practice("order")
    evidence += view.shows("{}, in an order somebody wrote down", order, 3)
    if view.found("script-variant-cluster") and not order:
        return Judgement(
            0,
            "versions of scripts lie side by side, and nothing says which one counts",
            tuple(evidence + against),
            (Step(1, "keep one version of each script and delete the others; git has them"), Step(2, DRAFT)),
        )
    if order:
        return Judgement(
            1,
            "commands are written down, inputs and outputs are not",
            tuple(evidence + against),
            (Step(2, DRAFT),),
        )
    if len(scripts) <= FEW:
        evidence += [Evidence("one of few steps", path, good=True) for path in sorted(scripts)]
        return Judgement(
            1,
            f"{counted(len(scripts), 'step')}, too few to lose their order",
            tuple(evidence + against),
            (Step(2, DRAFT),),
        )
    handed = {(one.writer, one.path, one.reader) for one in lineage(view.workspace).handoffs()}
    chained = [one for one in sorted(handed) if one[0] in scripts or one[2] in scripts]
    if not chained and not view.found("script-variant-cluster"):
        evidence += [
            Evidence("reads nothing that another script here writes", path, good=True)
            for path in sorted(scripts)[:3]
        ]
        return Judgement(
            1,
            f"{len(scripts)} scripts and notebooks that hand nothing to each other",
            tuple(evidence + against),
            (Step(2, DRAFT),),
        )
    evidence += [
        Evidence(f"writes `{what}`, which `{reader}` reads: an order nobody wrote down", writer)
        for writer, what, reader in chained[:4]
    ]
    evidence += [Evidence("nothing says when this runs", path) for path in sorted(scripts)[:3]]
    return Judgement(
        0,
        f"{len(scripts)} scripts and notebooks, and nothing says in which order they run",
        tuple(evidence + against),
        (Step(1, "write down the order as commands: a Makefile, a shell script, CI"), Step(2, DRAFT)),
    )
