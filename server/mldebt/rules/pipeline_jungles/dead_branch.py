"""Code that can never run stands between code that does.

## Why it is debt

`if False:` around an experiment, statements behind a `return`: whoever reads the
pipeline reads them too, keeps them working, and counts on them. Nobody can say
whether the branch was switched off for good or is waiting to be switched on again.

## What to do

Delete it. Version control keeps what it was; what is to be tried again belongs on a
branch or behind a configuration key that somebody sets.

Information for literal tests (`if False`, `if 0`, `while False`, `x if False else y`,
the `else` of `if True`) and for statements behind `return`, `raise`, `continue` and
`break`. A hint for branches on a constant of the file that is assigned once: that is
a switch somebody may mean to turn by hand.

## When to leave it

`yield` behind a `return` makes a function a generator, and imports under `if False`
are for type checkers: both are passed over, as is `if TYPE_CHECKING`.

## Fix safety

*Safe*: what never ran is deleted with its comments, and the living branch moves up.
*Unsafe* where the dead code binds a name that its function also reads (Python then
takes the name for a local one), and for switches.

## Source

Sculley et al., *Hidden Technical Debt in Machine Learning Systems* (2015), section 4:
dead experimental codepaths.

## Examples

```python
import pandas as pd


def features(df):
    if False:  # want: `if False` never runs
        # does not help on the fraud data
        df["ratio"] = df["amount"] / df["balance"]
    df["log"] = df["amount"] + 1
    return df
```

```python fixed
import pandas as pd


def features(df):
    df["log"] = df["amount"] + 1
    return df
```

```python
def load(path, old):
    if 0:  # want: `if 0` never runs
        rows = read_v1(path)
    else:
        # the new reader
        rows = read_v2(path)
    return rows
```

```python fixed
def load(path, old):
    # the new reader
    rows = read_v2(path)
    return rows
```

```python
def score(model, rows):
    for row in rows:
        if row is None:
            continue
            log(row)  # want: behind `continue`
        elif False:  # want: never runs
            model.warm(row)
    return model.predict(rows)
    print("done")  # want: behind `return`
```

A switch in the file, assigned once.

```python
import pandas as pd

USE_V2 = False

df = pd.read_csv("a.csv")
if USE_V2:  # want: `USE_V2` is False and never set otherwise
    df = df.dropna()
```

What runs, what makes a generator, what type checkers read, and a switch somebody sets.

```python
import argparse

VERBOSE = False
LIMIT = None


def rows():
    return
    yield


if False:
    from typing import Any


def main(verbose):
    global VERBOSE
    VERBOSE = verbose
    while True:
        if VERBOSE:
            print("step")
        if LIMIT:
            break
    else:
        return 1
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.rule import HINT, INFORMATION, SAFE, UNSAFE, Finding, Fix, Related, rule
from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.views import UNKNOWN
from mldebt.text import Span, identifiers, regex
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.detail_views import Branch

# Both start with plain characters: only so does `re` skip to the next candidate at once, a third of the time.
LITERAL_IF, LITERAL_WHILE = (
    regex(rf"{word}(?<!\w{word})[ \t(]+(?:not[ \t(]+)*(?:False|True|None|0|1)\b(?!\.)")
    for word in ("if", "while")
)
BEHIND = regex(
    r"\n([ \t]+)(?:return|raise|continue|break)\b[^\r\n]*\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*\1(?!(?:else|elif|except|finally|case)\b|yield\b)[^\s#)\]}]",
    re.M,
)
SWITCH = regex(r"^(\w+)[ \t]*(?::[ \t]*bool[ \t]*)?=[ \t]*(?:True|False)[ \t]*(?:#.*)?\r?$", re.M)
OUTSIDE_WORDS = ("exec(", "globals(", "setattr(", "vars(", "locals(")
SET_FROM_OUTSIDE = regex(r"\b(?:exec|globals|setattr|vars|locals)\(")
"""Ways to set a constant without naming it, as scripts do that read the command line into their globals."""
YIELDS = regex(r"\byield\b")
ONLY_IMPORTS = regex(
    r"(?:\s*(?:#[^\r\n]*|(?:from|import)\b[^\r\n(]*(?:\([^)]*\)[^\r\n]*)?|pass[ \t]*)\r?(?=\n|\Z))+\s*"
)
"""There is one way only to read each line, so that many of them cannot be tried in endless ways."""
HELP = (
    "Whoever reads the pipeline reads it too, and nobody can say whether it waits to be switched on again.\n"
    "Delete it; version control keeps what it was."
)


class Dead(NamedTuple):
    """Code that never runs; spans count from its chunk."""

    span: Span
    message: str
    branch: Branch | None
    scope: int
    live: bool
    """The value of the branch's test."""


