"""Fixes put into files: until nothing more can be fixed, and never at the price of a new finding.

`fixed` is pure: a file's bytes in, its new bytes and the story out. Several
fixes go in at once where they do not touch; where the result is not what was
promised (a finding more, a file that no longer parses) they go in one by one,
and those that break the promise are left out. `write` replaces a file whole or
not at all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence

from mldebt.config import Config
from mldebt.engine.analyze import active_rules, analyze_document, analyze_manifest
from mldebt.engine.fixing import fixes_of
from mldebt.engine.index import settled
from mldebt.engine.reading import is_code, manifest_of, source_of
from mldebt.rule import Finding, Fix, Report, Safety
from mldebt.rules import rules_by_id
from mldebt.syntax.document import Document
from mldebt.syntax.manifest import Manifest, manifest_kind
from mldebt.syntax.module import Module
from mldebt.syntax.source import SourceFile, Unreadable, encode
from mldebt.text import Edit, Span, apply_edits
from mldebt.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mldebt.syntax.notebook import Source

MAX_ROUNDS = 25
# Each round removes a finding or ends the loop; overlapping fixes take a round each.

Key = tuple[str, str, str]
"""(rule, title, the text it is about): a fix that has failed once is not tried again."""


class Unfixable(Exception):
    """A file that must not be touched; the message says why."""


class Applied(NamedTuple):
    rule: str
    title: str


class Fixed(NamedTuple):
    data: bytes
    """The file after all fixes; equal to the old one when there are none."""
    applied: tuple[Applied, ...]
    left_out: tuple[Applied, ...]
    """Fixes that would have broken something."""


class Text(NamedTuple):
    """What edits are made to: the text rules see, and how it becomes a file again."""

    path: str
    text: str
    encoding: str
    bom: bool
    cells: tuple[Source, ...] = ()
    """Of a notebook: each code cell as it stands in the file."""
    raw: str = ""
    """Of a notebook: the file's JSON."""

    @property
    def is_notebook(self) -> bool:
        return self.path.endswith(".ipynb")


