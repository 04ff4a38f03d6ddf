"""A feature contributes next to nothing and costs as much as any other.

## Why it is debt

Each feature needs a pipeline in production, a contract, a monitor, documentation.
One that the model hardly uses has the whole cost and none of the benefit, and one
more thing upstream that can break.

## What to do

Train without it, compare on the same split, and remove it if the metric stays.
Permutation importance tells more than impurity: correlated features share theirs.

## How sure

The number comes from the feature audit, or from a report committed to the
repository (a CSV or JSON file with `importance` in its name, up to 200 kB). A
permutation importance is compared with 0.001 as it is, other measures as a share
of their sum. Where several dated reports stand in one folder, the last two must
agree. A report gives one finding, not one a feature.

## Examples

```yaml
# file: features.yaml
features:
  tx_mean_7d:
    upstream_owner: data-platform
    permutation_importance: 0.031
  weekday_of_signup:
    upstream_owner: crm
    permutation_importance: 0.0002  # want: `weekday_of_signup` has an importance of 0.0002
```

```python
# file: reports/permutation_importance.csv
feature,importance
tx_mean_7d,0.031
device_age,0.012
weekday_of_signup,0.0001  # want: 2 of 4 features have an importance below 0.001: `weekday_of_signup`, `is_demo`
is_demo,-0.0003
```

```python
# file: reports/feature_importance.json
{
  "tx_mean_7d": 310.0,
  "device_age": 120.5,
  "is_weekend": 7.0
}
```

```yaml
# file: features.yaml
features:
  tx_mean_7d: {upstream_owner: data-platform, permutation_importance: 0.001}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.audits import features_of
from mldebt.plain import dataclass
from mldebt.rule import INFORMATION, Fact, Finding, Workspace, rule
from mldebt.rules.data_dependencies._features import named
from mldebt.syntax.manifest import Manifest
from mldebt.text import some_of

KIND = "importance-report"
HELP = (
    "It has the full cost of a pipeline, a contract and a monitor. Train without it, compare on the same "
    "split, and remove it if the metric stays."
)
MAX_NAMES = 5


@dataclass(frozen=True)
class Options:
    """What a project may decide."""

    min_importance: float = 0.001
    """Below this a feature is not worth its keep; of reports that are no permutation importance the share of the sum."""


@rule(
    severity=INFORMATION,
    options=Options,
    gated=False,
    needs=("feature-record",),
    kinds=("feature-record", KIND),
)
def across(workspace: Workspace, options: Options) -> Iterator[Finding]:
    for record in features_of(workspace):
        field = record.get("permutation_importance") or record.get("importance")
        if field is None or not isinstance(field.value, (int, float)) or isinstance(field.value, bool):
            continue
        if field.value < options.min_importance:
            yield Finding(
                field.span,
                f"{named(record)} has an importance of {field.value:g}, below {options.min_importance:g}",
                HELP,
                path=record.path,
            )
    folders: dict[str, list[tuple[str, Fact, dict[str, float]]]] = {}
    for path, fact in workspace.facts(KIND):
        if workspace.config.role_of(path) in ("test", "example"):
            continue
        weak = {name: value for name, value, _ in fact.detail if value < options.min_importance}
        folders.setdefault(path.rpartition("/")[0], []).append((path, fact, weak))
    for reports in folders.values():
        reports.sort(key=lambda report: report[0])
        path, fact, weak = reports[-1]
        if len(reports) > 1:
            # A feature that was useful one run ago has had one bad run.
            weak = {name: value for name, value in weak.items() if name in reports[-2][2]}
        if not weak:
            continue
        names = some_of([f"`{name}`" for name in weak], MAX_NAMES)
        first = next(span for name, _, span in fact.detail if name in weak)
        yield Finding(
            first,
            f"{len(weak)} of {len(fact.detail)} features have an importance below "
            f"{options.min_importance:g}: {names}",
            HELP,
            path=path,
        )


@across.facts
def facts(manifest: Manifest) -> Iterator[Fact]:
    if manifest.kind != "importance" or not manifest.entries:
        return
    from mldebt.syntax.importance import is_permutation

    total = sum(abs(entry.value) for entry in manifest.entries)
    scale = 1.0 if is_permutation(manifest.path, manifest.text) or not total else total
    rows = tuple((str(entry.key[0]), entry.value / scale, entry.key_span) for entry in manifest.entries)
    yield Fact(KIND, manifest.path, manifest.entries[0].key_span, rows)
