"""What the label rules ask of a record, and how they add what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mldebt.facts.audits import LABELS, Record, record_at
from mldebt.fixes.add_keys import NewKey, add_keys
from mldebt.rule import DRAFT, Finding, Fix
from mldebt.syntax.manifest import Manifest
from mldebt.syntax.module import Module

QUESTIONS = {
    "label_trigger": "what makes a case get a label?",
    "model_output_affects_outcome": "does acting on a prediction change the outcome? true or false",
    "label_lag_days": "how many days until the label is known?",
    "label_cutoff": "which labels count, so that later actions of the model cannot have changed them?",
    "holdout_fraction": "which random share of the cases bypasses the model?",
    "counterfactual_logging": "is each decision stored with its alternative? true or false",
    "audited_on": "the day of this audit",
    "owner": "whom to ask",
}


def named(record: Record) -> str:
    return f"`{record.name}`" if record.name else "this model"


def samples_beside(record: Record) -> str:
    """The key that declares labels independent of the model, or ""."""
    for key in ("holdout_fraction", "random_sampling"):
        field = record.get(key)
        if field is None:
            continue
        if not field.known or (isinstance(field.value, str) and field.value) or _above_zero(field.value):
            return key
    return ""


def _above_zero(value: object) -> bool:
    return isinstance(value, (bool, int, float)) and value > 0


def adding(subject: Module | Manifest, finding: Finding, keys: Sequence[str], title: str) -> Iterator[Fix]:
    """The fix that writes these keys into the finding's record, each with its question."""
    record = record_at(subject, LABELS, finding.span)
    if record is None:
        return
    new: list[NewKey] = [(key, "", QUESTIONS[key]) for key in keys if record.get(key) is None]
    children = [(field.key_span, field.span) for field in record.children()]
    edit = add_keys(subject.text, record.span, children, new, record.in_code) if new else None
    if edit is not None:
        yield Fix(title, (edit,), DRAFT)
