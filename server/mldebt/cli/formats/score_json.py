"""The score as JSON: {"version", "score", "out_of", "points", "possible", "band", "meaning", "dimensions"}.

Stable: keys are added, never changed or removed. A dimension has `id`, `title`,
`mark` (0 to 2, null where it does not apply), `summary`, `evidence`, `raise` and
`unheard`. Lines and columns count from 1; `path` is "" for the repository as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from mldebt.engine.scorecard import OUT_OF
from mldebt.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mldebt.cli.output import Screen
    from mldebt.cli.score import Told
    from mldebt.engine.scorecard import Dimension

VERSION = 1


def render(told: Told, screen: Screen) -> Iterator[str]:
    card = told.card
    band, meaning = card.band
    yield json.dumps(
        {
            "version": VERSION,
            "score": card.score,
            "out_of": OUT_OF,
            "points": card.points,
            "possible": card.possible,
            "band": band.removesuffix(" debt"),
            "meaning": meaning,
            "dimensions": [_dimension(told, one) for one in card.dimensions],
        },
        indent=2,
        ensure_ascii=False,
    )
    yield "\n"


def _dimension(told: Told, one: Dimension) -> dict[str, Any]:
    evidence = []
    for item in one.judgement.evidence:
        path, line, column, cell = told.place(item)
        place: dict[str, Any] = {"path": path}
        if path:
            place.update(line=line, column=column)
        if cell:
            place["cell"] = cell
        evidence.append({"for": item.good, "message": item.message, **place, "rule": item.rule})
    return {
        "id": one.id,
        "title": one.title,
        "mark": one.judgement.mark,
        "summary": one.judgement.summary,
        "evidence": evidence,
        "raise": [{"to": step.to, "what": step.what} for step in one.judgement.steps],
        "unheard": list(one.unheard),
    }
