"""`--fix` and `--diff`: what can be mended is mended, or shown, and the rest is reported."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from mldebt.cli.arguments import Arguments
from mldebt.cli.check import cache_for, prepared
from mldebt.cli.output import printed, write_out
from mldebt.engine.apply import Applied, Fixed, Unfixable, fixed, text_of, write
from mldebt.engine.discovery import discover
from mldebt.engine.project import display_prefix, displayed
from mldebt.engine.reading import FIX_EDITS
from mldebt.engine.result import Notice
from mldebt.engine.rows import Row
from mldebt.engine.run import check as run
from mldebt.rule import SAFE, UNSAFE
from mldebt.rules import rules_by_id
from mldebt.syntax.source import Unreadable


def fix(arguments: Arguments) -> int:
    """The exit code: of `--diff` 1 where there is something to change, drafts of new files aside; of `--fix` that of what is left."""
    request, configs = prepared(arguments)
    shown_only = arguments.given("--diff")
    if shown_only:
        request.detail |= FIX_EDITS
    allowed = UNSAFE if arguments.given("--unsafe-fixes") else SAFE
    result = run(request, configs, None if request.stdin else cache_for(arguments))
    rules = rules_by_id()
    with_fixes = {row.path for row in result.rows if rules[row.rule].fixer is not None}
    paths = sorted(
        os.path.relpath(os.path.join(request.cwd, path), request.root).replace(os.sep, "/")
        for path in with_fixes
    )
    workspace = discover((request.root,), root=request.root).all_paths if paths else ()
    prefix = display_prefix(request.root, request.cwd)
    notices: list[Notice] = []
    changed: list[tuple[str, bytes, Fixed]] = []
    for path in paths:
        shown = displayed(path, request.root, prefix)
        absolute = os.path.join(request.root, path)
        try:
            data = request.stdin[1] if request.stdin else _read(absolute)
            one = fixed(path, data, configs.for_path(path), allowed, workspace)
            if one.data != data and not shown_only:
                if _read(absolute) != data:
                    raise Unfixable("it has changed meanwhile; nothing was written")
                write(absolute, one.data)
        except (Unfixable, Unreadable) as error:
            notices.append(Notice(shown, f"not fixed: {error}", False))
            continue
        except OSError as error:
            notices.append(Notice(shown, f"not fixed: {(error.strerror or str(error)).lower()}", True))
            continue
        notices += [
            Notice(
                shown, f"left out: {_said(out)} would have broken the file or led to another finding", False
            )
            for out in one.left_out
        ]
        if one.data != data:
            changed.append((path, data, one))
    if shown_only:
        write_out(
            "".join(
                line
                for path, data, one in changed
                for line in _diff(path, displayed(path, request.root, prefix), data, one)
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
    arguments: Arguments, changed: list[tuple[str, bytes, Fixed]], notices: list[Notice], word: str
) -> None:
    if arguments.given("--quiet"):
        return
    for notice in notices:
        sys.stderr.write(f"{notice.path}: {notice.message}\n")
    counts = Counter(applied.rule for _, _, one in changed for applied in one.applied)
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
