"""`--fix` and `--diff`: what can be mended is mended, or shown, and the rest is reported."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import unified_diff

from mldebt.cli.arguments import Arguments
from mldebt.cli.check import cache_for, prepared
from mldebt.cli.output import printed, write_out
from mldebt.engine.apply import Applied, Fixed, Unfixable, fixed, text_of, write
from mldebt.engine.discovery import discover
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.reading import FIX_EDITS, read_file
from mldebt.engine.result import Notice
from mldebt.engine.rows import Row
from mldebt.engine.run import State, kept, result_of, surveyed
from mldebt.engine.run import check as run
from mldebt.rule import SAFE, UNSAFE, Safety
from mldebt.rules import rules_by_id
from mldebt.syntax.source import Unreadable

MAX_TURNS = 4
# File by file, then across files; the second turn has rarely anything to do.


def fix(arguments: Arguments) -> int:
    """The exit code: of `--diff` 1 where there is something to change, drafts of new files aside; of `--fix` that of what is left."""
    request, configs = prepared(arguments)
    shown_only = arguments.given("--diff")
    if shown_only:
        request.detail |= FIX_EDITS
    allowed = UNSAFE if arguments.given("--unsafe-fixes") else SAFE
    cache = None if request.stdin else cache_for(arguments)
    state = surveyed(request, configs, cache)
    result = result_of(state)
    kept(state, "", result)
    work = _Work(state, allowed, not shown_only)
    work.all_of(result.rows)
    changed, notices = work.changed, list(dict.fromkeys(work.notices))
    if shown_only:
        write_out(
            "".join(
                line
                for path, (data, one) in sorted(changed.items())
                for line in _diff(path, work.shown(path), data, one)
            )
        )
        drafts = _drafts(result.rows)
        write_out("".join(line for path, (text, _) in drafts.items() for line in _unified("", text, path)))
        notices += [
            Notice(path, f"a draft, which --fix never writes: {_said(one)}", False)
            for path, (_, one) in drafts.items()
        ]
        _tell(arguments, changed, notices, "Would apply")
        return 1 if changed else 0
    left = run(request, configs, cache_for(arguments)) if changed else result
    code = printed(left, arguments)
    _tell(arguments, changed, notices, "Applied")
    return max(code, 2) if any(notice.internal for notice in notices) else code


class _Work:
    """What is fixed in a run: file by file, then what several files together show, until nothing changes."""

    def __init__(self, state: State, allowed: Safety, writes: bool) -> None:
        self._state, self._allowed, self._writes = state, allowed, writes
        request = state.request
        self._prefix = display_prefix(request.root, request.cwd)
        self.changed: dict[str, tuple[bytes, Fixed]] = {}
        """Path -> the file as it was, and what became of it."""
        self.notices: list[Notice] = []
        self._all_paths: tuple[str, ...] = ()
        """Of the whole project, also where less was asked for."""

    def all_of(self, rows: Iterable[Row]) -> None:
        rules, request = rules_by_id(), self._state.request
        with_fixes = {row.path for row in rows if rules[row.rule].fixer is not None}
        paths = {
            os.path.relpath(os.path.join(request.cwd, path), request.root).replace(os.sep, "/")
            for path in with_fixes
        }
        todo = sorted(paths)
        if todo:
            self._all_paths = discover((request.root,), root=request.root).all_paths
        for _ in range(MAX_TURNS):
            for path in todo:
                self._file(path)
            todo = [] if request.stdin else sorted(self._across(paths))
            if not todo:
                return

    def _file(self, path: str) -> None:
        """All fixes of one file that need no other."""
        index = self._state.index
        with self._told(path):
            data = self._data(path)
            config = self._state.configs.for_path(path)
            one = fixed(path, data, config, self._allowed, self._all_paths)
            self._take(path, data, one)
            if one.data != data:
                index.update(path, read_file(path, one.data, config).report)

    def _across(self, paths: Iterable[str]) -> set[str]:
        """Fixes of what only several files show; the files they changed."""
        index, rules = self._state.index, rules_by_id()
        index.refresh()
        if not any(rules[one.rule].subject == "workspace" for path in paths for one in index.findings(path)):
            return set()
        from mldebt.engine.apply_across import Across

        found = Across(index, self._data, self._allowed, self._all_paths).fixed(paths)
        for path, one in found.items():
            with self._told(path):
                self._take(path, self._data(path), one)
        return {path for path, one in found.items() if one.applied}

    def _take(self, path: str, data: bytes, one: Fixed) -> None:
        if one.data != data:
            if self._writes:
                absolute = os.path.join(self._state.request.root, path)
                if _read(absolute) != data:
                    raise Unfixable("it has changed meanwhile; nothing was written")
                write(absolute, one.data)
            before, earlier = self.changed.get(path, (data, None))
            applied = (*(earlier.applied if earlier else ()), *one.applied)
            self.changed[path] = (before, Fixed(one.data, applied, ()))
        self.notices += [
            Notice(
                self.shown(path),
                f"left out: {_said(out)} would have broken the file or led to another finding",
                False,
            )
            for out in one.left_out
        ]

    def _data(self, path: str) -> bytes:
        """The file as it is now."""
        if path in self.changed:
            return self.changed[path][1].data
        request = self._state.request
        return request.stdin[1] if request.stdin else _read(os.path.join(request.root, path))

    def shown(self, path: str) -> str:
        return displayed(path, self._state.request.root, self._prefix)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        """What goes wrong with one file is said, and does not keep the others from being fixed."""
        try:
            yield
        except (Unfixable, Unreadable) as error:
            self.notices.append(Notice(self.shown(path), f"not fixed: {error}", False))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            self.notices.append(Notice(self.shown(path), f"not fixed: {why}", True))


def _drafts(rows: Iterable[Row]) -> dict[str, tuple[str, Applied]]:
    """File that a fix would create -> its text and the fix; the first of several."""
    found: dict[str, tuple[str, Applied]] = {}
    for row in rows:
        for title, _, path, edits, creates in row.fixes:
            if creates and path not in found:
                found[path] = ("".join(edit[-1] for edit in edits), Applied(row.rule, title))
    return found


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _said(one: Applied) -> str:
    return f"“{one.title}” ({one.rule})"


def _tell(
    arguments: Arguments, changed: Mapping[str, tuple[bytes, Fixed]], notices: list[Notice], word: str
) -> None:
    if arguments.given("--quiet"):
        return
    for notice in notices:
        sys.stderr.write(f"{notice.path}: {notice.message}\n")
    counts = Counter(applied.rule for _, one in changed.values() for applied in one.applied)
    total = sum(counts.values())
    files = f"{len(changed)} file{'' if len(changed) == 1 else 's'}"
    told = ", ".join(f"{number} {rule}" for rule, number in sorted(counts.items()))
    sys.stderr.write(
        f"{word} {total} fix{'' if total == 1 else 'es'}{f' ({told})' if told else ''} in {files}.\n"
    )


def _diff(path: str, shown: str, data: bytes, one: Fixed) -> Iterator[str]:
    """A unified diff; of a notebook one for each cell that changes."""
    before, after = text_of(path, data), text_of(path, one.data)
    if not before.is_notebook:
        yield from _unified(before.text, after.text, shown)
        return
    new = {cell.number: cell.text for cell in after.cells}
    for cell in before.cells:
        if new.get(cell.number) != cell.text:
            yield from _unified(cell.text, new.get(cell.number, ""), f"{shown}:cell {cell.number}")


def _unified(before: str, after: str, name: str) -> Iterator[str]:
    for line in unified_diff(_lines(before), _lines(after), name if before else "/dev/null", name):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Cut at line feeds only, so that a form feed or a lone carriage return inside a line is no end of it."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
