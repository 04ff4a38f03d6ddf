"""The page put together: head, dimensions, what to do first, findings by category and by file, lineage."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby
from os.path import basename
from urllib.parse import quote

from mldebt.cli.report.lineage import lineage
from mldebt.cli.report.radar import radar
from mldebt.cli.report.style import STYLE
from mldebt.engine.rows import SEVERITY_WORDS, Row
from mldebt.engine.scorecard import OUT_OF
from mldebt.rules import rules_by_id
from mldebt.text import regex
from mldebt.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from mldebt.cli.score import Told
    from mldebt.engine.scorecard import Dimension

MAX_SHOWN = 2000
# Findings with their code: some two megabytes of page. The gravest are kept, and the page says how many are not.
CODE = regex(r"`([^`\n]+)`")
CLASSES = ("bad", "fair", "good")
CATEGORIES = {
    "entanglement": "Entanglement",
    "feedback-loops": "Hidden feedback loops",
    "undeclared-consumers": "Undeclared consumers",
    "data-dependencies": "Data dependencies",
    "pipeline-jungles": "Pipeline jungles and dead experimental code",
    "configuration": "Configuration debt",
    "external-world": "Changes in the external world",
    "reproducibility": "Reproducibility",
    "notebooks": "Notebooks",
    "framework-hygiene": "Framework hygiene",
    "tool": "This tool's own comments and settings",
}


def html(told: Told) -> Iterator[str]:
    name = basename(told.folder) or told.folder
    policy = b64encode(sha256(STYLE.encode()).digest()).decode()
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{policy}'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Machine-learning technical debt: {escape(name)}</title><style>{STYLE}</style></head><body><main>\n"
    )
    yield from _head(told, name)
    yield "<section><h2>Ten dimensions</h2>\n"
    for one in told.card.dimensions:
        yield from _dimension(told, one)
    yield "</section>\n"
    rows = [row._replace(path=told.inside(row.path)) for row in told.result.rows]
    yield from _by_category(rows)
    yield from _by_file(rows)
    drawn = lineage(told)
    if drawn:
        yield f"<section><h2>Lineage</h2>{drawn}</section>\n"
    yield "</main></body></html>\n"


def _head(told: Told, name: str) -> Iterator[str]:
    card = told.card
    band, meaning = card.band
    grade = CLASSES[2 if (card.score or 0) >= 16 else 1 if (card.score or 0) >= 10 else 0]
    yield f'<div class="head"><div><h1>{escape(name)}</h1><p class="quiet">Machine-learning technical debt, {escape(told.state.today)}</p>'
    if card.score is None:
        yield f'<p class="band">No score: {escape(meaning)}</p></div></div>\n'
        return
    yield f'<p class="total">{card.score}<small> of {OUT_OF}</small></p>'
    yield f'<p class="band {grade}">{escape(band.capitalize())}</p><p>{escape(meaning.capitalize())}.</p>'
    if card.possible < OUT_OF:
        out = [one.title.lower() for one in card.dimensions if one.judgement.mark is None]
        yield f'<p class="quiet">{card.points} of {card.possible} points, scaled to {OUT_OF}. Not applicable here: {escape(", ".join(out))}.</p>'
    counts = [sum(1 for row in told.result.rows if row.severity == weight) for weight in (4, 3, 2, 1)]
    words = [
        f"{count} {SEVERITY_WORDS[weight]}{'' if count == 1 or weight == 2 else 's'}"
        for weight, count in zip((4, 3, 2, 1), counts, strict=True)
        if count
    ]
    yield f'<p class="quiet">{len(told.result.rows)} findings in {told.result.n_files} files{": " + ", ".join(words) if words else ""}.</p></div>'
    marks = [(one.title, one.judgement.mark) for one in card.dimensions]
    yield f"<figure>{radar(marks)}</figure></div>\n"


def _dimension(told: Told, one: Dimension) -> Iterator[str]:
    judgement = one.judgement
    mark = judgement.mark
    if mark is None:
        yield f'<div class="row"><span class="mark none">n/a</span><b>{escape(one.title)}</b><span class="quiet">{escape(judgement.summary)}</span></div>\n'
        return
    yield f'<details><summary><span class="mark {CLASSES[mark]}">{mark}</span><b>{escape(one.title)}</b><span>{_text(judgement.summary)}</span></summary><ul>'
    for good in (True, False):
        for item in judgement.evidence:
            if item.good is good:
                path, line, column, cell = told.place(item)
                path = told.inside(path)
                shown = _place(path, line, cell)
                where = f'<span class="place"{_at(path, line, column, cell)}>{shown}</span> ' if path else ""
                yield f'<li class="{"plus" if good else "minus"}">{where}{_text(item.message)}</li>'
    yield "</ul>"
    for to in (1, 2):
        steps = [step.what for step in judgement.steps if step.to == to]
        if steps:
            yield (
                f"<p>For a {to}:</p><ul>"
                + "".join(f'<li class="step">{_text(step)}</li>' for step in steps)
                + "</ul>"
            )
    if one.unheard:
        yield f'<p class="quiet">Judged without {escape(", ".join(one.unheard))}: turned off.</p>'
    yield "</details>\n"


def _by_category(rows: Sequence[Row]) -> Iterator[str]:
    yield "<section><h2>Findings by category</h2>"
    if not rows:
        yield "<p>No findings.</p></section>\n"
        return
    counts: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        count = counts.setdefault((row.category, row.rule), [0, 0])
        count[0] += 1
        count[1] = max(count[1], row.severity)
    most = max(number for number, _ in counts.values())
    rules = rules_by_id()
    yield '<table><thead><tr><th>Rule</th><th>Finds</th><th class="number">Findings</th><th></th></tr></thead><tbody>'
    known = list(CATEGORIES)
    order = sorted(
        counts,
        key=lambda key: (
            known.index(key[0]) if key[0] in known else 99,
            -counts[key][1],
            -counts[key][0],
            key[1],
        ),
    )
    for category, keys in groupby(order, key=lambda key: key[0]):
        yield f'<tr class="group"><td colspan="4">{escape(CATEGORIES.get(category, category))}</td></tr>'
        for _, rule in keys:
            number, severity = counts[category, rule]
            width = max(2, round(120 * number / most))
            title = rules[rule].title if rule in rules else ""
            yield (
                f'<tr><td><code>{escape(rule)}</code></td><td class="quiet">{_text(title)}</td><td class="number">{number}</td>'
                f'<td><svg width="120" height="12" role="img" aria-label="at most {SEVERITY_WORDS[severity]}">'
                f'<rect class="bar w{severity}" y="1" width="{width}" height="10" rx="2"/></svg></td></tr>'
            )
    yield "</tbody></table></section>\n"


def _by_file(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    gravest = sorted(rows, key=lambda row: (-row.severity, row.path, row.line, row.column))[:MAX_SHOWN]
    shown = set(map(id, gravest))
    yield "<section><h2>Findings by file</h2>"
    if len(rows) > len(gravest):
        yield f'<p class="quiet">The {len(gravest)} gravest of {len(rows)}.</p>'
    files = [(path, list(group)) for path, group in groupby(rows, key=lambda row: row.path)]
    for path, group in files:
        listed = [row for row in group if id(row) in shown]
        if not listed:
            continue
        worst = max(row.severity for row in group)
        grade = CLASSES[0] if worst == 4 else CLASSES[1] if worst == 3 else "none"
        yield f'<details><summary><span class="mark {grade}">{len(group)}</span><span class="place"{_at(path)}>{escape(path)}</span></summary><ul class="findings">'
        for row in listed:
            yield from _finding(row)
        yield "</ul></details>\n"
    yield "</section>\n"


def _finding(row: Row) -> Iterator[str]:
    where = f"cell {row.cell}, line {row.line}" if row.cell else f"line {row.line}"
    grade = {4: "bad", 3: "fair"}.get(row.severity, "quiet")
    yield (
        f'<li><span class="place"{_at(row.path, row.line, row.column, row.cell)}>{where}</span> '
        f'<span class="{grade}">{SEVERITY_WORDS[row.severity]}</span> '
        f"<code>{escape(row.rule)}</code>: {_text(row.message)}"
    )
    code = [line for line in row.code if line.strip()]
    if code:
        yield f"<pre>{escape(chr(10).join(code))}</pre>"
    if row.help:
        yield f'<div class="quiet">{_text(row.help)}</div>'
    yield "</li>"


def _at(path: str, line: int = 1, column: int = 1, cell: int = 0) -> str:
    """An attribute that names a place for programs: an editor that shows the page opens it on a click."""
    inside = f"cell{cell}" if cell else ""
    return f' data-at="{quote(path)}#{inside}L{line}C{column}"' if path else ""


def _place(path: str, line: int, cell: int) -> str:
    return escape(f"{path}, cell {cell}, line {line}" if cell else f"{path}:{line}")


def _text(text: str) -> str:
    """Escaped; what stands in backticks is code."""
    return CODE.sub(r"<code>\1</code>", escape(text, quote=False).replace("\n", "<br>"))
