"""Which packages the manifests ask for, and which versions are settled.

    Fact("package-need", "pandas", span of the requirement, (specifier, looseness, group))
    Fact("package-lock", "", Span(0, 0), (("numpy", "1.26.4"), …))      a lock file
    Fact("package-install", "pandas", span, ())                         `pip install pandas` in a command file

Names are normalised (PEP 503).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.rule import Fact
from mldebt.syntax.manifest import Manifest
from mldebt.text import Span, regex

INSTALL = regex(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|poetry|pipenv|pixi|pdm)\s+(?:pip\s+)?(?:install|add)\b([^\n;&|#]*(?:\\\n[^\n;&|#]*)*)"
)
NAME = regex(r"(?<![\w./:=-])([A-Za-z][\w.-]*)(?=[\[=<>~!\s\"']|$)")


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    if manifest.kind == "lock":
        versions = {item.name: item.specifier.lstrip("=") for item in manifest.requirements}
        yield Fact("package-lock", "", Span(0, 0), tuple(sorted(versions.items())))
        return
    for item in manifest.requirements:
        if item.name:
            yield Fact("package-need", item.name, item.span, (item.specifier, item.looseness, item.group))
    if manifest.kind in ("commands", "yaml"):
        for match in INSTALL.finditer(manifest.text):
            for word in NAME.finditer(match[1]):
                start = match.start(1) + word.start(1)
                yield Fact("package-install", normalised(word[1]), Span(start, start + len(word[1])))


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
