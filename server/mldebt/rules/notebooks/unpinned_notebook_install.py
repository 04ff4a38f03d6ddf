"""A notebook installs packages without saying which version.

## Why it is debt

The cell installs whatever is newest on the day somebody runs it. The outputs below were
made with another version, and the notebook may stop working without a change to it.

## What to do

Write the version that works (`pandas==2.2.3`), or install from the project's requirement
file: `%pip install -r requirements.txt`.

## When to leave it

The notebook is a demonstration of the newest version.

## Fix safety

Unsafe: pins to the versions that pip named in the notebook's own stored output, where it
names them all. Without it there is no fix: nobody but you knows what was installed.

## Examples

```python
# file: report.ipynb
!pip install --quiet pandas lightgbm  # want: `pandas` and `lightgbm`
# %%
import pandas as pd
```

```python
# file: report.ipynb
%pip install pandas==2.2.3 "lightgbm~=4.5"
!pip install -qr requirements.txt
!pip install -U pip
!pip install . ./wheels/acme-1.0-py3-none-any.whl --index-url https://pip.example.org
!pip install git+https://git.example.org/acme/tools@v1.2
!pip install {package}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.rule import HINT, UNSAFE, Finding, Fix, rule
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, regex

INSTALL = regex(
    r"(?:^|[;&|]\s*|[!%]\s*)(?:sudo\s+)?(?:(?:python3?|\{?sys\.executable\}?)\s+-m\s+)?(?:pip3?|uv\s+pip)\s+install\b(?P<rest>[^\n;&|#]*)",
    re.MULTILINE,
)
WORD = regex(r"(?P<quote>['\"]?)(?P<word>[^\s'\"]+)(?P=quote)")
NAME = regex(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,.-]+\])?(?P<pin>[=~!<>]=.*|[<>].*|@.*)?$")
WITH_VALUE = frozenset(
    "-r -c -e -i -f -t --requirement --constraint --editable --index-url --extra-index-url --find-links --target --prefix "
    "--platform --python-version --trusted-host --proxy --timeout --root --log --cache-dir --progress-bar".split()
)
SHORT_WITH_VALUE = regex(r"-[qUIv]*[rceift]$")
TOOLS = frozenset({"pip", "setuptools", "wheel", "uv", "install"})
PINNED = ("==", "~=", "===", "@")


@rule(severity=HINT, gated=False)
def check(module: Module) -> Iterator[Finding]:
    notebook = module.source.notebook
    if notebook is None:
        return
    known = {name.lower().replace("_", "-"): version for name, version in notebook.installed}
    for magic in notebook.magics:
        if "install" not in magic.text:
            continue
        for match in INSTALL.finditer(magic.text):
            open_ones = list(unpinned(match["rest"], magic.start + match.start("rest")))
            if open_ones:
                names = [f"`{name}`" for name, _ in open_ones]
                told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
                verb = "is" if len(names) == 1 else "are"
                start = magic.start + match.start() + len(match[0]) - len(match[0].lstrip("!%;&| \t"))
                yield Finding(
                    Span(start, open_ones[-1][1]),
                    f"{told} {verb} installed in whatever version is newest",
                    "The outputs below were made with another one. Write the version that works, or install the "
                    "project's requirement file.",
                    data=tuple(
                        (name, known.get(name.lower().replace("_", "-"), "")) for name, _ in open_ones
                    ),
                )


def unpinned(rest: str, at: int) -> Iterator[tuple[str, int]]:
    """(package, offset of its end) of each package without a version in the arguments of `pip install`."""
    skip = False
    for match in WORD.finditer(rest):
        word = match["word"]
        if skip or word.startswith("-"):
            skip = not skip and (word in WITH_VALUE or SHORT_WITH_VALUE.match(word) is not None)
            continue
        if (
            "/" in word
            or "{" in word
            or "$" in word
            or word.startswith(".")
            or word.endswith((".whl", ".gz", ".zip"))
        ):
            continue
        named = NAME.match(word)
        if named is None or named["name"].lower() in TOOLS:
            continue
        if not (named["pin"] or "").startswith(PINNED):
            yield named["name"], at + match.end()


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    notebook = module.source.notebook
    versions = dict(finding.data)
    if notebook is None or not all(versions.values()):
        return
    magic = next(
        (one for one in notebook.magics if one.start <= finding.span.start < one.start + len(one.text)), None
    )
    if magic is None:
        return
    edits = []
    # Masked in the module's text: what stands there is the magic's.
    for match in INSTALL.finditer(magic.text):
        for name, end in unpinned(match["rest"], magic.start + match.start("rest")):
            version = versions.get(name)
            before = magic.text[end - magic.start - 1 : end - magic.start]
            bare = magic.text[: end - magic.start].endswith(name)
            if version and bare and before not in "'\"":
                edits.append(Edit(Span(end, end), f"=={version}"))
    if edits:
        yield Fix("Pin the versions that were installed when this ran", tuple(edits), UNSAFE)
