"""Feature documentation: does somebody own each input of the model?

0  No feature docs
1  Some features documented
2  All features have owner, schema, importance

There is something to document where a model is trained on tables. A feature store or a
data dictionary is 1; 2 needs features.yaml (or a store) about which no rule complains.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted
from mldebt.facts.audits import features_of

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
ASKED = (("upstream_owner", "owner"), ("schema_version",), ("importance", "permutation_importance"))
"""Each feature answers one key of each group: the article's owner, schema, importance."""
START = "draft features.yaml with `mldebt-lsp --init`, and give each feature an owner, a schema version and an importance"


def judge(view: View) -> Judgement:
    store = view.practice("feature-store")
    records = features_of(view.workspace)
    tables = [
        (path, fact)
        for path, fact in view.practice("reads-data")
        if str(fact.detail[0]).partition(".")[0] in TABULAR
    ]
    if not (store or records) and not (view.role("train") and tables):
        return Judgement(None, "no model here is trained on a table of features")
    against = view.against(*RULES, shown=3)
    evidence: list[Evidence] = list(view.shows("`{}` defines features for training and serving", store, 3))
    if records:
        whole = [record for record in records if all(any(map(record.has, keys)) for keys in ASKED)]
        evidence += [
            Evidence(f"`{one.name}` has an owner, a contract and an importance", one.path, one.span, True)
            for one in whole[:3]
        ]
        lacking = [record for record in records if record not in whole]
        against += [
            Evidence(f"`{one.name}` lacks an owner, a contract or an importance", one.path, one.span)
            for one in lacking[:3]
        ]
        told = f"{len(whole)} of {counted(len(records), 'feature')} with owner, contract and importance"
        if not lacking and not view.found(*RULES):
            return Judgement(2, told, tuple(evidence + against))
        return Judgement(
            1, told, tuple(evidence + against), (Step(2, "answer what is open for each feature"),)
        )
    if store:
        return Judgement(
            1,
            "defined in a store, owners and importance unknown",
            tuple(evidence + against),
            (Step(2, START),),
        )
    documents = [path for path in view.files(*DOCUMENTS) if not path.endswith((".py", ".ipynb", ".pyc"))]
    if documents:
        found = [Evidence("describes the data's columns", path, good=True) for path in documents[:3]]
        return Judgement(1, "a description of the data, no owners", (*found, *against), (Step(2, START),))
    reading = [
        Evidence("columns are read here that nothing documents", path, fact.span) for path, fact in tables[:4]
    ]
    return Judgement(0, "no feature is documented", (*reading, *against), (Step(1, START),))
