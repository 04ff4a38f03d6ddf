"""What is random, what makes it repeatable, and which calls seed everything.

`is_random` of an entry says under which arguments it is random at all.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import Randomness

_STATE = ("random_state",)

RANDOM: dict[str, Randomness] = {
    "sklearn.model_selection.KFold": Randomness(_STATE, 2, "shuffle", (True,), False),
    "sklearn.model_selection.train_test_split": Randomness(_STATE, -1, "shuffle", (True,), True),
}

GLOBAL_SEEDS: dict[str, tuple[str, ...]] = {
    "numpy.random.seed": ("numpy",),
    "random.seed": ("python",),
    "torch.manual_seed": ("torch",),
}
"""Call -> the generators it seeds: python, numpy, torch, tensorflow, jax, cupy."""

GLOBAL_DRAWS: dict[str, str] = {
    "numpy.random.rand": "numpy",
    "random.random": "python",
}
"""Calls that draw from a library's one global generator -> which."""
