"""What the editor shows under the pointer: a finding, a rule that is named there, or what is known of a setting."""

from __future__ import annotations

from collections.abc import Sequence

from mldebt.lsp import cards
from mldebt.lsp.actions import Actions
from mldebt.lsp.documents import Open
from mldebt.lsp.projects import CONFIGURATION_FILES, Project
from mldebt.rule import Finding
from mldebt.rules import rules_by_id
from mldebt.syntax.manifest import Manifest
from mldebt.text import Span

MAX_CARDS = 3


def hover_at(
    document: Open, offset: int, findings: Sequence[Finding], actions: Actions, project: Project
) -> tuple[str, Span] | None:
    """(Markdown, what it is about) at an offset of the analysed text."""
    rules = rules_by_id()
    here = [one for one in findings if one.span.start <= offset <= one.span.end]
    # The smallest thing under the pointer is what the user means.
    here.sort(key=lambda finding: (finding.span.end - finding.span.start, finding.rule))
    if here:
        texts = [
            cards.finding_card(finding, rules[finding.rule], actions.fixes(document, finding))
            for finding in here[:MAX_CARDS]
        ]
        # Somebody who is told that a value says nothing of itself wants to see what it does say.
        setting = _setting_at(document, offset)
        if setting is not None:
            texts.append(setting[0])
        handed = _handed_at(document, offset, project)
        if handed is not None:
            texts.append(handed[0])
        return "\n\n---\n\n".join(texts), here[0].span
    return (
        _suppression_at(document, offset)
        or _configured_at(document, offset)
        or _setting_at(document, offset)
        or _handed_at(document, offset, project)
    )


def _handed_at(document: Open, offset: int, project: Project) -> tuple[str, Span] | None:
    """Where a column or artifact is made, read and consumed."""
    from mldebt.lsp.handed import handed_at

    return handed_at(document, project, offset)


def _setting_at(document: Open, offset: int) -> tuple[str, Span] | None:
    """A config field's, constant's or configuration key's answers to the four questions."""
    from mldebt.lsp.answers import card, setting_at

    subject = document.subject()
    found = setting_at(subject, offset) if subject is not None else None
    return (card(found[0]), found[1]) if found is not None else None


def _configured_at(document: Open, offset: int) -> tuple[str, Span] | None:
    """A rule or category that our own configuration names, as a key or as a value."""
    subject = document.subject()
    name = document.path.rpartition("/")[2]
    if not isinstance(subject, Manifest) or name not in CONFIGURATION_FILES:
        return None
    for entry in subject.entries:
        if name == "pyproject.toml" and entry.key[:2] != ("tool", "mldebt"):
            continue
        for word, span in ((entry.value, entry.value_span), (entry.key[-1], entry.key_span)):
            if isinstance(word, str) and span.start <= offset <= span.end and cards.is_known(word):
                return cards.named_card(word), span
    return None


def _suppression_at(document: Open, offset: int) -> tuple[str, Span] | None:
    """The rules a suppression comment silences; only the one pointed at, if it is one name of several."""
    report = document.report
    for suppression in report.suppressions if report is not None else ():
        if not suppression.span.start <= offset <= suppression.span.end:
            continue
        rules = rules_by_id()
        text = document.text[suppression.span.start : suppression.span.end]
        named = []
        for name in suppression.names:
            at = suppression.span.start + text.find(name)
            if at <= offset <= at + len(name) and name in rules:
                return cards.rule_card(rules[name]), Span(at, at + len(name))
            named.append(cards.named_card(name))
        if not suppression.names:
            named.append("Silences every rule here. Name the rules, so that new ones are heard.")
        return "\n\n---\n\n".join(named), suppression.span
    return None
