"""A model, sampler or search draws random numbers and has no seed.

## Why it is debt

Train twice, get two models. A better score may be the change you made or the draw;
nobody can tell, and the model in production cannot be built again.

## What to do

Give it a seed (`random_state=`, `seed=`), best from one constant of the project.

Only where the class is random with these arguments: `SVC` with `probability=True`,
`LogisticRegression` with the solvers that shuffle, `Ridge` with `sag`. Silent where
arguments are hidden (`**options`), where the seed comes in by a name, for the members of
an ensemble that hands its own seed down (`BaggingClassifier(tree, random_state=0)`), for
rows drawn only to be looked at (`df.sample(5)` at the end of a cell), and for a generator
that is the fallback of a function's own `seed` or `rng` parameter. Information at the first
one of a file; the same omission further down is a hint. If the file seeds the global
generator, all are hints, and so they are in examples.

## When to leave it

The point is to see how much the result varies.

## Fix safety

Unsafe: from now on it is always the same model. The seed is the file's constant
(`SEED`, `RANDOM_STATE`, …) if it has one, otherwise 42.

## Source

The documentation of `random_state` in each class, scikit-learn 1.9.

## Examples

```python
from sklearn.ensemble import RandomForestClassifier

SEED = 7
model = RandomForestClassifier(n_estimators=200)  # want: no seed
```

```python fixed
from sklearn.ensemble import RandomForestClassifier

SEED = 7
model = RandomForestClassifier(n_estimators=200, random_state=SEED)
```

Random only under some arguments; samplers and searches too.

```python
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RandomizedSearchCV
from sklearn.svm import SVC

frame = pd.read_csv("train.csv")
small = frame.sample(frac=0.1)  # want: no seed
models = [LogisticRegression(solver="saga"), SVC(probability=True)]  # want: `LogisticRegression` # want: `SVC`
search = RandomizedSearchCV(models[0], {"C": [1, 10]}, n_iter=2)  # want: no seed
X, y = SMOTE().fit_resample(X, y)  # want: no seed
```

```python
import numpy as np
import pandas as pd
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from xgboost import XGBClassifier

frame = pd.read_csv("train.csv")
frame.sample(5)
print(frame.sample(3))
models = [LogisticRegression(), SVC(), XGBClassifier(), RandomForestClassifier(**best)]
bagged = BaggingClassifier(DecisionTreeClassifier(max_depth=3), random_state=0)
tree = DecisionTreeClassifier(random_state=config.seed)


def draw(n, rng=None):
    rng = rng or np.random.default_rng()
    return rng.normal(size=n)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import Knowledge, canonical
from mldebt.knowledge.kinds import Randomness
from mldebt.plain import replace
from mldebt.rule import HINT, INFORMATION, UNSAFE, Finding, Fix, Related, rule
from mldebt.rules.reproducibility._random import (
    DEFAULT_SEED,
    global_seed,
    is_unseeded,
    last_words,
    seed_in_scope,
)
from mldebt.syntax.module import Module
from mldebt.syntax.views import Call
from mldebt.text import Edit, regex

HANDS_DOWN = regex(
    r"sklearn\.ensemble\.(?:Bagging|AdaBoost)\w+$|imblearn\.ensemble\.\w+$|sklearn\.multioutput\.\w+Chain$"
)
"""Ensembles that give their members seeds of their own making (`_set_random_states`)."""
NOT_LEARNING = ("sklearn.datasets.make_", "sklearn.manifold.TSNE", "umap.", "lime.", "sklearn.inspection.")
"""Toy data, pictures and explanations: they vary too, but no model depends on them."""
SHOWN = regex(r"(?:print|display|st\.\w+|logger\.\w+|logging\.\w+|show)\s*\(")
GENERATORS = frozenset({"numpy.random.default_rng", "numpy.random.RandomState", "random.Random"})
SEED_WORDS = ("seed", "rng", "random_state", "generator", "rand")
FEW_ROWS = 20
# Rows that somebody looks at; a sample to learn from is larger. By hand on the corpus, 2026-11.


@rule(severity=INFORMATION, tables=("random",))
def check(module: Module, config: Config) -> Iterator[Finding]:
    knowledge = config.knowledge
    found = []
    for call in module.calls(*last_words(tuple(knowledge.random))):
        if not call.target or call.opaque:
            continue
        entry = knowledge.get(knowledge.random, call.target)
        if entry is None or knowledge.get(knowledge.splitters, call.target) is not None:
            continue
        if is_unseeded(knowledge, call, entry) and matters(module, call):
            found.append((call, entry))
    if not found or seeded_later(module.text):
        return
    handing = [
        call
        for call in module.calls()
        if HANDS_DOWN.search(canonical(call.target)) and has_seed(knowledge, call)
    ]
    said = config.role_of(module.path) == "example"
    for call, entry in found:
        if not any(is_member(module, call, ensemble) for ensemble in handing):
            finding = told(module, knowledge, call, entry)
            yield replace(finding, severity=HINT) if said else finding
            said = said or finding.severity is None


def matters(module: Module, call: Call) -> bool:
    """Whether anything is learned from what this draws."""
    target = canonical(call.target)
    if target.startswith(NOT_LEARNING):
        return False
    if target.startswith("sklearn.linear_model.LogisticRegression"):
        given = {arg.name: arg.value for arg in call.args}
        if given.get("solver") == "liblinear":
            # It draws in coordinate descent only; the default, a trust region, does not.
            return given.get("penalty") == "l1" or given.get("dual") is True
    if call.name == "sample":
        few = call.arg("n", 0)
        if few is not None and few.value.__class__ is int and few.value <= FEW_ROWS:
            return False
        text = module.text[call.statement.start : call.statement.end]
        return call.statement.start != call.span.start and not SHOWN.match(text)
    return target.removesuffix("()") not in GENERATORS or not is_fallback(module, call)


def is_fallback(module: Module, call: Call) -> bool:
    """Whether the function around it takes a seed or generator, or the class keeps one."""
    chunk, _ = module.placed_at(call.span.start)
    at = call.scope
    while at >= 0:
        scope = chunk.scopes[at]
        if any(word in name.lower() for name in scope.params for word in SEED_WORDS):
            return True
        at = scope.parent
    return False


def seeded_later(text: str) -> bool:
    return "set_params(random_state" in text or ".random_state =" in text


def has_seed(knowledge: Knowledge, call: Call) -> bool:
    entry = knowledge.get(knowledge.random, call.target)
    return entry is not None and entry.is_seeded(knowledge.bind(call.target, call.args))


def is_member(module: Module, call: Call, ensemble: Call) -> bool:
    """Whether this call makes a member of the ensemble: written inside it, or bound to a name given to it."""
    if ensemble.span.start < call.span.start and call.span.end <= ensemble.span.end:
        return True
    text = module.text[call.statement.start : call.span.start].rstrip()
    name = text.removesuffix("=").strip() if text.endswith("=") else ""
    return bool(name) and any(arg.chain == name for arg in ensemble.args)


def told(module: Module, knowledge: Knowledge, call: Call, entry: Randomness) -> Finding:
    seed = entry.seeds[0] if entry.seeds else ""
    give = f" Give it `{seed}=`." if seed else ""
    seeded = global_seed(module, knowledge, entry.family) if entry.family else None
    if seeded is None:
        help = "Two runs give two results, and nobody can tell the change from the draw." + give
        return Finding(call.span, f"`{call.name}` draws at random with no seed", help, data=(seed,))
    return Finding(
        call.span,
        f"`{call.name}` has no seed of its own",
        "It is repeatable only as long as nothing draws from the global generator before it." + give,
        (Related(seeded.span, "the global generator is seeded here"),),
        HINT,
        data=(seed,),
    )


@check.fixes
def fixes(module: Module, finding: Finding) -> Iterator[Fix]:
    from mldebt.fixes.arguments import added_argument

    seed = finding.data[0] if finding.data else ""
    call = next((call for call in module.calls() if call.span == finding.span), None)
    if call is None or not seed or seed in ("generator", "rstate"):
        return
    value = seed_in_scope(module, call) or str(DEFAULT_SEED)
    given = call.arg(seed)
    edit = (
        Edit(given.span, value) if given is not None else added_argument(module.text, call, f"{seed}={value}")
    )
    yield Fix(f"Add {seed}={value}", (edit,), UNSAFE)
