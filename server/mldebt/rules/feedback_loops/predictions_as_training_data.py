"""What a model predicted is read back where a model is trained.

## Why it is debt

The next model learns from what the last one believed, not from what happened. Its
mistakes become its labels, the error cannot be seen in any metric that is computed on
the same data, and each retraining makes it worse: a hidden feedback loop.

## What to do

Train on outcomes that were observed without the model, and keep predictions in files
and tables that no training job reads. If pseudo-labels are meant, mark them in their
name and keep a share of rows that the model never touched.

## Examples

```python
# file: score.py
import joblib
import pandas as pd

model = joblib.load("model.joblib")
frame = pd.read_csv("customers.csv")
frame["churn"] = model.predict(frame)
frame.to_csv("data/customers_labelled.csv")
# file: train.py
import pandas as pd
from sklearn.linear_model import LogisticRegression

frame = pd.read_csv("data/customers_labelled.csv")  # want: holds predictions of `score.py`
LogisticRegression().fit(frame.drop(columns="churn"), frame["churn"])
```

Predictions that are only judged, plotted or stacked on purpose are no loop.

```python
# file: score.py
import joblib
import pandas as pd

model = joblib.load("model.joblib")
pd.Series(model.predict(X)).to_csv("data/predictions.csv")
pd.DataFrame(oof, columns=["p"]).to_csv("data/oof.csv")
# file: report.py
import pandas as pd
from sklearn.metrics import roc_auc_score

print(roc_auc_score(y, pd.read_csv("data/predictions.csv")))
# file: stack.py
import pandas as pd
from sklearn.linear_model import LogisticRegression

oof = pd.read_csv("data/oof.csv")
LogisticRegression().fit(oof, y)
```

## When to leave it

Stacking, distillation and pseudo-labelling read predictions on purpose. Files whose
names say so (`oof`, `stack`, `blend`, `pseudo`, `distil`, `ensemble`, `submission`)
are left alone.

## How sure

The file is written from what a model's `predict` gives and read, by the same plainly
known path, in another file that trains; both are followed in the code. Whether the
predicted column is used is not, so this is a hint: on 222 public repositories it spoke
once, of cluster labels that a notebook only shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.lineage import Node, lineage
from mldebt.facts.roles import roles_of
from mldebt.rule import HINT, Finding, Related, Workspace, rule
from mldebt.text import regex

ON_PURPOSE = regex(
    r"(?i)oof|out[-_]of[-_]fold|stack|blend|ensembl|pseudo|distil|teacher|meta|level[-_]?[12]|submi|average|baseline"
)


@rule(
    severity=HINT,
    needs=("artifact-read", "runs-script", "stage", "role"),
    kinds=("artifact-write",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    if not any(fact.detail[4] for _, fact in workspace.facts("artifact-write")):
        return
    roles = roles_of(workspace)
    for path, node in lineage(workspace).nodes.items():
        if node.is_vague or node.kind not in ("data", "table", "object") or ON_PURPOSE.search(path):
            continue
        writers = [use for use in node.writers if use.is_predicted and use.is_certain]
        if not writers or not _is_only_predictions(node):
            continue
        for use in node.readers:
            others = [writer for writer in writers if writer.file != use.file]
            if (
                not others
                or not use.is_certain
                or ON_PURPOSE.search(use.file)
                or ON_PURPOSE.search(others[0].file)
            ):
                continue
            if "train" not in roles.get(use.file, ()) or (
                "train" in roles.get(others[0].file, ()) and _same(others[0].file, use.file)
            ):
                continue
            shown = path.removeprefix("table:")
            yield Finding(
                use.span,
                f"`{shown}` is read for training, but it holds predictions of `{others[0].file.rpartition('/')[2]}`",
                "The next model would learn from what the last one believed. Train on observed outcomes, and "
                "keep predictions where no training job reads them.",
                tuple(Related(writer.span, "predictions are written here", writer.file) for writer in others),
                path=use.file,
            )


def _is_only_predictions(node: Node) -> bool:
    """Whether nobody writes the file with anything else; then it may be that which is read."""
    return all(use.is_predicted for use in node.writers)


def _same(one: str, other: str) -> bool:
    """Whether two files are versions of each other by their names."""
    strip = regex(r"[\W\d_]+|v\d+|final|new|old|copy")
    return strip.sub("", one.rpartition("/")[2].lower()) == strip.sub("", other.rpartition("/")[2].lower())
