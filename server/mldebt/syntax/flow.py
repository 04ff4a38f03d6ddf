"""What reaches what in one file: a graph of values, on demand.

    flow = flow_of(module)
    for call in flow.calls("fit_transform"):
        flow.targets(call)                  {"sklearn.preprocessing.StandardScaler().fit_transform"}
        call.slots["0"]                     the values its first argument may have

The file is run in the abstract. Every evaluation makes one value; a variable
maps to the set of values it may have here. Rebinding kills, branches join, a
loop runs once and then again with what it left behind. A call of a function
or method of this file runs its body with the arguments bound (to a small
depth); functions nobody calls are run afterwards with unknown parameters if
they do anything with rows, the methods of one class on one shared object. A notebook is one long script.

Changes in place make new values: `df["a"] = b` gives an `update` of the old
frame and `b`, and whoever holds the old frame sees it. `scaler.fit(X)` is
remembered as a state of the scaler: a later `scaler.transform(Y)` has it in
its slot "state".

It does not know what rows are (see flow_rows.py), does not evaluate
conditions, follows no import, and gives up quietly: past its step limit or
where code does not parse there are simply fewer values.
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from mldebt.knowledge import BUILTIN, TERMINALS, canonical, result
from mldebt.knowledge.returns import FLUENT
from mldebt.knowledge.words import EVALUATE_METHODS, FIT_METHODS, PREDICT_METHODS, TRANSFORM_METHODS
from mldebt.syntax.flow_code import code_of, code_of_tree
from mldebt.syntax.flow_ops import Block, Code, Op
from mldebt.syntax.module import Module
from mldebt.text import Span

MAX_STEPS = 60_000
# Operations run for one file, about 1.5 us each: 0.1 s for the worst file. A notebook of
# 1,000 lines takes 5,000.
MAX_INLINE = 6
# Calls of local functions followed into each other.
MAX_NESTING = 60
# Blocks open at once over all followed calls: keeps us far from Python's own recursion limit.
MAX_SET = 24
# Values one variable may have. A list filled by hundreds of appends keeps its newest.

Ids = frozenset[int]
NONE: Ids = frozenset()
BUILTIN_NAMES = frozenset(dir(builtins))


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
        """The name this value was first stored in, or that a parameter has."""
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


_FLOWS: WeakKeyDictionary[Module, Flow] = WeakKeyDictionary()


def flow_of(module: Module) -> Flow:
    """The flow of this module; made once, when the first rule asks."""
    flow = _FLOWS.get(module)
    if flow is None:
        flow = _FLOWS[module] = _Interpreter().run(module)
    return flow


class _Frame:
    """One running function (or the module, or a class body)."""

    __slots__ = (
        "base",
        "code",
        "globals",
        "id",
        "kind",
        "known",
        "locals",
        "parent",
        "registers",
        "returns",
        "yields",
    )

    def __init__(
        self,
        id: int,
        parent: _Frame | None,
        code: Code | None,
        base: int,
        kind: str,
        known: dict[int, Value],
    ) -> None:
        self.id, self.parent, self.code, self.base, self.kind = id, parent, code, base, kind
        self.known = known
        """(chunk, register) -> value: a second turn of a loop, or a second call, adds to the first."""
        self.locals = code.locals if code else NONE
        self.globals: dict[str, str] = {}
        self.registers: dict[int, Ids] = {}
        self.returns: Ids = NONE
        self.yields: Ids = NONE


class _Interpreter:
    def __init__(self) -> None:
        self.values: list[Value] = []
        self.known: dict[int, dict[int, Value]] = {}
        """Frame -> its values."""
        self.instances: dict[Any, Value] = {}
        """(frame, chunk offset, register, class) -> the object made there."""
        self.state: dict[Any, Ids] = {}
        """(frame, name), (object, ".attribute"), (object, "#fit"), (object, "#new") -> values."""
        self.journal: list[dict[Any, Ids | None]] = []
        self.frames: dict[Any, int] = {}
        self.functions: dict[int, tuple[Code, _Frame, int]] = {}
        self.defaults: dict[int, dict[str, Ids]] = {}
        self.class_frames: dict[int, _Frame] = {}
        self.objects: dict[int, int] = {}
        """object value -> class value."""
        self.called: set[int] = set()
        """Offsets of functions that were run."""
        self.running: list[tuple[int, str]] = []
        self.stars: list[str] = []
        self.constants: dict[Any, Ids] = {}
        """Equal literals are one value."""
        self.unbound: dict[str, Value] = {}
        self.worthy: tuple[int, set[Any]] = (-1, set())
        self.marked: set[int] = set()
        """Values that have any "#new", "#fit" or ".attribute" in the state."""
        self.made_here: set[int] = set()
        """Classes of this file, and objects of them."""
        self.steps = 0
        self.nesting = 0

    # -- the whole file ------------------------------------------------------------------------

    def run(self, module: Module) -> Flow:
        top = self.frame((), None, None, 0, "module")
        open_class: _Frame | None = None
        for chunk, start in module.placed:
            block = chunk.memo.get("flow")
            if block is None:
                tree = module.trees.get((chunk.owner, chunk.text))
                block = code_of_tree(chunk.text, tree) if tree else code_of(chunk.text, chunk.owner)
                chunk.memo["flow"] = block
            frame = top
            if chunk.owner:
                if open_class is None:
                    continue
                frame = open_class
            frame.base = start
            self.block(block, frame)
            if not chunk.owner:
                open_class = self.last_class(block, start)
        self.run_uncalled(top)
        names = {key[1]: ids for key, ids in self.state.items() if key[0] == 0 and key[1][0] not in ".#"}
        return Flow(self.values, names, self.steps > MAX_STEPS)

    def frame(self, key: Any, parent: _Frame | None, code: Code | None, base: int, kind: str) -> _Frame:
        """A frame; the same key gives the same frame number, and so the same values, again."""
        id = self.frames.setdefault(key, len(self.frames))
        return _Frame(id, parent, code, base, kind, self.known.setdefault(id, {}))

    def last_class(self, block: Block, base: int) -> _Frame | None:
        for op in reversed(block):
            if op.kind == "class":
                value = self.known[0].get((base << 24) + op.out)
                return self.class_frames.get(value.id) if value else None
        return None

    def run_uncalled(self, top: _Frame) -> None:
        """Functions nobody in this file calls, then methods nobody calls, on one object of their class."""
        done: set[int] = set()
        while True:
            waiting = [id for id in self.functions if id not in done]
            if not waiting or self.steps > MAX_STEPS:
                return
            for id in waiting:
                done.add(id)
                code, frame, base = self.functions[id]
                if base + code.start in self.called or code.name == "<lambda>":
                    continue
                owner = self.class_of(frame)
                if (code.name if owner is None else owner) not in self.worth(len(self.functions)):
                    continue
                receiver = NONE
                if owner is not None:
                    receiver = frozenset(o for o, c in self.objects.items() if c == owner)
                    if not receiver:
                        receiver = frozenset({self.instance(owner, ("lone", owner), self.values[owner].span)})
                self.call_function(id, receiver, {}, ("alone", id), alone=True)

    def worth(self, count: int) -> set[Any]:
        """Functions (by name) and classes (by value) whose code fits, splits, judges or fills, or calls one that does."""
        if self.worthy[0] == count:
            return self.worthy[1]
        found: set[Any] = set()
        words = set(WORTH)
        before = -1
        while before != len(found):
            before = len(found)
            for code, frame, _ in self.functions.values():
                if not code.words.isdisjoint(words):
                    words.add(code.name)
                    found.add(code.name)
                    owner = self.class_of(frame)
                    if owner is not None:
                        found.add(owner)
                        words.add(self.values[owner].detail)
        self.worthy = (count, found)
        return found

    def class_of(self, frame: _Frame) -> int | None:
        if frame.kind != "class":
            return None
        return next((id for id, known in self.class_frames.items() if known is frame), None)

    # -- state ---------------------------------------------------------------------------------

    def write(self, key: Any, ids: Ids) -> None:
        if self.journal:
            self.journal[-1].setdefault(key, self.state.get(key))
        self.state[key] = ids

    def branch(self, block_lists: list[tuple[Block, ...]], frame: _Frame, keep: bool) -> bool:
        """Run alternatives from the same state and join what they leave; `keep` adds the state before.

        Returns whether none of them goes on.
        """
        outcomes: list[dict[Any, Ids]] = []
        for blocks in block_lists:
            self.journal.append({})
            ended = False
            for block in blocks:
                if self.block(block, frame):
                    ended = True
                    break
            journal = self.journal.pop()
            if not ended:
                outcomes.append({key: self.state[key] for key in journal})
            for key, old in journal.items():
                if old is None:
                    del self.state[key]
                else:
                    self.state[key] = old
        if keep:
            outcomes.append({})
        if not outcomes:
            return True
        keys: dict[Any, None] = {}
        for outcome in outcomes:
            keys.update(dict.fromkeys(outcome))
        for key in keys:
            before = self.state.get(key, NONE)
            joined = NONE
            for outcome in outcomes:
                joined |= outcome.get(key, before)
            self.write(key, limited(joined))
        return False

    def current(self, ids: Ids) -> Ids:
        """These values after the changes in place that were made to them."""
        if ids.isdisjoint(self.marked):
            return ids
        state = self.state
        found: set[int] = set()
        seen: set[int] = set()
        stack = list(ids)
        while stack:
            id = stack.pop()
            if id in seen:
                continue
            seen.add(id)
            newer = state.get((id, "#new"))
            if newer:
                stack.extend(newer)
            else:
                found.add(id)
        return limited(frozenset(found)) if found else ids

    def read(self, name: str, frame: _Frame) -> Ids | None:
        """The values of a name as this frame sees it; None if nobody binds it."""
        declared = None
        if frame.globals:
            declared = frame.globals.get(name)
        else:
            key = (frame.id, name)
            ids = self.state.get(key)
            if ids is not None:
                if ids.isdisjoint(self.marked):
                    return ids
                new = self.current(ids)
                if new is not ids:
                    self.write(key, new)
                return new
        at: _Frame | None = frame
        while at is not None:
            if at.kind == "class" and at is not frame:
                at = at.parent
                continue
            if at is frame and declared == "global":
                while at.parent is not None:
                    at = at.parent
            elif at is frame and declared == "nonlocal" and at.parent is not None:
                at = at.parent
            key = (at.id, name)
            ids = self.state.get(key)
            if ids is not None:
                new = self.current(ids)
                if new is not ids:
                    self.write(key, new)
                return new
            if at.code is not None and name in at.locals:
                return None
            at = at.parent
        return None

    def store(self, name: str, ids: Ids, frame: _Frame) -> None:
        at = frame
        declared = frame.globals.get(name)
        if declared == "global":
            while at.parent is not None:
                at = at.parent
        elif declared and at.parent is not None:
            at = at.parent
        self.write((at.id, name), ids)
        for id in ids:
            value = self.values[id]
            if not value.variable:
                value.variable = name

    # -- values --------------------------------------------------------------------------------

    def value(self, frame: _Frame, op: Op, kind: str, detail: Any = None, extra: int = 0) -> Value:
        """The value of this operation in this frame, made now or on an earlier turn of a loop.

        `extra` (one of the constants below) tells apart the values that one operation makes.
        """
        base = frame.base
        key = (base << 24) + op.out + extra
        known = frame.known.get(key)
        if known is None:
            known = frame.known[key] = Value(len(self.values), kind, op.start + base, op.end + base, detail)
            self.values.append(known)
        return known

    def fill(self, value: Value, slot: str, ids: Ids) -> None:
        if value.id in ids:
            ids = ids - value.only
        slots = value.slots
        if slot not in slots:
            slots[slot] = ids
        elif slots[slot] != ids:
            slots[slot] = limited(slots[slot] | ids)

    def fresh(self, value: Value) -> None:
        """A value made again on a later turn of a loop is a new object."""
        if value.id in self.marked:
            for mark in ("#new", "#fit"):
                if (value.id, mark) in self.state:
                    self.write((value.id, mark), NONE)

    def mark(self, id: int, mark: str, ids: Ids) -> None:
        """Note a change of an object: its newest version, its fits, an attribute."""
        self.marked.add(id)
        self.write((id, mark), ids)

    def type_of(self, ids: Ids) -> str:
        if len(ids) == 1:
            return self.values[next(iter(ids))].type
        for id in sorted(ids):
            if self.values[id].type:
                return self.values[id].type
        return ""

    # -- blocks --------------------------------------------------------------------------------

    def block(self, block: Block, frame: _Frame) -> bool:
        """Run the operations; returns whether control does not go on after them."""
        self.steps += len(block)
        if self.nesting > MAX_NESTING or self.steps > MAX_STEPS:
            return False
        self.nesting += 1
        handlers = HANDLERS
        ended = False
        for op in block:
            kind = op[0]
            if kind not in handlers:
                ended = kind == "raise"  # what follows `break` runs for other turns of the loop
                break
            if handlers[kind](self, op, frame):
                ended = True
                break
        self.nesting -= 1
        return ended

    def do_const(self, op: Op, frame: _Frame) -> None:
        key = (op.a.__class__, op.a)
        ids = self.constants.get(key)
        if ids is None:
            value = self.value(frame, op, "const", op.a)
            ids = self.constants[key] = frozenset({value.id})
        frame.registers[op.out] = ids

    def do_name(self, op: Op, frame: _Frame) -> None:
        name = op.a
        ids = self.read(name, frame)
        if ids is None:
            value = self.unbound.get(name)
            if value is None:
                # One value for all its reads: whatever it is, it is the same each time.
                target = self.outside(name)
                value = self.unbound[name] = self.value(frame, op, "global" if target else "unknown", name)
                value.target = target
                value.type = result(target) if "(" in target else ""
                value.name = value.variable = name
            ids = value.only
        frame.registers[op.out] = ids

    def outside(self, name: str) -> str:
        """The target of a name that nothing in the file binds: a star import or a builtin."""
        if name in TERMINALS:
            for module in self.stars:
                target = canonical(f"{module}.{name}")
                if any(target in table for table in STAR_TABLES):
                    return target
        return name if name in BUILTIN_NAMES else ""

    def do_import(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "global", op.a)
        value.target = canonical(op.b)
        self.store(op.a, value.only, frame)

    def do_star(self, op: Op, frame: _Frame) -> None:
        self.stars.append(op.a)

    def do_scope(self, op: Op, frame: _Frame) -> None:
        for name in op.b:
            frame.globals[name] = op.a

    def do_attr(self, op: Op, frame: _Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        if bases.isdisjoint(self.marked) and bases.isdisjoint(self.made_here):
            value = self.value(frame, op, "attr", op.b)
            self.fill(value, "self", bases)
            if not value.target:
                self.name_attribute(value, bases, op.b)
            frame.registers[op.out] = self.current(value.only)
            return
        found: set[int] = set()
        plain = False
        for id in bases:
            held = self.attribute(id, op.b)
            if held is None:
                plain = True
            else:
                found |= held
        if plain or not bases:
            value = self.value(frame, op, "attr", op.b)
            self.fill(value, "self", bases)
            if not value.target:
                self.name_attribute(value, bases, op.b)
            found.add(value.id)
        frame.registers[op.out] = self.current(frozenset(found))

    def name_attribute(self, value: Value, bases: Ids, name: str) -> None:
        for id in sorted(bases) if len(bases) > 1 else bases:
            base = self.values[id]
            if base.type:
                value.target = canonical(f"{base.type}.{name}")
                value.type = result(value.target)
                if value.type == value.target:
                    value.type = ""
                return
            if base.kind in ("global", "attr") and base.target:
                value.target = canonical(f"{base.target}.{name}")
                return

    def attribute(self, id: int, name: str) -> Ids | None:
        """What `object.name` holds: an attribute that was set, or a method of its class."""
        if id in self.marked and (held := self.state.get((id, "." + name))):
            return held
        owner = self.objects.get(id, id if id in self.class_frames else None)
        if owner is None:
            return None
        method = self.class_member(owner, name)
        if method and owner != id and any(member in self.functions for member in method):
            return None  # a bound method: the call looks it up again
        return method

    def class_member(self, owner: int, name: str) -> Ids | None:
        seen: set[int] = set()
        stack = [owner]
        while stack and len(seen) < 20:
            id = stack.pop(0)
            if id in seen:
                continue
            seen.add(id)
            frame = self.class_frames.get(id)
            if frame is None:
                continue
            held = self.state.get((frame.id, name))
            if held:
                return held
            stack.extend(sorted(self.values[id].slots.get("bases", NONE)))
        return None

    def do_index(self, op: Op, frame: _Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        key = frame.registers.get(op.b, NONE)
        literal = self.one_literal(key)
        found: set[int] = set()
        rest: set[int] = set()
        for id in bases:
            inner = self.inside(id, literal)
            if inner is None:
                rest.add(id)
            else:
                found |= inner
        if rest or not bases:
            value = self.value(frame, op, "index")
            self.fill(value, "self", frozenset(rest))
            self.fill(value, "key", key)
            of = self.type_of(frozenset(rest))
            if of and not value.type:
                value.target = canonical(of + "[]")
                value.type = result(value.target)
                if value.type == value.target:
                    value.type = ""
            found.add(value.id)
        frame.registers[op.out] = self.current(limited(frozenset(found)))

    def one_literal(self, ids: Ids) -> Any:
        if len(ids) == 1:
            value = self.values[next(iter(ids))]
            if value.kind == "const":
                return value.detail
        return None

    def inside(self, id: int, literal: Any) -> Ids | None:
        """What a container of this file holds under a literal key (all it holds if None); None if it is none."""
        found: set[int] = set()
        for _ in range(200):
            value = self.values[id]
            if value.kind == "update":
                if not value.count:
                    return None  # a frame: its columns stay views of its rows
                if value.detail == literal and literal is not None:
                    return value.slots["value"]
                if value.detail is None or literal is None:
                    found |= value.slots["value"]
                older = value.slots.get("self", NONE)
                if not older:
                    return None
                id = min(older)
                continue
            if value.kind != "pack" or value.detail in ("set", "generator"):
                return None
            if literal is not None:
                key = str(literal)
                if literal.__class__ is int and literal < 0 and value.detail != "dict":
                    key = str(value.count + literal)
                held = value.slots.get(key)
                if held is not None:
                    return held | found if found else held
            if literal is not None and found:
                return frozenset(found)
            for slot in value.slots.values():
                found |= slot
            return limited(frozenset(found)) if found else None
        return None

    def do_slice(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "slice")
        for name, register in zip(("lower", "upper", "step"), op.a, strict=True):
            if register >= 0:
                self.fill(value, name, frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_pack(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "pack", op.a)
        self.fresh(value)
        value.count = len(op.b)
        for place, register in enumerate(op.b):
            key = place if op.a != "dict" else op.c[place]
            self.fill(value, "**" if key is None else str(key), frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_comp(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "comp", op.c)
        self.fill(value, "value", frame.registers.get(op.a, NONE))
        for register in op.b:
            self.fill(value, "iter", value.slots.get("iter", NONE) | frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_mix(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "mix", op.a)
        value.name = op.c or ""
        for place, register in enumerate(op.b):
            ids = frame.registers.get(register, NONE)
            self.fill(value, str(place), ids)
            if not value.type and op.a not in ("compare", "text"):
                kept = self.type_of(ids)
                if kept.startswith(("pandas.", "numpy.", "polars.")):
                    value.type = kept
        frame.registers[op.out] = value.only

    def do_join(self, op: Op, frame: _Frame) -> None:
        found: Ids = NONE
        for register in op.b:
            found |= frame.registers.get(register, NONE)
        frame.registers[op.out] = limited(found)

    def do_item(self, op: Op, frame: _Frame) -> None:
        frame.registers[op.out] = self.items(frame, op, frame.registers.get(op.a, NONE))

    def items(self, frame: _Frame, op: Op, ids: Ids, extra: int = 0) -> Ids:
        """What iterating over these values gives, one after the other."""
        found: set[int] = set()
        rest: set[int] = set()
        for id in ids:
            value = self.values[id]
            if value.kind == "pack" and value.detail != "dict":
                for slot in value.slots.values():
                    found |= slot
            elif value.kind == "update" and (inner := self.inside(id, None)):
                found |= inner
            elif value.kind == "comp":
                found |= value.slots["value"]
            else:
                rest.add(id)
        if rest or not ids:
            value = self.value(frame, op, "item", None, extra)
            self.fill(value, "self", frozenset(rest))
            found.add(value.id)
        return limited(frozenset(found))

    def do_element(self, op: Op, frame: _Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        frame.registers[op.out] = self.current(self.elements(frame, op, bases, op.b, op.c))

    def elements(self, frame: _Frame, op: Op, ids: Ids, index: int, count: int) -> Ids:
        found: set[int] = set()
        rest: set[int] = set()
        for id in ids:
            value = self.values[id]
            inner = None
            if value.kind in ("pack", "update"):
                inner = self.inside(id, index)
            elif value.kind == "comp":
                inner = value.slots["value"]
            elif value.kind == "item":
                inner = self.paired(frame, op, value, index)
            if inner is None:
                rest.add(id)
            else:
                found |= inner
        if rest or not ids:
            value = self.value(frame, op, "element", index)
            value.count = count
            self.fill(value, "self", frozenset(rest))
            for id in rest:
                given = self.values[id]
                if given.kind == "call" and given.name == "train_test_split" and not value.type:
                    value.type = self.type_of(given.slots.get(str(index // 2), NONE))
            found.add(value.id)
        return limited(frozenset(found))

    def paired(self, frame: _Frame, op: Op, item: Value, index: int) -> Ids | None:
        """The part of an item of `enumerate(x)` or `zip(x, y)` that comes from one argument."""
        found: Ids = NONE
        for id in item.slots.get("self", NONE):
            call = self.values[id]
            if call.kind != "call" or call.target not in ("enumerate", "zip"):
                return None
            place = index if call.target == "zip" else index - 1
            slot = call.slots.get(str(place))
            if slot is None:
                return None
            found |= self.items(frame, op, slot, PAIRED)
        return found or None

    # -- calls ---------------------------------------------------------------------------------

    def do_call(self, op: Op, frame: _Frame) -> None:
        registers = frame.registers
        callees = registers.get(op.a, NONE)
        if len(callees) == 1:
            (only,) = callees
            if only not in self.functions and only not in self.class_frames:
                value = self.values[only]
                if value.kind != "attr" or value.slots.get("self", NONE).isdisjoint(self.made_here):
                    registers[op.out] = self.current(self.unknown_call(op, frame, callees))
                    return
        results: set[int] = set()
        opaque: set[int] = set()
        for id in sorted(callees):
            value = self.values[id]
            if id in self.functions:
                given = self.follow(id, NONE, op, frame)
            elif id in self.class_frames:
                given = self.construct(id, op, frame)
            elif value.kind == "attr" and (methods := self.methods(value)):
                given = NONE
                for method, receivers in methods:
                    more = self.follow(method, receivers, op, frame)
                    if more is None:
                        given = None
                        break
                    given |= more
            else:
                given = None
            if given is None:
                opaque.add(id)
            else:
                results |= given
        if opaque or not callees:
            results |= self.unknown_call(op, frame, frozenset(opaque))
        registers[op.out] = self.current(limited(frozenset(results)))

    def methods(self, value: Value) -> list[tuple[int, Ids]]:
        """(function, receivers) of `object.name` for objects of classes of this file."""
        found: dict[int, Ids] = {}
        for id in value.slots.get("self", NONE):
            owner = self.objects.get(id)
            member = self.class_member(owner, value.detail) if owner is not None else None
            for function in member or ():
                if function in self.functions:
                    found[function] = found.get(function, NONE) | {id}
        return sorted(found.items())

    def arguments(self, op: Op, frame: _Frame) -> dict[str, Ids]:
        given: dict[str, Ids] = {}
        place = 0
        for name, register in op.b:
            ids = frame.registers.get(register, NONE)
            if not name:
                name = str(place)
                place += 1
            elif name == "*":
                place += 1000  # what follows has no known place
            given[name] = given.get(name, NONE) | ids
        return given

    def follow(self, function: int, receivers: Ids, op: Op, frame: _Frame) -> Ids | None:
        code, _, base = self.functions[function]
        identity = (base + code.start, code.name)
        if identity in self.running or len(self.running) >= MAX_INLINE or self.steps > MAX_STEPS:
            return None
        given = self.arguments(op, frame)
        given = {
            name: self.items(frame, op, ids, SPREAD) if name == "*" else ids for name, ids in given.items()
        }
        return self.call_function(function, receivers, given, (frame.id, frame.base, op.out, function))

    def call_function(
        self, function: int, receivers: Ids, given: dict[str, Ids], key: Any, alone: bool = False
    ) -> Ids:
        """Run a function's body; parameters that get nothing have their default, or are unknown."""
        code, home, base = self.functions[function]
        self.called.add(base + code.start)
        frame = self.frame(key, home, code, base, "function")
        frame_id = frame.id
        params = list(code.params)
        offset = 0
        if receivers and params and not self.is_static(code):
            self.write((frame_id, params[0]), receivers)
            offset = 1
        defaults = self.defaults[function]
        for place, param in enumerate(params[offset:]):
            ids = given.get(param)
            if ids is None and place + offset < code.n_positional:
                ids = given.get(str(place))
            if ids is None:
                ids = given.get("*", NONE) | given.get("**", NONE) or None
            if ids is None and param in defaults and not alone:
                ids = defaults[param]
            if ids is None:
                value = self.value(
                    frame, Op("param", PARAM + place + offset, code.start, code.start), "param", param
                )
                value.variable = param
                ids = frozenset({value.id})
            self.write((frame_id, param), ids)
        extra: Ids = NONE
        for name, ids in given.items():
            if name.isdigit() and int(name) + offset >= code.n_positional:
                extra |= ids
        for extras, name in enumerate((code.star, code.double_star)):
            if name:
                value = self.value(
                    frame, Op("param", PARAM + len(params) + extras, code.start, code.start), "param", name
                )
                self.fill(value, "0", extra)
                self.write((frame_id, name), frozenset({value.id}))
        self.running.append((base + code.start, code.name))
        self.block(code.body, frame)
        self.running.pop()
        if frame.yields:
            value = self.value(
                frame, Op("pack", PARAM + len(params) + 2, code.start, code.start), "pack", "generator"
            )
            self.fill(value, "0", frame.yields)
            return frozenset({value.id}) | frame.returns
        return frame.returns

    def is_static(self, code: Code) -> bool:
        return not code.params or (code.params[0] not in ("self", "cls", "this") and bool(code.decorators))

    def construct(self, owner: int, op: Op, frame: _Frame) -> Ids:
        span = Span(op.start + frame.base, op.end + frame.base)
        id = self.instance(owner, (frame.id, frame.base, op.out, owner), span)
        init = self.class_member(owner, "__init__")
        for function in init or ():
            if function in self.functions:
                self.follow(function, frozenset({id}), op, frame)
        for name, ids in self.arguments(op, frame).items():
            if not init:
                self.fill(self.values[id], name, ids)
        return frozenset({id})

    def instance(self, owner: int, key: Any, span: Span) -> int:
        known = self.instances.get(key)
        if known is None:
            known = Value(len(self.values), "object", *span, self.values[owner].detail)
            self.instances[key] = known
            self.values.append(known)
            known.type = self.values[owner].detail + "()"
        self.objects[known.id] = owner
        self.made_here.add(known.id)
        return known.id

    def unknown_call(self, op: Op, frame: _Frame, callees: Ids) -> Ids:
        """A call into a library, or one we do not follow: its value remembers what it was given."""
        value = self.value(frame, op, "call", (op.c[0] + frame.base, op.c[1] + frame.base))
        self.fresh(value)
        self.fill(value, "func", callees)
        receivers: Ids = NONE
        for id in sorted(callees) if len(callees) > 1 else callees:
            callee = self.values[id]
            if callee.kind == "attr":
                value.name = callee.detail
                receivers |= callee.slots.get("self", NONE)
            elif not value.name:
                value.name = callee.name if callee.kind != "global" else callee.target.rpartition(".")[2]
            if callee.target and not value.target:
                value.target = callee.target
        receivers = self.current(receivers)
        for name, ids in self.arguments(op, frame).items():
            self.fill(value, name, ids)
        if value.name in CALLBACKS and receivers:
            self.call_back(value, receivers, op, frame)
        if value.target and not value.type:
            value.type = result(value.target + "()")
        if not receivers:
            return value.only
        outside = [id for id in receivers if self.values[id].kind == "global"]
        if outside:
            receivers = receivers.difference(outside)
            if not receivers:
                return value.only
        self.fill(value, "self", receivers)
        fits: Ids = NONE
        if not receivers.isdisjoint(self.marked):
            for id in receivers:
                fits |= self.state.get((id, "#fit"), NONE)
        if value.name in FIT_METHODS:
            # What was learned before is in effect only for those that go on learning.
            if value.name == "partial_fit":
                self.fill(value, "state", fits)
            for id in receivers:
                old = self.state.get((id, "#fit"), NONE) if len(receivers) > 1 else NONE
                self.mark(id, "#fit", old | {value.id})
        elif fits:
            self.fill(value, "state", fits)
        if value.name in FLUENT and value.type and value.type == self.type_of(receivers):
            return receivers
        if value.name in GROWS or "inplace" in value.slots:
            self.in_place(value, receivers, op, frame)
        return value.only

    def call_back(self, call: Value, receivers: Ids, op: Op, frame: _Frame) -> None:
        """`df.apply(f)` runs `f` on its rows; what `f` gives is in the slot "result"."""
        for id in call.slots.get("0", NONE):
            if id not in self.functions:
                continue
            code, _, base = self.functions[id]
            if (base + code.start, code.name) in self.running or len(self.running) >= MAX_INLINE:
                continue
            key = (frame.id, frame.base, op.out, id)
            self.fill(call, "result", self.call_function(id, NONE, {"0": receivers}, key))

    def in_place(self, call: Value, receivers: Ids, op: Op, frame: _Frame) -> None:
        """`df.dropna(inplace=True)` and `parts.append(x)` change their receiver."""
        if self.one_literal(call.slots.get("inplace", NONE)) is True:
            newer = frozenset({call.id})
        elif call.name in GROWS and (slot := call.slots.get(GROWS[call.name])):
            value = self.value(frame, op, "update", None, GROWN)
            self.fill(value, "self", receivers)
            self.fill(value, "value", slot)
            value.type = self.type_of(receivers)
            value.count = int(any(self.holds(id) for id in receivers))
            newer = frozenset({value.id})
        else:
            return
        for id in receivers:
            if (id not in newer and self.values[id].kind not in ("param", "unknown")) or len(receivers) == 1:
                self.mark(id, "#new", newer)

    # -- the other statements ------------------------------------------------------------------

    def do_store(self, op: Op, frame: _Frame) -> None:
        self.store(op.a, frame.registers.get(op.b, NONE), frame)

    def do_delete(self, op: Op, frame: _Frame) -> None:
        self.write((frame.id, op.a), NONE)

    def do_setattr(self, op: Op, frame: _Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        ids = frame.registers.get(op.c, NONE)
        for id in bases:
            if id in self.objects or id in self.class_frames or self.values[id].kind == "param":
                key = (id, "." + op.b)
                old = self.state.get(key, NONE) if len(bases) > 1 else NONE
                self.mark(id, "." + op.b, limited(old | ids))
            else:
                self.changed(frozenset({id}), ids, op.b, op, frame)

    def do_setitem(self, op: Op, frame: _Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        self.changed(bases, frame.registers.get(op.b, NONE), op.c, op, frame)

    def changed(self, bases: Ids, ids: Ids, key: Any, op: Op, frame: _Frame) -> None:
        """`bases[key] = ids`: everyone who holds one of the bases now sees the update."""
        bases = self.current(bases)
        value = self.value(frame, op, "update", key)
        self.fill(value, "self", bases)
        self.fill(value, "value", ids)
        value.type = value.type or self.type_of(bases)
        value.count = int(any(self.holds(id) for id in bases))
        for id in bases:
            if id != value.id:
                old = self.state.get((id, "#new"), NONE) if len(bases) > 1 else NONE
                self.mark(id, "#new", old | {value.id})
        if (value.id, "#new") in self.state:
            self.write((value.id, "#new"), NONE)

    def holds(self, id: int) -> bool:
        """Whether this is a list or dict made in this file, also after changes in place."""
        value = self.values[id]
        return value.kind == "pack" or (value.kind == "update" and bool(value.count))

    def do_return(self, op: Op, frame: _Frame) -> bool:
        if op.a >= 0:
            frame.returns = limited(frame.returns | self.current(frame.registers.get(op.a, NONE)))
        return True

    def do_yield(self, op: Op, frame: _Frame) -> None:
        frame.yields = limited(frame.yields | self.current(frame.registers.get(op.a, NONE)))

    def do_if(self, op: Op, frame: _Frame) -> bool:
        arms: list[tuple[Block, ...]] = []
        keep = not op.b
        for test, body in op.a:
            # A test rarely changes anything: it is run in the state before all arms.
            self.block(test, frame)
            answer = self.answer(test, frame)
            if answer is not False:
                arms.append((body,))
            if answer is True:
                keep = False
                break
        else:
            if op.b:
                arms.append((op.b,))
        return self.branch(arms, frame, keep) if arms or keep else False

    def answer(self, test: Block, frame: _Frame) -> bool | None:
        """Whether `if fit:`, `if not fit:` or `if mode == "train":` holds for the argument of this very call.

        Only parameters are decided: a flag of the whole file is there to be flipped.
        """
        if not test or frame.code is None:
            return None
        last = test[-1]
        first = test[0]
        if first.kind != "name" or first.a not in frame.code.params:
            return None
        value = self.single(frame.registers.get(first.out, NONE))
        if value is None or value.kind in ("param", "unknown"):
            return None
        given = value.detail if value.kind == "const" else ...
        if last is first:
            return bool(given) if given is not ... else None
        if last.kind != "mix":
            return None
        if last.a == "not" and last.b == (first.out,):
            return not given if given is not ... else None
        if (
            last.a == "compare"
            and last.c in ("==", "!=", "is", "is not")
            and len(last.b) == 2
            and last.b[0] == first.out
        ):
            other = self.single(frame.registers.get(last.b[1], NONE))
            if other is None or other.kind != "const":
                return None
            if given is ...:
                same = False if other.detail is None and value.kind in ("call", "object", "pack") else None
            else:
                same = given == other.detail
            return same if same is None or last.c in ("==", "is") else not same
        return None

    def single(self, ids: Ids) -> Value | None:
        return self.values[next(iter(ids))] if len(ids) == 1 else None

    def do_loop(self, op: Op, frame: _Frame) -> bool:
        for _ in range(2):
            self.branch([(op.a, op.b)], frame, keep=True)
        return self.block(op.c, frame) if op.c else False

    def do_try(self, op: Op, frame: _Frame) -> bool:
        rest, final = op.c
        if not op.b:
            ended = self.block(op.a, frame) or self.block(rest, frame)
        else:
            # A handler may start from any state inside the body; body and handlers are joined.
            arms: list[tuple[Block, ...]] = [(op.a, rest)]
            arms += [(handler,) for handler in op.b]
            ended = self.branch(arms, frame, keep=False)
        return self.block(final, frame) or ended

    def do_function(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "function", op.a.name)
        value.name = op.a.name
        self.functions[value.id] = (op.a, frame, frame.base)
        self.defaults[value.id] = {name: frame.registers.get(given, NONE) for name, given in op.a.defaults}
        frame.registers[op.out] = value.only

    def do_class(self, op: Op, frame: _Frame) -> None:
        value = self.value(frame, op, "class", op.a)
        for register in op.b:
            self.fill(value, "bases", value.slots.get("bases", NONE) | frame.registers.get(register, NONE))
        inner = self.class_frames.get(value.id)
        if inner is None:
            key = (frame.id, frame.base, op.out, "class")
            inner = self.class_frames[value.id] = self.frame(key, frame, None, frame.base, "class")
            self.made_here.add(value.id)
        inner.base = frame.base
        self.block(op.c, inner)
        frame.registers[op.out] = value.only


PAIRED, SPREAD, GROWN, PARAM = 1_000_000, 2_000_000, 3_000_000, 8_000_000
"""Offsets of the keys of further values of one operation; a chunk has far fewer registers."""


def limited(ids: Ids) -> Ids:
    return ids if len(ids) <= MAX_SET else frozenset(sorted(ids)[-MAX_SET:])


WORTH = (
    FIT_METHODS
    | TRANSFORM_METHODS
    | PREDICT_METHODS
    | EVALUATE_METHODS
    | {name.rpartition(".")[2] for name in (*BUILTIN.splitters, *BUILTIN.resamplers)}
    | {
        "fillna",
        "groupby",
        "mean",
        "median",
        "quantile",
        "rank",
        "resample",
        "rolling",
        "sample",
        "shift",
        "std",
    }
)
"""Words that make a function worth running when nobody in its file calls it."""

CALLBACKS = frozenset({"agg", "apply", "applymap", "map", "pipe", "transform"})
"""Methods that call the function they are given with (parts of) their receiver."""

GROWS = {"append": "0", "extend": "0", "add": "0", "insert": "1", "update": "0", "appendleft": "0"}
"""Methods that put their argument into their receiver -> which argument."""

STAR_TABLES = (
    BUILTIN.transformers, BUILTIN.splitters, BUILTIN.estimators, BUILTIN.resamplers, BUILTIN.pipelines,
    BUILTIN.cross_validators, BUILTIN.random, BUILTIN.metrics,
)  # fmt: skip
"""What a star import may give us."""

HANDLERS: dict[str, Any] = {
    name[3:]: getattr(_Interpreter, name) for name in dir(_Interpreter) if name.startswith("do_")
}
