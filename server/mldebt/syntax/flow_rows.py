"""Rows: which values hold the same rows, a part of them, or more; and where they are split.

    rows = rows_of(module, knowledge)
    rows.exact(ids)      values all of whose rows these hold
    rows.wide(ids)       values these rows may come from
    rows.splits          where rows are divided into train and test parts
    rows.role(id)        "train", "test" or "" of a value that is such a part

`exact` follows what keeps every row (columns, arithmetic, `transform`) or adds
rows (`concat`); `wide` follows parts as well, and calls nobody knows. A part is
known by the call that made it; slices, masks and samples by their shape and by
the name of the variable they are stored in. Values are compared by identity:
two reads of one file are two sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from weakref import WeakKeyDictionary

from mldebt.knowledge import Knowledge
from mldebt.syntax.flow import flow_of
from mldebt.syntax.flow_gates import last_words
from mldebt.syntax.flow_parents import EACH, MAYBE, MORE, PARENTS, PART, SAME, role_of_name, sign_of
from mldebt.syntax.flow_values import NONE, Flow, Ids, Value
from mldebt.syntax.module import Module
from mldebt.typed import NamedTuple

EQUALS, HOLDS = frozenset({SAME}), frozenset({SAME, MORE})
COMES_FROM = frozenset({SAME, MORE, PART, MAYBE, EACH})
TAKEN = frozenset({SAME, MORE, PART})
TOGETHER = frozenset({SAME, MORE, PART, MAYBE})
COUNTS = frozenset({"arange", "linspace"})
"""Calls that count: halves of a count are no train and test part."""
ROWLESS = frozenset({"const", "global", "function", "class", "slice"})
"""Kinds of values that are never rows."""


class Split(NamedTuple):
    """Rows divided for evaluation."""

    kind: str
    """pairs, parts, dict, folds (as in `knowledge.splitters`), slices, names, or fit (`validation_split=`)."""
    call: Value
    """Where it happens: the splitting call, or the first part."""
    inputs: Ids
    """What is divided, target included."""
    train: Ids
    test: Ids


class Rows:
    """Questions about rows, memoised; made by `rows_of`."""

    def __init__(self, flow: Flow, knowledge: Knowledge) -> None:
        self.flow = flow
        self.knowledge = knowledge
        self._parents: dict[int, tuple[tuple[int, str], ...]] = {}
        self._roots: dict[int, Ids] = {}
        self._above: dict[frozenset[str], dict[int, tuple[int, ...]]] = {}
        """Relations -> value -> its parents by one of them."""
        self._twins: dict[int, int] = {}
        """A part of rows -> the first value that is the same part of the same rows."""
        self._made_of: dict[tuple[Ids, frozenset[str]], set[int]] = {}
        self._find_twins()

    def _find_twins(self) -> None:
        """`df.loc[train_rows]` here and there is one row set.

        Most subscripts take columns, or are the only ones with their key: only the others ask
        for the row sets of what they are taken from, in the order the values were made.
        """
        alike: dict[tuple[object, ...], list[Value]] = {}
        for value in self.flow.values:
            if value.kind == "index" and any(kind == PART for _, kind in self._own_parents(value)):
                alike.setdefault(sign_of(self, value.slots.get("key", NONE)), []).append(value)
        groups = {value.id: group for group in alike.values() if len(group) > 1 for value in group}
        firsts: dict[tuple[int, Ids], int] = {}
        for id in sorted(groups):
            group = groups[id]
            bases = NONE.union(
                *(
                    self._root_set(parent)
                    for parent, kind in self._own_parents(self.flow[id])
                    if kind == PART and parent < id
                )
            )
            twin = firsts.setdefault((group[0].id, bases), id) if bases else id
            if twin != id:
                self._twins[id] = twin
                self._parents[id] = (*self._parents[id], (twin, SAME))

    def _root_set(self, id: int) -> Ids:
        """The oldest values with the rows of this one; only older values are asked."""
        roots = self._roots
        stack = [id]
        while stack:
            at = stack[-1]
            if at in roots:
                stack.pop()
                continue
            value = self.flow.values[at]
            twin = self._twins.get(at)
            older = [twin] if twin is not None else self._same_before(value)
            missing = [other for other in older if other not in roots]
            if missing:
                stack += missing
                continue
            own = NONE.union(*(roots[other] for other in older))
            roots[at] = own or frozenset({at})
            stack.pop()
        return roots[id]

    def _same_before(self, value: Value) -> list[int]:
        """Older values that hold exactly the rows of this one; the receiver or first argument before others."""
        found = self._own_parents(value)
        main = value.slots.get("self") or value.slots.get("0") or NONE
        same = [id for id, relation in found if relation == SAME and id in main]
        same = same or [id for id, relation in found if relation == SAME]
        return [id for id in same if id < value.id]

    def parents(self, id: int) -> tuple[tuple[int, str], ...]:
        """(value, relation) of the values this one takes its rows from."""
        known = self._parents.get(id)
        return known if known is not None else self._own_parents(self.flow.values[id])

    def _own_parents(self, value: Value) -> tuple[tuple[int, str], ...]:
        known = self._parents.get(value.id)
        if known is None:
            handler = PARENTS.get(value.kind)
            values = self.flow.values
            known = self._parents[value.id] = (
                tuple(one for one in handler(self, value) if values[one[0]].kind not in ROWLESS)
                if handler
                else ()
            )
        return known

    def exact(self, ids: Iterable[int]) -> set[int]:
        """Values all of whose rows `ids` hold, `ids` included."""
        return self._closure(ids, HOLDS)

    def same(self, ids: Iterable[int]) -> set[int]:
        """Values that hold exactly the rows of `ids`."""
        return self._closure(ids, EQUALS)

    def wide(self, ids: Iterable[int]) -> set[int]:
        """Values the rows of `ids` may come from, `ids` included."""
        return self._closure(ids, COMES_FROM)

    def known(self, ids: Iterable[int]) -> set[int]:
        """Values the rows of `ids` surely come from: `wide` without the calls nobody knows."""
        return self._closure(ids, TAKEN)

    def together(self, ids: Iterable[int]) -> set[int]:
        """`wide`, but not what was made of one row or file at a time."""
        return self._closure(ids, TOGETHER)

    def _closure(self, ids: Iterable[int], relations: frozenset[str]) -> set[int]:
        above = self._above.setdefault(relations, {})
        seen = set(ids)
        stack = list(seen)
        while stack:
            id = stack.pop()
            found = above.get(id)
            if found is None:
                found = above[id] = tuple(
                    parent for parent, relation in self.parents(id) if relation in relations
                )
            for parent in found:
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        return seen

    def made_of(self, ids: Ids, skip: frozenset[str] = frozenset({"func", "state"})) -> set[int]:
        """Everything these values are made of, but not the callees and what their objects learned."""
        known = self._made_of.get((ids, skip))
        if known is None:
            known = self._made_of[ids, skip] = self.flow.back(ids, skip)
        return known

    # -- parts ---------------------------------------------------------------------------------

    def role(self, id: int) -> str:
        """`train` or `test` (validation too) of a value that a split made; "" for others."""
        return self.roles.get(id, "")

    @cached_property
    def roles(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for split in self.splits:
            if split.kind == "slices" and self.is_joined(split.inputs):
                continue  # a train and a test file taken apart again: nobody is judged on the test part
            found.update(dict.fromkeys(split.train, "train"))
            found.update(dict.fromkeys(split.test, "test"))
        return found

    def is_joined(self, ids: Iterable[int]) -> bool:
        """Whether these rows, or more rows they were cleaned from, are a train and a test source put together."""
        stack, seen = list(ids), set(ids)
        while stack:
            value = self.flow[stack.pop()]
            below = []
            cleans = value.name in ("dropna", "drop", "query") or not (
                role_of_name(value.variable) or self.row_slice(value)
            )
            for parent, relation in self.parents(value.id):
                if relation == MORE:
                    below.append(parent)
                elif parent not in seen and (relation == SAME or (relation == PART and cleans)):
                    seen.add(parent)
                    stack.append(parent)
            sides = {self.named_side({parent}) for parent in below}
            if len(below) > 1 and "test" in sides and len(sides) > 1:
                return True
        return False

    def named_side(self, ids: Iterable[int]) -> str:
        """`train` or `test` if the variables and files these very rows come from say only one of them."""
        found = set()
        for id in self.same(ids):
            value = self.flow[id]
            role = role_of_name(value.variable)
            if not role and value.kind == "call" and (first := self.flow.literal(value.slots.get("0", NONE))):
                role = role_of_name(first.replace("/", "_")) if isinstance(first, str) else ""
            if role:
                found.add("train" if role == "train" else "test")
        return found.pop() if len(found) == 1 else ""

    def side(self, ids: Iterable[int]) -> str:
        """The role of the first part among the values these hold the rows of; "" if there is none or both."""
        found = {role for id in self.same(ids) if (role := self.roles.get(id))}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def splits(self) -> list[Split]:
        """Every place where rows are divided, in the order they are reached."""
        found = [*self._called_splits(), *self._fold_splits(), *self._fit_splits()]
        made = {id for split in found for id in (*split.train, *split.test)}
        found += self._cut_splits(made)
        return sorted(found, key=lambda split: split.call.id)

    def splitter_of(self, value: Value) -> str:
        """What a splitting call gives: pairs, parts, dict, folds; "" for other calls."""
        for target in self.flow.targets(value):
            known = self.knowledge.get(self.knowledge.splitters, target)
            if known is not None and known.gives != "folds":
                return known.gives
            if target == "datasets.Dataset().train_test_split":
                return "dict"
        return ""

    def _called_splits(self) -> Iterable[Split]:
        flow = self.flow
        words = {"train_test_split", *last_words(self.knowledge.splitters)}
        for call in flow.calls():
            if call.name not in words and call.target.rpartition(".")[2] not in words:
                continue
            gives = self.splitter_of(call)
            if not gives:
                continue
            train: set[int] = set()
            test: set[int] = set()
            parts = [(call, part) for part in flow.users(call.id)]
            for _, part in parts:
                if part.kind == "element" and call.id in part.slots.get("self", NONE):
                    first = part.detail % 2 == 0 if gives == "pairs" else part.detail == 0
                    (train if first else test).add(part.id)
                elif part.kind == "index":
                    key = flow.literal(part.slots.get("key", NONE))
                    if key.__class__ is int:
                        first = key % 2 == 0 if gives == "pairs" else key == 0
                        (train if first else test).add(part.id)
                    elif key.__class__ is str:
                        (train if "train" in key else test).add(part.id)
            taken = self._taken_by(train), self._taken_by(test)
            inputs: Ids = call.slots.get("self", NONE) if gives == "dict" else NONE
            for ids in flow.args(call):
                inputs |= ids
            for name in ("arrays", "dataset", "X", "y", "*"):
                inputs |= call.slots.get(name, NONE)
            for id in (*taken[0], *taken[1]):
                inputs |= flow[id].slots.get("self", NONE)
            yield Split(gives, call, inputs, frozenset(train) | taken[0], frozenset(test) | taken[1])

    def _taken_by(self, parts: Iterable[int]) -> Ids:
        """`X[train_rows]`: rows taken by a part of the row numbers."""
        flow = self.flow
        return frozenset(
            user.id
            for part in parts
            for user in flow.users(part)
            if user.kind == "index" and part in user.slots.get("key", NONE)
        )

    def _fold_splits(self) -> Iterable[Split]:
        """`for train, test in folds.split(X)`: what `X[train]` and `X[test]` give."""
        flow = self.flow
        for call in flow.calls("split", "_iter_test_indices"):
            if not any(self.is_folds(id) for id in call.slots.get("self", NONE)):
                continue
            train, test = self.fold_parts(call)
            inputs = NONE
            for ids in flow.args(call)[:2]:
                inputs |= ids
            once = all(self.divides_once(id) for id in call.slots["self"])
            yield Split("parts" if once else "folds", call, inputs, train, test)

    def divides_once(self, id: int) -> bool:
        """`StratifiedShuffleSplit(n_splits=1)` makes one train and one test part."""
        folds = self.flow[id]
        return (
            folds.name.endswith("ShuffleSplit")
            and self.flow.literal(self.flow.arg(folds, 0, "n_splits")) == 1
        )

    def is_folds(self, id: int) -> bool:
        known = self.knowledge.get(self.knowledge.splitters, self.flow[id].type)
        return known is not None and known.gives == "folds"

    def fold_parts(self, call: Value) -> tuple[Ids, Ids]:
        flow = self.flow
        found: tuple[set[int], set[int]] = (set(), set())
        stack, seen = [call.id], {call.id}
        while stack:
            for user in flow.users(stack.pop()):
                if user.id in seen:
                    continue
                through = user.kind in ("item", "comp") or (user.kind == "call" and user.name in (
                    "next", "list", "enumerate", "tqdm", "zip", "tuple", "trange",
                ))  # fmt: skip
                if through:
                    seen.add(user.id)
                    stack.append(user.id)
                elif user.kind == "element":
                    seen.add(user.id)
                    if user.count == 2 and user.detail in (0, 1):
                        for used in flow.users(user.id):
                            if used.kind == "index" and user.id in used.slots.get("key", NONE):
                                found[user.detail].add(used.id)
                    stack.append(user.id)
        return frozenset(found[0]), frozenset(found[1])

    def _fit_splits(self) -> Iterable[Split]:
        """`model.fit(X, y, validation_split=0.2)` holds back its last rows."""
        for call in self.flow.calls("fit"):
            if "validation_split" in call.slots:
                share = self.flow.literal(call.slots["validation_split"])
                if share is ... or share:
                    inputs = self.flow.arg(call, 0, "x", "X")
                    yield Split("fit", call, inputs, NONE, NONE)

    def _cut_splits(self, made: set[int]) -> list[Split]:
        """Slices, masks and samples of the same rows that go to two variables, one to train and one to test."""
        flow = self.flow
        groups: dict[frozenset[int], dict[str, list[int]]] = {}
        divided: dict[frozenset[int], Ids] = {}
        at: dict[frozenset[int], dict[str, set[object]]] = {}
        for value in flow.values:
            if value.id in made or value.kind not in ("index", "call"):
                continue
            role = role_of_name(value.variable)
            bound: object = None
            if not role and value.kind == "index":
                role, bound = self.shape_role(value)
            if not role:
                continue
            bases = frozenset(parent for parent, relation in self.parents(value.id) if relation == PART)
            if bases and not all(self.flow[base].name in COUNTS for base in bases):
                root = frozenset(self.roots(bases))
                side = "train" if role == "train" else "test"
                groups.setdefault(root, {}).setdefault(side, []).append(value.id)
                divided[root] = divided.get(root, NONE) | bases
                at.setdefault(root, {}).setdefault(side, set()).add(bound)
        found = []
        for root, sides in groups.items():
            if "train" in sides and "test" in sides and self.adjoin(*at[root].values()):
                first = flow[min(sides["train"] + sides["test"])]
                found.append(
                    Split("slices", first, divided[root], frozenset(sides["train"]), frozenset(sides["test"]))
                )
        return found

    def adjoin(self, some: set[object], others: set[object]) -> bool:
        """Whether two sides are named, or one ends where the other begins: `x[:3]` and `x[-5:]` cut texts."""
        return None in some or None in others or not some.isdisjoint(others)

    def roots(self, ids: Iterable[int]) -> set[int]:
        """The oldest values with these rows: a name for the row set."""
        return {root for id in ids for root in self._root_set(id)}

    def shape_role(self, value: Value) -> tuple[str, object]:
        """`X[:n]` is the train part, `X[n:]` the test part; and what n is."""
        bounds = self.row_slice(value)
        if bounds is None or ("upper" in bounds.slots) == ("lower" in bounds.slots):
            return "", None
        side, role = ("upper", "train") if "upper" in bounds.slots else ("lower", "test")
        return role, sign_of(self, bounds.slots[side], depth=6)

    def row_slice(self, value: Value) -> Value | None:
        """The slice of rows in `X[a:b]` or `X[a:b, :]`."""
        for key in self.flow.all(value.slots.get("key", NONE)):
            if key.kind == "const":
                continue
            if key.kind == "pack" and key.detail == "tuple":
                key = next(self.flow.all(key.slots.get("0", NONE)), key)
            if key.kind == "slice" and ("lower" in key.slots or "upper" in key.slots):
                return key
        return None


_ROWS: WeakKeyDictionary[Module, Rows] = WeakKeyDictionary()


def rows_of(module: Module, knowledge: Knowledge) -> Rows:
    """The rows of this module's flow; made once."""
    rows = _ROWS.get(module)
    if rows is None or rows.knowledge is not knowledge:
        rows = _ROWS[module] = Rows(flow_of(module), knowledge)
    return rows
