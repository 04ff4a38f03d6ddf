"""What a run leaves out of its report: findings a baseline knows, and findings on lines nobody changed.

A baseline is written and shortened only when asked for, and never in CI: there
it is locked, so that a run cannot absorb new debt.
"""

from __future__ import annotations

import os
import sys

from mldebt.cli.arguments import Arguments, BadArguments
from mldebt.engine.result import Notice, Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mldebt.engine.baseline import Entry

DEFAULT = "mldebt-baseline.jsonl"
NEEDS_FINGERPRINTS = ("--baseline", "--write-baseline", "--prune-baseline")


def narrowed(result: Result, arguments: Arguments) -> Result:
    """The result without what the arguments say is not this run's business. Raises BadArguments."""
    if any(arguments.given(option) for option in NEEDS_FINGERPRINTS):
        result = without_known(result, arguments)
    if arguments.given("--changed"):
        result = on_changed_lines(result, arguments.value("--changed") or "HEAD")
    return result


def without_known(result: Result, arguments: Arguments) -> Result:
    from mldebt.engine.baseline import BrokenBaseline, Entry, format_baseline, parse_baseline

    path = os.path.abspath(arguments.value("--baseline") or os.path.join(result.root, DEFAULT))
    writes, prunes = arguments.given("--write-baseline"), arguments.given("--prune-baseline")
    if (writes or prunes) and os.environ.get("CI"):
        raise BadArguments(
            "in CI a baseline is only read: write or prune it where a person looks at the change"
        )
    known: frozenset[Entry] = frozenset()
    if os.path.exists(path):
        try:
            with open(path, encoding="utf-8") as file:
                known = parse_baseline(file.read())
        except (BrokenBaseline, OSError, UnicodeDecodeError) as error:
            raise BadArguments(f"the baseline {os.path.relpath(path)} cannot be read: {error}") from None
    elif not writes:
        raise BadArguments(f"there is no baseline {os.path.relpath(path)}; `--write-baseline` makes one")
    folder = os.path.dirname(path)
    entries = [Entry(_from(folder, row.path), row.rule, row.fingerprint) for row in result.rows]
    seen = frozenset(entries)
    # A finding that is gone may be debt paid, or a file this run did not look at.
    gone = {entry for entry in known - seen if not os.path.exists(os.path.join(folder, entry.path))}
    gone |= {entry for entry in known - seen if _looked_at(os.path.join(folder, entry.path), arguments)}
    if writes or prunes:
        kept = (known - gone) | (seen if writes else frozenset())
        if kept != known or not os.path.exists(path):
            _write(path, format_baseline(kept))
        _say(
            f"{os.path.relpath(path)}: {len(kept - known)} added, {len(known - kept)} removed, {len(kept)} in all"
        )
        known = kept
    rows = [row for row, entry in zip(result.rows, entries, strict=True) if entry not in known]
    notices = list(result.notices)
    hidden = len(result.rows) - len(rows)
    if hidden and not writes:
        notices.append(
            Notice("", f"{hidden} known {_s(hidden, 'finding')} not shown ({os.path.relpath(path)})", False)
        )
    if gone and not (writes or prunes):
        text = f"{len(gone)} {_s(len(gone), 'entry', 'entries')} of the baseline {_s(len(gone), 'is', 'are')} paid off: `--prune-baseline` removes {_s(len(gone), 'it', 'them')}"
        notices.append(Notice("", text, False))
    return Result(rows, notices, result.n_files, result.fail_on, result.root)


def on_changed_lines(result: Result, reference: str) -> Result:
    """Findings that touch a line changed since `reference`, by git's account; new files count as changed."""
    from mldebt.engine.changes import NoGit, changed_lines

    try:
        changed = changed_lines(result.root, reference)
    except NoGit as error:
        notices = [*result.notices, Notice("", f"--changed: {error}; every finding is shown", False)]
        return Result(result.rows, notices, result.n_files, result.fail_on, result.root)
    rows = []
    for row in result.rows:
        lines = changed.get(os.path.realpath(row.path))
        if lines is None:
            continue
        # A notebook's lines count inside its cells; git's count in its JSON.
        if not lines or row.cell or any(first <= row.end_line and row.line <= last for first, last in lines):
            rows.append(row)
    return Result(rows, result.notices, result.n_files, result.fail_on, result.root)


def _from(folder: str, path: str) -> str:
    return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")


def _looked_at(path: str, arguments: Arguments) -> bool:
    return any(
        os.path.commonpath([path, os.path.abspath(named)]) == os.path.abspath(named)
        for named in arguments.paths or (".",)
    )


def _write(path: str, text: str) -> None:
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(temporary, path)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _s(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or one + "s"
