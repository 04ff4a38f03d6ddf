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

from weakref import WeakKeyDictionary

from mldebt.knowledge import BUILTIN
from mldebt.knowledge.words import EVALUATE_METHODS, FIT_METHODS, PREDICT_METHODS, TRANSFORM_METHODS
from mldebt.syntax.flow_calls import MAX_STEPS, Calls
from mldebt.syntax.flow_code import code_of, code_of_tree, words_of
from mldebt.syntax.flow_ops import Block, Op
from mldebt.syntax.flow_state import Frame
from mldebt.syntax.flow_values import NONE, Flow, Ids, limited
from mldebt.syntax.module import Module
from mldebt.typed import Any

MAX_NESTING = 60
# Blocks open at once over all followed calls: keeps us far from Python's own recursion limit.

WORTH = (
    FIT_METHODS
    | TRANSFORM_METHODS
    | PREDICT_METHODS
    | EVALUATE_METHODS
    | {name.rpartition(".")[2] for name in (*BUILTIN.splitters, *BUILTIN.resamplers)}
    | {
        "fillna",
        "groupby",
        "hash",
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

_FLOWS: WeakKeyDictionary[Module, Flow] = WeakKeyDictionary()


def flow_of(module: Module) -> Flow:
    """The flow of this module; made once, when the first rule asks."""
    flow = _FLOWS.get(module)
    if flow is None:
        flow = _FLOWS[module] = _Interpreter().run(module)
    return flow


class _Interpreter(Calls):
    def run(self, module: Module) -> Flow:
        top = self.frame((), None, None, 0, "module")
        open_class: Frame | None = None
        for chunk, start in module.placed:
            block = chunk.memo.get("flow")
            if block is None:
                tree = module.trees.get((chunk.owner, chunk.text))
                block = (
                    code_of_tree(chunk.text, chunk.owner, tree) if tree else code_of(chunk.text, chunk.owner)
                )
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
        self.run_untaken()
        names = {key[1]: ids for key, ids in self.state.items() if key[0] == 0 and key[1][0] not in ".#"}
        return Flow(self.values, names, self.steps > MAX_STEPS)

    def last_class(self, block: Block, base: int) -> Frame | None:
        for op in reversed(block):
            if op.kind == "class":
                value = self.known[0].get((base << 24) + op.out)
                return self.class_frames.get(value.id) if value else None
        return None

    def run_uncalled(self, top: Frame) -> None:
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

    def note_arms(self, op: Op, frame: Frame, skipped: list[Block]) -> None:
        """Remember which arms of an `if` of a function are run by any call, and which are not."""
        at = frame.base + op.start
        if not skipped:
            self.taken.add((at, -1))  # all of them
            return
        assert frame.code is not None
        for place, body in enumerate((*(body for _, body in op.a), op.b)):
            if any(body is one for one in skipped):
                self.untaken.setdefault((at, place), (frame.base + frame.code.start, body))
            else:
                self.taken.add((at, place))

    def run_untaken(self) -> None:
        """Functions with a branch that none of their calls in this file takes, with unknown parameters.

        What `standardize=True` does is written here, whoever asks for it. Methods are left alone: run once
        more on an object that has its attributes by now they would mean something else.
        """
        waiting: set[int] = set()
        for (at, place), (function, body) in self.untaken.items():
            if (at, -1) not in self.taken and (at, place) not in self.taken and function not in waiting:
                if not WORTH.isdisjoint(words_of(body)):
                    waiting.add(function)
        for id, (code, frame, base) in list(self.functions.items()) if waiting else ():
            if base + code.start in waiting and frame.kind != "class" and code.name != "<lambda>":
                waiting.remove(base + code.start)
                self.call_function(id, NONE, {}, ("alone", id), alone=True)

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

    def block(self, block: Block, frame: Frame) -> bool:
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

    def do_scope(self, op: Op, frame: Frame) -> None:
        for name in op.b:
            frame.globals[name] = op.a

    def do_store(self, op: Op, frame: Frame) -> None:
        self.store(op.a, frame.registers.get(op.b, NONE), frame)

    def do_delete(self, op: Op, frame: Frame) -> None:
        self.write((frame.id, op.a), NONE)

    def do_setattr(self, op: Op, frame: Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        ids = frame.registers.get(op.c, NONE)
        for id in bases:
            if id in self.objects or id in self.class_frames or self.values[id].kind == "param":
                key = (id, "." + op.b)
                self.attributed.add(id)
                old = self.state.get(key, NONE) if len(bases) > 1 else NONE
                self.mark(id, "." + op.b, limited(old | ids))
            else:
                self.changed(frozenset({id}), ids, op.b, op, frame)

    def do_setitem(self, op: Op, frame: Frame) -> None:
        bases = frame.registers.get(op.a, NONE)
        self.changed(bases, frame.registers.get(op.b, NONE), op.c, op, frame)

    def changed(self, bases: Ids, ids: Ids, key: Any, op: Op, frame: Frame) -> None:
        """`bases[key] = ids`: everyone who holds one of the bases now sees the update."""
        bases = self.current(bases)
        if len(bases) > 1 and len({self.origins.get(id, id) for id in bases}) > 1:
            self.each_changed(bases, ids, key, op, frame)
            return
        value = self.value(frame, op, "update", key)
        self.updated(value, bases, ids)
        self.same_object(value, bases)
        for id in bases:
            if id != value.id:
                self.mark(id, "#new", value.only)

    def do_return(self, op: Op, frame: Frame) -> bool:
        if op.a >= 0:
            frame.returns = limited(frame.returns | self.current(frame.registers.get(op.a, NONE)))
        return True

    def do_yield(self, op: Op, frame: Frame) -> None:
        frame.yields = limited(frame.yields | self.current(frame.registers.get(op.a, NONE)))

    def do_if(self, op: Op, frame: Frame) -> bool:
        arms: list[tuple[Block, ...]] = []
        keep = not op.b
        skipped: list[Block] = []
        for place, (test, body) in enumerate(op.a):
            # A test rarely changes anything: it is run in the state before all arms.
            self.block(test, frame)
            answer = self.answer(test, frame)
            (skipped if answer is False else arms).append(body if answer is False else (body,))
            if answer is True:
                keep = False
                skipped += [later for _, later in op.a[place + 1 :]]
                skipped.append(op.b)
                break
        else:
            if op.b:
                arms.append((op.b,))
        if frame.code is not None:
            self.note_arms(op, frame, skipped)
        return self.branch(arms, frame, keep) if arms or keep else False

    def answer(self, test: Block, frame: Frame) -> bool | None:
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

    def do_loop(self, op: Op, frame: Frame) -> bool:
        for _ in range(2):
            self.branch([(op.a, op.b)], frame, keep=True)
        return self.block(op.c, frame) if op.c else False

    def do_try(self, op: Op, frame: Frame) -> bool:
        rest, final = op.c
        if not op.b:
            ended = self.block(op.a, frame) or self.block(rest, frame)
        else:
            # A handler may start from any state inside the body; body and handlers are joined.
            arms: list[tuple[Block, ...]] = [(op.a, rest)]
            arms += [(handler,) for handler in op.b]
            ended = self.branch(arms, frame, keep=False)
        return self.block(final, frame) or ended

    def do_function(self, op: Op, frame: Frame) -> None:
        value = self.value(frame, op, "function", op.a.name)
        value.name = op.a.name
        self.functions[value.id] = (op.a, frame, frame.base)
        self.defaults[value.id] = {name: frame.registers.get(given, NONE) for name, given in op.a.defaults}
        frame.registers[op.out] = value.only

    def do_class(self, op: Op, frame: Frame) -> None:
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


HANDLERS: dict[str, Any] = {
    name[3:]: getattr(_Interpreter, name) for name in dir(_Interpreter) if name.startswith("do_")
}
