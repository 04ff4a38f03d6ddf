"""A file as rules see it: chunks with resolved names, and the module that places them.

A `Lowered` piece depends on its text alone and is memoised by it. A `Chunk` is
a lowered piece whose names are resolved against what the pieces before it
import and assign. A `Module` places chunks; its views have absolute spans.
"""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter

from mldebt.knowledge import BUILTIN, ML_ROOTS
from mldebt.syntax import lowering, repair
from mldebt.syntax.chunks import STRING, Piece
from mldebt.syntax.source import SourceFile
from mldebt.syntax.views import (
    Arg,
    Assignment,
    Call,
    Class,
    Comment,
    Function,
    Import,
    Number,
    Scope,
    String,
)
from mldebt.text import LineIndex, Span, identifiers, line_starts, regex
from mldebt.typed import Any, Literal, NamedTuple, TypeVar

FILENAME = "<mldebt>"
warnings.filterwarnings("ignore", category=SyntaxWarning, module=FILENAME)
warnings.filterwarnings("ignore", category=DeprecationWarning, module=FILENAME)

PARSE_FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError)
COMMENT = regex(STRING + r"|\#[^\r\n]*")
# Every alternative starts with a plain character and there is no group: only so does `re` skip to
# the next candidate at once, which halves the cost.
new = tuple.__new__
by_span = itemgetter(0)
State = Literal["parsed", "repaired", "broken"]


def parse(text: str) -> ast.Module:
    """Raises one of PARSE_FAILURES."""
    return ast.parse(text, FILENAME)


class Lowered:
    """The views of one piece; spans count from its first character."""

    __slots__ = (
        "assignments", "calls", "classes", "comments", "functions", "imports", "numbers", "owner", "roots",
        "scopes", "state", "strings", "text",
    )  # fmt: skip

    def __init__(
        self, text: str, owner: str, nodes: list[ast.stmt] | None, starts: list[int], shift: int, origin: int,
        whole: str, wanted: frozenset[str], state: State,
    ) -> None:  # fmt: skip
        self.text, self.owner, self.state = text, owner, state
        self.comments = comments_of(text) if "#" in text else ()
        low = lowering.Lowering(whole, starts, shift, origin, owner, wanted, text.isascii())
        low.run(nodes or (), len(text))
        calls, numbers, strings = in_order(low.calls, low.numbers, low.strings)
        self.calls = tuple(calls)
        self.numbers = tuple(numbers)
        self.strings = tuple(strings)
        self.imports = tuple(low.imports)
        self.assignments = tuple(sorted(low.assignments, key=by_span))
        self.functions = tuple(sorted(low.functions, key=by_span))
        self.classes = tuple(sorted(low.classes, key=by_span))
        self.scopes = lowering.scopes_of(low)
        self.roots = tuple(roots_of(self, calls, numbers, [scope.bindings for scope in self.scopes]))


def in_order(
    calls: list[Call], numbers: list[Number], strings: list[String]
) -> tuple[list[Call], list[Number], list[String]]:
    """The same by their spans; numbers and strings tell of their call by its place."""
    if len(calls) > 1:
        order = sorted(range(len(calls)), key=lambda index: calls[index][0])
        if order != sorted(order):
            new = {old: index for index, old in enumerate(order)}
            new[-1] = -1
            calls = [calls[index] for index in order]
            numbers = [number._replace(call=new[number.call]) for number in numbers]
            strings = [string._replace(call=new[string.call]) for string in strings]
    numbers.sort(key=by_span)
    strings.sort(key=by_span)
    return calls, numbers, strings


def root_of(chain: str) -> str:
    """The name a chain starts from; `self.x` counts as one name."""
    root = chain.partition(".")[0]
    if root.isidentifier() and root.isascii() and root != "self":
        return root
    if chain.startswith("self."):
        match = ROOT.match(chain, 5)
        return "self." + (match[0] if match else "")
    match = ROOT.match(chain)
    return match[0] if match else ""


ROOT = regex(r"\w+")


def roots_of(
    piece: Lowered,
    calls: Iterable[Call],
    numbers: Iterable[Number],
    bindings: Iterable[Iterable[tuple[str, int, str]]],
) -> frozenset[str]:
    """Keys of the environment that these views of a piece, and what each of its scopes binds, may need."""
    roots = set()
    for call in calls:
        roots.add((root_of(call.chain), call.scope))
    for index, some in enumerate(bindings):
        for _, _, chain in some:
            if chain:
                roots.add((root_of(chain), index))
    for number in numbers:
        if number.other:
            roots.add((root_of(number.other), number.scope))
    return frozenset(
        [environment_key(piece, root, scope) if root[:5] == "self." else root for root, scope in roots]
    )


