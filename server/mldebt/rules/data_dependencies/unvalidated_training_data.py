"""A model is trained on data that nothing has checked.

## Why it is debt

A column that is suddenly empty, a unit that changed, a category nobody has seen: the
fit does not fail, the model gets worse, and it is noticed in production, weeks later.

## What to do

Check the data between reading and fitting: columns, types, missing values, ranges. A
schema (pandera, Great Expectations, pydantic) says it once for training and serving.

## Examples

```python
import pandas as pd
from sklearn.linear_model import Ridge

frame = pd.read_csv("sales.csv")
features = frame[["amount", "age"]]
model = Ridge().fit(features, frame["price"])  # want: `sales.csv` has not been checked
```

```python fixed
import pandas as pd
import pandera.pandas as pa
from sklearn.linear_model import Ridge

frame = pd.read_csv("sales.csv")
schema = pa.DataFrameSchema(
    {
        "age": pa.Column(nullable=False),  # TODO(mldebt): type and range
        "amount": pa.Column(nullable=False),  # TODO(mldebt): type and range
        "price": pa.Column(nullable=False),  # TODO(mldebt): type and range
    }
)
frame = schema.validate(frame)
features = frame[["amount", "age"]]
model = Ridge().fit(features, frame["price"])
```

A schema, an assertion about the columns, or a function that says it validates is a
check, wherever in the project it stands; toy data needs none.

```python
# file: train.py
import pandas as pd
from sklearn.linear_model import Ridge

from checks import validate_sales

frame = validate_sales(pd.read_csv("sales.csv"))
model = Ridge().fit(frame[["amount"]], frame["price"])
# file: checks.py
def validate_sales(frame):
    if frame["amount"].isna().any():
        raise ValueError("amount is missing")
    return frame
```

```python
from sklearn.datasets import load_iris
from sklearn.linear_model import Ridge

X, y = load_iris(return_X_y=True)
model = Ridge().fit(X, y)
```

## When to leave it

When the data is checked before it comes here: by the warehouse, by dbt tests, by the
pipeline that writes it.

## Fix safety

A draft: it writes a schema with the columns that the code uses and leaves types and
ranges to you. It needs pandera.

## How sure

Reported once for each training script, once in all where there are more than three,
and only where nothing in the whole project looks like a check of data: no validator,
no assertion or raise about columns or missing values, no function named so. Where only
notebooks train, it is a hint, once.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.facts.roles import with_role
from mldebt.plain import replace
from mldebt.rule import DRAFT, HINT, INFORMATION, Fact, Finding, Fix, Related, Workspace, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:  # every file is asked for its facts; what the rest needs is imported there
    from mldebt.facts.artifacts import Artifact

KIND = "checks-data"
LIBRARIES = (
    *(
        "pandera",
        "great_expectations",
        "pydantic",
        "deepchecks",
        "evidently",
        "soda",
        "frictionless",
        "cerberus",
    ),
    *(
        "jsonschema",
        "marshmallow",
        "whylogs",
        "tensorflow_data_validation",
        "tfdv",
        "bulwark",
        "engarde",
        "datatest",
    ),
    *("dataframely", "patito", "pointblank", "feast", "hopsworks", "ProfileReport"),
)
NAMED = regex(r"def \w*(?:valid|verif|check|sanity|ensure|assert)\w*\(")
CALLED = regex(r"(?:validate|verify|sanity_check|check)_\w+\(")
ASSERTED = regex(
    r"assert\b[^\n]*(?:columns|isnull|isna|notnull|notna|dtype|\.shape|between|nunique|duplicated|\.empty|len\()"
)
RAISED = regex(r"if\b[^\n]*(?:columns|isnull|isna|duplicated|\.empty|missing)[^\n]*:\s*(?:#[^\n]*)?\n\s*$")
CLASSES = regex(r"class \w*(?:Validator|Schema)\b")
BEFORE_RAISE = 300
# Characters: the condition stands right above.
READERS = regex(r"(?:pandas|polars|dask|cudf|pyarrow|numpy|geopandas)\.")
MAX_COLUMNS = 40
MAX_SCRIPTS = 3
# With more of them a finding each would say the same thing over and over.
MAX_RELATED = 20


@rule(
    severity=INFORMATION,
    gated=False,
    needs=("artifact-read", "role", "runs-script"),
    kinds=("role",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    if next(workspace.facts(KIND), None) is not None:
        return
    fits = dict(with_role(workspace, "train"))
    if not fits:
        return
    from mldebt.facts.artifacts import artifacts

    reads: dict[str, list[Artifact]] = {}
    for artifact in artifacts(workspace):
        if (
            artifact.file in fits
            and not artifact.writes
            and artifact.kind == "data"
            and READERS.match(artifact.callee)
        ):
            reads.setdefault(artifact.file, []).append(artifact)
    scripts = sorted(path for path in reads if not path.endswith(".ipynb"))
    notebooks = sorted(path for path in reads if path.endswith(".ipynb"))
    if len(scripts) > MAX_SCRIPTS:
        # The project checks nothing: that is one thing to say.
        others = tuple(Related(fits[path], "fitted here, too", path) for path in scripts[1:MAX_RELATED])
        yield replace(_finding(scripts[0], fits[scripts[0]], reads[scripts[0]]), related=others)
        return
    for path in scripts or notebooks[:1]:
        yield _finding(path, fits[path], reads[path])


def _finding(path: str, span: Span, reads: list[Artifact]) -> Finding:
    names = list(dict.fromkeys(one.path for one in sorted(reads, key=lambda one: one.span)))
    shown = (
        names[0] if len(names) == 1 else f"{names[0]}` and {len(names) - 1} more file{'s' * (len(names) > 2)}"
    )
    subject = f"`{shown}` has not been checked" if len(names) == 1 else f"`{shown} have not been checked"
    return Finding(
        span,
        f"a model is fitted here, but {subject} before",
        "A column that is suddenly empty or in another unit makes the model worse and nothing fails. Check "
        "columns, types, missing values and ranges between reading and fitting.",
        tuple(Related(one.span, "read here", path) for one in reads[:4]),
        severity=HINT if path.endswith(".ipynb") else None,
        path=path,
    )


@across.facts
def facts(module: Module) -> Iterator[Fact]:
    if not module.roots.isdisjoint(LIBRARIES) or checks_data(module.text):
        yield Fact(KIND, "", Span(0, 0))


def checks_data(text: str) -> bool:
    """Whether anything in a file looks like a check of data; each pattern begins with a word, so that few are tried."""
    if ".validate(" in text or "expect_column" in text or NAMED.search(text) or CLASSES.search(text):
        return True
    if ("validate_" in text or "verify_" in text or "check_" in text) and CALLED.search(text):
        return True
    if "assert" in text and ASSERTED.search(text):
        return True
    at = text.find("raise")
    while at >= 0:
        if RAISED.search(text[max(0, at - BEFORE_RAISE) : at]):
            return True
        at = text.find("raise", at + 5)
    return False


@across.fixes
def fixes(module: Module, finding: Finding, config: Config) -> Iterator[Fix]:
    """A schema of the columns in use, after the first read that goes to a plain name at the left margin."""
    text = module.text
    for call in module.calls("read_csv", "read_parquet", "read_excel", "read_feather", "read_json"):
        if not call.target.startswith("pandas.read_"):
            continue
        found = regex(r"(\w+)\s*=\s*$").fullmatch(text[call.statement.start : call.span.start])
        line = text.rfind("\n", 0, call.statement.start) + 1
        if found is None or line != call.statement.start or call.statement.end != call.span.end:
            continue
        name = found[1]
        columns = columns_of(module, name)
        if not columns:
            continue
        end = regex(r"[^\r\n]*").match(text, call.statement.end)
        at = end.end() if end else call.statement.end
        lines = [
            "schema = pa.DataFrameSchema(",
            "    {",
            *(
                f"        {column!r}: pa.Column(nullable=False),  # TODO(mldebt): type and range".replace(
                    "'", '"'
                )
                for column in columns
            ),
            "    }",
            ")",
            f"{name} = schema.validate({name})",
        ]
        newline = newline_of(text)
        edits = [Edit(Span(at, at), "".join(newline + line for line in lines))]
        added = _import(module)
        if added is not None:
            edits.append(added)
        yield Fix("Draft a schema from the columns in use", tuple(sorted(edits)), DRAFT)
        return


def _import(module: Module) -> Edit | None:
    """`import pandera.pandas as pa` after the import of pandas."""
    if any(view.alias == "pa" for view in module.imports):
        from mldebt.fixes.imports import import_edit

        return import_edit(module, "pandera")
    for view in module.imports:
        if view.module == "pandas" and not view.name:
            return Edit(
                Span(view.span.end, view.span.end), f"{newline_of(module.text)}import pandera.pandas as pa"
            )
    return None


def columns_of(module: Module, name: str) -> list[str]:
    """The literal columns that the code takes from this frame before it makes them."""
    made: set[str] = set()
    found: set[str] = set()
    from mldebt.syntax.details import module_details

    for _, _, details in module_details(module):
        for use in details.keys:
            if use.owner != name:
                continue
            if use.access in ("store", "update"):
                made.add(use.key)
            elif use.access == "load" and use.key not in made and "'" not in use.key and '"' not in use.key:
                found.add(use.key)
    return sorted(found)[:MAX_COLUMNS]
