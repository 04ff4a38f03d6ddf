"""A suppression silences nothing.

## Why it is debt

The debt it excused has been paid, or never was there. Whoever reads the line
still believes that it holds an exception, and the comment will silence the next
finding there before anyone has seen it.

## What to do

Delete it. Of several names only those that silence nothing are told.

Judged only where the named rules have had their full say: rules that are turned
off, files that do not parse, and findings that need the whole project when only
part of it was checked leave a suppression in peace.

## Fix safety

Deletes the comment, or the names that silence nothing; code stays as it is.

## Examples

```python
import pandas as pd

frame = pd.read_csv("data/train.csv")  # mldebt: ignore[hardcoded-path] moved since  # want: silences nothing
```

```python fixed
import pandas as pd

frame = pd.read_csv("data/train.csv")
```

A comment that is needed is not reported, and neither is one whose rule is off.

```python
import pandas as pd

frame = pd.read_csv("/home/maria/train.csv")  # mldebt: ignore[hardcoded-path] her machine only
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.rule import HINT, SAFE, Finding, Fix, Outcome, rule
from mldebt.suppressions import without_names
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module


@rule(severity=HINT, in_tests=True, gated=False)
def check(outcome: Outcome) -> Iterator[Finding]:
    for suppression, silenced in zip(outcome.report.suppressions, outcome.silenced, strict=True):
        if not suppression.names:
            if not silenced and outcome.judged and not outcome.pending:
                yield Finding(suppression.span, "This suppression silences nothing", HELP, unnecessary=True)
            continue
        idle = tuple(name for name in suppression.names if _is_idle(name, silenced, outcome))
        if not idle:
            continue
        message = "This suppression silences nothing"
        if len(idle) < len(suppression.names):
            message = f"Nothing here needs {' or '.join(f'`{name}`' for name in idle)} to be ignored"
        yield Finding(suppression.span, message, HELP, unnecessary=True, data=idle)


HELP = "What it excused is gone. Delete it, or it will hide the next finding on this line unseen."
TOOL_RULES = {"unused-suppression", "unknown-suppression"}


def _is_idle(name: str, silenced: frozenset[str], outcome: Outcome) -> bool:
    """Whether a name silences nothing although every rule it stands for has had its say."""
    meant = {rule for rule, category in outcome.rules.items() if name in (rule, category)} - TOOL_RULES
    return bool(meant) and meant <= outcome.judged and not meant & silenced


@check.fixes
def fixes(module: Module | Manifest, finding: Finding) -> Iterator[Fix]:
    title = (
        "Delete the names that silence nothing" if "Nothing" in finding.message else "Delete this suppression"
    )
    yield Fix(title, (without_names(module.text, finding.span, finding.data),), SAFE)
