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
    from collections.abc import Iterable, Sequence

    from mldebt.engine.live import Standing
    from mldebt.lsp.projects import Project
    from mldebt.rule import Finding, Related
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
    """What was said of findings that stand together, when their place began at `line` of the document `uri`."""

    __slots__ = ("findings", "layout", "line", "templates", "told", "uri")

    def __init__(
        self, findings: tuple[Finding, ...], templates: list[tuple[str, tuple[int, ...]]], uri: str
    ) -> None:
        self.findings, self.uri = findings, uri
        self.templates = templates
        """Of each finding its JSON with %d for every line, and these lines counted from the place's first."""
        self.layout: object = None
        """The buffer's layout in which the place began at `line`."""
        self.line = -1
        self.told: list[str] = []

    def at(self, line: int, layout: object) -> list[str]:
        self.layout = layout
        if self.line != line:
            self.line = line
            self.told = [
                template % tuple([line + more for more in lines]) for template, lines in self.templates
            ]
        return self.told


class Wire:
    """Makes one client's diagnostics."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._memo: dict[object, str] = {}

    def diagnostic(self, finding: Finding, document: Open, part: Part, project: Project) -> str:
        """One finding as JSON; `project` knows its other files."""
        related = ""
        if finding.related and self._client.related_information:
            places = ",".join([self._related(other, document, project) for other in finding.related])
            related = f'"relatedInformation":[{places}],'
        return f'{{"range":{range_json(part, finding.span)},{related}{self._rest(finding)}'

    def _related(self, other: Related, document: Open, project: Project) -> str:
        if other.path and other.path != document.path:
            uri, place = project.uri_of(other.path), _far_json(other, project)
        else:
            part = document.part_at(other.span.start)
            uri, place = part.uri, range_json(part, other.span)
        location = f'{{"uri":{self._quoted(uri)},"range":{place}}}'
        return f'{{"location":{location},"message":{self._quoted(other.message)}}}'

    def standing(self, places: Sequence[Standing], part: Part, document: Open, project: Project) -> list[str]:
        """The same for all findings that stand together in one part; remembered with their places.

        A place starts at a line's beginning, so of each position only the line moves with it.
        """
        told: list[str] = []
        uri, layout = part.uri, part.buffer.layout
        for place, start, findings in places:
            known: _Wired | None = place.memo.get(WIRE)
            if known is not None and known.findings is findings and known.uri == uri:
                if known.layout is layout:
                    told += known.told
                    continue
            else:
                shifted = [finding.shifted(start) for finding in findings]
                if not _together(shifted, part, document):
                    told += [self.diagnostic(finding, document, part, project) for finding in shifted]
                    continue
                line = part.buffer.line_at(start - part.start)
                templates = [self._template(finding, part, line) for finding in shifted]
                known = place.memo[WIRE] = _Wired(findings, templates, uri)
            told += known.at(part.buffer.line_at(start - part.start), layout)
        return told

    def _template(self, finding: Finding, part: Part, line: int) -> tuple[str, tuple[int, ...]]:
        """(the finding's JSON with %d for its lines, these lines counted from `line`)."""
        lines: list[int] = []

        def placed(span: Span) -> str:
            first, column = part.buffer.position(span.start - part.start)
            last, end_column = part.buffer.position(span.end - part.start)
            lines.extend((first - line, last - line))
            return (
                f'{{"start":{{"line":%d,"character":{column}}},"end":{{"line":%d,"character":{end_column}}}}}'
            )

        written = f'{{"range":{placed(finding.span)},'
        if finding.related and self._client.related_information:
            uri = self._quoted(part.uri).replace("%", "%%")
            places = [
                f'{{"location":{{"uri":{uri},"range":{placed(one.span)}}},'
                f'"message":{self._quoted(one.message).replace("%", "%%")}}}'
                for one in finding.related
            ]
            written += f'"relatedInformation":[{",".join(places)}],'
        return written + self._rest(finding).replace("%", "%%"), tuple(lines)

    def _quoted(self, text: str) -> str:
        """A string in JSON."""
        known = self._memo.get(text)
        if known is None:
            self._tidy()
            known = self._memo[text] = dumps(text)
        return known

    def _tidy(self) -> None:
        if len(self._memo) > MEMO_SIZE:
            self._memo.clear()

    def _rest(self, finding: Finding) -> str:
        key = (finding.rule, finding.severity, finding.unnecessary, finding.message, finding.help)
        rest = self._memo.get(key)
        if rest is None:
            self._tidy()
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


def _together(findings: Iterable[Finding], part: Part, document: Open) -> bool:
    """Whether all their places are in this part."""
    related = [one for finding in findings for one in finding.related]
    return not any(one.path or document.part_at(one.span.start) is not part for one in related)


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
