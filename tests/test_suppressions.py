"""What a suppression covers, how it is written, and how it is taken away."""

from __future__ import annotations

import datetime

import pytest

from examples import about_suppressions
from mldebt.config import Config
from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import settled
from mldebt.engine.reading import read_file, subject_of
from mldebt.rules import all_rules
from mldebt.suppressions import PATTERN
from mldebt.text import apply_edits

CONFIG = Config(today=datetime.date(2026, 1, 15), select=("hardcoded-path",))
HEAD = "import pandas as pd\n\n"


def shown(text: str) -> int:
    return len(settled(read_file("a.py", (HEAD + text).encode(), CONFIG).report, CONFIG))


@pytest.mark.parametrize(
    ("text", "n_shown"),
    [
        ('x = pd.read_csv("/home/maria/x.csv")\n', 1),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore\n', 0),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore[hardcoded-path]\n', 0),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore[configuration] why\n', 0),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt:ignore[ magic-number , hardcoded-path ]\n', 0),
        (
            'x = pd.read_csv("/home/maria/x.csv")  # noqa: E501  # mldebt: ignore[hardcoded-path]  # fmt: skip\n',
            0,
        ),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore[magic-number]\n', 1),
        ('x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignored\n', 1),
        ('x = pd.read_csv("/home/maria/x.csv")  # see mldebt ignore\n', 1),
        ('note = "# mldebt: ignore"; x = pd.read_csv("/home/maria/x.csv")\n', 1),
        ('# mldebt: ignore[hardcoded-path]\nx = pd.read_csv("/home/maria/x.csv")\n', 0),
        (
            '# mldebt: ignore[hardcoded-path]\n\n# mldebt: ignore[magic-number]\nx = pd.read_csv("/home/maria/x.csv")\n',
            0,
        ),
        ('# mldebt: ignore[hardcoded-path]\ny = 1\nx = pd.read_csv("/home/maria/x.csv")\n', 1),
        ('# mldebt: ignore-file[hardcoded-path]\n\ny = 1\nx = pd.read_csv("/home/maria/x.csv")\n', 0),
        ('x = pd.read_csv("/home/maria/x.csv")\n# mldebt: ignore-file\n', 0),
        ('x = pd.read_csv(\n    "/home/maria/x.csv"\n)  # mldebt: ignore[hardcoded-path]\n', 1),
        ('x = pd.read_csv(\n    # mldebt: ignore[hardcoded-path]\n    "/home/maria/x.csv"\n)\n', 0),
    ],
)
def test_what_is_silenced(text: str, n_shown: int) -> None:
    assert shown(text) == n_shown


def test_behind_the_last_line_it_speaks_for_what_ends_there() -> None:
    from mldebt.rule import Finding
    from mldebt.text import Span

    text = "call(\n    1,\n)  # mldebt: ignore[magic-number]\nother()\n"
    (suppression,) = read_file("a.py", text.encode(), CONFIG).report.suppressions
    rule = next(one for one in all_rules() if one.id == "magic-number")
    whole, inner, later = Span(0, text.index(")") + 1), Span(10, 11), Span(text.index("other"), len(text) - 1)
    assert [suppression.silences(Finding(span, ""), rule) for span in (whole, inner, later)] == [
        True,
        False,
        False,
    ]


def mended(text: str) -> str:
    """The text after the fix of its one finding about suppressions."""
    text = HEAD + text
    config = Config(today=CONFIG.today, select=("unused-suppression",))
    (finding,) = about_suppressions({"a.py": text}, config)
    (fix,) = fixes_of(finding, subject_of("a.py", text.encode(), config), config)
    return apply_edits(text, fix.edits).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # mldebt: ignore[hardcoded-path] why\n", "x = 1\n"),
        ("x = 1  # mldebt: ignore\n", "x = 1\n"),
        ("x = 1  # mldebt: ignore[hardcoded-path]", "x = 1"),
        ("x = 1  # mldebt: ignore[hardcoded-path]\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
        ("# mldebt: ignore[hardcoded-path]\nx = 1\n", "x = 1\n"),
        ("def f():\n    # mldebt: ignore[hardcoded-path]\n    return 1\n", "def f():\n    return 1\n"),
        ("x = 1  # noqa  # mldebt: ignore[hardcoded-path]\n", "x = 1  # noqa\n"),
        ("x = 1  # mldebt: ignore[hardcoded-path]  # noqa\n", "x = 1  # noqa\n"),
        (
            'x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore[magic-number, hardcoded-path] why\n',
            'x = pd.read_csv("/home/maria/x.csv")  # mldebt: ignore[hardcoded-path] why\n',
        ),
        ("# mldebt: ignore-file[hardcoded-path]\nx = 1\n", "x = 1\n"),
    ],
)
def test_an_unused_one_is_taken_away_with_nothing_else(before: str, after: str) -> None:
    assert mended(before) == after


def test_names_and_reason_are_read() -> None:
    match = PATTERN.search("# mldebt: ignore-file[a, b]: because")
    assert match is not None and match.groups() == ("-file", "a, b", "because")
