"""One name for each thing: canonical targets, and what a call gives.

Total and fast: any text goes in, a dictionary look-up is the common case,
nothing raises. It knows names only; whether the name is what it seems to be
is the caller's question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from mldebt.knowledge.aliases import EXACT, FLAT_PACKAGES, FLAT_ROOTS, KEPT, PREFIXES
from mldebt.knowledge.returns import (
    ATTRIBUTES,
    FACTORIES,
    FLUENT,
    FRAME,
    FRAME_ATTRIBUTES,
    FRAME_PART,
    METHODS,
    NOT_FLUENT_ROOTS,
)

STEP = r"\(\)|\[\]|\.[^.()\[\]]*"
# A chain is a few names long; longer ones are generated code and not worth the walk.
MAX_STEPS = 60


@lru_cache(maxsize=16384)
def canonical(target: str) -> str:
    """The one name under which the tables know `target`.

    The leading dotted name loses its aliases, and what each call in the middle
    gives replaces it, so the last word always stands on a type:

    >>> canonical("tensorflow.keras.layers.core.Dense")
    'keras.layers.Dense'
    >>> canonical("sklearn.ensemble._forest.RandomForestClassifier")
    'sklearn.ensemble.RandomForestClassifier'
    >>> canonical("pandas.read_csv().dropna().sample")
    'pandas.DataFrame().sample'
    >>> canonical("sklearn.preprocessing.StandardScaler().fit().transform")
    'sklearn.preprocessing.StandardScaler().transform'

    Anything unknown comes back unchanged.
    """
    call, index = target.find("("), target.find("[")
    if call < 0 and index < 0:
        return _dotted(target)
    cut = min(call, index) if call >= 0 and index >= 0 else max(call, index)
    head = _dotted(target[:cut])
    if len(target) == cut + 2:
        return head + target[cut:]
    steps: list[str] = re.findall(STEP, target[cut:])
    if len(steps) > MAX_STEPS or sum(map(len, steps)) != len(target) - cut:
        return head + target[cut:]
    for step, after in pairwise(steps):
        if head == FRAME and step[0] == "." and after != "()" and step[1:] not in FRAME_ATTRIBUTES:
            head = FRAME_PART  # `df.amount.fillna`: a column by its name
        else:
            head = _value(head + step)
    return head + steps[-1]


@lru_cache(maxsize=16384)
def result(target: str) -> str:
    """The target of a value: what it is after the last call, `Class()` for an instance of a known class.

    >>> result("pandas.read_csv()")
    'pandas.DataFrame()'
    >>> result("sklearn.preprocessing.StandardScaler().fit()")
    'sklearn.preprocessing.StandardScaler()'
    >>> result("pandas.DataFrame()[]")
    ''
    >>> result("acme.thing()")
    'acme.thing()'

    "" says that several types are possible (a column or a frame); anything
    else that is unknown comes back with its aliases replaced.
    """
    value = _value(canonical(target))
    return "" if value == FRAME_PART else value


def method_of(target: str) -> tuple[str, str]:
    """The class and the method of a call on an instance, canonical; ("", "") for anything else.

    >>> method_of("sklearn.preprocessing.StandardScaler().fit_transform")
    ('sklearn.preprocessing.StandardScaler', 'fit_transform')
    >>> method_of("pandas.read_csv")
    ('', '')
    """
    receiver, _, method = canonical(target).rpartition(".")
    if receiver[-2:] == "()" and method[-1:] not in ")]":
        return receiver[:-2], method
    return "", ""


def last_word(target: str) -> str:
    """`fit` of `a.B().fit`, `B` of `a.B()`."""
    return target.rpartition(".")[2].rstrip("()[]")


def _value(target: str) -> str:
    """What a chain gives when everything before its last step is a type already."""
    if target[-2:] == "()":
        called = target[:-2]
        given = FACTORIES.get(called)
        if given is not None:
            return given
        receiver, _, method = called.rpartition(".")
        if receiver[-1:] in ")]":
            methods = METHODS.get(receiver)
            if methods is not None:
                return methods.get(method, target)
            if method in FLUENT and _is_fluent(receiver):
                return receiver
        elif method in CLASS_METHODS and receiver.rpartition(".")[2][:1].isupper():
            return receiver + "()"
        return target
    return ATTRIBUTES.get(target, target)


CLASS_METHODS = frozenset({"from_checkpoint", "from_pretrained", "load_from_checkpoint"})


def _is_fluent(receiver: str) -> bool:
    name = receiver[:-2]
    return (
        receiver[-2:] == "()"
        and name.partition(".")[0] not in NOT_FLUENT_ROOTS
        and name.rpartition(".")[2][:1].isupper()
    )


def _dotted(name: str) -> str:
    exact = EXACT.get(name)
    if exact is not None:
        return exact
    for _ in range(3):
        # A prefix may lead to a root with its own prefixes: tensorflow.keras -> keras.src.
        for old, new in PREFIXES.get(name.partition(".")[0], ()):
            if name.startswith(old) and name != old:
                name = new + name[len(old) :]
                break
        else:
            break
    exact = EXACT.get(name)
    if exact is not None:
        return exact
    if name.count(".") < 2:
        return name
    return EXACT.get(flat := _flat(name), flat)


def _flat(name: str) -> str:
    """The public name of a class in a package that re-exports it."""
    words = name.split(".")
    last = words[-1]
    root = words[0]
    package = f"{root}.{words[1]}"
    if len(words) > 3:
        inner = f"{package}.{words[2]}"
        if inner in KEPT:
            return f"{inner}.{last}"
        if package in FLAT_PACKAGES and last[:1].isupper():
            return f"{package}.{last}"
    if package in KEPT or package in FLAT_PACKAGES:
        return name
    if root in FLAT_ROOTS and last[:1].isupper():
        return f"{root}.{last}"
    if last in CLASS_METHODS:
        return f"{_dotted(name.rpartition('.')[0])}.{last}"
    if any(word[:1] == "_" for word in words[1:-1]):
        return ".".join([root, *(word for word in words[1:-1] if word[:1] != "_"), last])
    return name
