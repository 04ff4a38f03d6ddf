"""Where a config class goes, and which one is there already.

A new class stands below the imports and above everything that is defined or
uses it; an existing one is reused when its instance certainly exists by the
time the value is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.syntax.chunks import CONTINUES, logical_lines
from mldebt.syntax.module import Module
from mldebt.syntax.views import Assignment, Class
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

CONFIG_NAME = regex(
    r"(?:Config|Configuration|Settings|Params|Parameters|Hyperparameters|HParams|Hparams|Options|Args|Arguments|Thresholds)\d*$"
)
MODEL_BASES = frozenset({"BaseModel"})
# Not BaseSettings: the environment may override its fields.
DEFINES = regex(r"@|(?:async\s+)?def\b|class\b")
IMPORTS = regex(r"(?:import|from)\b", re.M)
INNER_IMPORT = regex(r"^[ \t]+(?:import|from)[ \t]+[\w.]+", re.M)
GUARDS = regex(r"(?:try|if|with)\b")
OTHER_SCOPE = regex(r"[Vv]alues of `([^`]*)`")


class Existing(NamedTuple):
    """A config class with an instance at module level."""

    name: str
    instance: str
    ready: int
    """Offset behind which the instance exists."""
    insert: int
    """Where the next field goes: the start of a line, or the end of the text."""
    indent: str
    fields: tuple[tuple[str, str], ...]
    """(name, source of the default); the default is "" where an instance may hold another value."""
    scope: str
    """What its docstring says it holds the values of, or ""."""
    is_model: bool
    """A pydantic model: as a parameter it may be the schema of a request rather than a configuration."""


class Statement(NamedTuple):
    """A statement at the left margin, its decorators and continuations included."""

    start: int
    first: int
    end: int
    """Where the next one starts, or its part of the text ends."""


def statements(text: str, start: int, end: int) -> Iterator[Statement]:
    """The top-level statements between two offsets, one by one: most callers stop early."""
    here: tuple[int, int] | None = None
    decorated = False
    for line, indent, first in logical_lines(text, start):
        if line >= end:
            break
        if indent or CONTINUES.match(text, first):
            continue
        if not decorated:
            if here is not None:
                yield Statement(*here, line)
            here = (line, first)
        decorated = text[first] == "@"
    if here is not None:
        yield Statement(*here, end)


def code_end(text: str, statement: Statement) -> int:
    """The end of the statement's last line, its line end included; blank lines and comments below it are not its own."""
    end = statement.start
    for line, _, _ in logical_lines(text, statement.start):
        if line >= statement.end:
            break
        end = line
    at = end
    body_end = statement.end
    lines = text[at:body_end].splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        body_end -= len(lines.pop())
    return body_end


def part_of(module: Module, offset: int) -> Span:
    """The file, or the notebook cell, that holds an offset."""
    if module.source.notebook is None:
        return Span(0, len(module.text))
    cell = module.source.notebook.cell_at(offset)
    return Span(cell.start, cell.end)


def place_for(module: Module, first_use: int) -> int:
    """Where a new class goes: a line start (or the end of the text) above `first_use`."""
    if module.source.notebook is not None:
        return _cell_place(module, first_use)
    found = _below_imports(module.text, 0, len(module.text), first_use)
    return found if found is not None else _above_use(module.text, 0, len(module.text), first_use)


def _cell_place(module: Module, first_use: int) -> int:
    """The top of the first code cell after the imports; in a cell of its own place when the use comes earlier."""
    assert module.source.notebook is not None
    text = module.text
    used = part_of(module, first_use)
    cells = [Span(cell.start, cell.end) for cell in module.source.notebook.cells]
    importing = False
    for cell in cells:
        inside = list(statements(text, cell.start, cell.end))
        if not inside or inside[0].start < cell.start:
            continue
        if cell.start >= used.start:
            break
        has_import = any(IMPORTS.match(text, statement.first) for statement in inside)
        if importing and not has_import:
            return inside[0].start
        importing = importing or has_import
    found = _below_imports(text, used.start, used.end, first_use)
    return found if found is not None else _above_use(text, used.start, used.end, first_use)


def _below_imports(text: str, start: int, end: int, first_use: int) -> int | None:
    """Below the last import that stands above every definition and above the use."""
    found = None
    for statement in statements(text, start, end):
        if statement.end > first_use or DEFINES.match(text, statement.first):
            break
        body_end = code_end(text, statement)
        is_import = IMPORTS.match(text, statement.first)
        if is_import or (
            GUARDS.match(text, statement.first) and INNER_IMPORT.search(text[statement.start : body_end])
        ):
            found = body_end
    return found


