"""Findings as the client reads them: its columns, and JSON joined from ready-made parts.

A diagnostic is text that changes when a line moves (its range) and text that
does not (all the rest, kept in a memo), so publishing a thousand of them again
costs a thousand short joins and no serialisation.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from mldebt.lsp.capabilities import Client
from mldebt.lsp.documents import Open, Part

if TYPE_CHECKING:
    from mldebt.lsp.projects import Project
    from mldebt.rule import Finding, Related
    from mldebt.syntax.module import Chunk
    from mldebt.text import Span

SOURCE = "mldebt"
DOCUMENTATION = "https://mldebt.github.io/rules/"
UNNECESSARY = 1
# LSP 3.17 `DiagnosticTag.Unnecessary`.

WIRE = "wire"
# Key of a chunk's memo.

MEMO_SIZE = 20_000
# Distinct messages kept; about 0.5 KB each. Emptied when full, not trimmed: it refills in one publish.

dumps = partial(json.dumps, separators=(",", ":"))


def lsp_severity(severity: int) -> int:
    """Ours grows with weight (hint 1 to error 4), LSP's falls."""
    return 5 - severity


class _Wired:
    """A chunk's diagnostics, as they were when the chunk began at `line` of the document `uri`."""

    __slots__ = ("findings", "line", "places", "told", "uri")

    def __init__(
        self, findings: tuple[Finding, ...], places: list[tuple[int, int, int, int, str]] | None
    ) -> None:
        self.findings = findings
        self.places = places
        """None where a finding has related places, which are written out with it."""
        self.line = -1
        self.uri = ""
        self.told: list[str] = []

    def holds(self, findings: tuple[Finding, ...], line: int, uri: str) -> bool:
        return self.findings is findings and (
            self.places is not None or (self.line == line and self.uri == uri)
        )


class Wire:
    """Makes one client's diagnostics."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._memo: dict[tuple[object, ...], str] = {}

    def diagnostic(self, finding: Finding, document: Open, part: Part, project: Project) -> str:
        """One finding as JSON; `project` knows its other files."""
        related = ""
        if finding.related and self._client.related_information:
            places = ",".join([_related(other, document, project) for other in finding.related])
            related = f'"relatedInformation":[{places}],'
        return f'{{"range":{range_json(part, finding.span)},{related}{self._rest(finding)}'

    def of_chunk(
        self,
        chunk: Chunk,
        start: int,
        findings: tuple[Finding, ...],
        document: Open,
        project: Project,
    ) -> list[str]:
        """The same for a chunk's findings, counted from its `start`; remembered with the chunk.

        A chunk starts at a line's beginning, so of each place only the line moves with it.
        """
        part = document.part_at(start)
        line = part.buffer.position(start - part.start)[0]
        known = chunk.memo.get(WIRE)
        if known is None or not known.holds(findings, line, part.uri):
            if any(finding.related for finding in findings):
                told = [self.diagnostic(one.shifted(start), document, part, project) for one in findings]
                if not any(one.path for finding in findings for one in finding.related):
                    # All its places move with the chunk: as long as the chunk stays where it is, this is what to say.
                    known = chunk.memo[WIRE] = _Wired(findings, None)
                    known.line, known.told, known.uri = line, told, part.uri
                return told
            places = [self._placed(one.shifted(start), part, line) for one in findings]
            known = chunk.memo[WIRE] = _Wired(findings, places)
        if known.places is not None and known.line != line:
            known.line = line
            known.told = [
                f'{{"range":{{"start":{{"line":{line + first},"character":{column}}},'
                f'"end":{{"line":{line + last},"character":{end_column}}}}},{rest}'
                for first, column, last, end_column, rest in known.places
            ]
        return known.told

    def _placed(self, finding: Finding, part: Part, line: int) -> tuple[int, int, int, int, str]:
        """(lines from `line`, column, lines from `line`, column, the rest of the JSON)."""
        first, column = part.buffer.position(finding.span.start - part.start)
        last, end_column = part.buffer.position(finding.span.end - part.start)
        return first - line, column, last - line, end_column, self._rest(finding)

    def _rest(self, finding: Finding) -> str:
        key = (finding.rule, finding.severity, finding.unnecessary, finding.message, finding.help)
        rest = self._memo.get(key)
        if rest is None:
            if len(self._memo) > MEMO_SIZE:
                self._memo.clear()
            rest = self._memo[key] = self._unmoving(finding)
        return rest

    def _unmoving(self, finding: Finding) -> str:
        """Everything but the places, with the closing brace."""
        message = finding.message
        if not self._client.code_description:
            # Some of these clients do not show the code either, and nobody can ask about a rule without its name.
            message = f"{message} [{finding.rule}]"
        if finding.help:
            message = f"{message}\n{finding.help}"
        fields: dict[str, object] = {
            "severity": lsp_severity(finding.severity or 1),
            "code": finding.rule,
            "source": SOURCE,
            "message": message,
        }
        if self._client.code_description:
            fields["codeDescription"] = {"href": rule_page(finding.rule)}
        if finding.unnecessary and self._client.unnecessary:
            fields["tags"] = [UNNECESSARY]
        return dumps(fields)[1:]


def _related(other: Related, document: Open, project: Project) -> str:
    if other.path and other.path != document.path:
        uri, place = project.uri_of(other.path), _far_json(other, project)
    else:
        part = document.part_at(other.span.start)
        uri, place = part.uri, range_json(part, other.span)
    return f'{{"location":{{"uri":{dumps(uri)},"range":{place}}},"message":{dumps(other.message)}}}'


def _far_json(other: Related, project: Project) -> str:
    """A place in a file whose text is not here, as its last report knows it; else the file's top.

    Columns count code points: where the line has others before them, they are a little to the left.
    """
    report = project.index.reports.get(other.path)
    positions = report.positions if report is not None else {}
    start, end = positions.get(other.span.start), positions.get(other.span.end)
    if start is None or end is None or start.cell:
        return '{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}'
    return (
        f'{{"start":{{"line":{start.line},"character":{start.column}}},'
        f'"end":{{"line":{end.line},"character":{end.column}}}}}'
    )


def rule_page(rule: str) -> str:
    return f"{DOCUMENTATION}{rule}"


def range_json(part: Part, span: Span) -> str:
    line, column = part.buffer.position(span.start - part.start)
    end_line, end_column = part.buffer.position(span.end - part.start)
    return (
        f'{{"start":{{"line":{line},"character":{column}}},'
        f'"end":{{"line":{end_line},"character":{end_column}}}}}'
    )


def range_of(part: Part, span: Span) -> dict[str, Any]:
    """The same as an object, for what is sent rarely."""
    found: dict[str, Any] = json.loads(range_json(part, span))
    return found
