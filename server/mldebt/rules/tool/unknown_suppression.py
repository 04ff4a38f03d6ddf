"""A suppression names a rule that does not exist.

## Why it is debt

The comment looks like a decision and decides nothing: the finding it was meant
for is still reported, or will be.

## What to do

Name a rule or a category that exists; the nearest one is offered.

## Fix safety

Replaces one name inside the comment; code stays as it is.

## Examples

```python
import pandas as pd

frame = pd.read_csv("data.csv")  # mldebt: ignore[hardcoded-paht] her machine  # want: did you mean
```

```python fixed
import pandas as pd

frame = pd.read_csv("data.csv")  # mldebt: ignore[hardcoded-path] her machine
```

Rules and categories both have names.

```python
import pandas as pd

frame = pd.read_csv("/home/maria/train.csv")  # mldebt: ignore[configuration] her machine only
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import INFORMATION, SAFE, Finding, Fix, Outcome, rule
from mldebt.suppressions import with_name
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module

HELP = "It silences nothing as it stands: name a rule or a category, as a finding does in its brackets."


@rule(severity=INFORMATION, in_tests=True, gated=False)
def check(outcome: Outcome) -> Iterator[Finding]:
    known = {*outcome.rules, *outcome.rules.values()}
    for suppression in outcome.report.suppressions:
        for name in suppression.names:
            if name in known:
                continue
            from difflib import get_close_matches  # rarely needed, and a millisecond to import

            close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            yield Finding(
                suppression.span, f"There is no rule `{name}` to ignore{hint}", HELP, data=(name, *close)
            )


@check.fixes
def fixes(module: Module | Manifest, finding: Finding) -> Iterator[Fix]:
    if len(finding.data) == 2:
        wrong, right = finding.data
        yield Fix(f"Write `{right}`", (with_name(module.text, finding.span, wrong, right),), SAFE)
