"""Values and the graph they make: what a flow is, once flow.py has run a file.

A `Value` is one evaluation; its slots hold the values it was made from. `Flow`
answers who uses whom. Nothing here runs code, and nothing here knows what rows are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mldebt.knowledge import canonical
from mldebt.text import Span
from mldebt.typed import Any

MAX_SET = 24
# Values one variable may have. A list filled by hundreds of appends keeps its newest.

Ids = frozenset[int]
NONE: Ids = frozenset()


def limited(ids: Ids) -> Ids:
    return ids if len(ids) <= MAX_SET else frozenset(sorted(ids)[-MAX_SET:])


class Value:
    """One evaluation. Never changed after `flow_of` returns.

    `kind` and the slots it has:

        const     literal in `detail`; equal literals of a file are one value
        global    an import or builtin; `target`
        param     a parameter nobody passes; `detail` is its name
        unknown   a name nobody binds; `detail` is the name
        attr      self; `detail` is the attribute
        index     self, key
        slice     lower, upper, step
        call      func; self (receiver); "0", "1", … and keyword names, "*", "**"; state (fits in
                  effect); result (what a function given to `apply` gives)
        pack      "0", "1", … or the literal keys; `detail` is tuple, list, set, dict or generator
        comp      value, iter; `detail` True if it filters
        mix       "0", "1", …; `detail` is the operator, `name` which comparison
        item      self: one of what iterating it gives
        element   self: number `detail` of what unpacking it gives; `count` targets
        update    self, value: the same object after `self[detail] = value`; `count` 1 for a list or dict
        object    an instance of a class of this file
        function, class
    """

    __slots__ = (
        "count",
        "detail",
        "end",
        "id",
        "kind",
        "name",
        "only",
        "slots",
        "start",
        "target",
        "type",
        "variable",
    )

    def __init__(self, id: int, kind: str, start: int, end: int, detail: Any) -> None:
        self.id, self.kind, self.start, self.end, self.detail = id, kind, start, end, detail
        self.slots: dict[str, Ids] = {}
        self.only: Ids = frozenset((id,))
        """This value alone, as a register holds it."""
        self.target = ""
        """What a name, attribute or call stands for, as in views; "" if unknown."""
        self.type = ""
        """What the value is: `pandas.DataFrame()`."""
        self.name = ""
        """Last word of a call's callee; the name of a function, class or global."""
        self.variable = ""
        """The name this value was first stored in (by the module, if it comes there), or that a parameter has."""
        self.count = 0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"<{self.id} {self.kind} {self.target or self.name or self.variable or self.detail!r} {self.slots}>"


class Flow:
    """The values of one file, in the order they were first made."""

    def __init__(self, values: list[Value], names: dict[str, Ids], exhausted: bool) -> None:
        self.values = values
        self.names = names
        """Values of the module's variables at its end."""
        self.exhausted = exhausted
        self._calls: dict[str, list[Value]] = {}
        for value in values:
            if value.kind == "call":
                self._calls.setdefault(value.name, []).append(value)
        self._users: dict[int, list[Value]] | None = None

    def __getitem__(self, id: int) -> Value:
        return self.values[id]

    def calls(self, *names: str) -> list[Value]:
        """Calls whose last word is one of `names`, in the order they run; all calls without names."""
        found: list[Value] = [call for name in names or self._calls for call in self._calls.get(name, ())]
        return sorted(found, key=lambda call: call.id)

    def all(self, ids: Iterable[int]) -> Iterator[Value]:
        values = self.values
        return (values[id] for id in sorted(ids))

    def all_ids(self, value: Value) -> Ids:
        """Everything in this value's slots."""
        found: Ids = NONE
        for slot in value.slots.values():
            found |= slot
        return found

    def targets(self, call: Value) -> set[str]:
        """Every target this call may have, one for each type of its receiver."""
        found = {call.target} if call.target else set()
        for receiver in self.all(call.slots.get("self", NONE)):
            if receiver.type:
                found.add(canonical(f"{receiver.type}.{call.name}"))
        return found

    def args(self, call: Value) -> list[Ids]:
        """Positional arguments, in order."""
        found: list[Ids] = []
        while (slot := call.slots.get(str(len(found)))) is not None:
            found.append(slot)
        return found

    def arg(self, call: Value, position: int, *names: str) -> Ids:
        """The argument given by one of these names or at this position."""
        for name in names:
            if name in call.slots:
                return call.slots[name]
        return call.slots.get(str(position), NONE)

    def literal(self, ids: Ids) -> Any:
        """The one literal these values are, or ... if they are none, several, or something else."""
        if len(ids) != 1:
            return ...
        value = self.values[next(iter(ids))]
        return value.detail if value.kind == "const" else ...

    def users(self, id: int) -> list[Value]:
        """Values that have this one in a slot."""
        if self._users is None:
            users: defaultdict[int, list[Value]] = defaultdict(list)
            for value in self.values:
                for slot in value.slots.values():
                    for used in slot:
                        users[used].append(value)
            self._users = dict(users)
        return self._users.get(id, [])

    def back(self, ids: Iterable[int], skip: frozenset[str] = frozenset({"func"})) -> set[int]:
        """Everything these values are made of, themselves included; slots in `skip` are not entered."""
        seen = set(ids)
        stack = list(seen)
        while stack:
            for name, slot in self.values[stack.pop()].slots.items():
                if name not in skip:
                    new = slot - seen
                    seen |= new
                    stack.extend(new)
        return seen
