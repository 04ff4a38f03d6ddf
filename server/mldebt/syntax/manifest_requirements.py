"""Requirement lines, as pip reads them and as PEP 508 defines them, with the place of each part.

A line that is neither a requirement, an option nor a comment is left out and
named in `broken`; nothing here raises. No file is opened: `-r other.txt` is an
`Option`, and whoever has the other file follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.syntax.views import Comment
from mldebt.text import LineIndex, Span, regex
from mldebt.typed import NamedTuple

MAX_LINE = 20_000
# Two hundred hashes; what is longer is not written for pip.
MAX_REQUIREMENT = 2_000
# Without its hashes. Names and versions inside a URL are sought by trying.
LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|$)")
COMMENT = regex(r"(?:^|(?<=\s))#[^\r\n]*")
# PEP 508 names; pip also takes them case-blind and with runs of -, _ and . as one.
NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*\b")
EXTRAS = regex(r"\s*\[([^\]\r\n]*)\]")
VERSION = r"(?:===\s*[^\s,;)]+|(?:==|~=|!=|<=|>=|<|>)\s*[^\s,;)=<>~!]+)"
SPECIFIER = regex(rf"\s*(\(?)(\s*(?:{VERSION}(?:\s*,\s*{VERSION})*\s*,?\s*)?)(\)?)")
HASH = regex(r"\s--hash[=\s]\s*([A-Za-z0-9]+:[A-Za-z0-9]+)")
OPTION = regex(r"(-[A-Za-z](?![A-Za-z])|--[a-z][a-z0-9-]*)(?:\s*=\s*|\s+|(?<=^-[a-zA-Z]))?(.*)", re.DOTALL)
EGG = regex(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)")
WHEEL_OR_SDIST = regex(
    r"(?:^|[/\\])([A-Za-z0-9][A-Za-z0-9._]*?)-(\d[^/\\#?-]*)(?:-[^/\\#?]*)?\.(?:whl|tar\.gz|zip|tar\.bz2)(?=$|[#?])"
)
COMMIT = regex(r"@[0-9a-f]{7,40}(?=$|[#&?])")
TAG = regex(r"@v?\d+(?:\.\d+)+(?=$|[#&?])")
LOCAL = regex(r"file:|[./\\]|[A-Za-z]:[/\\]|[^:@]*$")
URL_LINE = regex(r"(?:[a-z][a-z0-9+.-]*:|\.{0,2}[/\\]|[A-Za-z]:\\)\S*", re.IGNORECASE)


class Requirement(NamedTuple):
    """One distribution somebody asks for."""

    name: str
    """Normalised by PEP 503; "" for a path or URL that does not tell its name."""
    specifier: str
    """As written, without blanks, in its own manager's notation; "" when bare."""
    span: Span
    """The whole requirement without comment; of a table entry, key and value."""
    name_span: Span
    specifier_span: Span
    """Empty, where a specifier would stand, when there is none."""
    extras: tuple[str, ...] = ()
    marker: str = ""
    url: str = ""
    editable: bool = False
    hashes: tuple[str, ...] = ()
    group: str = ""
    """"" is what running the project needs; else the extra, group or section."""
    notation: str = "pip"
    """Whose version notation: pip, poetry or conda."""

    @property
    def looseness(self) -> str:
        """ "exact", "near" (only the last places move), "range" or "bare"."""
        if not self.url:
            return looseness(self.specifier, self.notation)
        if LOCAL.match(self.url) or COMMIT.search(self.url) or WHEEL_OR_SDIST.search(self.url):
            return "exact"
        return "near" if TAG.search(self.url) else "bare"


class Option(NamedTuple):
    """An option line of a requirements file: ("-r", "base.txt"). Long forms are shortened."""

    name: str
    value: str
    span: Span


class Requirements(NamedTuple):
    """What one requirements file says."""

    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    comments: tuple[Comment, ...]
    broken: tuple[int, ...]
    """0-based numbers of the lines that are no requirement, option or comment."""


SHORT = {
    "--requirement": "-r",
    "--constraint": "-c",
    "--editable": "-e",
    "--index-url": "-i",
    "--pypi-url": "-i",
    "--find-links": "-f",
}


def canonical(name: str) -> str:
    """PEP 503: lower case, and every run of `-`, `_` and `.` one dash."""
    return re.sub(r"[-_.]+", "-", name).lower()


def looseness(specifier: str, notation: str = "pip") -> str:
    """How far a specifier lets the version move, as `Requirement.looseness`."""
    clauses = [clause.strip() for clause in re.split(r"[,|\s]+(?![\d.*])", specifier) if clause.strip()]
    if not clauses or specifier.strip() in ("*", "latest"):
        return "bare"
    return min((clause_looseness(clause, notation) for clause in clauses), key=LOOSENESS.index)


LOOSENESS = ("exact", "near", "range", "bare")


def clause_looseness(clause: str, notation: str) -> str:
    operator, version = re.match(r"([=~!<>^]*)\s*(.*)", clause, re.DOTALL).groups()  # type: ignore[union-attr]
    if operator == "===":
        return "exact"
    wild = version.endswith("*")
    if operator == "==" or (not operator and notation == "poetry"):
        return "near" if wild and version.count(".") > 1 else "range" if wild else "exact"
    if notation == "conda" and operator in ("=", ""):
        # `numpy=1.26` is 1.26.*, and `numpy=1.26.4=build` names one file.
        if "=" in version or (not operator and not wild):
            return "exact"
        return "near" if version.count(".") >= 1 else "range"
    if operator == "~=" and version.count(".") >= 2:
        return "near"
    if operator == "~" and version.count(".") >= 1:
        return "near"
    return "range"


