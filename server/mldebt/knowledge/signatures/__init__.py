"""Parameters and defaults of ML callables, as the text of their signatures.

`{"torch.nn.Dropout": "p=0.5, inplace=False"}`: readable, diffable, one string
each to load; `Knowledge.signature` parses one when somebody asks. `*` begins
keyword-only parameters, `...` is a default that is no literal.
"""

from __future__ import annotations

from mldebt.knowledge.signatures.torch import TORCH

SIGNATURES: dict[str, str] = {**TORCH}
