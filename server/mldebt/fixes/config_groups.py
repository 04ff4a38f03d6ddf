"""Which numbers move to a config class together: a call's, a function's, a file's.

A single number is moved because somebody pointed at it. Larger groups hold only
values that somebody chose and that have no name yet: no switches, seeds, shapes,
plot sizes, indices or constants that everyone knows.
"""

from __future__ import annotations

from mldebt.fixes.config_names import snake
from mldebt.knowledge import BUILTIN
from mldebt.knowledge.numbers import CONSTANTS, EPSILON, ORDINARY
from mldebt.syntax.literals import LiteralView, literals
from mldebt.syntax.module import Chunk, Module, Placed
from mldebt.syntax.views import Number
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

UPPER = regex(r"[A-Z][A-Z0-9_]*$")
MARGIN_CONSTANT = regex(r"[A-Z][A-Z0-9_]*\s*(?::[^=\n]+)?=(?!=)")
QUIET_CALLS = regex(
    r"(?:^|\.)(?:add_argument|range|print|sleep|exit|round|reshape|view|permute|transpose|squeeze|unsqueeze|seed|manual_seed"
    r"|figure|subplots?|set_\w+|plot|scatter|hist|imshow|savefig|suggest_\w+|randint|uniform|loguniform|quniform|zeros|ones"
    r"|arange|linspace|eye|Field|field|join|split|info|debug|warning|error|text|axis|tight_layout)$"
)
MAX_AT_ONCE = 60
# More values than this in one class is a table, not a configuration.


class Found(NamedTuple):
    """A literal where it stands in the module."""

    view: LiteralView
    placed: Placed

    @property
    def start(self) -> int:
        return self.placed.start + self.view.span.start

    @property
    def chunk(self) -> Chunk:
        return self.placed.chunk


def literal_at(module: Module, offset: int) -> Found | None:
    """The number (or the row of numbers around it) at or right before an offset."""
    placed = module.placed_at(offset)
    for found in _of_chunk(placed):
        if found.start <= offset <= found.start + len(found.view.text):
            return found
    return None


def _of_chunk(placed: Placed) -> list[Found]:
    return [Found(view, placed) for view in literals(placed.chunk)]


def same_call(here: Found) -> list[Found]:
    """The cursor's number and every number passed to the same call that is not a plain switch."""
    call = here.view.call
    if call is None:
        return [here]
    return [
        found
        for found in _of_chunk(here.placed)
        if found.view == here.view or (found.view.call == call and _is_choice(found.view) and _movable(found))
    ]


def same_function(here: Found) -> list[Found]:
    function = here.view.function
    if function is None:
        return [here]
    return [
        found
        for found in _of_chunk(here.placed)
        if found.view == here.view
        or (
            _inside(found.view.span, function)
            and _is_choice(found.view)
            and _needs_history(found)
            and _movable(found)
        )
    ]


def same_file(module: Module, here: Found) -> list[Found]:
    """Every such number of the file; [] when there are too many for one class."""
    chosen = [placed for placed in module.placed if any(_may_need(number) for number in placed.chunk.numbers)]
    if sum(_may_need(number) for placed in chosen for number in placed.chunk.numbers) > 3 * MAX_AT_ONCE:
        return []
    everything: list[Found] = []
    for placed in module.placed:
        mine = placed.start == here.placed.start
        for found in _of_chunk(placed) if mine or placed in chosen else ():
            if (mine and found.view == here.view) or (
                _is_choice(found.view) and _needs_history(found) and not must_stay(module, found)
            ):
                everything.append(found)
    return everything


def _may_need(number: Number) -> bool:
    """The cheap side of `_needs_history`, of the views that are there anyway."""
    value = number.value
    if isinstance(value, complex) or value in (0, 1, -1):
        return False
    if number.kind in ("keyword", "default", "assign", "dict", "element"):
        name = number.name or number.owner
        return bool(name) and (BUILTIN.is_hyperparameter(snake(name)) or "thresh" in name)
    return number.kind not in ("return", "other") and _is_unknown(abs(value))


def _is_unknown(size: float) -> bool:
    return (
        size not in ORDINARY
        and size not in CONSTANTS
        and size > EPSILON
        and not (size == int(size) and size < 6)
    )


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _movable(found: Found) -> bool:
    return not found.view.blocked


def must_stay(module: Module, found: Found) -> str:
    """Why a literal must stay one, or ""."""
    return found.view.blocked or _named_already(module, found) or _scripted(module, found)


def _is_choice(view: LiteralView) -> bool:
    """A value somebody chose: no switch, count of workers, seed or shape."""
    if view.kind == "keyword" and view.name in BUILTIN.not_hyperparameters:
        return False
    return view.value not in (0, 1, -1)


def _needs_history(found: Found) -> bool:
    """Whether a config class is the better place for it, when nobody pointed at this number."""
    view = found.view
    if view.kind in ("index", "return", "other") or QUIET_CALLS.search(view.callee):
        return False
    if view.kind == "assign" and (
        UPPER.match(view.name) or MARGIN_CONSTANT.match(found.chunk.text, view.statement.start)
    ):
        return False
    if view.kind in ("keyword", "default", "assign", "dict"):
        return BUILTIN.is_hyperparameter(snake(view.name)) or "thresh" in view.name
    if not isinstance(view.value, int | float):
        return False
    size = abs(view.value)
    if view.kind == "slice":
        return size >= 100 and view.op != "step"
    if view.kind == "binop" and view.op not in ("*", "/"):
        return False
    if view.kind == "compare" and (
        view.op not in ("<", "<=", ">", ">=") or "shape" in view.other_text or "dim" in view.other_text
    ):
        return False
    return _is_unknown(size)


def _named_already(module: Module, found: Found) -> str:
    """Why a field's default stays: it has a name in a class made for that."""
    view = found.view
    if view.kind == "assign" and view.class_name and not view.function_name:
        for other in module.classes():
            if other.name == view.class_name and any(
                "dataclass" in word or word.startswith("attr") for word in other.decorators
            ):
                return f"it is a named field of `{view.class_name}` already"
            if other.name == view.class_name and any(
                base.rpartition(".")[2] in ENUMS for base in other.bases
            ):
                return f"it is a named member of `{view.class_name}` already"
    return ""


ENUMS = frozenset(
    {"Enum", "IntEnum", "IntFlag", "Flag", "BaseModel", "BaseSettings", "NamedTuple", "TypedDict"}
)


def _scripted(module: Module, found: Found) -> str:
    if not found.view.at_load and "jit.script" in module.text:
        return "TorchScript cannot read it from a config object"
    return ""
