"""The shapes of table entries: small named tuples with the few questions one may ask them.

An argument's value reaches them as a literal, or as any other object when it
is not one. "Not a literal" answers None: unknown is clean.
"""

# No `from __future__ import annotations` here: NamedTuple compiles every annotation
# that is a string, which was half of this package's import time.
from collections.abc import Mapping

from mldebt.typed import Literal, NamedTuple

LITERALS = (str, int, float, bytes, tuple, list, dict, set, frozenset, complex, type(None))


def words(text: str) -> frozenset[str]:
    """The words of a block of text; long lists of names read better so."""
    return frozenset(text.split())


class PathArg(NamedTuple):
    """Where a callable takes its path: position (0-based, -1 when keyword only) and keyword ("" if none)."""

    position: int
    keyword: str


class Pretrained(NamedTuple):
    """Where a callable takes the hub id of what it downloads, and the parameter that pins it."""

    position: int
    keyword: str
    revision: str = "revision"
    """"" when only the id itself can name a version (`torch.hub.load("owner/repo:tag")`)."""


class ParamDict(NamedTuple):
    """Where a callable takes a dictionary of hyperparameters, and whose signature lists its keys."""

    position: int
    keyword: str
    keys: str
    """A key of `Knowledge.hyperparameters`, such as `xgboost.params`."""


class Splitter(NamedTuple):
    """What a split gives, and in which order it takes the rows."""

    gives: Literal["pairs", "parts", "folds", "dict"]
    """pairs: `f(X, y)` gives X_train, X_test, y_train, y_test; parts: one part for each
    requested share; folds: an object or iterator of index pairs; dict: parts by name."""
    order: Literal["random", "time", "group", "kept"]
    """random: shuffles unless told otherwise; time: never looks ahead; group: keeps each
    group whole; kept: contiguous unless told to shuffle."""


class Randomness(NamedTuple):
    """How a callable is random, and what makes it repeatable."""

    seeds: tuple[str, ...]
    """Parameters that take the seed; the first is the usual one. Empty: only a global seed helps."""
    position: int = -1
    """Position of the first seed parameter where positional use is common, else -1."""
    slot: str = ""
    """The parameter that decides whether it is random at all; "" when it always is."""
    values: tuple[object, ...] = ()
    """It is random when `slot` has one of these values …"""
    default: object = None
    """… and this is the value when the call does not give `slot`."""
    family: str = ""
    """The global generator it uses without a seed ("numpy", "torch", …); "" when no global seed helps."""

    def is_random(self, given: Mapping[str, object]) -> bool | None:
        """Whether a call with these arguments (name -> literal, see `Knowledge.bind`) is random.

        None when it depends on an argument that is not a literal.
        """
        if not self.slot:
            return True
        value = given.get(self.slot, self.default)
        if not isinstance(value, LITERALS):
            return None
        return value in self.values

    def is_seeded(self, given: Mapping[str, object]) -> bool:
        """Whether one of the seed parameters is given something other than None."""
        return any(given.get(seed) is not None for seed in self.seeds)


class UnsafeLoader(NamedTuple):
    """A loader that can run code from the file it reads."""

    path: PathArg
    slot: str = ""
    """The parameter that decides; "" when loading is always unsafe."""
    unsafe: object = True
    """The value of `slot` that makes it unsafe."""
    default: object = None
    """The value of `slot` when the call does not give it …"""
    package: str = ""
    since: tuple[int, ...] = ()
    new_default: object = None
    """… and, from version `since` of `package`, this one."""

    def is_unsafe(self, given: Mapping[str, object], version: tuple[int, ...] | None = None) -> bool | None:
        """Whether a call with these arguments can run code from the file.

        `version` is the resolved version of `package`, or None. The answer is
        None when it depends on the version and that is unknown, or on an
        argument that is not a literal.
        """
        if not self.slot:
            return True
        value = given.get(self.slot)
        if value is not None:
            return value == self.unsafe if isinstance(value, LITERALS) else None
        before = self.default == self.unsafe
        if not self.since:
            return before
        after = self.new_default == self.unsafe
        if version is None:
            return before if before == after else None
        return after if version >= self.since else before


class Signature(NamedTuple):
    """The parameters of a callable, without `self`."""

    names: tuple[str, ...]
    """In order; parameters from index `positional` on are keyword only."""
    positional: int
    defaults: Mapping[str, object]
    """Parameter -> the library's default; a parameter without one is absent, one whose
    default is no literal has `...`."""

    def at(self, index: int) -> str:
        """The parameter that takes the positional argument `index`, or ""."""
        return self.names[index] if 0 <= index < self.positional else ""
