"""The slow part of an analysis makes way for a key, and nothing it had begun is kept."""

from __future__ import annotations

import gc
import random
import signal
from collections.abc import Iterator

import pytest
from test_truth import editor

from mldebt.engine.analyze import analyze_module
from mldebt.engine.limits import Impatience, Interrupted
from mldebt.lsp.analyses import MAX_INTERRUPTIONS, Unfinished
from mldebt.lsp.documents import OpenDocument
from mldebt.syntax.source import SourceFile

needs_timers = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="interrupts by a timer")
HEAD = """import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
"""
FUNCTION = """

def train_{n}(path):
    frame = pd.read_csv(path).fillna(0)
    frame["mean_{n}"] = frame.groupby("customer")["amount"].transform("mean")
    y = frame.pop("label")
    X = StandardScaler().fit_transform(frame)
    train, test, y, y_test = train_test_split(X, y, random_state={n})
    return Ridge(alpha=0.73).fit(train, y).score(test, y_test)
"""


def text_of(functions: int) -> str:
    return HEAD + "".join(FUNCTION.format(n=n) for n in range(functions))


@needs_timers
def test_work_ends_when_somebody_waits_and_only_then() -> None:
    waits = False
    impatience = Impatience(lambda: waits)
    impatience.start()
    sum(range(3_000_000))
    impatience.stop()
    waits = True
    with pytest.raises(Interrupted):
        try:
            impatience.start()
            while True:
                pass
        finally:
            impatience.stop()
    sum(range(3_000_000))  # nothing is on its way any more


@pytest.fixture
def without_gc() -> Iterator[None]:
    """As in the server; and what is raised in a callback of the collector, which test tools have, would be lost."""
    gc.disable()
    yield
    gc.enable()


@needs_timers
@pytest.mark.usefixtures("without_gc")
def test_a_report_that_was_interrupted_is_right_in_the_end() -> None:
    session, diagnostics = editor("utf-16")
    session.message_waits = lambda: True
    text = text_of(120)
    document = OpenDocument("untitled:a.py", "a.py", text, 1, "utf-16", language="python")
    session.documents.add(document)
    live = diagnostics.analyses.live(document)
    assert live is not None
    diagnostics.analyses.whole(document)
    top = {"line": 0, "character": 0}
    document.change([{"range": {"start": top, "end": top}, "text": "import os\n"}], 2)
    live = diagnostics.analyses.live(document)
    unfinished = Unfinished(document, 0.0, 0.0)
    while not diagnostics.analyses.step(unfinished, live, patient=False):
        pass
    assert unfinished.interruptions == MAX_INTERRUPTIONS
    config = session.project_of(document).config_for("a.py")
    assert document.report == analyze_module(SourceFile("a.py", "import os\n" + text), config)


@pytest.mark.parametrize("seed", range(4))
def test_typing_on_after_an_interruption_shows_what_a_fresh_look_shows(seed: int) -> None:
    draw = random.Random(seed)
    session, diagnostics = editor("utf-16")
    text = text_of(6)
    document = OpenDocument("untitled:a.py", "a.py", text, 1, "utf-16", language="python")
    session.documents.add(document)
    diagnostics.analyses.whole(document)
    for number in range(30):
        at = draw.randrange(len(text))
        new = draw.choice(["x", "\n", " ", "x = 1\n"])
        text = text[:at] + new + text[at:]
        line, column = text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
        place = {"line": line, "character": column}
        document.change([{"range": {"start": place, "end": place}, "text": new}], number)
        diagnostics._items(document)
        live = diagnostics.analyses.live(document)
        assert live is not None
        steps = live.complete()
        for _ in range(draw.randrange(12)):
            if next(steps) is not None:
                break
        live.given_up()
    diagnostics.analyses.whole(document)
    config = session.project_of(document).config_for("a.py")
    assert document.report == analyze_module(SourceFile("a.py", text), config)
