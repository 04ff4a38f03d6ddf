"""Fixes of what only several files together show, put into each finding's own file.

As in apply.py a fix must take its finding away and bring no other, here or in any other file: what the
whole project says is asked anew after each step. All go in at once first; where that is not what was
promised, one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from mldebt.engine.apply import Applied, Candidate, Fixed, data_of, edited, text_of, without_overlaps
from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import WorkspaceIndex
from mldebt.engine.reading import read_file, subject_of
from mldebt.rule import Report, Safety
from mldebt.rules import rules_by_id
from mldebt.syntax.source import Unreadable
from mldebt.typed import NamedTuple

MAX_ROUNDS = 5
MAX_ALONE = 30
# Each asks all across rules about the whole project: a tenth of a second of a thousand files.

Wanted = dict[str, list[Candidate]]
"""Path -> the fixes that are to go into it."""


class _Step(NamedTuple):
    """One file after some fixes."""

    data: bytes
    report: Report


class Across:
    """A project whose files are fixed together. Changes nothing on disk."""

    def __init__(
        self,
        index: WorkspaceIndex,
        read: Callable[[str], bytes],
        allowed: Safety,
        paths: tuple[str, ...] = (),
    ) -> None:
        """`read` gives a file's bytes as they are now; `paths` are the project's files."""
        self._index, self._read, self._allowed, self._paths = index, read, allowed, paths
        self._data: dict[str, bytes] = {}
        self._applied: dict[str, list[Applied]] = {}
        self._refused: dict[tuple[str, str, str], Applied] = {}

    def fixed(self, paths: Iterable[str]) -> dict[str, Fixed]:
        """The files among `paths` that change, and those where a fix was left out."""
        paths = sorted(paths)
        for _ in range(MAX_ROUNDS):
            wanted = {path: some for path in paths if (some := self._candidates(path))}
            if not wanted:
                break
            if not self._holds(wanted):
                self._one_by_one(wanted)
        left_out: dict[str, list[Applied]] = {}
        for (path, _, _), one in self._refused.items():
            left_out.setdefault(path, []).append(one)
        return {
            path: Fixed(self._bytes(path), tuple(self._applied.get(path, ())), tuple(left_out.get(path, ())))
            for path in sorted({*self._applied, *left_out})
        }

    def _bytes(self, path: str) -> bytes:
        if path not in self._data:
            self._data[path] = self._read(path)
        return self._data[path]

    def _candidates(self, path: str) -> list[Candidate]:
        rules, index = rules_by_id(), self._index
        index.refresh()
        due = [
            finding
            for finding in index.findings(path)
            if rules[finding.rule].subject == "workspace" and rules[finding.rule].fixer is not None
        ]
        report = index.reports.get(path)
        if not due or report is None or report.broken or report.errors:
            return []
        config = index.config_for(path)
        try:
            subject = subject_of(path, self._bytes(path), config)
        except (OSError, Unreadable):
            return []
        found = []
        for finding in due:
            for fix in fixes_of(finding, subject, config, self._paths):
                if fix.safety > self._allowed or fix.disabled or not fix.edits or fix.creates:
                    continue
                if fix.path in ("", path) and (path, finding.message, fix.title) not in self._refused:
                    found.append((finding, fix))
                break
        return without_overlaps(found)

    def _one_by_one(self, wanted: Wanted) -> None:
        alone = [(path, one) for path, some in wanted.items() for one in some]
        for number, (path, one) in enumerate(alone):
            if number < MAX_ALONE and self._holds({path: [one]}):
                return  # The others may mean other places now.
            finding, fix = one
            self._refused[path, finding.message, fix.title] = Applied(finding.rule, fix.title)

    def _holds(self, wanted: Wanted) -> bool:
        """Put the fixes in if they do what they promise."""
        index = self._index
        steps = dict(self._steps(wanted))
        if len(steps) < len(wanted):
            return False
        before = Counter(finding.rule for finding in index.all_findings())
        old = {path: index.reports[path] for path in steps}
        for path, step in steps.items():
            index.update(path, step.report)
        now = Counter(finding.rule for finding in index.all_findings())
        due = Counter(finding.rule for some in wanted.values() for finding, _ in some)
        if any(now[rule] > before[rule] - due[rule] for rule in {*now, *due}):
            for path, report in old.items():
                index.update(path, report)
            index.refresh()
            return False
        for path, step in steps.items():
            self._data[path] = step.data
            applied = self._applied.setdefault(path, [])
            applied += [Applied(finding.rule, fix.title) for finding, fix in wanted[path]]
        return True

    def _steps(self, wanted: Wanted) -> Iterator[tuple[str, _Step]]:
        for path, some in wanted.items():
            try:
                text = text_of(path, self._bytes(path))
                data = data_of(edited(text, [edit for _, fix in some for edit in fix.edits]))
            except (ValueError, Unreadable):
                continue  # UnicodeEncodeError is a ValueError: the file's encoding lacks a character.
            report = read_file(path, data, self._index.config_for(path)).report
            if data != self._bytes(path) and not report.broken and not report.errors:
                yield path, _Step(data, report)