def text_of(path: str, data: bytes) -> Text:
    """Raises Unreadable."""
    if path.endswith(".ipynb"):
        from mldebt.syntax.notebook import joined, read_sources

        cells = tuple(read_sources(data))
        return Text(
            path, joined(cells)[0], "utf-8", data[:3] == b"\xef\xbb\xbf", cells, data.decode("utf-8-sig")
        )
    if is_code(path) or not manifest_kind(path):
        source = source_of(path, data)
        return Text(path, source.text, source.encoding, source.bom)
    try:
        return Text(path, data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None


def data_of(text: Text) -> bytes:
    """The file's bytes. Raises UnicodeEncodeError."""
    if not text.is_notebook:
        return encode(text.text, text.encoding, text.bom)
    from mldebt.syntax.notebook import read_cells
    from mldebt.syntax.notebook_write import rewritten

    before = dict(read_cells(text.raw.encode("utf-8")))
    changed = {cell.number: cell.text for cell in text.cells if before.get(cell.number) != cell.text}
    return encode(rewritten(text.raw, changed) if changed else text.raw, "utf-8", text.bom)


def edited(text: Text, edits: Iterable[Edit]) -> Text:
    """The text after the edits. Raises ValueError if they overlap, leave the text, or cross a cell's border."""
    edits = list(edits)
    if not text.is_notebook:
        return text._replace(text=apply_edits(text.text, edits))
    from mldebt.syntax.notebook import joined

    at = 0
    cells = []
    left = sorted(edits, key=lambda edit: edit.span)
    for cell in text.cells:
        source = cell.text
        end = at + len(source)
        own = [edit for edit in left if at <= edit.span.start <= end]
        left = left[len(own) :]
        if own:
            # A cell's last line has no line end, but the edit saw the one that joins cells.
            inside = [Edit(Span(start - at, min(stop, end) - at), new) for (start, stop), new in own]
            if any(edit.span.end > end + 1 for edit in own):
                raise ValueError("an edit crosses the border of a cell")
            new_source = apply_edits(source, inside)
            source = new_source if source.endswith("\n") else new_source.removesuffix("\n")
        cells.append(cell._replace(text=source))
        at = end + 1
    if left:
        raise ValueError("an edit lies outside the cells")
    return text._replace(cells=tuple(cells), text=joined(cells)[0])


class _State(NamedTuple):
    """A text and what is said about it."""

    text: Text
    subject: Module | Manifest
    report: Report
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(finding.rule for finding in self.findings)


def _state(text: Text, config: Config) -> _State:
    subject: Module | Manifest
    if is_code(text.path) or not manifest_kind(text.path):
        notebook = None
        if text.is_notebook:
            from mldebt.syntax.notebook import joined

            notebook = joined(text.cells)[1]
        source = SourceFile(text.path, text.text, text.encoding, text.bom, notebook)
        document = Document(source, active_rules(config).wanted)
        report = analyze_document(document, config)
        subject = document.module()
    else:
        subject = manifest_of(text.path, text.text.encode("utf-8"))
        report = analyze_manifest(subject, config)
    return _State(text, subject, report, settled(report, config))


def fixed(path: str, data: bytes, config: Config, allowed: Safety, paths: tuple[str, ...] = ()) -> Fixed:
    """The file with every fix up to `allowed`. Raises Unfixable or Unreadable.

    `paths` are the workspace's files, for fixes that point at one of them.
    """
    state = _state(text_of(path, data), config)
    if state.report.broken:
        raise Unfixable("part of it does not parse; nothing was changed")
    applied: list[Applied] = []
    refused: dict[Key, Applied] = {}
    for _ in range(MAX_ROUNDS):
        wanted = without_overlaps(_candidates(state, config, allowed, refused, paths))
        if not wanted:
            break
        after = _after(state, wanted, config)
        if after is None and len(wanted) > 1:
            after, wanted = _one_by_one(state, wanted, config, refused)
        elif after is None:
            refused[_key(state, *wanted[0])] = Applied(wanted[0][0].rule, wanted[0][1].title)
            continue
        if after is None:
            continue
        applied += [Applied(finding.rule, fix.title) for finding, fix in wanted]
        state = after
    try:
        new = data_of(state.text) if applied else data
    except UnicodeEncodeError:
        raise Unfixable(
            f"a fix has a character that {state.text.encoding} has not; nothing was changed"
        ) from None
    return Fixed(new, tuple(applied), tuple(refused.values()))


Candidate = tuple[Finding, Fix]


def _candidates(
    state: _State,
    config: Config,
    allowed: Safety,
    refused: dict[Key, Applied],
    paths: tuple[str, ...],
) -> list[Candidate]:
    """The best allowed fix of each finding, in order of the findings."""
    found = []
    rules = rules_by_id()
    for finding in state.findings:
        if rules[finding.rule].fixer is None:
            continue
        for fix in fixes_of(finding, state.subject, config, paths):
            if fix.safety > allowed or fix.disabled or not fix.edits or fix.path not in ("", state.text.path):
                continue
            if _key(state, finding, fix) not in refused:
                found.append((finding, fix))
            break
    return found


def _key(state: _State, finding: Finding, fix: Fix) -> Key:
    return (finding.rule, fix.title, state.text.text[finding.span.start : finding.span.end])


def without_overlaps(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The first of any that touch; the others get their turn in the next round."""
    taken: list[Span] = []
    kept = []
    for finding, fix in candidates:
        spans = [edit.span for edit in fix.edits]
        if any(_touch(one, other) for one in spans for other in taken):
            continue
        taken += spans
        kept.append((finding, fix))
    return kept


def _touch(one: Span, other: Span) -> bool:
    """Whether two edits get in each other's way; insertions at the same place do."""
    return (
        one.start <= other.end and other.start <= one.end
        if one.start == one.end or other.start == other.end
        else (one.start < other.end and other.start < one.end)
    )


def _after(state: _State, wanted: Sequence[Candidate], config: Config) -> _State | None:
    """What the fixes lead to, or None if that is not what they promise."""
    try:
        text = edited(state.text, [edit for _, fix in wanted for edit in fix.edits])
    except ValueError:
        return None
    if text.text == state.text.text and text.cells == state.text.cells:
        return None
    after = _state(text, config)
    if after.report.broken or after.report.errors != state.report.errors:
        return None
    before, now = state.counts, after.counts
    if any(now[rule] > before[rule] for rule in now):
        return None
    # Every fix takes its finding away; one that does not would be offered again for ever.
    due = Counter(finding.rule for finding, _ in wanted)
    if any(now[rule] > before[rule] - due[rule] for rule in due):
        return None
    return after


def _one_by_one(
    state: _State, wanted: Sequence[Candidate], config: Config, refused: dict[Key, Applied]
) -> tuple[_State | None, list[Candidate]]:
    """The first of the fixes that holds its promise alone; those before it that do not are refused."""
    for finding, fix in wanted:
        after = _after(state, [(finding, fix)], config)
        if after is not None:
            return after, [(finding, fix)]
        refused[_key(state, finding, fix)] = Applied(finding.rule, fix.title)
    return None, []


def write(path: str, data: bytes) -> None:
    """Replace a file's content whole or not at all; its mode stays, and a link still points to it. Raises OSError."""
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.mldebt")
    mode = os.stat(target).st_mode & 0o7777
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