def environment_key(piece: Lowered, root: str, scope: int) -> str:
    """`root` itself, or `Class.self.x` for an attribute of the enclosing class's instances."""
    if not root.startswith("self."):
        return root
    while scope >= 0:
        view = piece.scopes[scope]
        if view.kind == "class":
            return f"{view.name}.{root}"
        scope = view.parent
    return root


def lower_piece(text: str, owner: str, wanted: frozenset[str]) -> Lowered:
    """Parse and lower one piece on its own, repairing it if need be."""
    nodes, state = parsed_piece(text, owner)
    if nodes is None:
        return Lowered(text, owner, None, [0], 0, 0, text, wanted, state)
    return Lowered(text, owner, nodes, line_starts(text), 1 if owner else 0, 0, text, wanted, state)


MAX_PLACEHOLDERS = 3
# Statements replaced in one piece, at two parses (0.2 ms each) a statement; more breaks are left to parso.


@lru_cache(maxsize=16)
def parsed_piece(text: str, owner: str) -> tuple[list[ast.stmt] | None, State]:
    """The statements of one piece, repaired if need be; nobody may change them.

    The last few are kept: what lowers the piece under an edit, the views on
    demand and the flow then share one parse.
    """
    head = "class _:\n" if owner else ""
    try:
        return _members(parse(head + text), owner), "parsed"
    except SyntaxError as error:
        first_error = error
    except PARSE_FAILURES:
        return None, "broken"
    nodes = _with_placeholders(text, owner, first_error)
    if nodes is None:
        code = repair.repaired(head + text)
        if code is None:
            return None, "broken"
        try:
            nodes = _members(parse(code), owner)
        except PARSE_FAILURES:
            return None, "broken"
    return nodes, "repaired"


def _with_placeholders(text: str, owner: str, error: SyntaxError) -> list[ast.stmt] | None:
    """The statements of a piece without the ones Python cannot parse, or None if that does not help."""
    head = "class _:\n" if owner else ""
    code = text
    for _ in range(MAX_PLACEHOLDERS):
        if isinstance(error, IndentationError):
            return None
        number = (error.lineno or 0) - bool(owner)
        for whole_statement in (False, True):
            tried = repair.without_line(code, number, whole_statement)
            if tried is None:
                continue
            try:
                return _members(parse(head + tried), owner)
            except SyntaxError as next_error:
                error = next_error
            except PARSE_FAILURES:
                return None
        if tried is None:
            return None
        code = tried
    return None


def _members(tree: ast.Module, owner: str) -> list[ast.stmt]:
    """The statements of a piece; SyntaxError if they leave the class that was put around them."""
    if not owner:
        return tree.body
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.ClassDef):
        raise IndentationError("the piece leaves its class")
    return tree.body[0].body


def comments_of(text: str) -> tuple[Comment, ...]:
    """Every comment, found by one regex that steps over strings; where none can reach over a line, by the line."""
    if '"""' in text or "'''" in text or "\\\n" in text or "\r" in text:
        return _comments_among_strings(text)
    found = []
    at = text.find("#")
    while at >= 0:
        line = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        before = text[line:at]
        if '"' in before or "'" in before:
            at = next(
                (match.start() for match in COMMENT.finditer(text, line, end) if text[match.start()] == "#"),
                -1,
            )
            before = text[line:at]
        if at >= 0:
            body = text[at:end].rstrip()
            span = new(Span, (at, at + len(body)))
            found.append(new(Comment, (span, body, at - line, not before.strip())))
        at = text.find("#", end)
    return tuple(found)


def _comments_among_strings(text: str) -> tuple[Comment, ...]:
    found = []
    has_cr = "\r" in text
    for match in COMMENT.finditer(text):
        start = match.start()
        if text[start] != "#":
            continue
        line = text.rfind("\n", 0, start) + 1
        if has_cr:
            line = max(line, text.rfind("\r", 0, start) + 1)
        body = match[0].rstrip()
        found.append(
            Comment(Span(start, start + len(body)), body, start - line, not text[line:start].strip())
        )
    return tuple(found)


