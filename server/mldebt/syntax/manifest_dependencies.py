"""What pyproject.toml, Pipfile, conda environments and setup.cfg ask to install.

Each tool has its own tables and its own version notation; here they all become
`Requirement`s. What a build needs (`build-system`) is left out: it does not run
with the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mldebt.syntax.manifest import Content, Entry, line_number
from mldebt.syntax.manifest_requirements import Requirement, canonical, parse_requirement
from mldebt.syntax.views import Comment
from mldebt.text import Span, regex
from mldebt.typed import Any

# Where lists of PEP 508 strings lie; "*" stands for a name that becomes the group.
PEP_508_LISTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("project", "dependencies"), ""),
    (("project", "optional-dependencies", "*"), "extra:"),
    (("dependency-groups", "*"), "group:"),
    (("tool", "uv", "dev-dependencies"), "group:dev"),
    (("tool", "uv", "constraint-dependencies"), "constraint"),
    (("tool", "uv", "override-dependencies"), "constraint"),
    (("tool", "pdm", "dev-dependencies", "*"), "group:"),
    (("tool", "hatch", "envs", "*", "dependencies"), "group:"),
)
# Where tables of `name = version` lie, and in which notation.
TABLES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("tool", "poetry", "dependencies"), "", "poetry"),
    (("tool", "poetry", "dev-dependencies"), "group:dev", "poetry"),
    (("tool", "poetry", "group", "*", "dependencies"), "group:", "poetry"),
    (("tool", "pixi", "dependencies"), "", "conda"),
    (("tool", "pixi", "pypi-dependencies"), "", "pip"),
    (("tool", "pixi", "feature", "*", "dependencies"), "group:", "conda"),
    (("tool", "pixi", "feature", "*", "pypi-dependencies"), "group:", "pip"),
)
PIPFILE_TABLES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("packages",), "", "pip"),
    (("dev-packages",), "group:dev", "pip"),
)
INTERPRETERS = frozenset({"python", "pip"})
CONDA = regex(r"(?:[^\s:\[\]]+::?)?([A-Za-z0-9_][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^\s#].*)?", re.DOTALL)


def pyproject_requirements(entries: Sequence[Entry], text: str) -> tuple[Requirement, ...]:
    """Runtime, optional and development requirements, in source order."""
    found: list[Requirement] = []
    for entry in entries:
        if not isinstance(entry.value, str):
            continue
        for pattern, group in PEP_508_LISTS:
            if len(entry.key) == len(pattern) + 1 and (word := _matched(entry.key, pattern)) is not None:
                found += _from_string(entry, text, group + word if group.endswith(":") else group)
    found += _table_requirements(entries, text, TABLES)
    return tuple(sorted(found, key=lambda requirement: requirement.span))


def pipfile_requirements(entries: Sequence[Entry], text: str) -> tuple[Requirement, ...]:
    return tuple(_table_requirements(entries, text, PIPFILE_TABLES))


def conda_requirements(entries: Sequence[Entry], text: str) -> tuple[Requirement, ...]:
    """The conda part and the `pip:` list below it; the interpreter itself is left out."""
    found: list[Requirement] = []
    for entry in entries:
        if entry.key[:1] != ("dependencies",) or not isinstance(entry.value, str):
            continue
        if len(entry.key) == 4 and entry.key[2] == "pip":
            found += _from_string(entry, text, "")
        elif len(entry.key) == 2:
            found += _from_conda(entry, text)
    return tuple(found)


def _matched(key: tuple[str | int, ...], pattern: tuple[str, ...]) -> str | None:
    """The name at the `*` ("" without one) if `key` begins as `pattern` does; else None."""
    word = ""
    for part, wanted in zip(key, pattern, strict=False):
        if wanted == "*":
            word = str(part)
        elif part != wanted:
            return None
    return word


def _inner(entry: Entry, text: str) -> int | None:
    """Where the string's first character lies, if it is written without escapes."""
    for at in (entry.value_span.start, entry.value_span.start + 1):
        if text.startswith(entry.value, at) and at + len(entry.value) <= entry.value_span.end:
            return at
    return None


def _from_string(entry: Entry, text: str, group: str) -> Iterator[Requirement]:
    at = _inner(entry, text)
    requirement = parse_requirement(entry.value, at or 0, group)
    if requirement is None:
        return
    if at is None:
        whole = entry.value_span
        requirement = requirement._replace(
            span=whole, name_span=whole, specifier_span=Span(whole.end, whole.end)
        )
    yield requirement


def _from_conda(entry: Entry, text: str) -> Iterator[Requirement]:
    match = CONDA.fullmatch(entry.value.strip())
    at = _inner(entry, text)
    if match is None or at is None or canonical(match[1]) in INTERPRETERS:
        return
    at += len(entry.value) - len(entry.value.lstrip())
    # `numpy 1.26.4` is `numpy==1.26.4`, and a third word names the build.
    specifier = re.sub(r"\s*([,|<>=!~])\s*", r"\1", match[2] or "").strip()
    specifier = "=".join(specifier.split())
    spot = Span(*match.span(2)) if match[2] else Span(match.end(1), match.end(1))
    yield Requirement(
        name=canonical(match[1]),
        specifier=specifier,
        span=Span(at, at + len(entry.value.strip())),
        name_span=Span(*match.span(1)).shifted(at),
        specifier_span=spot.shifted(at),
        notation="conda",
    )


