"""Seeds of loader workers across files: through imports and `partial`, and only where the data draws from them."""

from __future__ import annotations

import pytest

from examples import check, config_for

UTILS = """
import random

import numpy as np


def init(worker_id, seed=0):
    np.random.seed(seed + worker_id)
"""
DATA = """
import numpy as np
from torch.utils.data import Dataset


class Crops(Dataset):
    def __getitem__(self, index):
        return self.images[index][np.random.randint(32) :]
"""
TRAIN = """
from functools import partial

from torch.utils.data import DataLoader

from data import Crops
from utils import init

loader = DataLoader(Crops(), shuffle=True, num_workers=4, worker_init_fn=partial(init, seed=3))
"""
KEPT = """
import numpy as np
from torch.utils.data import Dataset


class Crops(Dataset):
    def __init__(self):
        self.rng = np.random.RandomState(0)

    def __getitem__(self, index):
        return self.images[index][self.rng.randint(32) :]
"""
PLAIN = """
from torch.utils.data import DataLoader

from data import Crops

loader = DataLoader(Crops(), shuffle=True, num_workers=4)
"""


def said(**files: str) -> list[str]:
    found = check({f"{name}.py": text for name, text in files.items()}, config_for("dataloader-randomness"))[
        0
    ]
    return [finding.path for finding in found]


def test_a_seed_in_another_file_is_told_where_it_is_set() -> None:
    assert said(utils=UTILS, data=DATA, train=TRAIN) == ["utils.py"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("np.random.randint(32)", "random.randrange(32)"),  # another generator than the one that is seeded
        ("num_workers=4", "num_workers=0"),
        ("shuffle=True", "shuffle=False"),
        ("loader = ", "val_loader = "),
        ("seed + worker_id", "torch.initial_seed() % 2**32"),
        ("seed + worker_id", "seed + worker_id + epoch"),
        ("seed + worker_id", "np.random.get_state()[1][0] + worker_id"),
        ("from utils import init", "from other import init"),
        ("num_workers=4", "num_workers=4, persistent_workers=True"),
    ],
)
def test_a_seed_that_changes_nothing_is_passed_over(before: str, after: str) -> None:
    files = {"utils": UTILS, "data": DATA, "train": TRAIN}
    changed = {name: text.replace(before, after) for name, text in files.items()}
    assert changed != files
    assert said(**changed) == []


def test_workers_that_stay_need_seeds_of_their_own() -> None:
    train = TRAIN.replace("num_workers=4", "num_workers=4, persistent_workers=True")
    assert said(utils=UTILS.replace("seed + worker_id", "seed"), data=DATA, train=train) == ["utils.py"]


def test_a_generator_that_the_dataset_keeps() -> None:
    assert said(data=KEPT, train=PLAIN) == ["data.py"]
    assert said(data=KEPT, train=PLAIN.replace("num_workers=4", "num_workers=0")) == []
    assert said(data=KEPT.replace("__getitem__", "sample"), train=PLAIN) == []
    renewed = KEPT + "\n    def renew(self, epoch):\n        self.rng = np.random.RandomState(epoch)\n"
    assert said(data=renewed, train=PLAIN) == []