@rule(severity=INFORMATION, gated=False)
def check(module: Module) -> Iterator[Finding]:
    for chunk, start in module.placed:
        for dead in dead_in(chunk):
            yield Finding(dead.span.shifted(start), dead.message, HELP, unnecessary=True, data=("literal",))
    text = module.text
    if module.is_notebook or not has_flag(module) or not SWITCH.search(text):
        return
    if not any(word in text for word in OUTSIDE_WORDS) or not SET_FROM_OUTSIDE.search(text):
        yield from switches(module)


def has_flag(module: Module) -> bool:
    """Whether some name of the module is given True or False."""
    return any(
        view.value.__class__ is bool and view.scope == 0 and not chunk.owner
        for chunk, _ in module.placed
        for view in chunk.assignments
    )


def dead_in(chunk: Chunk) -> tuple[Dead, ...]:
    """What never runs in one chunk, whatever the rest of the file does. Remembered with it."""
    known: tuple[Dead, ...] | None = chunk.memo.get("dead-branch")
    if known is None:
        text = chunk.text
        known = ()
        if (
            LITERAL_IF.search(text)
            or ("while" in text and LITERAL_WHILE.search(text))
            or may_go_on_behind(text)
        ):
            known = tuple(_dead_in(chunk))
        chunk.memo["dead-branch"] = known
    return known


def may_go_on_behind(text: str) -> bool:
    """Whether a line of the same block follows a `return` or its like. The words are rarer than lines."""
    for word in ("return", "raise", "continue", "break"):
        at = text.find(word)
        while at >= 0:
            line = text.rfind("\n", 0, at)
            if line >= 0 and BEHIND.match(text, line):
                return True
            at = text.find(word, at + len(word))
    return False


def _dead_in(chunk: Chunk) -> Iterator[Dead]:
    from mldebt.syntax.details import details_of

    details = details_of(chunk)
    for branch in details.branches:
        value = branch.constant
        if value is UNKNOWN or value.__class__ not in (bool, int, type(None)):
            continue
        dead = dead_part(chunk, branch, bool(value))
        if dead is not None:
            test = chunk.text[branch.test.start : branch.test.end]
            if branch.kind == "ifexp":
                message = f"one side of `{chunk.text[branch.span.start : branch.span.end]}` is never taken"
                if len(message) > 80 or "\n" in message:
                    message = f"one side of `… if {test} else …` is never taken"
            elif value:
                message = f"what stands under `else` never runs: the test above is `{test}`"
            else:
                message = f"what stands under `{branch.kind} {test}` never runs"
            yield Dead(dead, message, branch, branch.scope, bool(value))
    for part in details.unreachable:
        if chunk.scopes[part.scope].kind != "function" or YIELDS.search(chunk.text, *part.span):
            continue
        yield Dead(part.span, f"what stands behind `{part.after}` never runs", None, part.scope, False)


def dead_part(chunk: Chunk, branch: Branch, live: bool) -> Span | None:
    """The part of a branch whose test has this value that never runs, or None."""
    text = chunk.text
    if live:
        dead = branch.orelse
        if dead.start == dead.end or branch.kind == "while":
            return None
        span = dead
    else:
        dead = branch.body
        span = dead if branch.kind == "ifexp" else Span(branch.span.start, dead.end)
    if chunk.scopes[branch.scope].kind in ("function", "lambda") and YIELDS.search(
        text, dead.start, dead.end
    ):
        return None
    if ONLY_IMPORTS.fullmatch(text, dead.start, dead.end):
        return None
    return span


# --- switches ---


