"""Code lenses, off by default: how much debt a function holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mldebt.lsp.documents import Open
from mldebt.rule import Finding
from mldebt.syntax.module import Module
from mldebt.text import Span


def debt_of_functions(document: Open, findings: Sequence[Finding]) -> Iterator[tuple[Span, str]]:
    """(the function's name, its debt in words), for functions that hold any."""
    subject = document.subject()
    if not isinstance(subject, Module):
        return
    for function in subject.functions():
        inside = [one for one in findings if function.span.start <= one.span.start < function.span.end]
        if inside:
            rules = sorted({finding.rule for finding in inside})
            more = f" and {len(rules) - 3} more" if len(rules) > 3 else ""
            yield function.name_span, f"debt: {len(inside)} ({', '.join(rules[:3])}{more})"