class Chunk:
    """One piece with its names resolved: what a chunk rule checks. Frozen but for its memo."""

    __slots__ = (
        "_line_starts", "assignments", "calls", "classes", "comments", "exports", "functions", "imports", "memo",
        "names", "numbers", "owner", "scopes", "state", "strings", "text",
    )  # fmt: skip

    def __init__(
        self, piece: Lowered, calls: tuple[Call, ...], exports: tuple[tuple[str, str], ...], names: Any
    ):
        self.text, self.owner, self.state = piece.text, piece.owner, piece.state
        self.numbers, self.strings, self.comments = piece.numbers, piece.strings, piece.comments
        self.imports, self.assignments = piece.imports, piece.assignments
        self.functions, self.classes, self.scopes = piece.functions, piece.classes, piece.scopes
        self.calls, self.exports, self.names = calls, exports, names
        self._line_starts: list[int] | None = None
        self.memo: dict[Any, Any] = {}
        """For the engine: what rules said about this chunk."""

    def resolve(self, chain: str, scope: int, offset: int) -> str:
        """The target of a chain as seen from `offset` in `scope`; "" while its root is unknown."""
        return self.names.resolve(chain, scope, offset)  # type: ignore[no-any-return]

    def qualified_name(self, offset: int) -> str:
        """The innermost named scope around `offset`: `Model.fit`, or "" at module level."""
        name, width = self.owner, len(self.text) + 1
        for scope in self.scopes[1:]:
            if (
                scope.name
                and scope.span.start <= offset < scope.span.end
                and scope.span.end - scope.span.start < width
            ):
                name, width = scope.name, scope.span.end - scope.span.start
        return name

    @property
    def line_starts(self) -> list[int]:
        """Of its own text; the last one is where the next chunk starts."""
        if self._line_starts is None:
            self._line_starts = line_starts(self.text)
        return self._line_starts

    def call_of(self, number: Number | String) -> Call | None:
        return self.calls[number.call] if number.call >= 0 else None


class Placed(NamedTuple):
    """A chunk and the offset of its first character in the module."""

    chunk: Chunk
    start: int


View = TypeVar("View", Call, Number, String, Comment, Import, Assignment, Function, Class)


class Tree(NamedTuple):
    """The statements of one chunk, as its file's parse gave them."""

    nodes: list[ast.stmt]
    starts: list[int]
    """Offsets of the lines of what was parsed; the nodes' line numbers count there."""
    origin: int
    """Where in that the chunk starts."""


