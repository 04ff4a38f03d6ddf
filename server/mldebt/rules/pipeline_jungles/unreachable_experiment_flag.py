"""A branch waits for a setting that nobody ever sets.

## Why it is debt

`if config.get("use_v2_features"):` was an experiment. No configuration, command line,
caller or test turns it on any more, so nobody knows whether it still works, and
whoever reads the training code has to read it too.

## What to do

If it was better, make it the only way. If not, delete it with what only it calls;
version control keeps it. If it is meant to be turned on, put the key into the
configuration where others can find it.

A warning where the branch itself carries a TODO or a question.

## When to leave it

A key counts as set if any file of the project mentions its name in any way other than
reading it: as a string, keyword, field, option or key of a configuration file.
Packages whose users pass the configuration (projects with a `setup.py` or `setup.cfg`)
are left alone, and so are tests, examples and notebooks.

## Fix safety

*Unsafe*: the fix deletes the branch; the living one moves up. What only the branch
called stays, for you to look at.

## How sure

Certain that the project does not set it; somebody may call it from outside.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 4:
dead experimental codepaths.

## Examples

```python
from sklearn.ensemble import GradientBoostingClassifier


def train_model(X_train, y_train, config):
    if config.get("use_v2_features"):  # want: nothing in this project sets `use_v2_features`
        # TODO: test this more - seems to help on the fraud dataset but not sure
        X_train = apply_v2_features(X_train)
    model = GradientBoostingClassifier(n_estimators=config.get("n_estimators", 200))
    return model.fit(X_train, y_train)
```

```python fixed
from sklearn.ensemble import GradientBoostingClassifier


def train_model(X_train, y_train, config):
    model = GradientBoostingClassifier(n_estimators=config.get("n_estimators", 200))
    return model.fit(X_train, y_train)
```

Set in a configuration file, by a caller, or by an option.

```python
# file: train.py
from sklearn.ensemble import GradientBoostingClassifier


def train_model(X_train, y_train, config, args):
    if config.get("use_v2_features"):
        X_train = apply_v2_features(X_train)
    if config["use_weights"]:
        y_train = weighted(y_train)
    if args.quick_run:
        X_train = X_train[:100]
    return GradientBoostingClassifier().fit(X_train, y_train)
# file: params.yaml
train:
  use_v2_features: true
# file: run.py
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--quick-run", action="store_true")
train_model(X, y, dict(use_weights=True), parser.parse_args())
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.config_keys import mentioned
from mldebt.rule import INFORMATION, UNSAFE, WARNING, Finding, Fix, Related, Workspace, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

PACKAGE = regex(r"(?:^|/)(?:setup\.py|setup\.cfg)$")
SWITCH = regex(
    r"^(?:use|enable|disable|skip|force|with|without|do|is|has|new|old|legacy|experimental|try|apply|add|include|extra)_|_(?:v\d+|enabled|experimental|legacy|new|old)$"
)
"""Names of settings that turn something on."""


@rule(severity=INFORMATION, needs=("config-read", "config-words"), kinds=("config-read",))
def across(workspace: Workspace) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[tuple[Span, bool]]] = {}
    for path, fact in workspace.facts("config-read"):
        default, is_test, doubted, is_ml = fact.detail[3:7]
        if is_ml and is_test and not default and SWITCH.search(fact.subject) and path.endswith(".py"):
            found.setdefault((path, fact.subject), []).append((fact.span, doubted))
    if not found or any(PACKAGE.search(path) for path in workspace.paths):
        return
    words = mentioned(workspace)
    for (path, name), places in found.items():
        if name in words or workspace.config.role_of(path):
            continue
        span = places[0][0]
        yield Finding(
            span,
            f"nothing in this project sets `{name}`, so this branch is never taken",
            "Nobody knows whether it still works, and whoever reads this code has to read it too.\n"
            "Delete it with what only it calls, or put the key into the configuration.",
            related=tuple(Related(other, "asked for again", path) for other, _ in places[1:]),
            severity=WARNING if any(doubted for _, doubted in places) else None,
            path=path,
        )


@across.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.remove_branch import without_branch
    from mldebt.syntax.details import details_of

    chunk, start = module.placed_at(finding.span.start)
    for branch in details_of(chunk).branches:
        test = branch.test.shifted(start)
        if test.start <= finding.span.start < test.end and branch.kind in ("if", "elif"):
            edits = without_branch(module, branch, start, live=False)
            if edits:
                yield Fix("Delete the branch nobody turns on", edits, UNSAFE)
