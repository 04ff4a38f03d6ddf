"""Findings as the client reads them: its columns, and JSON joined from ready-made parts.

A diagnostic is text that changes when a line moves (its range) and text that
does not (all the rest, kept in a memo), so publishing a thousand of them again
costs a thousand short joins and no serialisation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from mldebt.lsp.buffer import Buffer
from mldebt.lsp.capabilities import Client

if TYPE_CHECKING:
    from mldebt.rule import Finding, Related
    from mldebt.text import Span

SOURCE = "mldebt"
DOCUMENTATION = "https://mldebt.github.io/rules/"
UNNECESSARY = 1
# LSP 3.17 `DiagnosticTag.Unnecessary`.

MEMO_SIZE = 20_000
# Distinct messages kept; about 0.5 KB each. Emptied when full, not trimmed: it refills in one publish.

dumps = partial(json.dumps, separators=(",", ":"))


def lsp_severity(severity: int) -> int:
    """Ours grows with weight (hint 1 to error 4), LSP's falls."""
    return 5 - severity


class Wire:
    """Makes one client's diagnostics."""

    def __init__(self, client: Client, uri_of_path: Callable[[str], str]) -> None:
        self._client = client
        self._uri_of_path = uri_of_path
        self._memo: dict[tuple[object, ...], str] = {}

    def diagnostics(self, findings: Iterable[Finding], buffer: Buffer, uri: str) -> str:
        """The JSON array of these findings, whose spans are offsets in `buffer`."""
        return f"[{','.join([self.diagnostic(finding, buffer, uri) for finding in findings])}]"

    def diagnostic(self, finding: Finding, buffer: Buffer, uri: str) -> str:
        related = ""
        if finding.related and self._client.related_information:
            places = ",".join([self._related(other, buffer, uri) for other in finding.related])
            related = f'"relatedInformation":[{places}],'
        return f'{{"range":{range_json(buffer, finding.span)},{related}{self._rest(finding)}'

    def _related(self, other: Related, buffer: Buffer, uri: str) -> str:
        if other.path:
            # Another file's text is not here: its finding names the place by line in its message.
            where, span = self._uri_of_path(other.path), '{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}'
        else:
            where, span = uri, range_json(buffer, other.span)
        return f'{{"location":{{"uri":{dumps(where)},"range":{span}}},"message":{dumps(other.message)}}}'

    def _rest(self, finding: Finding) -> str:
        key = (finding.rule, finding.severity, finding.unnecessary, finding.message, finding.help)
        rest = self._memo.get(key)
        if rest is None:
            if len(self._memo) > MEMO_SIZE:
                self._memo.clear()
            rest = self._memo[key] = self._unmoving(finding)
        return rest

    def _unmoving(self, finding: Finding) -> str:
        """Everything but the places, up to the closing brace."""
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


def rule_page(rule: str) -> str:
    return f"{DOCUMENTATION}{rule}"


def range_json(buffer: Buffer, span: Span) -> str:
    line, column = buffer.position(span.start)
    end_line, end_column = buffer.position(span.end)
    return (
        f'{{"start":{{"line":{line},"character":{column}}},'
        f'"end":{{"line":{end_line},"character":{end_column}}}}}'
    )


def range_of(buffer: Buffer, span: Span) -> dict[str, dict[str, int]]:
    """The same as an object, for what is sent rarely."""
    line, column = buffer.position(span.start)
    end_line, end_column = buffer.position(span.end)
    return {
        "start": {"line": line, "character": column},
        "end": {"line": end_line, "character": end_column},
    }