def parse_requirement(text: str, at: int = 0, group: str = "") -> Requirement | None:
    """The PEP 508 requirement that `text` is, or None; spans count from `at` in place of 0."""
    if len(text) > MAX_REQUIREMENT:
        return None
    start = len(text) - len(text.lstrip())
    body_end = len(text.rstrip())
    name = NAME.match(text, start)
    if name is None:
        return None
    position = name.end()
    extras: tuple[str, ...] = ()
    if match := EXTRAS.match(text, position):
        extras = tuple(sorted({canonical(extra) for extra in re.split(r"[,\s]+", match[1]) if extra}))
        position = match.end()
    specifier, specifier_span, url = "", Span(position, position), ""
    if match := regex(r"\s*@\s*").match(text, position):
        end = url_end(text, match.end(), body_end)
        url = text[match.end() : end]
        specifier_span, position = Span(match.end(), end), end
        if not url:
            return None
    elif match := SPECIFIER.match(text, position):
        if bool(match[1]) != bool(match[3]):
            return None
        specifier = re.sub(r"\s+", "", match[2]).strip(",")
        raw = match[1] + match[2] + match[3]
        first = match.start(1) + len(raw) - len(raw.lstrip())
        specifier_span, position = Span(first, match.start(1) + len(raw.rstrip())), match.end()
    rest = text[position:body_end].strip()
    if rest and not rest.startswith(";"):
        return None
    return Requirement(
        name=canonical(name[0]),
        specifier=specifier,
        span=Span(start, body_end).shifted(at),
        name_span=Span(*name.span()).shifted(at),
        specifier_span=specifier_span.shifted(at),
        extras=extras,
        marker=rest[1:].strip(),
        url=url,
        group=group,
    )


def url_end(text: str, start: int, end: int) -> int:
    """Where the URL at `start` stops: a marker needs a blank before its semicolon."""
    match = regex(r"\s").search(text, start, end)
    return match.start() if match else end


def logical_lines(text: str) -> Iterator[tuple[int, str, int]]:
    """(offset, text, first line's number) of each line, backslash continuations joined.

    The joined text has the length of the original: a backslash and its line
    end are blanked, so that offsets in it are offsets in the file.
    """
    start = number = 0
    parts: list[str] = []
    begin = begin_number = 0
    while start < len(text):
        line = LINE.match(text, start)[0]  # type: ignore[index]
        if not parts:
            begin, begin_number = start, number
        start += len(line)
        number += 1
        body = line.rstrip("\r\n")
        if body.endswith("\\") and not body.lstrip().startswith("#"):
            parts.append(body[:-1] + " " * (len(line) - len(body) + 1))
            continue
        yield begin, "".join([*parts, body]), begin_number
        parts = []
    if parts:
        yield begin, "".join(parts), begin_number


def read_requirements(text: str, group: str = "") -> Requirements:
    """All requirements, options and comments of a requirements or constraints file."""
    requirements: list[Requirement] = []
    options: list[Option] = []
    comments: list[Comment] = []
    broken: list[int] = []
    index = LineIndex(text)
    for offset, line, number in logical_lines(text):
        if comment := COMMENT.search(line):
            span = Span(*comment.span()).shifted(offset)
            column = index.position(span.start)[1]
            own_line = not text[span.start - column : span.start].strip()
            comments.append(Comment(span, comment[0], column, own_line))
            line = line[: comment.start()]
        stripped = line.strip(" \t\f\ufeff\x00")
        if not stripped:
            continue
        if len(stripped) > MAX_LINE:
            broken.append(number)
            continue
        at = offset + line.index(stripped)
        if stripped[0] == "-":
            option = read_option(stripped, at)
            if option is None:
                broken.append(number)
                continue
            options.append(option)
            if option.name == "-e" and len(option.value) <= MAX_REQUIREMENT:
                requirements.append(path_requirement(option.value, option.span, group, editable=True))
            continue
        requirement = read_requirement_line(stripped, at, group)
        if requirement is None:
            broken.append(number)
        else:
            requirements.append(requirement)
    return Requirements(tuple(requirements), tuple(options), tuple(comments), tuple(broken))


def read_option(line: str, at: int) -> Option | None:
    match = OPTION.fullmatch(line)
    if match is None:
        return None
    return Option(SHORT.get(match[1], match[1]), match[2].strip().strip("\"'"), Span(at, at + len(line)))


def read_requirement_line(line: str, at: int, group: str) -> Requirement | None:
    """A named requirement, or a path or URL, with pip's per-requirement options."""
    hashes = tuple(HASH.findall(line))
    options = regex(r"\s+--[a-z]").search(line)
    body = line[: options.start()] if options else line
    if len(body) > MAX_REQUIREMENT:
        return None
    requirement = parse_requirement(body, at, group)
    if requirement is not None:
        return requirement._replace(span=Span(at, at + len(line.rstrip())), hashes=hashes)
    if URL_LINE.match(body):
        return path_requirement(body, Span(at, at + len(line)), group)._replace(hashes=hashes)
    return None


def path_requirement(url: str, span: Span, group: str, editable: bool = False) -> Requirement:
    """A requirement given by URL or path alone; its name only where the URL tells it."""
    url, _, marker = url.partition(" ;")
    url = url.strip()
    match = EGG.search(url) or WHEEL_OR_SDIST.search(url)
    return Requirement(
        name=canonical(match[1]) if match else "",
        specifier="",
        span=span,
        name_span=span,
        specifier_span=Span(span.end, span.end),
        marker=marker.strip(),
        url=url,
        editable=editable,
        group=group,
    )
