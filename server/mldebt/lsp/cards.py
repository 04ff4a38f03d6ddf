"""A rule, and a finding of it, explained: the text of hovers and of the documentation the editor opens.

The same words as the rule's manual page; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mldebt.rule import Finding, Fix, Rule
from mldebt.rules import rules_by_id

HEADING = re.compile(r"^## (.+)$", re.M)
SILENCE = "# mldebt: ignore[{rule}] the reason"


def sections(rule: Rule) -> dict[str, str]:
    """Heading -> text of the rule's manual; the first has the key ""."""
    parts = HEADING.split(rule.doc)
    return {
        "": parts[0].strip(),
        **{name.strip(): body.strip() for name, body in zip(parts[1::2], parts[2::2])},
    }


def manual(rule: Rule) -> str:
    """The whole page, as Markdown with the rule's id as its title."""
    found = sections(rule)
    title, _, rest = found.pop("").partition("\n")
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in found.items())
    lead = f"{title.rstrip('.')}.\n\n{rest.strip()}".strip()
    facts = f"`{rule.id}` · {rule.category} · {rule.severity.word}"
    return f"# {title.rstrip('.')}\n\n{facts}\n\n{lead}\n\n{body}\n"


def finding_card(finding: Finding, rule: Rule, fixes: Iterable[Fix]) -> str:
    """What was found, why it is debt, what to do, and how to silence it."""
    found = sections(rule)
    lines = [f"**{finding.message}**  \n`{rule.id}` · {rule.category}"]
    if finding.help:
        lines.append(finding.help.replace("\n", "  \n"))
    if why := found.get("Why it is debt"):
        lines.append(f"**Why it is debt.** {why}")
    if what := found.get("What to do"):
        lines.append(f"**What to do.** {_first_paragraph(what)}")
    titles = [f"- {fix.title}" + (f" (not here: {fix.disabled})" if fix.disabled else "") for fix in fixes]
    if titles:
        lines.append("**Fixes**\n" + "\n".join(titles))
    lines.append(f"**To keep it:** `{SILENCE.format(rule=rule.id)}`")
    return "\n\n".join(lines)


def rule_card(rule: Rule) -> str:
    """A rule without a finding: for suppression comments and configuration files."""
    found = sections(rule)
    lines = [f"**{rule.title}**  \n`{rule.id}` · {rule.category}"]
    if why := found.get("Why it is debt"):
        lines.append(why)
    if leave := found.get("When to leave it"):
        lines.append(f"**When to leave it.** {leave}")
    return "\n\n".join(lines)


def is_known(name: str) -> bool:
    """Whether it is a rule or a category."""
    rules = rules_by_id()
    return name in rules or any(rule.category == name for rule in rules.values())


def named_card(name: str) -> str:
    """What a name in a comment or a configuration stands for."""
    rules = rules_by_id()
    if name in rules:
        return rule_card(rules[name])
    category = [rule for rule in rules.values() if rule.category == name]
    listed = "\n".join(f"- `{rule.id}`: {rule.title}" for rule in category)
    return f"**{name}**\n\n{listed}" if category else f"`{name}` is no rule and no category."


def plain(markdown: str) -> str:
    """For clients that show text as it is."""
    return re.sub(r"\*\*|`|  $", "", markdown, flags=re.M)


def _first_paragraph(text: str) -> str:
    return text.partition("\n\n")[0]
