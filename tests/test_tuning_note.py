"""A commented-out value becomes a note beside the value that won; the program and what the comment said stay."""

from __future__ import annotations

import ast

import pytest
from test_delete_code import CONFIG, findings_of

from examples import applied, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.rule import DRAFT


def noted(text: str) -> str | None:
    finding = findings_of(text)[0]
    for fix in fixes_of(finding, subject_of("train.py", text), CONFIG):
        if fix.title.endswith("as a tuning note"):
            assert fix.safety == DRAFT
            after = applied(text, fix)
            assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(after))
            left = [one.message for one in findings_of(after)]
            assert finding.message not in left and len(left) < len(findings_of(text)), left
            return after
    return None


HEAD = "from lightgbm import LGBMClassifier\n\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "model = LGBMClassifier(\n    num_leaves=31,\n    # num_leaves=63,\n    n_estimators=500,\n)\n",
            "model = LGBMClassifier(\n    num_leaves=31,  # tried: 63\n    n_estimators=500,\n)\n",
        ),
        (
            "model = LGBMClassifier(\n    # num_leaves=63,  # overfits\n    num_leaves=31,\n)\n",
            "model = LGBMClassifier(\n    num_leaves=31,  # tried: 63 (overfits)\n)\n",
        ),
        (
            "model = LGBMClassifier(\n    num_leaves=31,  # of May\n    # num_leaves=63,\n)\n",
            "model = LGBMClassifier(\n    num_leaves=31,  # of May; tried: 63\n)\n",
        ),
        (
            "params = {\n    'num_leaves': max(31, 15),\n    # 'num_leaves': 63,\n    'metric': 'auc',\n}\n",
            "params = {\n    'num_leaves': max(31, 15),  # tried: 63\n    'metric': 'auc',\n}\n",
        ),
        (
            "model = LGBMClassifier(\n    max_depth=8,\n    num_leaves=31,\n    # max_depth=4,\n    # num_leaves=63,\n)\n",
            "model = LGBMClassifier(\n    max_depth=8,  # tried: 4\n    num_leaves=31,  # tried: 63\n)\n",
        ),
        (
            "class Config:\n    num_leaves: int = 31\n    # num_leaves: int = 63\n    max_depth = 8\n",
            "class Config:\n    num_leaves: int = 31  # tried: 63\n    max_depth = 8\n",
        ),
        (
            "model = LGBMClassifier(\n    num_leaves=31,  # 63\n)\n",
            "model = LGBMClassifier(\n    num_leaves=31,  # tried: 63\n)\n",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_value_stays_as_a_note(before: str, after: str, newline: str) -> None:
    before, after = ((HEAD + text).replace("\n", newline) for text in (before, after))
    assert noted(before) == after


@pytest.mark.parametrize(
    "text",
    [
        # The setting shares its line, spans several, or is not there.
        "model = LGBMClassifier(\n    max_depth=8, num_leaves=31,\n    # num_leaves=63,\n)\n",
        "model = LGBMClassifier(\n    num_leaves=max(\n        31, 15\n    ),\n    # num_leaves=63,\n)\n",
        "model = LGBMClassifier(\n    max_depth=8,\n    # num_leaves=63,\n)\n",
        "model = LGBMClassifier(\n    name='''\nnum_leaves=31,\n''',\n    # num_leaves=63,\n)\n",
        # Two values in one comment.
        "model = LGBMClassifier(\n    max_depth=8,\n    num_leaves=31,\n    # max_depth=4, num_leaves=63,\n)\n",
    ],
)
def test_without_a_line_of_its_own_nothing_is_offered(text: str) -> None:
    assert noted(HEAD + text) is None