def _table_requirements(
    entries: Sequence[Entry], text: str, tables: tuple[tuple[tuple[str, ...], str, str], ...]
) -> Iterator[Requirement]:
    for pattern, group, notation in tables:
        depth = len(pattern)
        named: dict[tuple[str | int, ...], dict[tuple[str | int, ...], Entry]] = {}
        for entry in entries:
            if len(entry.key) > depth and _matched(entry.key, pattern) is not None:
                named.setdefault(entry.key[: depth + 1], {})[entry.key[depth + 1 :]] = entry
        for key, parts in named.items():
            if canonical(str(key[-1])) == "python":
                continue
            word = _matched(key, pattern) or ""
            yield _from_table(
                str(key[-1]), parts, text, group + word if group.endswith(":") else group, notation
            )


def _from_table(
    name: str, parts: dict[tuple[str | int, ...], Entry], text: str, group: str, notation: str
) -> Requirement:
    """`name = "1.2"`, `name = {version = "1.2", …}`, a sub-table, or a list of alternatives."""
    first = next(iter(parts.values()))
    last = max(parts.values(), key=lambda entry: entry.value_span.end)

    def value(key: str) -> Any:
        for path in ((key,), (0, key)):
            if path in parts:
                return parts[path].value
        return None

    version = next((parts[path] for path in ((), ("version",), (0, "version")) if path in parts
                    and isinstance(parts[path].value, str)), None)  # fmt: skip
    specifier, spot = "", Span(last.value_span.end, last.value_span.end)
    if version is not None:
        at = _inner(version, text)
        specifier = "" if version.value.strip() == "*" else re.sub(r"\s+", "", version.value)
        spot = version.value_span if at is None else Span(at, at + len(version.value))
    url = ""
    if git := value("git"):
        reference = value("rev") or value("ref") or value("tag") or value("branch") or ""
        url = f"git+{git}" + (f"@{reference}" if reference else "")
    elif path := value("path"):
        url = path if str(path)[:1] in "./" else f"./{path}"
    elif direct := value("url") or value("file"):
        url = str(direct)
    extras = tuple(sorted(canonical(str(entry.value)) for path, entry in parts.items()
                          if "extras" in path and isinstance(entry.value, str)))  # fmt: skip
    if value("optional") is True and not group:
        group = "extra:optional"
    return Requirement(
        name=canonical(name),
        specifier=specifier,
        span=Span(first.key_span.start, last.value_span.end),
        name_span=_last_words(first.key_span, name, text),
        specifier_span=spot,
        extras=extras,
        marker=str(value("markers") or ""),
        url=str(url),
        editable=value("editable") is True or value("develop") is True,
        group=group,
        notation=notation,
    )


def _last_words(span: Span, name: str, text: str) -> Span:
    """Of `tool.poetry.dependencies.numpy` only `numpy`."""
    return Span(span.end - len(name), span.end) if text.endswith(name, span.start, span.end) else span


SECTION = regex(r"\[([^\]]+)\]\s*(?:[#;].*)?")
ASSIGNMENT = regex(r"([^=:]+)[=:]\s*(.*)")


def read_setup_cfg(text: str) -> Content:
    """`install_requires` and the extras of setuptools; keys and values as text."""
    if (nul := text.find("\0")) >= 0:
        return Content(error=f"line {line_number(text, nul)}: a NUL character; this is no text file")
    entries: list[Entry] = []
    comments: list[Comment] = []
    requirements: list[Requirement] = []
    section = key = ""
    at = 0
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        body = line.rstrip()
        start, at = at, at + len(line)
        stripped = body.strip()
        indent = len(body) - len(body.lstrip())
        if stripped[:1] in ("#", ";"):
            comments.append(Comment(Span(start + indent, start + len(body)), stripped, indent, True))
        elif not stripped:
            continue
        elif not indent and (match := SECTION.fullmatch(body)):
            section, key = match[1].strip(), ""
        elif indent and key:
            requirements += _from_setup_cfg(section, key, stripped, start + indent)
        elif match := ASSIGNMENT.fullmatch(body.lstrip()):
            key = match[1].rstrip()
            value_span = Span(start + indent + match.start(2), start + len(body))
            entries.append(
                Entry((section, key), Span(start + indent, start + indent + len(key)), match[2], value_span)
            )
            requirements += _from_setup_cfg(section, key, match[2], value_span.start)
    return Content(tuple(entries), tuple(comments), tuple(requirements))


def _from_setup_cfg(section: str, key: str, value: str, at: int) -> Iterator[Requirement]:
    if (section, key) == ("options", "install_requires"):
        group = ""
    elif section == "options.extras_require":
        group = f"extra:{key}"
    else:
        return
    for match in re.finditer(r"[^;#]+(?:;[^#]*)?", value):
        requirement = parse_requirement(match[0].split(" #")[0], at + match.start(), group)
        if requirement is not None:
            yield requirement