class Module:
    """All chunks of one Python file or notebook, in order. Spans of what it yields are absolute."""

    def __init__(
        self,
        source: SourceFile,
        placed: Sequence[Placed],
        trees: dict[tuple[str, str], Tree] | None = None,
    ) -> None:
        self.source = source
        self.placed = placed
        self.trees = trees or {}
        """(owner, text) of a chunk -> its statements, where they were kept; for flow_code.py."""
        self._is_looked_at_once = trees is not None

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def words(self) -> frozenset[str]:
        """Every identifier of the text, comments and strings included. Takes as long as ten searches of the text."""
        return frozenset(identifiers(self.source.text))

    @cached_property
    def vocabulary(self) -> str:
        """What to search for an identifier or a part of one, instead of the text.

        In a file that is looked at once it is each word once, a tenth of the text; while a file is edited, the text.
        """
        return "\n".join(self.words) if self._is_looked_at_once else self.source.text

    def may_mention(self, words: frozenset[str]) -> bool:
        """Whether one of these identifiers may be in the text; sure in a file that is looked at once."""
        if self._is_looked_at_once:
            return not words.isdisjoint(self.words)
        text = self.source.text
        return any(word in text for word in words)

    def mentioned(self, words: frozenset[str]) -> frozenset[str]:
        """Those of these identifiers that may be in the text."""
        return words & self.words if self._is_looked_at_once else words

    @cached_property
    def lower_vocabulary(self) -> str:
        """The same in lower case."""
        return self.vocabulary.lower()

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each chunk."""
        return [placed.start for placed in self.placed]

    @cached_property
    def lines(self) -> LineIndex:
        if self._is_looked_at_once:
            return LineIndex(self.source.text)
        return ChunkLines(self.placed, self.starts, len(self.source.text))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(self._views("imports"))

    @cached_property
    def roots(self) -> frozenset[str]:
        """Top-level names of everything this file imports, at any level."""
        found = set()
        for placed in self.placed:
            for view in placed.chunk.imports:
                found.add(view.module.partition(".")[0])
        return frozenset(found)

    @property
    def is_ml(self) -> bool:
        """Whether the file imports a known ML or data library."""
        return not ML_ROOTS.isdisjoint(self.roots)

    def imports_any(self, *roots: str) -> bool:
        return not self.roots.isdisjoint(roots)

    @property
    def is_notebook(self) -> bool:
        return self.source.notebook is not None

    @cached_property
    def _names(self) -> dict[str, list[tuple[int, int]]]:
        """Last word of a callee -> (placed index, call index) of its calls."""
        index: dict[str, list[tuple[int, int]]] = {}
        for place, placed in enumerate(self.placed):
            for number, call in enumerate(placed.chunk.calls):
                index.setdefault(call.name, []).append((place, number))
        return index

    def calls(self, *names: str) -> Iterator[Call]:
        """Calls whose last word is one of `names` (all calls without names), in source order."""
        if not names:
            yield from self._views("calls")
            return
        found = [where for name in names for where in self._names.get(name, ())]
        for place, number in sorted(found):
            chunk, start = self.placed[place]
            yield shifted(chunk.calls[number], start)

    def chunks_that_call(self, words: Set[str]) -> set[int]:
        """Numbers of the chunks with a call whose last word is one of these."""
        names = self._names
        return {place for word in names.keys() & words for place, _ in names[word]}

    def has_call(self, *names: str) -> bool:
        return any(name in self._names for name in names)

    def numbers(self) -> Iterator[Number]:
        return self._views("numbers")

    def strings(self) -> Iterator[String]:
        return self._views("strings")

    def comments(self) -> Iterator[Comment]:
        return self._views("comments")

    def assignments(self) -> Iterator[Assignment]:
        return self._views("assignments")

    def functions(self) -> Iterator[Function]:
        return self._views("functions")

    def classes(self) -> Iterator[Class]:
        return self._views("classes")

    def _views(self, kind: str) -> Iterator[Any]:
        for chunk, start in self.placed:
            for view in getattr(chunk, kind):
                yield shifted(view, start)

    def placed_at(self, offset: int) -> Placed:
        """The chunk that holds `offset`; the last one for the end of the text."""
        return self.placed[max(0, bisect_right(self.starts, offset) - 1)]

    def qualified_name(self, offset: int) -> str:
        chunk, start = self.placed_at(offset)
        return chunk.qualified_name(offset - start)


class ChunkLines(LineIndex):
    """The lines of a module, from those of its chunks: after an edit only the new chunks' are counted."""

    __slots__ = ("_starts", "chunk_starts", "first", "placed")

    def __init__(self, placed: Sequence[Placed], chunk_starts: list[int], length: int) -> None:
        # Not the module itself: it holds these lines, and a cycle would keep every text of a run alive.
        self.placed = placed
        self.chunk_starts = chunk_starts
        self.length = length
        self._starts: list[int] | None = None
        self.first = [0, *accumulate(len(chunk.line_starts) - 1 for chunk, _ in placed)]
        """Number of the first line of each chunk."""

    @property
    def starts(self) -> list[int]:  # type: ignore[override]
        if self._starts is None:
            found: list[int] = []
            for chunk, start in self.placed:
                if found:
                    found.pop()
                found += [start + line for line in chunk.line_starts] if start else chunk.line_starts
            self._starts = found or [0]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        place = max(0, bisect_right(self.chunk_starts, offset) - 1)
        chunk, start = self.placed[place]
        local = chunk.line_starts
        line = bisect_right(local, offset - start) - 1
        return self.first[place] + line, offset - start - local[line]

    def line_of(self, offset: int) -> int:
        return self.position(offset)[0]


def shifted(view: Any, by: int) -> Any:
    """The same view with every span moved by `by`."""
    if not by:
        return view
    changes: dict[str, Any] = {}
    for name, value in zip(view._fields, view, strict=True):
        if value.__class__ is Span:
            changes[name] = Span(value.start + by, value.end + by)
        elif name == "args":
            changes[name] = tuple(
                Arg(arg.name, Span(arg.span.start + by, arg.span.end + by), arg.value, arg.chain)
                for arg in value
            )
    return view._replace(**changes)


WANTED = BUILTIN.terminals
__all__ = [
    "WANTED",
    "Chunk",
    "Lowered",
    "Module",
    "Piece",
    "Placed",
    "Scope",
    "lower_piece",
    "parse",
    "shifted",
]
