"""Configuration: are the numbers that decide named, gathered and explained?

0  Magic numbers throughout
1  Some config files, minimal comments
2  All config documented with tuning context

Measured as findings per 1,000 lines of ML code, so that a large repository is not worse
for being large. 2 needs settings in one place as well; files of settings lift 0 to 1.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View, counted
from mldebt.rule import HINT

TITLE = "Configuration"
NUMBERS = ("magic-hyperparameter", "magic-threshold", "magic-number")
PLACES = ("hardcoded-path", "environment-hack")
DOCUMENTED = ("undocumented-config-value", "missing-tuning-provenance", "mysterious-flag")
KEYS = ("config-drift", "unused-config-key", "missing-config-key", "inconsistent-config-default")
RULES = (*NUMBERS, *PLACES, *DOCUMENTED, *KEYS)
FEW, MANY = 1.5, 8.0
# Findings per 1,000 lines. On 43 public repositories (2026-11) the lower quarter lies below 1.5,
# the upper quarter, notebooks of competitions mostly, above 8.

THROUGHOUT = 3
# Findings at least: one number in a script of thirty lines is not "throughout".


def judge(view: View) -> Judgement:
    if not view.ml_lines:
        return Judgement(None, "no code for data or models")
    found = view.found(*RULES)
    rate = 1000 * len(found) / view.ml_lines
    is_many = rate > MANY and len(found) >= THROUGHOUT
    settings = view.practice("settings-file")
    parsers = view.practice("settings")
    n_numbers = sum(fact.detail[0] for _, fact in settings)
    told = sum(fact.detail[1] for _, fact in settings)
    evidence: list[Evidence] = []
    for path, fact in settings[:4]:
        numbers, documented = fact.detail
        evidence.append(
            Evidence(
                f"settings, {documented} of {counted(numbers, 'number')} with a comment"
                if numbers
                else "settings in one place",
                path,
                fact.span,
                True,
            )
        )
    evidence += view.shows("`{}` takes settings from outside", parsers, 2)
    evidence += view.against(*RULES, shown=3)
    measure = f"{counted(len(found), 'finding')} in {view.ml_lines:,} lines of code"
    steps: list[Step] = []
    is_gathered = bool(settings or parsers)
    undocumented = view.found(*DOCUMENTED, least=HINT) or (n_numbers and told * 2 < n_numbers)
    if rate <= FEW and is_gathered and not undocumented:
        return Judgement(2, f"{measure}, settings gathered and explained", tuple(evidence))
    if rate <= FEW or (is_gathered and not is_many):
        if rate > FEW:
            steps.append(
                Step(
                    2, f"name and explain the numbers listed, until there are at most {FEW:g} in 1,000 lines"
                )
            )
        if not is_gathered:
            steps.append(Step(2, "gather the settings in one file or config class"))
        if undocumented:
            steps.append(
                Step(
                    2, "say of each value what it is, why this number, when it was validated, and who to ask"
                )
            )
        return Judgement(
            1, measure + (", settings in files" if is_gathered else ""), tuple(evidence), tuple(steps)
        )
    if is_many:
        steps.append(
            Step(
                1,
                f"move the numbers listed into named settings, until there are at most {MANY:g} in 1,000 lines",
            )
        )
    if not is_gathered:
        steps.append(Step(1, "gather the settings in one file or config class"))
    why = "magic numbers throughout" if is_many else "and settings gathered nowhere"
    return Judgement(0, f"{measure}, {why}", tuple(evidence), tuple(steps))
