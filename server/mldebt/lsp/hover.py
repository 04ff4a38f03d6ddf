"""What the editor shows under the pointer: the card of a finding, or of a rule that is named there."""

from __future__ import annotations

from collections.abc import Sequence

from mldebt.lsp import cards
from mldebt.lsp.actions import Actions
from mldebt.lsp.documents import Open
from mldebt.rule import Finding
from mldebt.rules import rules_by_id
from mldebt.text import Span

MAX_CARDS = 3


def hover_at(
    document: Open, offset: int, findings: Sequence[Finding], actions: Actions
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
        return "\n\n---\n\n".join(texts), here[0].span
    return _suppression_at(document, offset)


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
            if name in rules:
                named.append(cards.rule_card(rules[name]))
            else:
                category = [rule for rule in rules.values() if rule.category == name]
                listed = "\n".join(f"- `{rule.id}`: {rule.title}" for rule in category)
                named.append(
                    f"**{name}**\n\n{listed}" if category else f"`{name}` is no rule and no category."
                )
        if not suppression.names:
            named.append("Silences every rule here. Name the rules, so that new ones are heard.")
        return "\n\n---\n\n".join(named), suppression.span
    return None
