"""Names for values that have none: what a number is given to, or what it is compared with.

`learning_rate` of a keyword, `age_min` of `row["age"] > 63`, `std_factor` of
`2.7 * std`. Names are guesses that must at least be legal, distinct and short;
the person who fills in the reasons is expected to improve them.
"""

from __future__ import annotations

import keyword
import re

from mldebt.knowledge import BUILTIN
from mldebt.syntax.literals import LiteralView
from mldebt.syntax.module import Chunk, Module
from mldebt.text import regex

HUMP = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NOT_WORD = regex(r"\W+")
CLASS_WORD = regex(r"[^\W_]+")
MAX_NAME = 40
# Characters: a longer name says less than a comment.

RESERVED = frozenset(
    {
        "int",
        "float",
        "complex",
        "tuple",
        "date",
        "dataclass",
        "dataclasses",
        "field",
        "fields",
        "self",
        "cls",
        "value",
        "mro",
    }
)
"""Names that would change what the annotations of later fields mean, or say nothing."""
VAGUE = frozenset(
    {"value", "default", "number", "num", "val", "arg", "args", "x", "obj", "data", "result", "n"}
)
TAKES_ROWS = frozenset({"head", "tail", "sample", "take", "nlargest", "nsmallest", "limit"})
BOUNDS = {">": "min", ">=": "min", "<": "max", "<=": "max", "==": "value", "!=": "value"}
OPERANDS = {
    "*": "factor", "/": "divisor", "//": "divisor", "+": "offset", "-": "offset", "**": "exponent", "%": "period",
}  # fmt: skip
STEPS = {"+": "step", "-": "step"}
SLICES = {"lower": "start", "upper": "stop", "step": "step"}
SUBJECTS = {
    "compare": "bound", "augmented": "step", "slice": "end", "index": "index", "return": "result",
}  # fmt: skip
SCORE = regex(r"prob|score|confidence|conf\b|risk|likelihood|similarity", re.I)


def snake(text: str) -> str:
    """`maxDepth`, `max-depth` and `MAX_DEPTH` -> `max_depth`; "" when nothing is left."""
    word = HUMP.sub("_", text.rpartition(".")[2])
    word = NOT_WORD.sub("_", word).strip("_").lower()
    return re.sub(r"__+", "_", word)


def legal(word: str) -> str:
    """A legal attribute name: never a keyword, a leading digit or underscore, or a name annotations need."""
    word = word.strip("_")
    if len(word) > MAX_NAME:
        word = word[:MAX_NAME].rstrip("_")
    if not word or not word.isidentifier():
        word = f"value_{word}" if word and f"value_{word}".isidentifier() else "value_1"
    return word + "_" if keyword.iskeyword(word) or keyword.issoftkeyword(word) or word in RESERVED else word


def camel(text: str) -> str:
    """`train_model` -> `TrainModel`, `104_join` -> `Join`; "" when nothing is left."""
    words = "".join(word[:1].upper() + word[1:] for word in CLASS_WORD.findall(HUMP.sub("_", text)))
    words = words.lstrip("0123456789")
    words = words[:1].upper() + words[1:]
    return words if words.isidentifier() else ""


def scope_words(module: Module, view: LiteralView) -> str:
    """What the config class is named after: the class, else the outermost function, else the file."""
    for name in (view.class_name, view.function_name):
        if camel(name):
            return name
    return file_words(module)


def file_words(module: Module) -> str:
    path = module.path.rpartition(".")[0] if "." in module.path.rpartition("/")[2] else module.path
    parts = [part for part in path.split("/") if part not in ("__init__", "__main__", "src", "")]
    return parts[-1] if parts and camel(parts[-1]) else "module"


def field_name(module: Module, chunk: Chunk, view: LiteralView) -> str:
    """A name for the value, not yet made distinct from others."""
    return legal(_words(module, chunk, view))


def _words(module: Module, chunk: Chunk, view: LiteralView) -> str:
    callee = snake(view.callee.replace("()", "").replace("[]", ""))
    other = snake(view.other)
    kind = view.kind
    if kind in ("keyword", "default", "dict", "assign"):
        name = snake(view.name)
        if kind == "keyword" and (len(name) < 2 or name in VAGUE) and callee:
            name = f"{callee}_{name}"
        elif len(name) < 2 and view.function_name and kind == "default":
            name = f"{snake(view.function_name)}_{name}"
        if view.place >= 0 and name:
            name += f"_{view.place + 1}"
        return name or "value_1"
    if kind == "argument":
        return _argument(module, chunk, view, callee)
    if kind == "compare":
        if other and SCORE.search(other) and view.op[:1] in "<>":
            return f"{other}_threshold"
        return f"{other or 'bound'}_{BOUNDS.get(view.op, 'value')}"
    if kind == "augmented":
        return f"{other or 'value'}_{STEPS.get(view.op) or OPERANDS.get(view.op, 'operand')}"
    if kind == "binop":
        share = view.op == "*" and isinstance(view.value, float) and 0 < view.value < 1
        noun = "share" if share else OPERANDS.get(view.op, "operand")
        return f"{other}_{noun}" if other else f"{callee}_{noun}" if callee else noun
    if kind == "slice":
        return f"{other or 'rows'}_{SLICES.get(view.op, 'stop')}"
    if kind == "index":
        return f"{other or 'item'}_index"
    if kind == "return" and view.function_name:
        return f"{snake(view.function_name)}_value"
    return f"{other or callee or 'value'}_1"


def _argument(module: Module, chunk: Chunk, view: LiteralView, callee: str) -> str:
    name = snake(parameter(module, chunk, view))
    suffix = f"_{view.place + 1}" if view.place >= 0 else ""
    if name and len(name) > 1 and name not in VAGUE:
        return name + suffix
    if callee in TAKES_ROWS:
        return f"{callee}_rows"
    if name:
        return f"{callee}_{name}{suffix}"
    if not callee:
        return "value_1"
    return f"{callee}_value{suffix}" if view.position == 0 else f"{callee}_arg_{view.position + 1}{suffix}"


def parameter(module: Module, chunk: Chunk, view: LiteralView) -> str:
    """The parameter a positional argument is for, where the callee is known or defined in this file; or ""."""
    if view.call is None or view.kind != "argument" or view.position < 0:
        return ""
    for call in chunk.calls:
        if call.span == view.call and call.target:
            signature = BUILTIN.signature(call.target)
            if signature is not None and signature.at(view.position):
                return signature.at(view.position)
    last = view.callee.rpartition(".")[2]
    for placed in module.placed:
        for function in placed.chunk.functions:
            params = function.params
            if function.name == last and params[:1] != ("self",) and view.position < len(params):
                return params[view.position]
    return ""


def description(module: Module, chunk: Chunk, view: LiteralView) -> str:
    """Answers "what is it" as well as the code can: `num_leaves` of `LGBMClassifier`."""
    callee = view.callee if len(view.callee) <= 60 and "`" not in view.callee else ""
    if view.kind == "keyword" and callee:
        return f"`{view.name}` of `{callee}`"
    if view.kind == "argument" and callee:
        name = parameter(module, chunk, view)
        return f"`{name}` of `{callee}`" if name else f"argument {view.position + 1} of `{callee}`"
    if view.kind == "default":
        return f"default of `{view.name}`"
    if view.kind in ("assign", "dict") and view.name and "`" not in view.name and "\n" not in view.name:
        return f"`{view.name}`"
    subject = f" of `{view.other_text}`" if view.other_text else ""
    word = OPERANDS.get(view.op, "operand") if view.kind == "binop" else SUBJECTS.get(view.kind, "value")
    return word + subject
