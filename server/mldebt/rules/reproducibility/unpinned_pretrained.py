"""A pretrained model is downloaded without saying which revision.

## Why it is debt

A name on a hub is a moving branch: its owner may push other weights, another tokenizer
or other code under it tomorrow. Whoever retrains or redeploys gets what is there that
day, and the score that was measured belongs to something else.

## What to do

Pin the commit: `revision="…"` with the hash from the model's page (a tag holds as long
as its owner leaves it alone). For `torch.hub.load`, write `owner/repo:tag`.

Said once for each name in a file. Silent where the name comes in from outside (a
parameter, a configuration), where it is a folder of your own (`./model`, `outputs/best`,
or saved by this file), where arguments are hidden, and for `local_files_only=True`.

## When to leave it

A demonstration that may follow the newest weights; in examples it is a hint.

## Fix safety

A draft: the commit has to be looked up.

## Examples

```python
from transformers import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")  # want: says no revision
model = AutoModel.from_pretrained("bert-base-uncased")
```

```python fixed
from transformers import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased", revision="TODO(mldebt): commit")
model = AutoModel.from_pretrained("bert-base-uncased")
```

The name may be a constant; a branch is no pin.

```python
import torch
from huggingface_hub import hf_hub_download
from sentence_transformers import SentenceTransformer

ENCODER = "sentence-transformers/all-MiniLM-L6-v2"
encoder = SentenceTransformer(ENCODER)  # want: all-MiniLM-L6-v2
weights = hf_hub_download("acme/churn", "model.bin", revision="main")  # want: says no revision
net = torch.hub.load("pytorch/vision", "resnet18")  # want: `pytorch/vision`
```

```python
import torch
from efficientnet_pytorch import EfficientNet
from transformers import AutoModel, AutoTokenizer

model = AutoModel.from_pretrained("bert-base-uncased", revision="86b5e09")
tokenizer = AutoTokenizer.from_pretrained(args.model)
mine = AutoModel.from_pretrained("./checkpoints/best")
saved = AutoModel.from_pretrained("outputs/best")
offline = AutoModel.from_pretrained("bert-base-uncased", local_files_only=True)
net = torch.hub.load("pytorch/vision:v0.10.0", "resnet18")
other = EfficientNet.from_pretrained("efficientnet-b0")
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import canonical
from mldebt.knowledge.kinds import Pretrained
from mldebt.rule import DRAFT, HINT, INFORMATION, Finding, Fix, Related, rule
from mldebt.rules.reproducibility._random import last_words
from mldebt.syntax.module import Module
from mldebt.syntax.views import Arg, Call
from mldebt.text import Edit, regex

HUBS = (
    "transformers.", "diffusers.", "peft.", "sentence_transformers.", "huggingface_hub.", "optimum.", "tokenizers.",
    "setfit.", "trl.", "adapters.", "torch.hub.", "tensorflow_hub.", "pyannote.",
)  # fmt: skip
"""Libraries whose `from_pretrained` takes a revision (or, for the last ones, a version in the name)."""
IDENTIFIER = regex(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?(?::[\w./-]+)?$")
OWN_FOLDER = regex(
    r"(?:outputs?|models?|checkpoints?|ckpts?|saved?|saved[_-]models?|results?|weights|data|datasets?|artifacts?|logs?|runs?"
    r"|exp|experiments?|tmp|temp|trained|trained[_-]models?|my[_-][\w.-]*|local|pretrained|cache|dist|build|export|best[_-]?\w*"
    r"|path|dir|test|tests|final\w*|fine[_-]?tuned?\w*|checkpoint-\d+)(?:/|$)",
    re.IGNORECASE,
)
FILE_ENDING = regex(r"\.(?:pt|pth|bin|ckpt|json|safetensors|h5|onnx|pkl|zip|gguf|model)$")
BRANCHES = frozenset({"main", "master", "HEAD", "dev", "latest", None})
SAVERS = ("save_pretrained", "save", "save_model", "push_to_hub")


@rule(severity=INFORMATION, tables=("pretrained",))
def check(module: Module, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    by_name: dict[str, list[tuple[Call, Pretrained]]] = {}
    for call in module.calls(*last_words(tuple(knowledge.pretrained))):
        target = canonical(call.target)
        known = knowledge.get(knowledge.pretrained, call.target) if target.startswith(HUBS) else None
        if known is None or call.opaque:
            continue
        given = call.arg(known.keyword, known.position)
        name = literal(module, given) if given is not None else ""
        if name and is_from_hub(name, target) and not is_pinned(call, known, name):
            by_name.setdefault(name, []).append((call, known))
    own = saved_here(module) if by_name else frozenset()
    severity = HINT if config.role_of(module.path) == "example" else None
    for name, uses in by_name.items():
        if name in own:
            continue
        call, known = uses[0]
        how = f'Pin it: `{known.revision}="<commit>"`.' if known.revision else "Name a tag: `owner/repo:tag`."
        yield Finding(
            call.span,
            f"`{name}` is downloaded, and nothing says which revision",
            f"Its owner can replace the weights under this name, and `{call.name}` says no revision. {how}",
            tuple(Related(other.span, "and here") for other, _ in uses[1:6]),
            severity,
            data=(known.revision,),
        )


def literal(module: Module, given: Arg) -> str:
    """The string given, or bound once, at module level, to the name given."""
    name = given.chain
    if given.value.__class__ is str:
        return str(given.value)
    if not name.isidentifier():
        return ""
    values = [one.value for one in module.assignments() if one.name == name and one.scope == 0]
    scopes = [scope for chunk, _ in module.placed for scope in chunk.scopes]
    bound = sum(1 for scope in scopes for other, _, _ in scope.bindings if other == name)
    if len(values) != 1 or bound != 1 or any(name in scope.params for scope in scopes):
        return ""
    return values[0] if values[0].__class__ is str else ""


def is_from_hub(name: str, target: str) -> bool:
    if target.startswith("tensorflow_hub."):
        return name.startswith("https://")
    return bool(IDENTIFIER.match(name)) and not OWN_FOLDER.match(name) and not FILE_ENDING.search(name)


def is_pinned(call: Call, known: Pretrained, name: str) -> bool:
    local = call.arg("local_files_only")
    if local is not None and local.value is not False:
        return True
    if not known.revision:
        _, colon, tag = name.partition(":")
        if name.startswith("https://"):
            return name.rstrip("/").rpartition("/")[2].isdigit()
        source = call.arg("source")
        return (bool(colon) and tag not in BRANCHES) or (source is not None and source.value != "github")
    revision = call.arg(known.revision)
    if revision is None:
        return False
    is_literal = revision.value is None or revision.value.__class__ is str
    return not is_literal or revision.value not in BRANCHES


def saved_here(module: Module) -> frozenset[str]:
    return frozenset(
        arg.value for call in module.calls(*SAVERS) for arg in call.args[:2] if arg.value.__class__ is str
    )


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.arguments import added_argument

    call = next((call for call in module.calls() if call.span == finding.span), None)
    if call is None or not finding.data or not finding.data[0]:
        return
    slot = finding.data[0]
    value = '"TODO(mldebt): commit"'
    given = call.arg(slot)
    edit = (
        Edit(given.span, value) if given is not None else added_argument(module.text, call, f"{slot}={value}")
    )
    yield Fix("Draft a pinned revision", (edit,), DRAFT)
