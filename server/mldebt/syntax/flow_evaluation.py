"""Expressions but calls: what names, attributes, subscripts and containers give.

Containers of this file are looked into (`parts[0]`, `for a, b in zip(x, y)`); of
everything else there is a value that remembers what it was taken from.
"""

from __future__ import annotations

import builtins

from mldebt.knowledge import BUILTIN, TERMINALS, canonical, result
from mldebt.syntax.flow_ops import Op
from mldebt.syntax.flow_state import Frame, State
from mldebt.syntax.flow_values import NONE, Ids, Value, limited
from mldebt.typed import Any

BUILTIN_NAMES = frozenset(dir(builtins))

STAR_TABLES = (
    BUILTIN.transformers, BUILTIN.splitters, BUILTIN.estimators, BUILTIN.resamplers, BUILTIN.pipelines,
    BUILTIN.cross_validators, BUILTIN.random, BUILTIN.metrics,
)  # fmt: skip
"""What a star import may give us."""

PAIRED, SPREAD, GROWN, PARAM = 1_000_000, 2_000_000, 3_000_000, 8_000_000
"""Offsets of the keys of further values of one operation; a chunk has far fewer registers."""


class Evaluation(State):
    def do_const(self, op: Op, frame: Frame) -> None:
        key = (op.a.__class__, op.a)
        ids = self.constants.get(key)
        if ids is None:
            value = self.value(frame, op, "const", op.a)
            ids = self.constants[key] = frozenset({value.id})
        frame.registers[op.out] = ids

    def do_name(self, op: Op, frame: Frame) -> None:
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

    def do_import(self, op: Op, frame: Frame) -> None:
        value = self.value(frame, op, "global", op.a)
        value.target = canonical(op.b)
        self.store(op.a, value.only, frame)

    def do_star(self, op: Op, frame: Frame) -> None:
        self.stars.append(op.a)

    def do_attr(self, op: Op, frame: Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        if bases.isdisjoint(self.attributed) and bases.isdisjoint(self.made_here):
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
        value.target, of_type = self.target_of(bases, name)
        if of_type:
            value.type = result(value.target)
            if value.type == value.target:
                value.type = ""

    def target_of(self, bases: Ids, name: str) -> tuple[str, bool]:
        """The target of `base.name` for the first base that says, and whether it is the base's type that does."""
        for id in sorted(bases) if len(bases) > 1 else bases:
            base = self.values[id]
            if base.type:
                return canonical(f"{base.type}.{name}"), True
            if base.kind in ("global", "attr") and base.target:
                return canonical(f"{base.target}.{name}"), False
        return "", False

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

    def do_index(self, op: Op, frame: Frame) -> None:
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

    def do_slice(self, op: Op, frame: Frame) -> None:
        value = self.value(frame, op, "slice")
        for name, register in zip(("lower", "upper", "step"), op.a, strict=True):
            if register >= 0:
                self.fill(value, name, frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_pack(self, op: Op, frame: Frame) -> None:
        value = self.value(frame, op, "pack", op.a)
        self.fresh(value)
        value.count = len(op.b)
        for place, register in enumerate(op.b):
            key = place if op.a != "dict" else op.c[place]
            self.fill(value, "**" if key is None else str(key), frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_comp(self, op: Op, frame: Frame) -> None:
        value = self.value(frame, op, "comp", op.c)
        self.fill(value, "value", frame.registers.get(op.a, NONE))
        for register in op.b:
            self.fill(value, "iter", value.slots.get("iter", NONE) | frame.registers.get(register, NONE))
        frame.registers[op.out] = value.only

    def do_mix(self, op: Op, frame: Frame) -> None:
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

    def do_join(self, op: Op, frame: Frame) -> None:
        found: Ids = NONE
        for register in op.b:
            found |= frame.registers.get(register, NONE)
        frame.registers[op.out] = limited(found)

    def do_item(self, op: Op, frame: Frame) -> None:
        frame.registers[op.out] = self.items(frame, op, frame.registers.get(op.a, NONE))

    def items(self, frame: Frame, op: Op, ids: Ids, extra: int = 0) -> Ids:
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

    def do_element(self, op: Op, frame: Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        frame.registers[op.out] = self.current(self.elements(frame, op, bases, op.b, op.c))

    def elements(self, frame: Frame, op: Op, ids: Ids, index: int, count: int) -> Ids:
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

    def paired(self, frame: Frame, op: Op, item: Value, index: int) -> Ids | None:
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
