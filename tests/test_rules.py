"""Every rule keeps the promises of its manual page, and every page has all its parts."""

from __future__ import annotations

import ast

import pytest

from examples import applied, check, check_example, examples_of, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.rule import SAFE, Rule
from mldebt.rules import all_rules
from mldebt.syntax.module import comments_of

RULES = all_rules()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(examples_of(rule), 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_gives_exactly_the_announced_findings(rule: Rule, example) -> None:
    check_example(rule, example)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_fixes_of_an_example_hold_their_promises(rule: Rule, example) -> None:
    config = example.config_for(rule)
    findings, _ = check(example.files, config)
    for finding in findings:
        text = example.files[finding.path]
        for fix in fixes_of(finding, subject_of(finding.path, text), config):
            if fix.disabled or fix.path:
                assert not fix.disabled or not fix.edits
                continue
            after = applied(text, fix)
            if finding.path.endswith(".py"):
                ast.parse(after)
            if fix.safety is SAFE:
                left, _ = check({**example.files, finding.path: after}, config)
                assert len(left) < len(findings), f"{fix.title} left its finding in place"
                if rule.category not in ("pipeline-jungles", "tool") and "comment" not in rule.id:
                    before = [comment.text for comment in comments_of(text)]
                    now = [comment.text for comment in comments_of(after)]
                    assert all(comment in now for comment in before), f"{fix.title} lost a comment"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_manual_page_has_its_parts(rule: Rule) -> None:
    assert rule.title and not rule.title.endswith(".")
    for heading in ("## Why it is debt", "## What to do", "## Examples"):
        assert heading in rule.doc, f"{rule.id} has no {heading}"
    wants = [bool(example.wants) for example in examples_of(rule)]
    assert True in wants, f"{rule.id} has no example that fires"
    assert False in wants, f"{rule.id} has no near miss"
