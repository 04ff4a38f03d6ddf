"""The text of a config class, its fields and its instance, and the edits that put them into a file.

Fields keep the text their literal was written with. Each leaves the four questions of
a documented value open: what, why this number, when validated, who to ask.
"""

from __future__ import annotations

import re

from mldebt.fixes.config_groups import Found
from mldebt.fixes.config_names import description, field_name, snake
from mldebt.fixes.config_place import Existing, part_of
from mldebt.fixes.imports import bound_name, import_edit
from mldebt.syntax.literals import LiteralView
from mldebt.syntax.module import Module
from mldebt.text import LINE_END, Edit, Span, newline_of
from mldebt.typed import NamedTuple

OPEN = "TODO(mldebt)"


class Style(NamedTuple):
    """What kind of class the values go to."""

    suffix: str = "Config"
    fixed_name: str = ""
    """Used instead of one made from the scope."""
    noun: str = "Values"
    expires: bool = False
    """With a field for the date from which the values must be looked at again."""


CONFIG = Style()
THRESHOLDS = Style("Thresholds", "DecisionThresholds", "Decision thresholds", True)


class Field(NamedTuple):
    name: str
    type: str
    default: str
    comment: str


def free_name(module: Module, name: str) -> str:
    """`name`, or `name2`, `name3` where the file has that word already."""
    number, free = 2, name
    while free in module.text and re.search(rf"\b{free}\b", module.text):
        free, number = f"{name}{number}", number + 1
    return free


def instance_name(class_name: str) -> str:
    return snake(class_name).upper()


def fields_for(
    module: Module, group: list[Found], known: tuple[tuple[str, str], ...]
) -> tuple[list[Field], list[str]]:
    """The new fields, and each literal's field name: equal names with equal texts share a field."""
    defaults = dict(known)
    fields: list[Field] = []
    names = []
    for found in group:
        view = found.view
        base = field_name(module, found.chunk, view)
        default = default_text(view)
        name, number = base, 2
        while name in defaults and defaults[name] != default:
            name, number = f"{base}_{number}", number + 1
        if name not in defaults:
            defaults[name] = default
            what = description(module, found.chunk, view)
            comment = f"# what: {what}; why: {OPEN}; validated: {OPEN}; owner: {OPEN}"
            fields.append(Field(name, view.type, default, comment))
        names.append(name)
    return fields, names


def default_text(view: LiteralView) -> str:
    """The literal as written; a list as a tuple, which dataclasses accept as a default."""
    text = view.text
    if view.is_list:
        return f"({text[1:-1]})"
    if isinstance(view.value, tuple) and not text.startswith("("):
        return f"({text})"
    return text


def reading(module: Module, found: Found, name: str) -> Edit:
    """The edit that reads the value instead of writing it; `return-1` and `1if` need a blank."""
    text, start = module.text, found.start
    end = start + len(found.view.text)
    new = name
    if found.view.is_list:
        new = f"list({new})"
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        new = " " + new
    if text[end : end + 1].isalpha() or text[end : end + 1] == "_":
        new += " "
    return Edit(Span(start, end), new)


def added_fields(text: str, existing: Existing, fields: list[Field]) -> Edit:
    newline = newline_of(text)
    lines = "".join(
        f"{existing.indent}{field.name}: {field.type} = {field.default}{newline}{existing.indent}{field.comment}{newline}"
        for field in fields
    )
    at = existing.insert
    if at and text[at - 1] not in "\r\n":
        lines = newline + lines.rstrip("\r\n")
    return Edit(Span(at, at), lines)


def with_class(
    module: Module,
    place: int,
    class_name: str,
    instance: str,
    subject: str,
    fields: list[Field],
    style: Style,
) -> list[Edit]:
    """The edits for the class, its instance and its imports."""
    newline = newline_of(module.text)
    dataclass = bound_name(module, "dataclasses", "dataclass", place)
    imports = [import_edit(module, "dataclasses", "dataclass", place)]
    lines = [
        f"@{dataclass}(frozen=True)",
        f"class {class_name}:",
        f'    """{style.noun} of {subject}. {OPEN}: dataset, metric and tool they were chosen with."""',
        "",
    ]
    for field in fields:
        lines += [f"    {field.name}: {field.type} = {field.default}", f"    {field.comment}"]
    if style.expires:
        date = bound_name(module, "datetime", "date", place)
        imports.append(import_edit(module, "datetime", "date", place))
        lines.append(f'    recalibration_required_after: "{date} | None" = None  # {OPEN}')
    lines += ["", "", f"{instance} = {class_name}()"]
    block = newline.join(lines)
    heads = [edit for edit in imports if edit is not None]
    return _spaced(module, place, block, newline, heads)


def _spaced(module: Module, place: int, block: str, newline: str, imports: list[Edit]) -> list[Edit]:
    """The block with two blank lines around it, merged with imports that go to the same place."""
    part = part_of(module, place)
    above, below = module.text[part.start : place], module.text[place : part.end]
    imports = _merged(imports, newline)
    here = "".join(edit.text for edit in imports if edit.span.start == place)
    others = [edit for edit in imports if edit.span.start != place]
    after_line = not above or above[-1] in "\r\n"
    if here:
        lead = ("" if after_line else newline) + here.strip("\r\n") + newline * 3
        if above.strip() and after_line and here[0] in "\r\n":
            lead = newline + lead
    else:
        lead = newline * max(0, 3 - line_ends(above[len(above.rstrip()) :])) if above.strip() else ""
    if not below.strip():
        tail = newline if after_line and part.end == len(module.text) else ""
    else:
        blank = below[: len(below) - len(below.lstrip())]
        tail = newline * max(0 if after_line else 1, 3 - line_ends(blank))
    return [*others, Edit(Span(place, place), lead + block + tail)]


def _merged(imports: list[Edit], newline: str) -> list[Edit]:
    """One edit a place: lines that go to the same place stand together, with the blank lines around them once."""
    merged: dict[Span, str] = {}
    for edit in imports:
        before = merged.get(edit.span)
        if before is None:
            merged[edit.span] = edit.text
            continue
        lines = sorted({*before.strip("\r\n").splitlines(), *edit.text.strip("\r\n").splitlines()})
        head = before[: len(before) - len(before.lstrip("\r\n"))]
        merged[edit.span] = head + newline.join(lines) + before[len(before.rstrip("\r\n")) :]
    return [Edit(span, text) for span, text in merged.items()]


def line_ends(text: str) -> int:
    return len(LINE_END.findall(text))
