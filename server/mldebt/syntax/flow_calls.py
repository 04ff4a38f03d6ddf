"""Calls: into this file's functions and classes, which are run, and into libraries, which are remembered.

A function's body runs once for each call, its arguments bound, to a small depth.
A library call is a value that holds its arguments; what it does to its receiver
(`inplace=True`, `append`, `fit`) is noted on the receiver.
"""

from __future__ import annotations

from mldebt.knowledge import result
from mldebt.knowledge.returns import FLUENT
from mldebt.knowledge.words import FIT_METHODS
from mldebt.syntax.flow_evaluation import GROWN, PARAM, SPREAD, Evaluation
from mldebt.syntax.flow_ops import Code, Op
from mldebt.syntax.flow_state import Frame
from mldebt.syntax.flow_values import NONE, Ids, Value, limited
from mldebt.text import Span
from mldebt.typed import Any

MAX_STEPS = 60_000
# Operations run for one file, about 1.5 us each: 0.1 s for the worst file. A notebook of
# 1,000 lines takes 5,000.
MAX_INLINE = 6
# Calls of local functions followed into each other.

CALLBACKS = frozenset({"agg", "apply", "applymap", "map", "pipe", "transform"})
"""Methods that call the function they are given with (parts of) their receiver."""

HANDED = frozenset({"agent", "fmin", "forest_minimize", "gp_minimize", "maximize", "minimize", "optimize"})
"""Calls that run the function they are given, with settings to try: what it reads is what holds here."""

GROWS = {"append": "0", "extend": "0", "add": "0", "insert": "1", "update": "0", "appendleft": "0"}
"""Methods that put their argument into their receiver -> which argument."""


