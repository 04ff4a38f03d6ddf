"""A file's `Read` as plain tuples that marshal takes, and back.

Rules put plain values into facts and notes: numbers, strings, tuples, sets and
spans. Anything else is not remembered (and a test over all rules says so).
"""

from __future__ import annotations

import marshal

from mldebt.engine.reading import FIX_EDITS, FIX_TITLES, Read
from mldebt.rule import Fact, Failure, Finding, Position, Related, Report, Severity
from mldebt.suppressions import Suppression
from mldebt.text import Span
from mldebt.typed import Any

ATOMS = frozenset({str, int, float, bool, complex, bytes, type(None)})
SPAN = "\0span"


class NotPlain(TypeError):
    """A value no rule should put into a fact or a finding."""


def packed(read: Read, today: str, detail: int) -> bytes | None:
    """None for what cannot be kept."""
    report = read.report
    try:
        return marshal.dumps(
            (
                today if read.dated else "",
                detail,
                read.content,
                report.digest,
                tuple(map(_plain_finding, report.findings)),
                tuple((fact.kind, fact.subject, *fact.span, plain(fact.detail)) for fact in report.facts),
                tuple((*one.span, *one.covers, one.names, one.reason) for one in report.suppressions),
                tuple((error.__class__ is Failure, str(error)) for error in report.errors),
                {offset: tuple(position) for offset, position in report.positions.items()},
                report.broken,
                read.code,
                read.fixes,
                read.fingerprints,
            )
        )
    except (NotPlain, ValueError):
        return None


def unpacked(value: Any, path: str, today: str, detail: int) -> Read | None:
    """None for what was made on another day, or tells less than `detail` asks for."""
    if value is None:
        return None
    (
        date,
        has,
        content,
        digest,
        findings,
        facts,
        suppressions,
        errors,
        positions,
        broken,
        code,
        fixes,
        prints,
    ) = value
    if (date and date != today) or not covers(has, detail):
        return None
    report = Report(
        path,
        digest,
        tuple(map(_finding, findings)),
        tuple(
            Fact(kind, subject, Span(start, end), restored(rest)) for kind, subject, start, end, rest in facts
        ),
        tuple(
            Suppression(Span(a, b), Span(c, d), names, reason) for a, b, c, d, names, reason in suppressions
        ),
        tuple(Failure(error) if failed else error for failed, error in errors),
        {offset: Position(*position) for offset, position in positions.items()},
        broken,
    )
    return Read(report, code, fixes, prints, bool(date), content)


def covers(has: int, wanted: int) -> bool:
    """Whether what is told (see reading.py) includes what is wanted."""
    if has & FIX_EDITS:
        has |= FIX_TITLES
    return not wanted & ~has


def _plain_finding(finding: Finding) -> tuple[Any, ...]:
    return (
        *finding.span,
        finding.message,
        finding.help,
        tuple((*other.span, other.message, other.path) for other in finding.related),
        int(finding.severity or 0),
        finding.rule,
        finding.path,
        finding.unnecessary,
        plain(finding.data),
    )


def _finding(value: Any) -> Finding:
    start, end, message, help_, related, severity, rule, path, unnecessary, data = value
    return Finding(
        Span(start, end),
        message,
        help_,
        tuple(Related(Span(a, b), text, where) for a, b, text, where in related),
        Severity(severity) if severity else None,
        rule,
        path,
        unnecessary,
        restored(data),
    )


def plain(value: Any) -> Any:
    """The same without our own types. Raises NotPlain."""
    kind = value.__class__
    if kind in ATOMS:
        return value
    if kind is tuple:
        return tuple(map(plain, value))
    if kind is Span:
        return (SPAN, value.start, value.end)
    if kind is frozenset and all(item.__class__ in ATOMS for item in value):
        return value
    raise NotPlain(f"{kind.__name__} in a fact or finding")


def restored(value: Any) -> Any:
    if value.__class__ is not tuple or not value:
        return value
    if value[0] == SPAN:
        return Span(value[1], value[2])
    return tuple(map(restored, value))
