"""Which names and comments hold a deadline, how it is written, and what the clock makes of it."""

from __future__ import annotations

import datetime

import pytest

from examples import applied, check, config_for, subject_of
from mldebt.engine.fixing import fixes_of
from mldebt.rule import UNSAFE

RULE = "recalibration-overdue"


def said(text: str, path: str = "train.py", **changes: object) -> list[str]:
    findings, _ = check({path: text}, config_for(RULE, **changes))
    return [f"{finding.severity.word}: {finding.message}" for finding in findings if finding.severity]


@pytest.mark.parametrize(
    ("days", "word"),
    [(-31, ""), (-30, "hint"), (0, "hint"), (1, "warning"), (90, "warning"), (91, "error")],
)
def test_severity_follows_the_calendar(days: int, word: str) -> None:
    due = datetime.date(2026, 1, 15) - datetime.timedelta(days=days)
    found = said(f"VALID_UNTIL = '{due}'\n")
    assert [line.partition(":")[0] for line in found] == ([word] if word else [])


WRITTEN = (
    "recalibrate_by = date(2025, 7, 15)",
    "cfg.recalibrate_by = date(2025, 7, 15)",
    "recalibration_required_after: date = datetime.date(2025, 7, 15)",
    "f(valid_until=datetime(2025, 7, 15, 12, 0))",
    "f(validUntil=pd.Timestamp('2025-07-15'))",
    "x = {'next_review': '2025-07-15T00:00:00'}",
    "x = {'next_review': date.fromisoformat('2025-07-15')}",
    "RETRAIN_BY = '2025-07-15'",
    "def f(revalidate_by=date(2025, 7, 15)): pass",
    "x: T = field(default=1, metadata={'threshold_expires': '2025-07-15'})",
    "x = 1  # valid until 2025-07-15",
    "# Recalibration required by: 2025-07-15",
    "# next review: 2025-07-15",
    "# FIXME(ann): remove this workaround after 2025-07-15",
)


@pytest.mark.parametrize("line", WRITTEN)
def test_every_way_to_write_it_is_found(line: str) -> None:
    found = said(f"from datetime import date, datetime\n{line}\n")
    assert len(found) == 1 and "2025-07-15" in found[0], found


SILENT = (
    "start_date = date(2020, 1, 1)",
    "last_recalibration = '2020-01-01'",
    "df = pd.DataFrame({'membership_expire_date': ['2017-02-15']})",
    "row = {'review_date': '2015-08-31', 'expiration': '2020-01-17'}",
    "# remove rows after 2020-01-01",
    "# reviewed 2020-01-01 by Ann",
    "# last retrained: 2020-01-01",
    "valid_until = date(2020, 13, 45)",
    "valid_until = date(year, 1, 1)",
    "valid_until = '2020-02-31'",
    "valid_until = f'{year}-01-01'",
    "log('valid until 2020-01-01')",
)


@pytest.mark.parametrize("line", SILENT)
def test_other_dates_are_no_deadline(line: str) -> None:
    assert said(f"from datetime import date\n{line}\n") == []


def test_tests_may_hold_any_date() -> None:
    text = "valid_until = '2020-01-01'\n"
    assert said(text) and not said(text, "tests/test_dates.py")


def test_own_names_and_other_spans_can_be_configured() -> None:
    from mldebt.rules.external_world.recalibration_overdue import Options

    text = "tuned_for = '2025-12-01'\n"
    assert said(text) == []
    options = {RULE: Options(names=frozenset({"tuned_for"}), grace_days=7)}
    assert said(text, options=options) == ["error: `tuned_for` passed 45 days ago (2025-12-01)"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("train.py", "valid_until = date(2025,  7,15)\n", "valid_until = date(2026,  7,14)\n"),
        ("train.py", "x = 1  # recalibrate by 2025-07-15\n", "x = 1  # recalibrate by 2026-07-14\n"),
        ("params.yaml", "next_review: 2025-07-15\n", "next_review: 2026-07-14\n"),
        ("settings.toml", "valid-until = 2025-07-15\n", "valid-until = 2026-07-14\n"),
    ],
)
def test_the_fix_writes_the_next_date_as_the_last_one_was_written(path: str, before: str, after: str) -> None:
    config = config_for(RULE)
    findings, _ = check({path: before}, config)
    [fix] = fixes_of(findings[0], subject_of(path, before), config)
    assert fix.safety is UNSAFE and "today" in fix.title
    assert applied(before, fix) == after


def test_no_fix_postpones_a_removal() -> None:
    config = config_for(RULE)
    text = "remove_by = '2025-07-15'\n"
    findings, _ = check({"train.py": text}, config)
    assert findings and not fixes_of(findings[0], subject_of("train.py", text), config)


def test_a_workflow_called_tests_is_a_workflow() -> None:
    text = "jobs:\n  retrain:\n    # recalibrate by: 2025-07-15\n    env: {}\n"
    assert said(text, ".github/workflows/tests.yml") == said(text, ".github/workflows/train.yml") != []
    assert said(text, "tests/train.yml") != said(text, ".github/workflows/tests.yml")
