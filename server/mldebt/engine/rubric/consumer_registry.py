"""Consumer registry: is it known who depends on the model's output?

0  Unknown consumers
1  Known consumers, no formal registry
2  Registered consumers with schema contracts

There is something to register where the repository serves a model.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import MAX_SHOWN, Evidence, Judgement, Step, View, counted
from mldebt.facts.audits import registries_of

TITLE = "Consumer registry"
RULES = (
    "missing-consumer-registry",
    "invalid-consumer-registry",
    "undeclared-consumer",
    "unregistered-field",
    "positional-output-access",
    "label-literal-mismatch",
    "output-schema-drift",
    "consumer-threshold-drift",
)
CONTRACTS = ("openapi*.y*ml", "openapi*.json", "swagger*.y*ml", "swagger*.json", "*.proto")
START = "draft consumers.yaml with `mldebt-lsp --init`, and let each consumer register the fields it uses"


def judge(view: View) -> Judgement:
    serving = view.role("serve")
    registries = registries_of(view.workspace)
    if not serving and not registries:
        return Judgement(None, "nothing here serves a model")
    against = view.against(*RULES, shown=3)
    evidence = [
        Evidence(
            f"the consumers of `{record.name or 'the model'}` are registered", record.path, record.span, True
        )
        for record in registries[:MAX_SHOWN]
    ]
    if registries:
        open_points = view.found(*RULES)
        if not open_points and all(
            record.has("schema") or record.children("schema") for record in registries
        ):
            return Judgement(2, "consumers are registered with a schema", tuple(evidence + against))
        return Judgement(
            1,
            f"a registry with {counted(len(open_points), 'gap')}",
            tuple(evidence + against),
            (Step(2, "close the gaps listed"),),
        )
    contracts = view.files(*CONTRACTS)
    evidence += [Evidence("the output has a published form", path, good=True) for path in contracts[:3]]
    evidence += [Evidence("serves predictions to whoever asks", path, span) for path, span in serving[:3]]
    if contracts:
        return Judgement(
            1, "a published form, no consumers named", tuple(evidence + against), (Step(2, START),)
        )
    return Judgement(
        0,
        "a model is served and nobody is named who depends on it",
        tuple(evidence + against),
        (Step(1, START),),
    )