def switches(module: Module) -> Iterator[Finding]:
    """One finding for each constant that is assigned once and whose branches therefore go one way."""
    text = module.text
    found: dict[str, list[tuple[Span, bool]]] = {}
    tested = {word for line in text.split("\n") if "if" in line for word in identifiers(line)}
    candidates = {
        view.name: (view.value, view.name_span.shifted(start))
        for chunk, start in module.placed
        if not chunk.owner
        for view in chunk.assignments
        if view.scope == 0
        and view.value.__class__ is bool
        and view.name != "TYPE_CHECKING"
        and view.name in tested
        and is_settled(text, view.name)
    }
    if not candidates:
        return
    from mldebt.syntax.details import details_of

    uses = regex(r"\bif\b[^\n]*\b(?:" + "|".join(candidates) + r")\b")
    for chunk, start in module.placed:
        if not uses.search(chunk.text):
            continue
        for branch in details_of(chunk).branches:
            if branch.chain in candidates and branch.kind != "while" and not shadowed(chunk, branch):
                live = candidates[branch.chain][0] != branch.negated
                part = dead_part(chunk, branch, live)
                if part is not None:
                    found.setdefault(branch.chain, []).append((part.shifted(start), live))
    for name, parts in found.items():
        value, where = candidates[name]
        yield Finding(
            parts[0][0],
            f"`{name}` is {value} and never set otherwise: this part never runs",
            "It is a switch only for whoever edits the file, and what it turns off is neither run nor tested.\n"
            "Delete the dead part, or read the switch from the configuration or the command line.",
            related=(
                Related(where, f"`{name}` is set here"),
                *(Related(span, "nor does this part") for span, _ in parts[1:]),
            ),
            severity=HINT,
            unnecessary=True,
            data=("switch", name),
        )


def is_settled(text: str, name: str) -> bool:
    """Whether the file binds this name once and does not hand it out."""
    # Nothing below reaches past a line, and few lines have the name.
    text = "\n".join([line for line in text.split("\n") if name in line])
    if len(re.findall(rf"\b{name}\b[ \t]*(?::[^=\n]*)?[-+|&]?=(?!=)", text)) != 1:
        return False
    return not re.search(
        rf"\bglobal\b[^\n]*\b{name}\b|[\"']{name}[\"']|\b(?:as|for|import|del)[ \t]+{name}\b|,[ \t]*{name}\b[^\n]*(?<!=)=(?!=)|\b{name}[ \t]*,[^\n()]*(?<![=!<>])=(?!=)",
        text,
    )


def shadowed(chunk: Chunk, branch: Branch) -> bool:
    """Whether a parameter or local of the function around it has the flag's name."""
    at = branch.scope
    while at >= 0:
        scope = chunk.scopes[at]
        if scope.kind != "module" and (
            branch.chain in scope.params or any(name == branch.chain for name, _, _ in scope.bindings)
        ):
            return True
        at = scope.parent
    return False


# --- deleting it ---


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.remove_branch import without_branch, without_statements

    chunk, start = module.placed_at(finding.span.start)
    if finding.data[0] == "switch":
        from mldebt.syntax.details import details_of

        value = next(view.value for view in module.assignments() if view.name == finding.data[1])
        for branch in details_of(chunk).branches:
            live = value != branch.negated
            if branch.chain == finding.data[1] and (part := dead_part(chunk, branch, live)):
                if part.shifted(start) == finding.span and (
                    edits := without_branch(module, branch, start, live)
                ):
                    yield Fix("Delete what never runs", edits, UNSAFE)
        return
    for dead in dead_in(chunk):
        if dead.span.shifted(start) != finding.span:
            continue
        if dead.branch is None:
            edits = without_statements(module, finding.span)
        else:
            edits = without_branch(module, dead.branch, start, dead.live)
        if edits:
            yield Fix("Delete what never runs", edits, UNSAFE if binds(chunk, dead) else SAFE)


def binds(chunk: Chunk, dead: Dead) -> bool:
    """Whether the dead code makes a name local that its function reads elsewhere."""
    scope = chunk.scopes[dead.scope]
    if scope.kind != "function":
        return False
    inside = {name for name, offset, _ in scope.bindings if dead.span.start <= offset < dead.span.end}
    outside = {name for name, offset, _ in scope.bindings if not dead.span.start <= offset < dead.span.end}
    around = chunk.text[scope.span.start : dead.span.start] + chunk.text[dead.span.end : scope.span.end]
    return any(re.search(rf"\b{name}\b", around) for name in inside - outside)
