"""A key of a configuration file is read by nobody.

## Why it is debt

Somebody changes the value, retrains, and wonders why nothing happens. The key documents
a step that was removed, or its name was mistyped on one of the two sides.

## What to do

Delete the key, or read it where it was meant to be read.

## When to leave it

A key counts as read if any code, command or interpolation of the project mentions its
name. It is reported only where a key beside it is read by name, so that a file read
in another way is left alone; where code takes a configuration as a whole (`**params`,
`cfg.items()`, Hydra's `instantiate`) the rule is silent for the project.

## Fix safety

*Unsafe*: the fix deletes the line; something outside of the project may read it.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 6:
it should be easy to detect unused or redundant settings.

## Examples

```yaml
# file: params.yaml
train:
  learning_rate: 0.1
  n_estimators: 200
  min_gain: 0.3  # want: `train.min_gain` is read by nobody
# file: train.py
import yaml
from sklearn.ensemble import GradientBoostingClassifier

params = yaml.safe_load(open("params.yaml"))["train"]
model = GradientBoostingClassifier(
    learning_rate=params["learning_rate"], n_estimators=params["n_estimators"]
)
```

Read as a whole, and in a file nobody reads by name.

```yaml
# file: params.yaml
train:
  learning_rate: 0.1
  min_gain: 0.3
# file: train.py
import yaml
from sklearn.ensemble import GradientBoostingClassifier

params = yaml.safe_load(open("params.yaml"))["train"]
model = GradientBoostingClassifier(**params)
print(params["learning_rate"])
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.facts.config_keys import mentioned, taken_whole
from mldebt.rule import INFORMATION, UNSAFE, Fact, Finding, Fix, Workspace, rule
from mldebt.syntax.manifest import Manifest
from mldebt.text import Edit, Span


@rule(
    severity=INFORMATION,
    gated=False,
    needs=("config-key", "config-read", "config-words"),
    kinds=("config-key",),
)
def across(workspace: Workspace) -> Iterator[Finding]:
    if taken_whole(workspace):
        return
    sections: dict[tuple[str, str], list[Fact]] = {}
    for path, fact in workspace.facts("config-key"):
        if fact.detail[0] and not workspace.config.role_of(path):
            sections.setdefault((path, fact.subject.rpartition(".")[0]), []).append(fact)
    if not sections:
        return
    words = mentioned(workspace, in_settings=False)
    for (path, section), facts in sections.items():
        unread = [fact for fact in facts if last(fact) not in words and len(last(fact)) > 2]
        n_read = len(facts) - len(unread)
        if not n_read or n_read < len(unread) or (section and last_word(section) not in words):
            continue
        for fact in unread:
            yield Finding(
                fact.span,
                f"`{fact.subject}` is read by nobody",
                "Whoever changes it will wonder why nothing happens.\nDelete it, or read it where it was meant to be read.",
                path=path,
                unnecessary=True,
            )


def last(fact: Fact) -> str:
    return last_word(fact.subject)


def last_word(dotted: str) -> str:
    return dotted.rpartition(".")[2].replace("-", "_")


@across.fixes
def fixes(manifest: Manifest, finding: Finding) -> Iterator[Fix]:
    text = manifest.text
    start = text.rfind("\n", 0, finding.span.start) + 1
    entry = next((entry for entry in manifest.entries if entry.key_span == finding.span), None)
    if (
        entry is None
        or text[start : finding.span.start].strip()
        or "\n" in text[finding.span.start : entry.value_span.end]
    ):
        return
    end = text.find("\n", entry.value_span.end)
    yield Fix("Delete the key", (Edit(Span(start, len(text) if end < 0 else end + 1), ""),), UNSAFE)
