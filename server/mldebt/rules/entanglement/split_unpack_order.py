"""The parts of a split are unpacked in the wrong order.

## Why it is debt

`train_test_split(X, y)` gives X_train, X_test, y_train, y_test. Unpacked in another
order the names lie: a model is fitted on features against features, or judged on
its training rows. Where the shapes happen to fit, nothing fails.

## What to do

Unpack in the order of the arguments, the train part first each time.

## Fix safety

Unsafe: it changes what each name holds. That is the bug fix.

## Examples

```python
from sklearn.model_selection import train_test_split

X_train, y_train, X_test, y_test = train_test_split(X, y, random_state=0)  # want: X_train, X_test, y_train, y_test
```

```python fixed
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
```

Other names and numbers of arrays.

```python
from sklearn.model_selection import train_test_split

X_test, X_train, y_test, y_train = train_test_split(X, y, random_state=0)  # want: X_train, X_test, y_train, y_test
trainX, trainY, testX, testY = train_test_split(X, y, random_state=0)  # want: trainX, testX, trainY, testY
```

The right order, and names that say nothing.

```python
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_tr, X_val, y_tr, y_val, w_tr, w_val = train_test_split(X, y, w, random_state=0)
train, test = train_test_split(df, random_state=0)
y_train, y_test, X_train, X_test = train_test_split(y, X, random_state=0)
a, b, c, d = train_test_split(X, y, random_state=0)
X_train, X_test, _, _ = train_test_split(X, y, random_state=0)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import ERROR, UNSAFE, Finding, Fix, rule
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, Span, regex

TARGETS = regex(r"[(\[]?(\s*\w+(?:\s*,\s*\w+)+\s*),?\s*[)\]]?\s*=\s*")
SNAKE = regex(r"(?<=[a-z0-9])(?=[A-Z])|_")
TRAIN_WORDS = frozenset({"train", "training", "tr", "trn"})
TEST_WORDS = frozenset(
    {"test", "testing", "te", "tst", "val", "valid", "validation", "vld", "dev", "holdout"}
)
GLUED = regex(
    r"^(x|y|w|data|label|labels|df)?(training|train|testing|test|valid|val)(x|y|s|set|data)?$", re.I
)


@rule(severity=ERROR, calls=("train_test_split",))
def check(chunk: Chunk, config: Config) -> Iterator[Finding]:
    for call in chunk.calls:
        if call.name != "train_test_split":
            continue
        entry = config.knowledge.get(config.knowledge.splitters, call.target) if call.target else None
        if entry is None or entry.gives != "pairs":
            continue
        names = unpacked(chunk.text, call)
        right = reordered(names, call)
        if right is not None:
            yield Finding(
                Span(call.statement.start, call.span.end),
                f"The split is unpacked in the wrong order: it gives {', '.join(right)}",
                "Each array gives its train part and then its test part. As written the names "
                "hold something else than they say.",
                data=tuple(right),
            )


def unpacked(text: str, call: Call) -> list[str]:
    """The names the call's parts go to; empty when it is written in another way."""
    match = TARGETS.fullmatch(text, call.statement.start, call.span.start)
    if match is None or call.statement.end != call.span.end:
        return []
    return [name.strip() for name in match[1].split(",")]


def reordered(names: list[str], call: Call) -> list[str] | None:
    """The names in the order of the parts; None if they are so already, or do not say enough."""
    if len(names) < 4 or len(names) % 2:
        return None
    known = [part_of(name) for name in names]
    if any(not side for side, _ in known):
        return None
    stems: dict[str, dict[str, str]] = {}
    for name, (side, stem) in zip(names, known, strict=True):
        stems.setdefault(stem, {})[side] = name
    if len(stems) * 2 != len(names) or any(len(sides) != 2 for sides in stems.values()):
        return None
    inputs = [arg.chain.rpartition(".")[2].strip("()[]").lower() for arg in call.args if not arg.name]
    order = list(stems)
    if len(inputs) == len(order) and all(stem in inputs for stem in order):
        order.sort(key=inputs.index)
    right = [stems[stem][side] for stem in order for side in ("train", "test")]
    return None if right == names else right


def part_of(name: str) -> tuple[str, str]:
    """("train" or "test", the rest of the name), or ("", "") when it does not say exactly one."""
    glued = GLUED.match(name)
    if glued and "_" not in name:
        word = glued[2].lower()
        side = "train" if word.startswith("train") else "test"
        return side, ((glued[1] or "") + (glued[3] or "")).lower()
    words = [word.lower() for word in SNAKE.split(name) if word]
    sides = {"train" if word in TRAIN_WORDS else "test" for word in words if word in TRAIN_WORDS | TEST_WORDS}
    if len(sides) != 1:
        return "", ""
    rest = "_".join(word for word in words if word not in TRAIN_WORDS | TEST_WORDS)
    return sides.pop(), rest


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    text = module.text[finding.span.start : finding.span.end]
    head = re.match(r"[(\[]?(\s*\w+(?:\s*,\s*\w+)+\s*)(?=,?\s*[)\]]?\s*=)", text)
    if head is None:
        return
    old = re.findall(r"\w+", head[1])
    if sorted(old) != sorted(finding.data):
        return
    edits = []
    for match, name in zip(re.finditer(r"\w+", head[1]), finding.data, strict=True):
        if match[0] != name:
            at = finding.span.start + head.start(1)
            edits.append(Edit(Span(at + match.start(), at + match.end()), name))
    yield Fix("Unpack the parts in the order they come", tuple(edits), UNSAFE)
