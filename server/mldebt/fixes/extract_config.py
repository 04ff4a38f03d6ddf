"""Numbers -> fields of a documented config class, beside the code that reads them.

Every value keeps the text it was written with and is read where it was written, so
the program computes what it did before; names are guessed, and four questions are
left open behind TODO(mldebt): what, why this number, when validated, who to ask.
Offered for any number under the cursor; does nothing where a literal must stay one.

Does not move values to other files, and does not invent reasons.
"""

from __future__ import annotations

from mldebt.fixes.config_class import (
    CONFIG,
    THRESHOLDS,
    Style,
    added_fields,
    default_text,
    fields_for,
    free_name,
    instance_name,
    line_ends,
    reading,
    with_class,
)
from mldebt.fixes.config_groups import (
    MAX_AT_ONCE,
    Found,
    literal_at,
    must_stay,
    same_call,
    same_file,
    same_function,
)
from mldebt.fixes.config_names import camel, field_name, file_words, scope_words
from mldebt.fixes.config_place import Existing, existing_configs, part_of, place_for
from mldebt.rule import DRAFT, Fix
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, newline_of

__all__ = ["CONFIG", "THRESHOLDS", "Style", "extractions"]


def extractions(module: Module, offset: int, style: Style = CONFIG) -> list[Fix]:
    """Fixes for the number at `offset`, smallest first: this number, its call, its function, its file.

    [] when there is no number; one disabled fix, which says why, where the number must stay a literal.
    """
    here = literal_at(module, offset)
    if here is None:
        return []
    reason = must_stay(module, here)
    if reason:
        return [
            Fix("Move this number to a config class", (), DRAFT, disabled=reason[:1].upper() + reason[1:])
        ]
    fixes = []
    taken: list[list[Found]] = [[here]]
    for group in (same_call(here), same_function(here), same_file(module, here)):
        if len(taken[-1]) < len(group) <= MAX_AT_ONCE:
            taken.append(group)
            fixes.append(_moved(module, group, here, style))
    return [_moved(module, [here], here, style), *fixes, _named(module, here)]


def _moved(module: Module, group: list[Found], here: Found, style: Style) -> Fix:
    """One fix that moves a group of literals into one class."""
    whole_file = len({(found.view.class_name, found.view.function_name) for found in group}) > 1
    scope = file_words(module) if whole_file else scope_words(module, here.view)
    first_use = min(_runs_at(module, found) for found in group)
    reused = _reusable(module, group, scope, style)
    if reused is not None:
        fields, names = fields_for(module, group, reused.fields)
        edits = [
            reading(module, found, f"{reused.instance}.{names[index]}") for index, found in enumerate(group)
        ]
        if fields:
            edits.append(added_fields(module.text, reused, fields))
        return Fix(_title(group, names, reused.name), tuple(sorted(edits)), DRAFT)
    made = camel(scope)
    class_name = free_name(
        module, style.fixed_name or (made if made.endswith(style.suffix) else made + style.suffix)
    )
    instance = free_name(module, instance_name(class_name))
    fields, names = fields_for(module, group, ())
    edits = [reading(module, found, f"{instance}.{names[index]}") for index, found in enumerate(group)]
    place = place_for(module, first_use)
    subject = (
        "this file" if whole_file or not (here.view.class_name or here.view.function_name) else f"`{scope}`"
    )
    edits = with_class(module, place, class_name, instance, subject, fields, style) + edits
    return Fix(_title(group, names, class_name), tuple(edits), DRAFT)


def _title(group: list[Found], names: list[str], class_name: str) -> str:
    if len(group) == 1:
        return f"Move `{names[0]}` to a documented {class_name}"
    view = group[0].view
    calls = {(found.placed.start, found.view.call) for found in group}
    functions = {(found.placed.start, found.view.function) for found in group}
    where = "this file"
    if len(calls) == 1 and view.call is not None:
        where = f"`{view.callee.rpartition('.')[2] or 'this call'}(…)`"
    elif len(functions) == 1 and view.function is not None:
        where = f"`{view.function_name}`"
    return f"Move {len(group)} values of {where} to a documented {class_name}"


def _runs_at(module: Module, found: Found) -> int:
    """The start of the top-level statement that reads the value; a class member's is its class's."""
    if found.chunk.owner:
        for chunk, start in module.placed:
            for view in chunk.classes:
                if view.name == found.chunk.owner and not chunk.owner and start <= found.placed.start:
                    return start + view.span.start
    return found.placed.start + found.view.statement.start


def _reusable(module: Module, group: list[Found], scope: str, style: Style) -> Existing | None:
    """The config class in scope that may take the values: a parameter's, this scope's own, or the only one there is."""
    known = existing_configs(module)
    if not known:
        return None
    uses = min(_runs_at(module, found) for found in group)
    ready = [existing for existing in known if existing.ready <= uses]
    if style.fixed_name:
        return next((existing for existing in ready if existing.name.endswith(style.suffix)), None)
    for parameter, annotation in group[0].view.configs:
        if all((parameter, annotation) in found.view.configs for found in group):
            for existing in known:
                if existing.name == annotation and not existing.is_model:
                    fields = tuple((name, "") for name, _ in existing.fields)
                    return existing._replace(instance=parameter, fields=fields)
    own = camel(scope) + style.suffix
    for existing in ready:
        if existing.scope == scope or existing.name == own:
            return existing
    common = [
        existing for existing in ready if not existing.scope and not existing.name.endswith("Thresholds")
    ]
    return common[0] if len(common) == 1 and len(ready) == len(common) else None


def _named(module: Module, here: Found) -> Fix:
    """The same value as a constant of the module: a name, and no questions.

    A draft too: names are made one at a time, so two of them applied at once might be the same.
    """
    name = free_name(module, field_name(module, here.chunk, here.view).strip("_").upper())
    place = place_for(module, _runs_at(module, here))
    newline = newline_of(module.text)
    part = part_of(module, place)
    above, below = module.text[part.start : place], module.text[place : part.end]
    lead = newline * max(0, 2 - line_ends(above[len(above.rstrip()) :])) if above.strip() else ""
    tail = newline if below[:1] in ("\n", "\r", "") else newline * 2
    edits = (
        Edit(Span(place, place), f"{lead}{name} = {default_text(here.view)}{tail}"),
        reading(module, here, name),
    )
    return Fix(f"Move `{name.lower()}` to the constant {name}", edits, DRAFT)