class Calls(Evaluation):
    def do_call(self, op: Op, frame: Frame) -> None:
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
            elif value.kind == "attr" and value.detail == "fit_transform":
                given = self.fit_then_transform(value, op, frame)
            else:
                given = None
            if given is None:
                opaque.add(id)
            else:
                results |= given
        if opaque or not callees:
            results |= self.unknown_call(op, frame, frozenset(opaque))
        registers[op.out] = self.current(limited(frozenset(results)))

    def do_method(self, op: Op, frame: Frame) -> None:
        """`base.name(…)`. Only objects of this file, and those with attributes set, need the callee as a value."""
        bases = frame.registers.get(op.a, NONE)
        start, end, name, register = op.c
        offset = frame.base
        if not bases or not bases.isdisjoint(self.attributed) or not bases.isdisjoint(self.made_here):
            self.do_attr(Op("attr", register, start, end, op.a, name), frame)
            callee = frame.known.get((offset << 24) + register)
            earlier = frame.known.get((offset << 24) + op.out)
            if callee is not None and earlier is not None and earlier.id in self.receivers:
                self.fill(callee, "self", self.receivers[earlier.id])
            self.do_call(Op("call", op.out, op.start, op.end, register, op.b, (start, end)), frame)
            made = frame.known.get((offset << 24) + op.out)
            if callee is not None and made is not None:
                self.receivers[made.id] = callee.slots.get("self", NONE)
            return
        value = self.value(frame, op, "call", (start + offset, end + offset))
        self.fresh(value)
        value.name = name
        if not value.target:
            value.target = self.target_of(bases, name)[0]
        known = self.receivers.get(value.id)
        if known is not None and known != bases:
            bases = limited(known | bases)
        self.receivers[value.id] = bases
        found = self.opaque_call(value, bases, op, frame)
        frame.registers[op.out] = self.current(found)

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

    def fit_then_transform(self, value: Value, op: Op, frame: Frame) -> Ids | None:
        """`object.fit_transform(…)` where a class of this file inherits it from scikit-learn: its `fit`, then its `transform`."""
        found: Ids = NONE
        for id in sorted(value.slots.get("self", NONE)):
            owner = self.objects.get(id)
            if owner is None or not self.inherits(owner, "TransformerMixin"):
                return None
            for name in ("fit", "transform"):
                given: Ids | None = None
                for function in self.class_member(owner, name) or ():
                    if function in self.functions:
                        given = self.follow(function, frozenset({id}), op, frame)
                if given is None:
                    return None
            found |= given or NONE
        return found or None

    def inherits(self, owner: int, base: str) -> bool:
        """Whether a class of this file, or one it is made from, has a base of this last word."""
        seen: set[int] = set()
        stack = [owner]
        while stack and len(seen) < 20:
            id = stack.pop()
            if id in seen:
                continue
            seen.add(id)
            bases = self.values[id].slots.get("bases", NONE)
            if any(self.values[one].target.endswith("." + base) for one in bases):
                return True
            stack.extend(bases)
        return False

    def arguments(self, op: Op, frame: Frame) -> dict[str, Ids]:
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

    def follow(self, function: int, receivers: Ids, op: Op, frame: Frame) -> Ids | None:
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

    def construct(self, owner: int, op: Op, frame: Frame) -> Ids:
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

    def unknown_call(self, op: Op, frame: Frame, callees: Ids) -> Ids:
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
        return self.opaque_call(value, receivers, op, frame)

    def opaque_call(self, value: Value, receivers: Ids, op: Op, frame: Frame) -> Ids:
        """What a call that is not followed gives, and does to its receivers."""
        receivers = self.current(receivers)
        for name, ids in self.arguments(op, frame).items():
            self.fill(value, name, ids)
        if value.name in CALLBACKS and receivers:
            self.call_back(value, receivers, op, frame)
        elif value.name in HANDED:
            self.run_handed(value, op, frame)
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

    def run_handed(self, call: Value, op: Op, frame: Frame) -> None:
        """`study.optimize(objective)` runs `objective` now, not at the end of the file."""
        for slot in (call.slots.get("0", NONE), call.slots.get("fn", NONE), call.slots.get("func", NONE)):
            for id in slot:
                if id not in self.functions:
                    continue
                code, _, base = self.functions[id]
                if (base + code.start, code.name) in self.running or len(self.running) >= MAX_INLINE:
                    continue
                self.call_function(id, NONE, {}, (frame.id, frame.base, op.out, id))

    def call_back(self, call: Value, receivers: Ids, op: Op, frame: Frame) -> None:
        """`df.apply(f)` runs `f` on its rows; what `f` gives is in the slot "result"."""
        for id in call.slots.get("0", NONE):
            if id not in self.functions:
                continue
            code, _, base = self.functions[id]
            if (base + code.start, code.name) in self.running or len(self.running) >= MAX_INLINE:
                continue
            key = (frame.id, frame.base, op.out, id)
            self.fill(call, "result", self.call_function(id, NONE, {"0": receivers}, key))

    def updated(self, value: Value, bases: Ids, ids: Ids) -> None:
        """Fill an update of `bases` by `ids`."""
        self.fill(value, "self", bases)
        self.fill(value, "value", ids)
        value.type = value.type or self.type_of(bases)
        value.count = int(any(self.holds(id) for id in bases))
        if (value.id, "#new") in self.state:
            self.write((value.id, "#new"), NONE)

    def same_object(self, version: Value, bases: Ids) -> None:
        """Note that a value is a later version of the one object its bases are, if they are one."""
        found = {self.origins.get(id, id) for id in bases}
        if len(found) == 1:
            self.origins[version.id] = found.pop()

    def each_changed(self, bases: Ids, ids: Ids, key: Any, op: Op, frame: Frame) -> None:
        """One of several objects is changed, nobody knows which: each gets its own update.

        `for df in (train, test): df["a"] = b` must not make one object of the two. What the branches of
        an `if` made of one object is one object: without that, every change doubles the next one's work.
        """
        start, end = op.start + frame.base, op.end + frame.base
        objects: dict[int, list[int]] = {}
        for id in sorted(bases):
            base = self.values[id]
            if base.kind == "update" and base.start == start and base.end == end:
                self.fill(base, "value", ids)  # a later turn of the loop
            else:
                objects.setdefault(self.origins.get(id, id), []).append(id)
        for origin, versions in objects.items():
            value = self.value(frame, op, "update", key, (origin + 1) << 64)
            self.updated(value, frozenset(versions), ids)
            self.origins[value.id] = origin
            for id in versions:
                if id != value.id:
                    self.mark(id, "#new", self.state.get((id, "#new"), NONE) | value.only)

    def column_in_place(self, call: Value, receivers: Ids, op: Op, frame: Frame) -> None:
        """`df["age"].fillna(0, inplace=True)` changes the frame its column was taken from."""
        owners: Ids = NONE
        key: Any = None
        for id in receivers:
            column = self.values[id]
            if column.kind == "index" or (column.kind == "attr" and column.detail not in ("loc", "iloc")):
                owners |= column.slots.get("self", NONE)
                key = (
                    self.one_literal(column.slots.get("key", NONE))
                    if column.kind == "index"
                    else column.detail
                )
        owners = self.current(owners)
        if owners:
            self.each_changed(owners, call.only, key if isinstance(key, str) else None, op, frame)

    def in_place(self, call: Value, receivers: Ids, op: Op, frame: Frame) -> None:
        """`df.dropna(inplace=True)` and `parts.append(x)` change their receiver."""
        if self.one_literal(call.slots.get("inplace", NONE)) is True:
            self.column_in_place(call, receivers, op, frame)
            if len({self.origins.get(id, id) for id in receivers}) > 1:
                self.each_changed(receivers, call.only, None, op, frame)
                return
            newer = call.only
            self.same_object(call, receivers)
        elif call.name in GROWS and (slot := call.slots.get(GROWS[call.name])):
            value = self.value(frame, op, "update", None, GROWN)
            self.fill(value, "self", receivers)
            self.fill(value, "value", slot)
            value.type = self.type_of(receivers)
            value.count = int(any(self.holds(id) for id in receivers))
            newer = frozenset({value.id})
            self.same_object(value, receivers)
        else:
            return
        for id in receivers:
            if (id not in newer and self.values[id].kind not in ("param", "unknown")) or len(receivers) == 1:
                self.mark(id, "#new", newer)
