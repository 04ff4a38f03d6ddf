"""The plain operations a chunk is taken apart into: what flow_code.py makes and flow.py runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mldebt.typed import Any, NamedTuple


class Op(NamedTuple):
    """One operation. `start` and `end` count from the chunk; `a`, `b`, `c` depend on `kind`.

    Expressions fill register `out`:

        const   a value                          name    a name
        attr    a base, b name                   index   a base, b key register
        slice   a (lower, upper, step) registers or -1
        call    a callee, b ((name, register), …) in order, c (start, end) of the callee
        method  a base, b as in call, c (start, end, name, register) of the callee `base.name`
        pack    a "tuple"|"list"|"set"|"dict", b registers, c keys (dict: literal or None)
        comp    a element, b iterables, c True if it filters; kind of result is dropped
        mix     a operator, b operands, c which comparison           join    b alternatives
        item    a iterable                       element a base, b index, c number of targets
        function  a Code                         class   a name, b base registers, c body block

    Statements:

        store   a name, b register               setattr a base, b name, c register
        setitem a root container, b value, c literal key or None
        delete  a name                           scope   a "global"|"nonlocal", b names
        import  a alias, b dotted target         star    a module
        return  a register                       yield   a register
        raise                                    break (also continue)
        if      a ((block, block), …): test and body of each arm, b else block
        loop    a header block, b body block, c else block
        try     a body block, b handler blocks, c (else block, final block)
    """

    kind: str
    out: int
    start: int
    end: int
    a: Any = None
    b: Any = None
    c: Any = None


new_op: Callable[[tuple[str, int, int, int, Any, Any, Any]], Op] = partial(tuple.__new__, Op)
"""An `Op` from all its fields, in a third of the time of `Op(…)`: there are three a source line."""

Block = tuple[Op, ...]


class Code(NamedTuple):
    """A function or lambda."""

    name: str
    start: int
    end: int
    params: tuple[str, ...]
    """Positional first, then keyword-only."""
    n_positional: int
    star: str
    double_star: str
    defaults: tuple[tuple[str, int], ...]
    """(parameter, register of its default in the defining frame)."""
    body: Block
    locals: frozenset[str]
    words: frozenset[str]
    """Every name and attribute it mentions, nested functions included."""
    decorators: tuple[int, ...]
