"""More items in a list of a YAML file, in the file's own layout; the list is begun where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from mldebt.syntax.manifest import Entry, Key, Manifest
from mldebt.text import Edit, Span, newline_of, regex

PLAIN = regex(r"[\w./][\w./ -]*")
RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


def added_items(manifest: Manifest, mapping: Key, name: str, more: Sequence[str]) -> Edit | None:
    """Add `more` to the list `name` of the mapping with this key. None where the layout is not understood."""
    text = manifest.text
    written = list(map(quoted, more))
    holder = manifest.get(*mapping, name)
    items = [entry for entry in manifest.under(*mapping, name) if len(entry.key) == len(mapping) + 2]
    if holder is None:
        return _begun(manifest, mapping, name, written)
    if not items:
        return None
    start = (
        items[-1].value_span.start if items[-1].key_span == items[-1].value_span else items[-1].key_span.start
    )
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if before.strip() == "-":
        end = _line_end(
            text,
            max(entry.value_span.end for entry in manifest.under(*items[-1].key))
            if list(manifest.under(*items[-1].key))
            else items[-1].value_span.end,
        )
        indent = before[: len(before) - len(before.lstrip())]
        return Edit(Span(end, end), "".join(f"{newline_of(text)}{indent}- {one}" for one in written))
    if text[holder.value_span.start : holder.value_span.start + 1] == "[":
        end = items[-1].value_span.end
        return Edit(Span(end, end), "".join(f", {one}" for one in written))
    return None


def _begun(manifest: Manifest, mapping: Key, name: str, written: Sequence[str]) -> Edit | None:
    """A new list after the last key of the mapping."""
    text = manifest.text
    members = [entry for entry in manifest.under(*mapping) if len(entry.key) == len(mapping) + 1]
    if not members:
        return None
    first = members[0].key_span.start
    line = text.rfind("\n", 0, first) + 1
    indent = text[line:first]
    if indent.strip():
        return None  # a mapping in braces
    end = _line_end(text, _end_of(manifest, members[0]))
    newline = newline_of(text)
    lines = [f"{indent}{name}:", *(f"{indent}  - {one}" for one in written)]
    return Edit(Span(end, end), "".join(newline + line for line in lines))


def _end_of(manifest: Manifest, entry: Entry) -> int:
    """Where the value ends, trailing blanks of a block scalar aside."""
    inner = [one.value_span.end for one in manifest.under(*entry.key)]
    end = (
        max([entry.value_span.end, *inner])
        if entry.value_span.end
        else max(inner, default=entry.key_span.end)
    )
    while end > entry.key_span.end and manifest.text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _line_end(text: str, offset: int) -> int:
    found = regex(r"[^\r\n]*").match(text, offset)
    return found.end() if found else offset


def quoted(item: str) -> str:
    """As a YAML scalar that is a string."""
    if (
        PLAIN.fullmatch(item)
        and item.lower() not in RESERVED
        and not item[0].isdigit()
        and item == item.strip()
    ):
        return item
    return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'
