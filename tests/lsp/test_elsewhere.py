"""A setting that is read in one file and defined in another: the hover says what its own file says of it."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path
from typing import Any

import pytest
from harness import Client
from test_answers import hover
from test_hardened import with_patches
from test_session import BASIC

CONFIG = '''\
from dataclasses import dataclass


@dataclass
class TrainConfig:
    """How the model is trained."""

    learning_rate: float = 0.0078
    # what: step size; why: best of 200 trials; validated: 2026-05-02; owner: ann@shop.example


BATCH = 64  # as much as fits into 16 GB

CFG = TrainConfig()
'''
TRAIN = """\
import settings
from settings import BATCH, CFG, TrainConfig


def fit(cfg: TrainConfig, size=BATCH):
    return cfg.learning_rate * settings.CFG.learning_rate


class Trainer:
    def __init__(self, cfg: TrainConfig):
        self.cfg = cfg

    def run(self):
        return self.cfg.learning_rate, CFG.learning_rate, self.cfg.missing, LIMIT, print(self.cfg)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "settings.py").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "train.py").write_text(TRAIN, encoding="utf-8")
    return tmp_path


def opened(client: Client, folder: Path) -> str:
    client.initialize(BASIC, root=folder)
    uri = (folder / "train.py").as_uri()
    client.open(uri, TRAIN)
    return uri


def told(client: Client, uri: str, word: str, more: int) -> str:
    shown: Any = None
    for _ in range(20):  # the first answer of a cold process may come too late
        shown = hover(client, uri, word, more)
        if shown is not None:
            break
    return shown["contents"]["value"] if shown else ""


def test_a_setting_of_another_file_is_explained_where_it_is_read(folder: Path) -> None:
    with Client() as client:
        uri = opened(client, folder)
        for word, more in (
            ("cfg.learning_rate *", 5),
            ("settings.CFG.learning_rate", 15),
            ("self.cfg.learning_rate", 12),
            ("CFG.learning_rate, self", 6),
        ):
            text = told(client, uri, word, more)
            assert "`learning_rate`** = `0.0078`" in text and "best of 200 trials" in text, word
            assert "Defined in `settings.py`, line 8." in text
        assert "fits into 16 GB" in told(client, uri, "BATCH):", 2)
        assert client.leave() == 0


def test_what_nobody_defines_says_nothing(folder: Path) -> None:
    with Client() as client:
        uri = opened(client, folder)
        assert told(client, uri, "cfg.learning_rate *", 5)
        for word, more in (
            ("cfg.missing", 5),
            ("LIMIT", 2),
            ("print(", 2),
            ("Trainer", 2),
            ("return cfg", 8),
        ):
            assert hover(client, uri, word, more) is None, word


def test_what_is_said_is_what_the_file_says_now(folder: Path) -> None:
    with Client() as client:
        uri = opened(client, folder)
        assert "0.0078" in told(client, uri, "cfg.learning_rate *", 5)
        time.sleep(0.02)
        (folder / "settings.py").write_text(CONFIG.replace("0.0078", "0.01"), encoding="utf-8")
        assert "`0.01`" in told(client, uri, "cfg.learning_rate *", 5)
        (folder / "settings.py").unlink()
        assert hover(client, uri, "cfg.learning_rate *", 5) is None


SLOW = (
    "from mldebt.engine import resolve",
    "from mldebt.lsp import resolving",
    "resolving.PATIENCE_SECONDS, resolving.LOST_SECONDS = 0.2, 1.0",
    "import {module}",
    "resolve.serve = {module}.{function}",
)


def never(connection: Any) -> None:
    time.sleep(600)


def dies(connection: Any) -> None:
    connection.recv()
    os._exit(3)


@pytest.mark.parametrize(
    ("function", "said"), [("never", "did not answer within 1 seconds"), ("dies", "ended by itself")]
)
def test_a_process_that_does_not_answer_costs_one_hover_and_is_ended(
    folder: Path, function: str, said: str
) -> None:
    lines = [line.format(module="test_elsewhere", function=function) for line in SLOW]
    where = f"import sys; sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[1])]!r}"
    with with_patches(where, *lines) as client:
        uri = opened(client, folder)
        before = time.monotonic()
        assert hover(client, uri, "cfg.learning_rate *", 5) is None
        assert time.monotonic() - before < 20
        time.sleep(1.5)
        # A question about something else does not wait behind the lost one, and the server lives.
        assert hover(client, uri, "self.cfg.learning_rate", 12) is None
        assert said in client.stderr()
        assert client.leave() == 0


def test_without_jedi_there_is_no_card_and_no_process(folder: Path) -> None:
    patches = ("from mldebt.engine import resolve", "resolve.is_there = lambda: False")
    with with_patches(*patches) as client:
        uri = opened(client, folder)
        assert hover(client, uri, "cfg.learning_rate *", 5) is None
        assert client.leave() == 0
    assert not [one for one in multiprocessing.active_children() if one.name == "mldebt-resolve"]
