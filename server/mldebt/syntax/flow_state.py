"""What holds at one moment of a run: names, changes in place, and the joining of branches.

`state` maps (frame, name) to values, and (value, mark) to what was done to that
object. A branch works on the one state and notes in a journal what it
overwrites, so that taking it back costs what the branch changed and no copy is made.
"""

from __future__ import annotations

from mldebt.syntax.flow_ops import Block, Code, Op
from mldebt.syntax.flow_values import NONE, Ids, Value, limited
from mldebt.typed import Any


class Frame:
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
        parent: Frame | None,
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


class State:
    """The state of one run, and how values are made and filled."""

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
        self.functions: dict[int, tuple[Code, Frame, int]] = {}
        self.defaults: dict[int, dict[str, Ids]] = {}
        self.class_frames: dict[int, Frame] = {}
        self.objects: dict[int, int] = {}
        """object value -> class value."""
        self.called: set[int] = set()
        """Offsets of functions that were run."""
        self.named_inside: set[int] = set()
        """Values whose `variable` is the name that a function gave them."""
        self.origins: dict[int, int] = {}
        """Value made by a change in place -> the object it is a version of."""
        self.taken: set[tuple[int, int]] = set()
        """(offset of an `if`, arm) that some call of its function runs; arm -1 for all of them."""
        self.untaken: dict[tuple[int, int], tuple[int, Block]] = {}
        """(offset of an `if`, arm) that some call skips -> offset of the function, body."""
        self.running: list[tuple[int, str]] = []
        self.stars: list[str] = []
        self.constants: dict[Any, Ids] = {}
        """Equal literals are one value."""
        self.unbound: dict[str, Value] = {}
        self.worthy: tuple[int, set[Any]] = (-1, set())
        self.marked: set[int] = set()
        """Values that have any "#new", "#fit" or ".attribute" in the state."""
        self.attributed: set[int] = set()
        """Values that have any ".attribute" in the state."""
        self.receivers: dict[int, Ids] = {}
        """Method call -> every base its callee was taken from."""
        self.made_here: set[int] = set()
        """Classes of this file, and objects of them."""
        self.steps = 0
        self.nesting = 0

    def frame(self, key: Any, parent: Frame | None, code: Code | None, base: int, kind: str) -> Frame:
        """A frame; the same key gives the same frame number, and so the same values, again."""
        id = self.frames.setdefault(key, len(self.frames))
        return Frame(id, parent, code, base, kind, self.known.setdefault(id, {}))

    def block(self, block: Block, frame: Frame) -> bool:
        """Run the operations; returns whether control does not go on after them."""
        raise NotImplementedError  # flow.py

    def class_of(self, frame: Frame) -> int | None:
        if frame.kind != "class":
            return None
        return next((id for id, known in self.class_frames.items() if known is frame), None)

    def write(self, key: Any, ids: Ids) -> None:
        if self.journal:
            self.journal[-1].setdefault(key, self.state.get(key))
        self.state[key] = ids

    def branch(self, block_lists: list[tuple[Block, ...]], frame: Frame, keep: bool) -> bool:
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
        seen = set(ids)
        stack = list(ids)
        while stack:
            id = stack.pop()
            newer = state.get((id, "#new"))
            if newer:
                more = newer - seen
                if more:
                    seen |= more
                    stack += more
            else:
                found.add(id)
        if found:
            return limited(frozenset(found))
        # Two changes in a loop, each the next version of the other: both, but not what they started from.
        latest = {max(seen)}
        stack = list(latest)
        while stack:
            more = state.get((stack.pop(), "#new"), NONE) - latest
            latest |= more
            stack += more
        return limited(frozenset(latest))

    def read(self, name: str, frame: Frame) -> Ids | None:
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
        at: Frame | None = frame
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

    def store(self, name: str, ids: Ids, frame: Frame) -> None:
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
                if frame.code is not None:
                    self.named_inside.add(id)
            elif frame.code is None and id in self.named_inside:
                # What a function calls `X_test` is what its caller says it is.
                value.variable = name
                self.named_inside.discard(id)

    def value(self, frame: Frame, op: Op, kind: str, detail: Any = None, extra: int = 0) -> Value:
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

    def one_literal(self, ids: Ids) -> Any:
        if len(ids) == 1:
            value = self.values[next(iter(ids))]
            if value.kind == "const":
                return value.detail
        return None

    def single(self, ids: Ids) -> Value | None:
        return self.values[next(iter(ids))] if len(ids) == 1 else None

    def holds(self, id: int) -> bool:
        """Whether this is a list or dict made in this file, also after changes in place."""
        value = self.values[id]
        return value.kind == "pack" or (value.kind == "update" and bool(value.count))
