"""A comment behind code on its line: another value of the setting before it, or another version of the statement.

Most such comments explain. So only what repeats the code before it counts: the
same name assigned, the same keyword, a literal of the same kind beside `name=value`,
further elements of the open bracket; and calls and checks that cannot be prose.
"""

from __future__ import annotations

import re
from ast import literal_eval

from mldebt.syntax.comment_code import Code, code_in
from mldebt.syntax.comment_shown import DIRECTIVE
from mldebt.syntax.comment_weight import INNER_COMMENT
from mldebt.text import regex
from mldebt.typed import Literal, NamedTuple


class Beside(NamedTuple):
    """What a comment behind code holds."""

    kind: Literal["trailing", "alternative"]
    pairs: tuple[tuple[str, str], ...]
    """(name, other value) of an alternative."""
    code: Code | None
    """None for a plain literal."""


NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
VALUE = rf"(?:{NUMBER}|None|True|False|\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)|\[[^\[\]\n]*\])"
LITERAL = regex(rf"[ \t]*({VALUE}(?:[ \t]*,[ \t]*{VALUE})*)[ \t]*(,?)[ \t]*(?:#.*)?$")
GIVEN = regex(rf"(?:^|[(,{{][ \t]*)[\"']?(\w+)[\"']?[ \t]*[=:][ \t]*({VALUE})[ \t]*(,?)$")
NAMED = regex(r"(?:^|.*[(,{][ \t]*)[\"']?(\w+)[\"']?[ \t]*[=:](?!=)[ \t]*\S.*$")
DEFINES = regex(r"(?:async[ \t]+)?(?:def|class)\b|@")
ASSIGNED = regex(r"([^\W\d][\w.]*(?:\[[^\]]*\])*)[ \t]*=(?!=)")
KEYWORD = regex(r"(?:return|if|elif|for|while|with|assert)\b")


def is_hopeful_beside(body: str) -> bool:
    """Whether a comment behind code, without its `#`, is worth a closer look."""
    return LITERAL.match(body) is not None


def beside_code(code: str, body: str, bracket: str) -> Beside | None:
    """What the comment `body` (without `#`) behind the line `code` holds, if it is code; `bracket` is open there."""
    if DEFINES.match(code) or DIRECTIVE.match(body):
        return None
    literal = LITERAL.match(body)
    if literal:
        given = GIVEN.search(code)
        if not given or not _is_alternative(given[2], literal[1]):
            return None
        return Beside("alternative", ((given[1], literal[1].strip()),), None)
    found = code_in([body], bracket)
    if not found or not found[0].strong:
        return None
    if not bracket:
        return Beside("trailing", (), found[0]) if _repeats(code, body, found[0]) else None
    comma = INNER_COMMENT.sub("", body).rstrip().endswith(",")
    named = NAMED.match(code)
    if named and found[0].parts == 1 and not found[0].pairs and comma <= code.endswith(","):
        return Beside("alternative", ((named[1], body.strip()),), found[0])
    return Beside("trailing", (), found[0]) if comma or found[0].parts > 1 else None


def _is_alternative(value: str, other: str) -> bool:
    """Whether `other`, a literal or several, is of the kind of `value` and does not repeat it."""
    try:
        mine, theirs = literal_eval(value), literal_eval(other)
    except (ValueError, SyntaxError):
        return False
    many = theirs if isinstance(theirs, tuple) and not isinstance(mine, tuple) else (theirs,)
    if mine in many or not many:
        return False  # 1e-3 explained as 0.001, or the list of choices
    if isinstance(mine, bool) or mine is None:
        return False
    kinds = (int, float) if isinstance(mine, (int, float)) else type(mine)
    return all(isinstance(item, kinds) and not isinstance(item, bool) for item in many)


def _repeats(code: str, body: str, found: Code) -> bool:
    """Whether the comment is another version of the statement before it, or a call or check of its own."""
    body = body.strip()
    before, after = ASSIGNED.match(code), ASSIGNED.match(body)
    if after:
        return before is not None and before[1] == after[1]
    keyword = KEYWORD.match(body)
    if keyword and keyword[0] != "assert":
        return code.startswith(keyword[0])
    return found.parts == 1 and not re.match(r"(?:from|import|print)\b[ \t]*[^( \t]", body)
