"""Feature documentation: does somebody own each input of the model?

0  No feature docs
1  Some features documented
2  All features have owner, schema, importance

There is something to document where a model is trained on tables. A feature store or a
data dictionary is 1; 2 needs features.yaml (or a store) about which no rule complains.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted

TITLE = "Feature documentation"
RULES = (
    "feature-without-owner",
    "feature-without-contract",
    "feature-review-stale",
    "feature-unstable",
    "feature-underutilized",
    "undocumented-feature",
    "orphan-feature-metadata",
)
DOCUMENTS = (
    "*data*dictionary*", "*data_description*", "*data-description*", "*feature*doc*", "*features*.md", "*datasheet*", "*data_card*",
    "*datacard*", "*codebook*.md", "*schema*.md", "*variable*description*",
)  # fmt: skip
TABULAR = (
    "pandas",
    "polars",
    "pyspark",
    "dask",
    "cudf",
    "sklearn",
    "xgboost",
    "lightgbm",
    "catboost",
    "feast",
)
START = "draft features.yaml with `mldebt-lsp --init`, and give each feature an owner, a schema version and an importance"


def judge(view: View) -> Judgement:
    store = view.practice("feature-store")
    registries = [path for path in view.files("features.yaml", "features.yml") if not view.is_aside(path)]
    tables = [
        (path, fact)
        for path, fact in view.practice("reads-data")
        if str(fact.detail[0]).partition(".")[0] in TABULAR
    ]
    if not (store or registries) and not (view.role("train") and tables):
        return Judgement(None, "no model here is trained on a table of features")
    against = view.against(*RULES, shown=3)
    evidence: list[Evidence] = [
        *(Evidence("features are documented", path, good=True) for path in registries),
        *view.shows("`{}` defines features for training and serving", store, 3),
    ]
    if registries or store:
        open_points = view.found(*RULES)
        if registries and not open_points:
            return Judgement(2, "features have owner, schema and importance", tuple(evidence + against))
        what = (
            f"{counted(len(open_points), 'gap')} in the documentation"
            if open_points
            else "defined in a store, owners and importance unknown"
        )
        step = "close the gaps listed" if open_points else START
        return Judgement(1, what, tuple(evidence + against), (Step(2, step),))
    documents = [path for path in view.files(*DOCUMENTS) if not path.endswith((".py", ".ipynb", ".pyc"))]
    if documents:
        found = [Evidence("describes the data's columns", path, good=True) for path in documents[:3]]
        return Judgement(1, "a description of the data, no owners", (*found, *against), (Step(2, START),))
    reading = [
        Evidence("columns are read here that nothing documents", path, fact.span) for path, fact in tables[:4]
    ]
    return Judgement(0, "no feature is documented", (*reading, *against), (Step(1, START),))
