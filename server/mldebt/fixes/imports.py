"""Add one import where it belongs.

After the module docstring and `from __future__`, sorted into the first import
block, in a notebook into the first code cell that imports anything. Never a
second import of what is bound already, never a name that means something else
in this file. Does not sort, remove or rewrite imports that are there.
"""

from __future__ import annotations

import re
import sys

from mldebt.syntax.chunks import STRING, logical_lines
from mldebt.syntax.module import Module
from mldebt.syntax.views import Import
from mldebt.text import Edit, Span, newline_of, regex
from mldebt.typed import NamedTuple

MAX_LINE = 100
# Characters: a merged `from x import a, b` that would be longer becomes a line of its own.

DOCSTRING = regex(rf"[rRuU]?(?:{STRING})[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
INDENTED_HEADER = regex(r"^[ \t]*(?:try\b|with\b)")
PLAIN_FROM = regex(r"from\s+(\.*[\w.]*)\s+import\s+(\(?)\s*([\w, \t\r\n]+?),?\s*(\)?)$")
LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Statement(NamedTuple):
    """One import statement at the left margin; `names` are its (module, name, alias) triples."""

    span: Span
    names: tuple[tuple[str, str, str], ...]

    @property
    def module(self) -> str:
        return self.names[0][0]

    @property
    def is_from(self) -> bool:
        return bool(self.names[0][1])


def bound_name(module: Module, module_name: str, name: str = "", before: int | None = None) -> str:
    """How to write `name` of `module_name` (or the module itself) in this file once `import_edit` is applied.

    `P` after `from pathlib import Path as P`, `pathlib.Path` after `import pathlib`, otherwise `Path`.
    """
    return _written(module, module_name, name, before)[0]


def import_edit(module: Module, module_name: str, name: str = "", before: int | None = None) -> Edit | None:
    """The edit that makes `bound_name` usable, or None when it is already.

    With `before`, only imports above that offset count, and the new one goes above it too: for code that
    runs while the file is loaded.
    """
    wanted = _written(module, module_name, name, before)[1]
    if wanted is None:
        return None
    return _insertion(module, *wanted, before)


def _written(
    module: Module, module_name: str, name: str, before: int | None
) -> tuple[str, tuple[str, str, str] | None]:
    """(text to write, (module, name, alias) to import or None)."""
    limit = len(module.text) + 1 if before is None else before
    bound = [view for view in _bound(module) if view.span.start < limit]
    for view in reversed(bound):
        if view.module == module_name and view.name == name:
            return (view.alias if name or view.alias != module_name.partition(".")[0] else module_name), None
    if name:
        for view in reversed(bound):
            if view.module == module_name and not view.name:
                whole = view.alias if view.alias != module_name.partition(".")[0] else module_name
                return f"{whole}.{name}", None
        if not _taken(module, name, module_name, name):
            return name, (module_name, name, name)
        whole, wanted = _written(module, module_name, "", before)
        return f"{whole}.{name}", wanted
    root = module_name.partition(".")[0]
    if not _taken(module, root, module_name, ""):
        return module_name, (module_name, "", root)
    alias = module_name.replace(".", "_") + "_module"
    while _taken(module, alias, module_name, ""):
        alias += "_"
    return alias, (module_name, "", alias)


def _bound(module: Module) -> list[Import]:
    """Imports that bind a module-level name whenever the file runs, in order."""
    found = []
    for chunk, start in module.placed:
        if chunk.owner:
            continue
        for view in chunk.imports:
            if view.scope == 0:
                moved = view._replace(span=view.span.shifted(start))
                if _always_runs(module.text, moved.span.start):
                    found.append(moved)
    return found


def _always_runs(text: str, start: int) -> bool:
    """Whether the statement at `start` stands at the left margin, or in a `try:` or `with` there.

    Imports below `if TYPE_CHECKING:` bind nothing when the program runs.
    """
    line = _line_start(text, start)
    indent = start - line
    if not text[line:start].isspace() or not indent:
        return True
    while line > 0:
        line = _line_start(text, line - 1)
        body = text[line : line + indent]
        stripped = body.lstrip()
        if stripped and len(body) - len(stripped) < indent and not stripped.startswith("#"):
            return body == stripped and bool(INDENTED_HEADER.match(text, line))
    return False


def _taken(module: Module, word: str, module_name: str, name: str) -> bool:
    """Whether `word` means something else anywhere in this file."""
    for chunk, _ in module.placed:
        for view in chunk.imports:
            same = view.module == module_name and view.name == name
            package = not name and not view.name and view.module.partition(".")[0] == word
            if view.alias == word and not same and not package:
                return True
        for scope in chunk.scopes:
            if word in scope.params or any(bound[0] == word for bound in scope.bindings):
                return True
    return False


# -- where the line goes -----------------------------------------------------------------------------


def _insertion(module: Module, module_name: str, name: str, alias: str, before: int | None) -> Edit:
    newline = newline_of(module.text)
    start, end = _part(module, before)
    block = [
        statement
        for statement in _first_block(module, start, end)
        if before is None or statement.span.end <= before
    ]
    if not name:
        line = f"import {module_name}" + (f" as {alias}" if alias != module_name.partition(".")[0] else "")
    else:
        line = f"from {module_name} import {name}" + (f" as {alias}" if alias != name else "")
        if alias == name:
            for statement in block:
                if statement.is_from and statement.module == module_name:
                    merged = _merged(module.text, statement, name, newline)
                    if merged is not None:
                        return merged
    futures = [statement for statement in block if statement.module == "__future__"]
    rest = [statement for statement in block if statement.module != "__future__"]
    if rest:
        return _sorted_in(module.text, rest, line, module_name, bool(name), newline)
    if futures:
        return _after(module.text, futures[-1].span, newline + line, newline, blank_after=True)
    return _alone(module.text, start, end, line, newline)


def _part(module: Module, before: int | None) -> tuple[int, int]:
    """The text, or the notebook cell, that takes the import."""
    notebook = module.source.notebook
    if notebook is None:
        return 0, len(module.text)
    spans = [Span(cell.start, cell.end) for cell in notebook.cells]
    filled = [span for span in spans if module.text[span.start : span.end].strip()]
    starts = [view.span.start for view in _bound(module)]
    chosen = next((span for span in filled if any(span.start <= at < span.end for at in starts)), None)
    if chosen is None or (before is not None and chosen.start > before):
        chosen = filled[0] if filled else Span(0, 0) if not spans else spans[0]
    return chosen


def _first_block(module: Module, start: int, end: int) -> list[Statement]:
    """The first run of import statements at the left margin; comments and blank lines do not end it."""
    grouped: dict[Span, list[tuple[str, str, str]]] = {}
    for chunk, offset in module.placed:
        if chunk.owner or not start <= offset <= end:
            continue
        for view in chunk.imports:
            at = view.span.shifted(offset)
            if view.scope == 0 and start <= at.start < end and _line_start(module.text, at.start) == at.start:
                grouped.setdefault(at, []).append((view.module, view.name, view.alias))
    statements = [Statement(span, tuple(names)) for span, names in sorted(grouped.items())]
    if not statements:
        return []
    block: list[Statement] = []
    by_start = {statement.span.start: statement for statement in statements}
    for line, _, _ in logical_lines(module.text, start):
        statement = by_start.get(line)
        if statement is not None:
            block.append(statement)
        elif block and any(statement.module != "__future__" for statement in block):
            break
    return block


def _merged(text: str, statement: Statement, name: str, newline: str) -> Edit | None:
    """`name` added to `from m import a, b`; None where comments, aliases or length speak against it."""
    source = text[statement.span.start : statement.span.end]
    match = PLAIN_FROM.match(source)
    if match is None or bool(match[2]) != bool(match[4]) or " as " in match[3]:
        return None
    if ("\n" in source or "\r" in source) != bool(match[2]) and not match[2]:
        return None
    places = [(found.group(), found.start() + match.start(3)) for found in re.finditer(r"\w+", match[3])]
    between = source[places[0][1] + len(places[0][0]) : places[1][1]] if len(places) > 1 else ", "
    if "\n" not in source and "\r" not in source and len(source) + len(name) + 2 > MAX_LINE:
        return None
    words = [word for word, _ in places]
    start = statement.span.start
    if words == sorted(words, key=_name_key):
        for word, at in places:
            if _name_key(name) < _name_key(word):
                return Edit(Span(start + at, start + at), name + between)
    last, at = places[-1]
    place = start + at + len(last)
    if len(places) == 1 and match[2] and ("\n" in match[0] or "\r" in match[0]):
        between = "," + newline + source[_line_start(source, at) : at]
    return Edit(Span(place, place), between + name)


def _name_key(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest: the order isort and ruff give the names of one import."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def section(module_name: str) -> int:
    """1 standard library, 2 third party, 3 the project's own (relative imports; others cannot be told)."""
    if module_name.startswith("."):
        return 3
    return 1 if module_name.partition(".")[0] in sys.stdlib_module_names else 2


def _sorted_in(
    text: str, block: list[Statement], line: str, module_name: str, is_from: bool, newline: str
) -> Edit:
    """Into the section of its kind, after the last import that sorts before it."""
    wanted = section(module_name)
    run: list[Statement] = []
    for statement in block:
        if section(statement.module) == wanted:
            run.append(statement)
        elif run:
            break
    if not run:
        earlier = [statement for statement in block if section(statement.module) < wanted]
        if earlier:
            return _after(text, earlier[-1].span, newline + line, newline)
        first = block[0].span.start
        return Edit(Span(first, first), line + newline + newline)
    by_kind = [(statement.is_from, statement.module.lower()) for statement in run]
    by_name = [statement.module.lower() for statement in run]
    key = module_name.lower()
    if by_kind == sorted(by_kind):
        place = sum(1 for other in by_kind if other <= (is_from, key))
    elif by_name == sorted(by_name):
        place = sum(1 for other in by_name if other <= key)
    else:
        same = [index for index, statement in enumerate(run) if statement.is_from == is_from]
        place = (same[-1] if same else len(run) - 1) + 1
    if place == 0:
        first = run[0].span.start
        return Edit(Span(first, first), line + newline)
    return _after(text, run[place - 1].span, line, newline)


def _after(text: str, span: Span, line: str, newline: str, blank_after: bool = False) -> Edit:
    """On a line of its own below the statement at `span`; above it if something else shares its last line."""
    match = LINE.match(text, span.end)
    assert match is not None
    rest = match[0].strip()
    if rest and not rest.startswith("#"):
        start = span.start
        return Edit(Span(start, start), line.strip() + newline)
    end = match.end()
    if not match[0].endswith(("\n", "\r")):
        return Edit(Span(end, end), newline + line)
    below = LINE.match(text, end)
    tail = newline if blank_after and below and below[0].strip() else ""
    return Edit(Span(end, end), line + newline + tail)


def _alone(text: str, start: int, end: int, line: str, newline: str) -> Edit:
    """Where nothing is imported yet: below the header comments and the docstring."""
    first = next(iter(logical_lines(text, start)), None)
    if first is None or first[0] >= end:
        at = len(text[start:end].rstrip()) + start
        lead = newline if at > start else ""
        return Edit(Span(at, at), lead + line + ("" if text[at : at + 1] in ("\n", "\r") else newline))
    match = DOCSTRING.match(text, first[2])
    if match and not first[1]:
        return _after(text, Span(first[2], match.end()), newline + line, newline, blank_after=True)
    at = max(first[0], start)
    above = _line_start(text, at - 1) if at > start else at
    while above >= start and at > start and text[above:at].lstrip().startswith("#"):
        at = above
        above = _line_start(text, at - 1) if at > start else at
    if at == start:
        at = max(first[0], start)
    gap = newline if re.match(r"@|(?:async\s+)?def\b|class\b", text[first[2] :]) else ""
    return Edit(Span(at, at), line + newline + newline + gap)


def _line_start(text: str, offset: int) -> int:
    """Start of the line that holds the character at `offset`."""
    before = offset
    if before > 0 and text[before - 1 : before + 1] == "\r\n":
        before -= 1
    return max(text.rfind("\n", 0, before), text.rfind("\r", 0, before)) + 1