def _above_use(text: str, start: int, end: int, first_use: int) -> int:
    """Above the statement that holds the use, or the first definition before it, with the comments that belong to it."""
    target = None
    for statement in statements(text, start, end):
        target = statement
        if statement.end > first_use or DEFINES.match(text, statement.first):
            break
    if target is None:
        return first_use
    at = target.start
    while at > start:
        above = max(text.rfind("\n", 0, at - 1), text.rfind("\r", 0, at - 1)) + 1
        line = text[above:at]
        is_comment = line.lstrip().startswith("#") and not line.startswith("#!") and "coding" not in line[:30]
        if above < start or not is_comment:
            break
        at = above
    return at if at > start or not text[start:at].strip() else target.start


# -- config classes that are there ----------------------------------------------------------------


def existing_configs(module: Module) -> list[Existing]:
    """Config classes of this file with a module-level instance; `ready` is behind the text where there is none."""
    found = []
    based = {base.rpartition(".")[2] for view in module.classes() for base in view.bases}
    for chunk, start in module.placed:
        for view in chunk.classes:
            if view.scope != 0 or chunk.owner or view.name in based or not _is_config(view):
                continue
            fields = _fields(module, view.name)
            if not fields:
                continue
            at = start + view.span.start
            instance = _instance(module, view.name, at)
            doc = chunk.text[view.docstring.start : view.docstring.end] if view.docstring else ""
            match = OTHER_SCOPE.search(doc)
            fixed = (
                instance is not None and "frozen=True" in chunk.text[view.span.start : view.name_span.start]
            )
            plain = instance is not None and module.text[
                instance.value_span.start : instance.value_span.end
            ].endswith("()")
            text = module.text
            found.append(
                Existing(
                    view.name,
                    instance.name if instance else "",
                    instance.span.end if instance else len(text) + 1,
                    _after_field(text, fields[-1].span.end),
                    _indent_of(text, fields[-1].span.start),
                    tuple(
                        (
                            field.name,
                            text[field.value_span.start : field.value_span.end] if fixed and plain else "",
                        )
                        for field in fields
                    ),
                    match[1] if match else "",
                    bool(view.bases),
                )
            )
    return found


def _is_config(view: Class) -> bool:
    """A dataclass without bases, or a pydantic model, that is called a configuration."""
    if not CONFIG_NAME.search(view.name):
        return False
    bases = {base.rpartition(".")[2] for base in view.bases}
    made = any(decorator.rpartition(".")[2].rstrip("()") == "dataclass" for decorator in view.decorators)
    return (made and not bases) or bool(bases & MODEL_BASES)


def _instance(module: Module, name: str, at: int) -> Assignment | None:
    """The assignment that makes the module-level instance, if nothing else binds that name in this file."""
    made = [
        view for view in _module_assignments(module) if view.chain == f"{name}()" and view.span.start > at
    ]
    if len(made) != 1:
        return None
    variable = made[0].name
    bound = 0
    for chunk, _ in module.placed:
        for scope in chunk.scopes:
            if variable in scope.params:
                return None
            bound += sum(1 for binding in scope.bindings if binding[0] == variable)
        bound += sum(1 for view in chunk.imports if view.alias == variable)
    return made[0] if bound == 1 else None


def _module_assignments(module: Module) -> list[Assignment]:
    found = []
    for chunk, start in module.placed:
        if chunk.owner:
            continue
        for view in chunk.assignments:
            if view.scope == 0 and _at_margin(chunk.text, view.span.start):
                found.append(
                    view._replace(span=view.span.shifted(start), value_span=view.value_span.shifted(start))
                )
    return found


def _at_margin(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\r\n"


def _fields(module: Module, name: str) -> list[Assignment]:
    """The annotated fields of a class with a default, in order."""
    found = []
    for chunk, start in module.placed:
        for view in chunk.assignments:
            scope = chunk.scopes[view.scope]
            if scope.kind == "class" and scope.name == name and view.annotation:
                found.append(
                    view._replace(span=view.span.shifted(start), value_span=view.value_span.shifted(start))
                )
    return found


def _indent_of(text: str, start: int) -> str:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return text[line:start]


def _after_field(text: str, end: int) -> int:
    """The start of the line below a field and the comments that follow it."""
    at = _next_line(text, end)
    while at < len(text):
        below = _next_line(text, at)
        line = text[at:below]
        if not line.lstrip().startswith("#") or line.startswith("#"):
            break
        at = below
    return at


def _next_line(text: str, offset: int) -> int:
    match = regex(r"\r\n|\r|\n").search(text, offset)
    return match.end() if match else len(text)
