"""The text around a number, for the three rules about numbers.

Statements are read as text because what is asked of them (do they draw, does a comment
explain, what is compared) needs no tree and must cost next to nothing.
"""

from __future__ import annotations

import re

from mldebt.syntax.module import Chunk
from mldebt.syntax.views import Number
from mldebt.text import regex

DRAWS = regex(
    r"\b(?:plt|ax\w*|axs?|fig|figure|sns|px|go|cv2|canvas|draw|pyplot|matplotlib|st|print|logg?er|logging|raise|warn\w*)"
    r"\s*[.(\[]"
    r"|\.(?:plot|hist|scatter|bar|barh|text|annotate|set_\w+|figure|subplots?|savefig|imshow|show|display|title)\("
    r"|\b(?:figsize|font\w*|line_?width|thickness|alpha|xy\w*|[xy]lim|subplots?|plot_\w+|display|visuali[sz]\w*)\s*[=(]"
)
"""Statements that draw, print or complain: their numbers are layout."""

TARGET = regex(r"\s*([\w.]+(?:\[[^\]]*\])*)\s*([-+*/])?=(?!=)")

KEYWORD = regex(
    r"(?:if|elif|else|while|for|with|return|del|async|await|try|def|class|@)\b|(?!(?:np|pd|tf|torch)\.)[\w.]+\("
)

FLOWS = regex(
    r"(?:^|[.])(?:predict|predict_proba|predict_log_proba|decision_function|score_samples|sigmoid|softmax|expit|log_softmax)\(\)"
)
"""Calls whose result is a model's score."""
SCORE_WORD = regex(
    r"(?:^|_)(?:probs?|probas?|probability|probabilities|scores?|confidences?|confs?|risks?|likelihoods?|similarity"
    r"|similarities|sims?|preds?|predictions?|y_hat)"
    r"(?:_?\d+|_(?:test|val|valid|train|new|pos|neg|mean|avg|max|min|list|array|np|arr|all|fixed|raw|final|i))?$",
    re.I,
)
NO_SCORE = regex(
    r"f1|f_?beta|auc|accura|recall|precision|silhouette|bleu|rouge|ndcg|iou|dice|jaccard|brier|z_?score|t_?score|r2|mcc"
    r"|random|rand|config|vif|quality|health|test|loss|error|time|wait|queue|std|threshold|cv_score|val_score|best",
    re.I,
)
"""Measures of a model or of data, and other things that are called scores."""

NAME = regex(r"[A-Za-z_]\w*")
WORD = regex(r"[^\W\d_]{2,}")


def is_only_shown(chunk: Chunk, number: Number, statement: str) -> bool:
    """Whether the statement is an expression at the top of a script or cell: looked at once, deciding nothing."""
    return (
        number.scope == 0 and not chunk.owner and not TARGET.match(statement) and not KEYWORD.match(statement)
    )


def text_of(chunk: Chunk, number: Number) -> str:
    return chunk.text[number.span.start : number.span.end]


def statement_text(chunk: Chunk, number: Number) -> str:
    """The statement's text, shortened to what a pattern should have to read."""
    start = number.statement.start
    return chunk.text[start : min(number.statement.end, start + 600)]


def beside(chunk: Chunk, number: Number) -> str:
    """The other side of a comparison as text: to the next `and`, `or`, comma or enclosing bracket."""
    text = chunk.text
    start = max(number.statement.start, number.span.start - 120)
    before = re.split(
        r"\band\b|\bor\b|\bif\b|\belse\b|\bnot\b|[,&|:]|(?<![<>=!])=(?!=)|\n\s*\n",
        text[start : number.span.start],
    )[-1]
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        character = before[at]
        if character in ")]}":
            depth += 1
        elif character in "([{":
            depth -= 1
            if depth < 0:
                before = before[at + 1 :]
                break
    after = re.split(r"\band\b|\bor\b|\belse\b|[,&|:#\n]", text[number.span.end : number.span.end + 120])[0]
    return before + " " + after if re.match(r"\s*[<>]", after) else before


def flows_from_model(chunk: Chunk, number: Number) -> str:
    """The call that gave the score compared with this number, followed through local names; or ""."""
    chain = number.other
    target = chunk.resolve(chain, number.scope, number.span.start) if chain else ""
    for _ in range(4):
        match = FLOWS.search(target) or FLOWS.search(chain)
        if match:
            return match[0].strip(".()")
        root = chain.partition(".")[0].partition("[")[0].partition("(")[0]
        before = [
            bound
            for offset, bound in chunk.names.bindings(number.scope, root)
            if offset < number.span.start and bound and not bound.startswith("=")
        ]
        if not before or before[-1] == chain:
            return ""
        chain, target = before[-1], ""
    return ""


def is_score(chunk: Chunk, number: Number, operand: str) -> bool:
    """Whether the number is compared with a model's score, by where it comes from or by what it is called."""
    words = NAME.findall(operand)
    if any(NO_SCORE.search(word) for word in words):
        return False
    return any(SCORE_WORD.search(word) for word in words) or bool(flows_from_model(chunk, number))


def is_explained(chunk: Chunk, number: Number) -> bool:
    """A comment of three words or more on the number's line says what it is there for."""
    text = chunk.text
    end = text.find("\n", number.span.end)
    line = text[number.span.end : end if end >= 0 else len(text)]
    _, mark, comment = line.partition("#")
    return bool(mark) and len(WORD.findall(comment)) >= 3
