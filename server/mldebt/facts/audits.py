"""The article's three audits as records: label metadata, consumer registries, feature metadata.

They stand in files of our own (`labels.yaml`, `consumers.yaml`, `features.yaml`, several
models in each) or in code, as dicts with the article's keys. One reader takes both: a
YAML file and a dict display are the same flat entries.

    labels_of(workspace), registries_of(workspace), features_of(workspace)

Other projects have files of these names too (issue labels, feature lists). A file is ours
if it lies in a folder `mldebt/`, names `mldebt` in a comment, or holds a record with a key
that only we have; a dict in code needs two keys, one of them such.

    Fact("label-record", name, span of the name, (in_code, span of the whole, fields))

A field is (key below the record, known, value, span of the key, span of the value); an
expression or container has no value and is not `known`, a container is not a field's value.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from mldebt.rule import Fact, Gate, Subject, Workspace
from mldebt.syntax.views import UNKNOWN
from mldebt.text import Span
from mldebt.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mldebt.config import Config
    from mldebt.syntax.manifest import Entry, Key, Manifest
    from mldebt.syntax.module import Module


class Shape(NamedTuple):
    """What a record of one audit looks like."""

    kind: str
    """Of its facts."""
    stem: str
    """Of its file."""
    own: frozenset[str]
    """Keys that hardly anybody else uses."""
    other: frozenset[str]
    names: tuple[str, ...]
    """Keys that hold the record's name, where it is not the key above it."""
    lists: frozenset[str]
    """Keys above the records."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABELS = Shape(
    "label-record",
    "labels",
    _words("label_trigger model_output_affects_outcome label_lag_days label_cutoff counterfactual_logging"),
    _words("holdout_fraction random_sampling audited_on owner mitigation"),
    ("model_id", "model", "name"),
    _words("models labels"),
)
CONSUMERS = Shape(
    "consumer-registry",
    "consumers",
    _words("declared_consumers schema_change_policy"),
    _words("model_id schema_version schema routes"),
    ("model_id", "model", "name"),
    _words("models registries consumers"),
)
FEATURES = Shape(
    "feature-record",
    "features",
    _words("upstream_owner last_pipeline_review_days last_pipeline_review is_stable permutation_importance"),
    _words("schema_version importance description why dtype source fallback owner"),
    ("feature", "name"),
    _words("features"),
)
SHAPES = (LABELS, CONSUMERS, FEATURES)
KINDS = tuple(shape.kind for shape in SHAPES)
CODE_MARKS = tuple(sorted({key for shape in SHAPES for key in shape.own}))
MAX_FIELDS = 400
# Of one record; a registry with more consumers than this is no file that people keep.


GATES: dict[Subject, Gate] = {"module": Gate(text=CODE_MARKS)}


def of_manifest(manifest: Manifest, config: Config) -> Iterator[Fact]:
    if manifest.kind != "yaml":
        return
    shape = shape_of(manifest.path)
    if shape is None or not manifest.entries:
        return
    certain = f"/{manifest.path}".rpartition("/")[0].endswith("/mldebt") or any(
        "mldebt" in comment.text for comment in manifest.comments
    )
    for name, name_span, whole, fields in records(manifest.entries, shape, 0 if certain else 1):
        yield Fact(shape.kind, name, name_span, (False, whole or Span(0, len(manifest.text)), fields))


def shape_of(path: str) -> Shape | None:
    """Which of our files a path names: `labels.yaml`, `mldebt/consumers.yml`, …"""
    stem, _, ending = path[path.rfind("/") + 1 :].rpartition(".")
    if ending not in ("yaml", "yml"):
        return None
    return next((shape for shape in SHAPES if shape.stem == stem), None)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    if not any(key in module.text for key in CODE_MARKS):
        return
    from mldebt.syntax.details import details_of

    for chunk, start in module.placed:
        if not any(key in chunk.text for key in CODE_MARKS):
            continue
        for display in details_of(chunk).displays:
            entries = [_moved(entry, start) for entry in display.entries]
            for shape in SHAPES:
                for name, name_span, whole, fields in records(entries, shape, 2):
                    span = whole or display.span.shifted(start)
                    yield Fact(shape.kind, name or display.name, name_span, (True, span, fields))


def _moved(entry: Entry, by: int) -> Entry:
    return entry._replace(key_span=entry.key_span.shifted(by), value_span=entry.value_span.shifted(by))


# One reader for both ---------------------------------------------------------------------------

Fields = tuple[tuple["Key", bool, Any, Span, Span], ...]


def records(
    entries: Iterable[Entry], shape: Shape, least: int
) -> Iterator[tuple[str, Span, Span | None, Fields]]:
    """(name, its place, span of the whole, fields) of every record, in source order.

    `least` is how many known keys make one: 2 in code, where one of them must be our own and
    both have literal values; 1 in a file that may be somebody else's, 0 in ours. The whole is
    None for a record that is the root.
    """
    entries = list(entries)
    children: dict[Key, list[Entry]] = {}
    at = {entry.key: entry for entry in entries}
    for entry in entries:
        children.setdefault(entry.key[:-1], []).append(entry)
    found = {key for key, below in children.items() if _is_record(below, shape, at, children, least)}
    if least != 2:
        found |= _siblings(found, children, at, shape, least)
    for key in sorted(found, key=lambda key: at[key].key_span if key in at else Span(-1, -1)):
        if any(key[:length] in found for length in range(len(key))):
            continue  # a part of a larger record
        below = [entry for entry in entries if len(entry.key) > len(key) and entry.key[: len(key)] == key]
        name, span = _name(key, at, shape, below)
        fields = tuple(
            (
                entry.key[len(key) :],
                entry.value is not UNKNOWN and _is_plain(entry.value),
                _plain(entry.value),
                entry.key_span,
                entry.value_span,
            )
            for entry in below[:MAX_FIELDS]
        )
        yield name, span, at[key].value_span if key in at else None, fields


def _is_record(
    below: list[Entry], shape: Shape, at: dict[Key, Entry], children: dict[Key, list[Entry]], least: int
) -> bool:
    known = [entry for entry in below if entry.key[-1] in shape.own or entry.key[-1] in shape.other]
    if least < 2:
        return any(entry.key[-1] in shape.own for entry in known)
    # Of an expression nothing is known: `{"upstream_owner": meta.get(…)}` is a report, not a record.
    known = [entry for entry in known if entry.value is not UNKNOWN or entry.key in children]
    return len(known) >= least and any(entry.key[-1] in shape.own for entry in known)


def _siblings(
    found: set[Key], children: dict[Key, list[Entry]], at: dict[Key, Entry], shape: Shape, least: int
) -> set[Key]:
    """What stands beside a record, or below a key such as `features:`, is a record too, however empty."""
    parents = {key[:-1] for key in found if key}
    if not least and not parents and () not in found:
        parents = {key for key in children if key and key[-1] in shape.lists} or {()}
    return {
        entry.key
        for parent in parents
        for entry in children.get(parent, ())
        if (entry.key in children or entry.value is None) and entry.key[-1] not in shape.own | shape.other
    }


def _name(key: Key, at: dict[Key, Entry], shape: Shape, below: list[Entry]) -> tuple[str, Span]:
    for word in shape.names:
        entry = at.get((*key, word))
        if entry is not None and isinstance(entry.value, str):
            return entry.value, entry.value_span
    if key and isinstance(key[-1], str):
        return key[-1], at[key].key_span
    span = below[0].key_span if below else at[key].value_span if key in at else Span(0, 0)
    return "", span


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if value.__class__ is tuple and all(item.__class__ in (str, int, float, bool) for item in value):
        return value
    return value if value.__class__ in (str, int, float, bool) else None


def _is_plain(value: Any) -> bool:
    return value is None or _plain(value) is not None


# What rules ask ------------------------------------------------------------------------------


class Field(NamedTuple):
    key: Key
    known: bool
    """Whether the value is a literal (also None)."""
    value: Any
    key_span: Span
    span: Span
    """Of the value."""

    @property
    def date(self) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(str(self.value)[:10])
        except ValueError:
            return None


class Record(NamedTuple):
    """One audit record, wherever it stands."""

    path: str
    name: str
    span: Span
    """Where findings about what is missing point: the name."""
    whole: Span
    in_code: bool
    fields: tuple[Field, ...]

    def get(self, *key: str | int) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def has(self, *key: str | int) -> bool:
        """Whether something other than None is written under this key; an expression counts."""
        field = self.get(*key)
        return field is not None and (not field.known or field.value is not None)

    def value(self, *key: str | int) -> Any:
        field = self.get(*key)
        return field.value if field is not None and field.known else None

    def children(self, *key: str | int) -> list[Field]:
        """The fields directly below this key, in source order."""
        length = len(key)
        return [field for field in self.fields if len(field.key) == length + 1 and field.key[:length] == key]

    def values(self, *key: str | int) -> list[Field]:
        """The elements of a list, also where it was read as one literal."""
        whole = self.get(*key)
        if whole is not None and whole.known and whole.value.__class__ is tuple:
            return [whole._replace(value=value) for value in whole.value]
        return self.children(*key)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(str(field.key[0]) for field in self.fields if len(field.key) == 1)


def _records_of(workspace: Workspace, kind: str) -> list[Record]:
    known: list[Record] | None = workspace.memo.get(kind)
    if known is None:
        known = [
            Record(path, fact.subject, fact.span, whole, in_code, tuple(Field(*field) for field in fields))
            for path, fact in workspace.facts(kind)
            for in_code, whole, fields in (fact.detail,)
            if workspace.config.role_of(path) not in ("test", "example")
        ]
        known.sort(key=lambda record: (record.path, record.span))
        workspace.memo[kind] = known
    return known


def labels_of(workspace: Workspace) -> list[Record]:
    """Label metadata of every model, tests and examples left out."""
    return _records_of(workspace, LABELS.kind)


def registries_of(workspace: Workspace) -> list[Record]:
    return _records_of(workspace, CONSUMERS.kind)


def features_of(workspace: Workspace) -> list[Record]:
    return _records_of(workspace, FEATURES.kind)


# What fixes ask ------------------------------------------------------------------------------


def record_at(subject: Module | Manifest, shape: Shape, span: Span) -> Record | None:
    """The record that a finding at `span` is about, in the file as it is now."""
    from mldebt.syntax.manifest import Manifest

    made = (of_manifest if isinstance(subject, Manifest) else of_module)(subject, None)  # type: ignore[arg-type]
    found = [
        Record(
            subject.path, fact.subject, fact.span, whole, in_code, tuple(Field(*field) for field in fields)
        )
        for fact in made
        if fact.kind == shape.kind
        for in_code, whole, fields in (fact.detail,)
    ]
    for record in found:
        if record.span == span or record.whole.start <= span.start <= span.end <= record.whole.end:
            return record
    return None
