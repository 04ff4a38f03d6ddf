"""Parameters and defaults of ML callables, as the text of their signatures.

`{"torch.nn.Dropout": "p=0.5, inplace=False"}`: readable, diffable, one string
each to load; `Knowledge.signature` parses one when somebody asks. `*` begins
keyword-only parameters, `...` is a default that is no literal. A method on an
instance is `keras.Model().fit`.
"""

from __future__ import annotations

from mldebt.knowledge.signatures.boosting import BOOSTING
from mldebt.knowledge.signatures.features import FEATURES
from mldebt.knowledge.signatures.hub import HUB
from mldebt.knowledge.signatures.keras import KERAS
from mldebt.knowledge.signatures.models import MODELS
from mldebt.knowledge.signatures.sklearn import SKLEARN
from mldebt.knowledge.signatures.torch import TORCH

SIGNATURES: dict[str, str] = {**BOOSTING, **FEATURES, **HUB, **KERAS, **MODELS, **SKLEARN, **TORCH}
