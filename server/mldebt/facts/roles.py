"""What part a file plays: it trains, serves, evaluates, computes features, orders a pipeline.

    roles_of(workspace)["serve.py"]        frozenset({"serve"})
    entry_points(workspace, "train")       files that do it when they are run

By evidence in the code (imports of web and orchestration frameworks, calls that
fit or predict), never by the file's name alone; what the user's configuration
says outweighs both. Most files have no role, and role rules are silent there.

    Fact("role", "train", span of the first evidence, (is_script,))

The span is what a finding about the file's part should point at: the first `fit`,
the first route.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge.words import FIT_METHODS, PREDICT_METHODS
from mldebt.rule import Fact, Workspace
from mldebt.syntax.module import Module
from mldebt.text import Span

SERVING_ROOTS = frozenset(
    "fastapi flask bottle sanic starlette litestar falcon tornado aiohttp django rest_framework bentoml ray "
    "kserve mlserver litserve streamlit gradio chalice grpc sagemaker_inference ts".split()
)
"""Web and model-serving frameworks. `ray` and `aiohttp` count only where they serve: see ROUTES."""
PIPELINE_ROOTS = frozenset("airflow prefect dagster kedro zenml metaflow luigi kfp flytekit mage_ai".split())
MONITOR_ROOTS = frozenset("evidently whylogs nannyml alibi_detect arize deepchecks frouros".split())
ROUTES = frozenset(
    "route get post put websocket api serve deployment service endpoint batch api_view".split()
)
"""Last words of decorators that make a function answer requests."""
INTERACTIVE_ROOTS = frozenset({"streamlit", "gradio"})
"""Here the whole script is the page: a prediction anywhere in it serves."""
MLSERVER = frozenset({"predict_fn", "model_fn", "input_fn", "output_fn", "lambda_handler", "handler"})
"""Functions that hosted runtimes call by name."""
TRAINING_CALLS = frozenset({"backward", "train", "train_on_batch", "lgb.train", "xgb.train", "fit_generator"})
EVALUATION_CALLS = frozenset(
    "classification_report confusion_matrix roc_auc_score average_precision_score cross_val_score evaluate "
    "mean_squared_error mean_absolute_error r2_score f1_score accuracy_score precision_score recall_score".split()
)
TRAINERS = frozenset(
    {
        "xgboost.train",
        "lightgbm.train",
        "catboost.train",
        "xgboost.cv",
        "lightgbm.cv",
        "transformers.Trainer().train",
        "lightning.Trainer().fit",
        "pytorch_lightning.Trainer().fit",
    }
)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    roots = module.roots
    path_role = config.role_of(module.path)
    is_script = "__main__" in module.text or (not module.is_notebook and _runs(module))
    found: dict[str, Span] = {}
    if roots & SERVING_ROOTS or any(name in module.text for name in MLSERVER):
        span = _serving(module)
        if span is not None:
            found["serve"] = span
    if module.is_ml or roots & config.knowledge.ml_roots:
        span = _training(module, config)
        if span is not None:
            found["train"] = span
        for call in module.calls(*EVALUATION_CALLS):
            if call.target or call.name != "evaluate":
                found["evaluate"] = call.span
                break
    for role, known in (("pipeline", PIPELINE_ROOTS), ("monitor", MONITOR_ROOTS)):
        if roots & known:
            found[role] = next(view.span for view in module.imports if view.module.partition(".")[0] in known)
    if path_role and path_role not in ("test", "example"):
        found.setdefault(path_role, Span(0, 0))
    for role, span in found.items():
        yield Fact("role", role, span, (is_script,))


def _runs(module: Module) -> bool:
    """Whether importing the file does something: a call stands at module level."""
    if not module.has_call("main", "run", *FIT_METHODS, *PREDICT_METHODS):
        return False
    return any(
        call.scope == 0 and chunk.owner == "" and chunk.scopes[0].kind == "module"
        for chunk, _ in module.placed
        for call in chunk.calls
        if call.name in FIT_METHODS or call.name in PREDICT_METHODS or call.name in ("main", "run")
    )


def _serving(module: Module) -> Span | None:
    for function in module.functions():
        if function.name in MLSERVER and function.scope == 0:
            return function.name_span
        for decorator in function.decorators:
            chain = decorator.partition("(")[0]
            if "." in chain and chain.rpartition(".")[2] in ROUTES:
                return function.name_span
    if not module.imports_any(*INTERACTIVE_ROOTS):
        return None
    for call in module.calls(*PREDICT_METHODS):
        return call.span
    return None


def _training(module: Module, config: Config) -> Span | None:
    """The first call that fits a model (not a transformer)."""
    knowledge = config.knowledge
    for call in module.calls("fit", "train", "fit_generator", "backward", "cv", "fit_transform"):
        if call.target in TRAINERS:
            return call.span
        owner = call.target.rpartition(".")[0]
        if call.name == "fit" and owner and knowledge.get(knowledge.estimators, owner) is not None:
            return call.span
        if call.name == "backward" and module.imports_any("torch"):
            return call.span
        if call.name in ("fit", "fit_generator") and owner.startswith(("keras.", "tensorflow.")):
            return call.span
    return None


# What rules ask ------------------------------------------------------------------------------


def roles_of(workspace: Workspace) -> dict[str, frozenset[str]]:
    """Path -> its roles; files without one, tests and examples are absent."""
    found: dict[str, set[str]] = {}
    for path, fact in workspace.facts("role"):
        if workspace.config.role_of(path) not in ("test", "example"):
            found.setdefault(path, set()).add(fact.subject)
    return {path: frozenset(roles) for path, roles in found.items()}


def with_role(workspace: Workspace, role: str, scripts_only: bool = False) -> list[tuple[str, Span]]:
    """(path, span of the evidence) of every file with this role, tests and examples left out."""
    return [
        (path, fact.span)
        for path, fact in workspace.facts("role")
        if fact.subject == role
        and (fact.detail[0] or not scripts_only)
        and workspace.config.role_of(path) not in ("test", "example")
    ]
