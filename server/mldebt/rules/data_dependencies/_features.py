"""What the rules of the feature audit share: names, questions, and how a missing key is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mldebt.facts.audits import FEATURES, Field, Record, record_at
from mldebt.fixes.add_keys import add_keys
from mldebt.plain import replace
from mldebt.rule import DRAFT, HINT, Finding, Fix
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module
from mldebt.text import Span

QUESTIONS = {
    "upstream_owner": "whose pipeline computes it?",
    "schema_version": "the version of the contract its owner keeps",
    "last_pipeline_review": "the day somebody last looked at the pipeline, YYYY-MM-DD",
    "fallback": "what is used when it is missing or has changed?",
}


def missing_at(record: Record, *keys: str) -> Span | None:
    """Where to say that none of `keys` is answered: at the empty value, or at the feature's name; None if one is."""
    if any(record.has(key) for key in keys):
        return None
    empty: Field | None = next((field for key in keys if (field := record.get(key)) is not None), None)
    if empty is not None and empty.span.start < empty.span.end:
        return empty.span
    return empty.key_span if empty is not None else record.span


MANY = 3
# Open answers of one kind in a file, from which on they are a list nobody has filled in yet, as `--init` drafts it.


def weighed(found: list[Finding], records: list[Record]) -> Iterator[Finding]:
    """One question that a file leaves open for most of its features is one cause: the first weighs, the rest are hints."""
    of_file = Counter(record.path for record in records)
    open_in = Counter(finding.path for finding in found)
    said: set[str] = set()
    for finding in found:
        path = finding.path
        is_list = open_in[path] >= MANY and 2 * open_in[path] > of_file[path]
        yield replace(finding, severity=HINT) if is_list and path in said else finding
        said.add(path)


def named(record: Record) -> str:
    return f"`{record.name}`" if record.name else "this feature"


def adding(subject: Module | Manifest, finding: Finding, key: str) -> Iterator[Fix]:
    record = record_at(subject, FEATURES, finding.span)
    if record is None or record.get(key) is not None:
        return
    children = [(field.key_span, field.span) for field in record.children()]
    edit = add_keys(subject.text, record.span, children, [(key, "", QUESTIONS[key])], record.in_code)
    if edit is not None:
        yield Fix(f"Add `{key}`, to be answered", (edit,), DRAFT)
