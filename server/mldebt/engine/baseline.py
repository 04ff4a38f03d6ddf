"""Known debt, by fingerprint: shown faintly, and not counted against a run.

A fingerprint names a finding without line numbers, columns or message: rule,
enclosing definition, the words of its lines, and its ordinal among equals. So
it survives edits elsewhere, reindentation and rewording of our messages, and a
new finding never takes the place of a fixed one.

The file has one sorted line of JSON a finding, so that a merge of two versions
is their union. Only `written` makes it longer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from mldebt.rule import Finding
from mldebt.text import regex
from mldebt.typed import NamedTuple

VERSION = 1
HEADER = json.dumps({"mldebt-baseline": VERSION})
DEFINITION = regex(r"([ \t]*)(?:async[ \t]+def|def|class)[ \t]+(\w+)")
SPACE = regex(r"\s+")


class BrokenBaseline(ValueError):
    """A baseline file that cannot be read; the message names the line and says why."""


class Entry(NamedTuple):
    path: str
    rule: str
    fingerprint: str


def parse_baseline(text: str) -> frozenset[Entry]:
    """The entries of a baseline file. Raises BrokenBaseline."""
    entries = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "mldebt-baseline" in row:
                if row["mldebt-baseline"] != VERSION:
                    raise BrokenBaseline(
                        f"line {number}: this is version {row['mldebt-baseline']}; we read {VERSION}"
                    )
                continue
            entries.add(Entry(str(row["path"]), str(row["rule"]), str(row["fingerprint"])))
        except (ValueError, TypeError, KeyError) as error:
            if isinstance(error, BrokenBaseline):
                raise
            raise BrokenBaseline(f"line {number} is no baseline entry ({error})") from None
    return frozenset(entries)


def format_baseline(entries: Iterable[Entry]) -> str:
    rows = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(set(entries))]
    return "\n".join([HEADER, *rows]) + "\n"


def entries_of(path: str, findings: Sequence[Finding], text: str) -> list[Entry]:
    """One entry for each finding of one file, in their order; `text` is what their spans refer to."""
    seen: Counter[str] = Counter()
    entries = []
    for finding in findings:
        words = SPACE.sub(" ", _lines_at(text, finding)).strip()
        name = enclosing_name(text, finding.span.start)
        base = blake2b(f"{finding.rule}\0{name}\0{words}".encode("utf-8", "surrogatepass"), digest_size=8)
        key = base.hexdigest()
        seen[key] += 1
        entries.append(Entry(path, finding.rule, key if seen[key] == 1 else f"{key}-{seen[key]}"))
    return entries


def enclosing_name(text: str, offset: int) -> str:
    """Qualified name of the definitions around `offset`, read off their indentation: `Model.fit`."""
    start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)]
    indent = len(line) - len(line.lstrip()) if line.strip() else 1_000
    names: list[str] = []
    while indent > 0 and start > 0:
        previous = text.rfind("\n", 0, start - 1) + 1
        line = text[previous:start]
        start = previous
        match = DEFINITION.match(line)
        if match and len(match[1]) < indent:
            names.append(match[2])
        if line.strip() and line.lstrip()[:1] not in ("#", ")", "]", "}"):
            indent = min(indent, len(line) - len(line.lstrip()))
    return ".".join(reversed(names))


def _lines_at(text: str, finding: Finding) -> str:
    """The whole lines a finding touches."""
    start = text.rfind("\n", 0, finding.span.start) + 1
    end = text.find("\n", max(finding.span.start, finding.span.end - 1))
    return text[start : end if end >= 0 else len(text)]


class Comparison(NamedTuple):
    """A run's findings held against a baseline."""

    new: list[Finding]
    known: list[Finding]
    stale: list[Entry]
    """Entries of files that were analysed whose finding is gone."""


def compare(
    findings: Mapping[str, Sequence[tuple[Finding, Entry]]],
    baseline: frozenset[Entry],
    analysed: Iterable[str],
) -> Comparison:
    """Split `findings` (by path, with their entries) into new and known; `analysed` are the paths this run saw."""
    new, known, met = [], [], set()
    for path in sorted(findings):
        for finding, entry in findings[path]:
            if entry in baseline:
                known.append(finding)
                met.add(entry)
            else:
                new.append(finding)
    seen = set(analysed)
    return Comparison(new, known, sorted(entry for entry in baseline - met if entry.path in seen))
