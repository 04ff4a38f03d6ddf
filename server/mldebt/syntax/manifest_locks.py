"""Lock files: which version of each package has been settled, and where that stands.

Lock files are written by tools and can be megabytes long, so they are read by
pattern, which takes milliseconds, instead of by a TOML or YAML reader, which
takes seconds. A lock edited by hand beyond recognition gives nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mldebt.syntax.manifest import Content
from mldebt.syntax.manifest_requirements import Requirement, canonical
from mldebt.text import Span, regex

PACKAGE = regex(r"^\[\[packages?\]\][^\S\n]*\r?\n((?:(?!\[).*\n?)*)", re.MULTILINE)
TOML_NAME = regex(r"^name = (?:\"([^\"\r\n]+)\"|'([^'\r\n]+)')", re.MULTILINE)
TOML_VERSION = regex(r"^version = [\"']([^\"'\r\n]+)[\"']", re.MULTILINE)
YAML_PACKAGE = regex(
    r"^(?:- | {2,4}|- \w+: \S+\n(?:  .*\n)*?  )name: ['\"]?([\w.-]+)['\"]?\r?\n\s+version: ['\"]?([^\s'\"]+)",
    re.MULTILINE,
)
CONDA_FILE = regex(
    r"^- conda: \S*/([A-Za-z0-9_.-]+?)-([0-9][^-\s/]*)-[^-\s/]+\.(?:conda|tar\.bz2)", re.MULTILINE
)


def read_lock(path: str, text: str) -> Content:
    """Every settled package as a requirement `==version`."""
    name = path[path.rfind("/") + 1 :]
    if name == "Pipfile.lock":
        return _pipfile_lock(text)
    reader = _yaml if name.endswith((".yml", ".yaml")) or name == "pixi.lock" else _toml
    found = tuple(sorted(reader(text), key=lambda requirement: requirement.span))
    return Content(
        requirements=found, error="" if found or not text.strip() else "no locked package recognised"
    )


def _locked(name: str, version: str, name_start: int, version_start: int) -> Requirement:
    name_span = Span(name_start, name_start + len(name))
    version_span = Span(version_start, version_start + len(version))
    return Requirement(
        name=canonical(name),
        specifier=f"=={version}",
        span=Span(min(name_start, version_start), max(name_span.end, version_span.end)),
        name_span=name_span,
        specifier_span=version_span,
    )


def _toml(text: str) -> Iterator[Requirement]:
    for block in PACKAGE.finditer(text):
        start, end = block.span(1)
        name, version = TOML_NAME.search(text, start, end), TOML_VERSION.search(text, start, end)
        if name and version:
            written = name[1] or name[2]
            yield _locked(written, version[1], name.start(1 if name[1] else 2), version.start(1))


def _yaml(text: str) -> Iterator[Requirement]:
    for pattern in (YAML_PACKAGE, CONDA_FILE):
        for match in pattern.finditer(text):
            yield _locked(match[1], match[2], match.start(1), match.start(2))


def _pipfile_lock(text: str) -> Content:
    try:
        data = json.loads(text)
        sections = [(section, data.get(section, {})) for section in ("default", "develop")]
        versions = [
            (section, name, str(package.get("version", "")).lstrip("="))
            for section, packages in sections
            for name, package in packages.items()
        ]
    except (ValueError, RecursionError, AttributeError) as trouble:
        where = f"line {trouble.lineno}: " if isinstance(trouble, json.JSONDecodeError) else ""
        return Content(error=f"{where}not a lock file of Pipenv")
    found = []
    for section, name, version in versions:
        start = text.find(f'"{name}"', max(text.find(f'"{section}"'), 0))
        spot = text.find(version, start) if version else -1
        if start >= 0 and spot >= 0:
            requirement = _locked(name, version, start + 1, spot)
            found.append(requirement._replace(group="" if section == "default" else "group:dev"))
    return Content(requirements=tuple(found))
