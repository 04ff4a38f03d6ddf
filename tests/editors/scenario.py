"""What a user does in every editor: look, type, fix, undo, save. Knows no editor.

The file is messy on purpose, and has a character outside the basic plane before
a finding on its line: counted in the wrong unit, every underline would be off.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

HERE = Path(__file__).resolve().parent
SAMPLE = HERE / "sample" / "train.py.txt"
FIXED = HERE / "sample" / "train_fixed.py.txt"


class Editor(Protocol):
    """An editor with a file open. Every method presses the keys that a user presses."""

    def rules(self) -> list[str]:
        """The rules of the findings that are shown, one for each finding."""

    def underlined(self, rule: str) -> str:
        """The text that the first finding of the rule marks."""

    def find(self, text: str) -> None:
        """Search from the top; the cursor is then in the first place that has this plain text."""

    def type_line_below(self, text: str) -> None:
        """Open a line below the cursor, indented as the editor indents it, and stay in it, typing."""

    def take_line_back(self) -> None:
        """Stop typing, and undo or delete the line, whichever is the custom."""

    def choose(self, title: str) -> None:
        """Open the menu of code actions at the cursor and pick the one whose title begins so."""

    def undo(self) -> None:
        """Once."""

    def save(self) -> None:
        """Save, and return when the editor says that it has."""

    def until(self, what: str, look: object) -> object: ...

    def quit(self) -> None:
        """Leave the editor as a user does. Returns when it has ended."""


class Typed(NamedTuple):
    below: str
    """Text in the line above."""
    text: str
    rule: str


class Flagship(NamedTuple):
    rule: str
    at: str
    """A text inside the finding."""
    title: str
    """How the title of the fix begins."""


TYPED = (
    Typed("return frame", 'backup = pd.read_csv("/home/mara/old/churn_backup.csv")', "hardcoded-path"),
    Typed("frame = frame[~", "# model.fit(X_train, y_train)", "commented-out-code"),
    Typed("frame = frame[~", 'frame["spend"] = 0.83 * frame["spend"]', "magic-number"),
)
FLAGSHIPS = (
    Flagship("commented-out-code", "churn_2019", "Delete the commented-out code"),
    Flagship("hardcoded-path", "/home/mara", "Build the path from the home folder"),
    Flagship("magic-number", "2.7", "Move `std_factor` to a documented"),
)


def a_session(editor: Editor, file: Path) -> None:
    """Run through it. The file is a copy of `SAMPLE`, freshly opened."""
    before = SAMPLE.read_bytes()
    _shown(editor, {one.rule: 1 for one in FLAGSHIPS})
    path = editor.underlined("hardcoded-path")
    assert path == '"/home/mara/projects/churn/churn.csv"', f"the wrong text is marked: {path!r}"

    for typed in TYPED:
        editor.find(typed.below)
        editor.type_line_below(typed.text)
        _shown(editor, {typed.rule: 2})
        editor.take_line_back()
        _shown(editor, {typed.rule: 1})

    for flagship in FLAGSHIPS:
        editor.find(flagship.at)
        editor.choose(flagship.title)
        _shown(editor, {flagship.rule: 0})
        editor.save()
        assert file.read_bytes() != before, f"`{flagship.title}` changed nothing"
        editor.undo()
        _shown(editor, {flagship.rule: 1})
        editor.save()
        assert file.read_bytes() == before, f"one undo does not take back `{flagship.title}`"

    for flagship in FLAGSHIPS:
        editor.find(flagship.at)
        editor.choose(flagship.title)
        _shown(editor, {flagship.rule: 0})
    editor.save()
    assert file.read_text(encoding="utf-8") == FIXED.read_text(encoding="utf-8")
    editor.quit()


def _shown(editor: Editor, counts: dict[str, int]) -> None:
    def look() -> bool:
        shown = editor.rules()
        return all(shown.count(rule) == count for rule, count in counts.items())

    editor.until(f"findings {counts}", look)
