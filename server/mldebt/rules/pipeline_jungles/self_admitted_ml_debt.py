"""A comment admits debt in the machine-learning part of the code.

## Why it is debt

Somebody knew: that a feature leaks, that a threshold was guessed, that nobody may
touch the scaler. The comment is where the knowledge stops; the next person to retrain
the model does not read it, or reads it and cannot ask.

## What to do

Turn it into an issue with an owner, settle the question, or write down why it is so
and since when.

## Examples

```python
import pandas as pd

# TODO: this feature probably leaks the target  # want: leaks
frame["days_to_close"] = frame["closed"] - frame["opened"]
# no idea why, but the model gets worse without it  # want: no idea why
frame["noise"] = 1
cutoff = 0.37  # magic threshold, do not change  # want: magic threshold
# HACK: labels after March are wrong, drop them  # want: labels
```

A plain TODO is for other tools, and a comment that explains admits nothing.

```python
import pandas as pd

# TODO: rename this function
# The threshold comes from the validation set of March 2025.
frame = frame.dropna()  # rows without a label cannot be used for training
# don't change the order: the model reads columns by position, see docs/schema.md
```

## When to leave it

When the comment says what is being done about it and until when.

## How sure

A hedge (*no idea why*, *for some reason*, *do not touch*, *works on my machine*) must
stand with a word of machine learning, a task word (`TODO`, `FIXME`, `HACK`, `XXX`) with
one that decides whether a result is right (leak, label, threshold, drift, retrain, …).
Each comment counts once a file. A hint: whether it is still true, the code cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import HINT, Finding, rule
from mldebt.syntax.module import Module
from mldebt.text import Span, regex

TASK = regex(r"\b(?:TODO|FIXME|HACK|XXX|KLUDGE)\b[:\s(]")
AT_RISK = regex(
    r"(?i)(?<!memory )\bleak(?:s|age|ing|ed)?\b|\blabels?\b|\bthresholds?\b|\bre-?train(?:ing|ed)?\b|\bdrift\b|\bcalibrat\w+|"
    r"\bhyper-?parameters?\b|\blearning rate\b|\btest set\b|\bvalidation (?:set|data)\b|\btrain(?:ing)?[/ -]test\b|\boverfit\w*|"
    r"\bimbalanc\w+|\bground truth\b|\brandom seed\b|\bclass weights?\b|\bshuffl\w+|\bskew\b"
)
"""What a plain task must speak of: what decides whether a result is right."""
HEDGE = regex(
    r"(?i)\bno idea (?:why|what|how)|\b(?:don'?t|do not) know why|\bnot sure (?:why|if|whether)\b|\bfor some (?:unknown )?reason\b|"
    r"\b(?:don'?t|do not|never) (?:touch|change|remove|ask)(?: (?:this|it|these|anything))?\b(?!.*(?:because|since|see |:))|"
    r"\bworks on my\b|\bugly hack\b|\bquick(?: and)? dirty\b|\b(?:this|it) is a hack\b|\bmagic (?:number|value|constant|threshold|weights?)\b|"
    r"\btemporary (?:fix|hack|solution|workaround)\b|\bshould be (?:re)?tuned\b|\bprobably (?:wrong|leaks?|a bug|broken)\b"
)
LEARNING = regex(
    r"(?i)\b(?:leak(?:s|age|ing|ed)?|features?|labels?|label(?:led|ing)|thresholds?|re-?train(?:ing|ed)?|training (?:data|set)|"
    r"test set|validation (?:set|data)|drift|calibrat\w+|model(?:'s|s)?|hyper-?parameters?|learning rate|scal(?:er|ing)|normali[sz]\w+|"
    r"embeddings?|predictions?|class weights?|imbalanc\w+|overfit\w*|ground truth|accuracy|f1|auc|loss|checkpoints?|augment\w*|"
    r"dataset|tokeni[sz]er|seed|epochs?|batch size|weights?|scores?)\b"
)
STRONG = regex(
    r"(?i)\bmagic (?:threshold|weights?)\b|\bprobably leaks?\b|\bleaks? (?:the )?(?:target|label|test)"
)
TASKS = ("TODO", "FIXME", "HACK", "XXX", "KLUDGE")
HEDGES = (
    *(
        "no idea",
        "know why",
        "not sure",
        "for some",
        "touch",
        "change",
        "remove",
        "ask",
        "works on my",
        "hack",
    ),
    *("dirty", "magic ", "temporary ", "tuned", "probably "),
)
"""In lower case, one of them is in all that HEDGE and STRONG find, but for leaks."""
MAX_LENGTH = 300
MAX_SHOWN = 60


@rule(severity=HINT, wakes=("comments",))
def check(module: Module, config: Config) -> Iterator[Finding]:
    if config.role_of(module.path) in ("test", "example"):
        return
    seen: set[str] = set()
    for chunk, start in module.placed:
        for comment in chunk.comments:
            said = admitted(comment.text)
            if said and comment.text not in seen:
                seen.add(comment.text)
                text = comment.text.lstrip("# ").strip()
                shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN].rstrip() + "…"
                yield Finding(
                    Span(comment.span.start + start, comment.span.end + start),
                    f"the code admits debt: {shown}",
                    "Turn it into an issue with an owner, or settle it and say since when it holds.",
                )


def admitted(text: str) -> str:
    """The words that admit debt in a comment, or ""."""
    if len(text) > MAX_LENGTH or "://" in text:
        return ""
    lower = text.lower()
    may_hedge = any(word in lower for word in HEDGES)
    strong = STRONG.search(text) if may_hedge or "leak" in lower else None
    if strong is not None:
        return strong[0]
    task = TASK.search(text) if any(word in text for word in TASKS) else None
    hedge = HEDGE.search(text) if may_hedge else None
    if task is None and hedge is None:
        return ""
    if hedge is not None and (LEARNING.search(text) or "no idea why" in hedge[0].lower()):
        return hedge[0]
    at_risk = AT_RISK.search(text) if task is not None else None
    return at_risk[0] if at_risk is not None else ""
