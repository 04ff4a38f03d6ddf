"""What the flow of a file promises: rebinding kills, branches join, functions are followed, nothing breaks it."""

from __future__ import annotations

import time

import pytest

from mldebt.knowledge import BUILTIN
from mldebt.syntax.document import Document
from mldebt.syntax.flow import flow_of
from mldebt.syntax.flow_calls import MAX_STEPS
from mldebt.syntax.flow_code import code_of, code_of_tree
from mldebt.syntax.flow_fits import fits_of
from mldebt.syntax.flow_rows import rows_of
from mldebt.syntax.flow_values import Flow, Value
from mldebt.syntax.module import Module
from mldebt.syntax.notebook import joined
from mldebt.syntax.source import SourceFile


def module_of(text: str) -> Module:
    return Document(SourceFile("train.py", text)).module()


def given(text: str, module: Module | None = None) -> set[str]:
    """The last words of the calls whose values reach the first argument of `seen(…)`, each read on its own."""
    module = module or module_of(text)
    flow = flow_of(module)
    (call, *_) = flow.calls("seen")
    return {name_of(value) for value in flow.all(call.slots["0"])}


def name_of(value: Value) -> str:
    if value.kind == "const":
        return repr(value.detail)
    return value.name or value.variable or value.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x = a()\nx = b()\nseen(x)", {"b"}, id="rebinding kills"),
        pytest.param("x = a()\nif demo:\n    x = b()\nseen(x)", {"a", "b"}, id="a branch does not kill"),
        pytest.param("if demo:\n    x = a()\nelse:\n    x = b()\nseen(x)", {"a", "b"}, id="branches join"),
        pytest.param(
            "x = a()\nif demo:\n    x = b()\nelif test:\n    x = c()\nelse:\n    x = d()\nseen(x)",
            {"b", "c", "d"},
            id="all arms assign",
        ),
        pytest.param(
            "def f():\n    x = a()\n    if demo:\n        x = b()\n        return x\n    seen(x)\nf()",
            {"a"},
            id="a branch that returns does not come back",
        ),
        pytest.param(
            "x = a()\nfor i in range(9):\n    seen(x)\n    x = b()", {"a", "b"}, id="a loop has a back edge"
        ),
        pytest.param("x = a()\nwhile go():\n    x = b()\nseen(x)", {"a", "b"}, id="a loop may not run"),
        pytest.param(
            "try:\n    x = a()\nexcept OSError:\n    x = b()\nseen(x)", {"a", "b"}, id="a handler joins"
        ),
        pytest.param("x, (y, z) = a(), (b(), c())\nseen(z)", {"c"}, id="tuples are taken apart"),
        pytest.param("x, *rest = [a(), b(), c()]\nseen(x)", {"a"}, id="with a star"),
        pytest.param("x = {'p': a(), 'q': b()}\nseen(x['q'])", {"b"}, id="a literal key"),
        pytest.param("x = {}\nx['p'] = a()\nx['q'] = b()\nseen(x['p'])", {"a"}, id="a key that was set"),
        pytest.param("x = []\nx.append(a())\nfor y in x:\n    seen(y)", {"a"}, id="what a list was given"),
        pytest.param(
            "x = a()\nx['p'].fillna(b(), inplace=True)\nseen(x)", {"update"}, id="a column in place"
        ),
        pytest.param("x = [f(y) for y in z]\ny = a()\nseen(y)", {"a"}, id="comprehension names stay inside"),
        pytest.param("if (x := a()):\n    seen(x)", {"a"}, id="walrus"),
        pytest.param("with a() as x:\n    seen(x)", {"a"}, id="with"),
        pytest.param("x = a() if demo else b()\nseen(x)", {"a", "b"}, id="conditional expression"),
        pytest.param(
            "match k:\n    case 1:\n        x = a()\n    case _:\n        x = b()\nseen(x)",
            {"a", "b"},
            id="match",
        ),
    ],
)
def test_a_name_has_the_values_it_may_have_here(text: str, expected: set[str]) -> None:
    assert given(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("def f(x):\n    return x\nseen(f(a()))", {"a"}, id="arguments come back"),
        pytest.param("def f(x, y=a()):\n    return y\nz = 1\nseen(f(b()))", {"a"}, id="defaults"),
        pytest.param("def f(*, k):\n    return k\nseen(f(k=a()))", {"a"}, id="keywords"),
        pytest.param("def f(x):\n    seen(x)\nf(a())\n", {"a"}, id="arguments go in"),
        pytest.param("def f(x):\n    return x, b()\n_, y = f(a())\nseen(y)", {"b"}, id="several results"),
        pytest.param("def f():\n    global x\n    x = a()\nx = b()\nf()\nseen(x)", {"a"}, id="globals"),
        pytest.param("def f():\n    yield a()\nfor x in f():\n    seen(x)", {"a"}, id="generators"),
        pytest.param("seen((lambda x: x)(a()))", {"a"}, id="lambdas"),
        pytest.param(
            "def f(x, fit):\n    if fit:\n        return x\n    return b()\nseen(f(a(), fit=False))",
            {"b"},
            id="a flag given by this call decides",
        ),
        pytest.param(
            "class C:\n    def __init__(self, x):\n        self.x = x\n\n    def get(self):\n        return self.x\n"
            "seen(C(a()).get())",
            {"a"},
            id="methods share their object",
        ),
        pytest.param(
            "class C:\n    def load(self):\n        self.x = a()\n\n    def train(self):\n        seen(self.x)\n        m.fit(1)\n",
            {"a"},
            id="also those nobody calls",
        ),
        pytest.param(
            "class B:\n    def get(self):\n        return a()\n\nclass C(B):\n    pass\n\nseen(C().get())",
            {"a"},
            id="inherited methods",
        ),
        pytest.param(
            "def main():\n    seen(a())\n\nif __name__ == '__main__':\n    main()\n", {"a"}, id="main"
        ),
        pytest.param(
            "def f(x):\n    seen(x)\n    m.fit(x)\n", {"x"}, id="a parameter nobody gives is unknown"
        ),
        pytest.param(
            "def f(x, scale=False):\n    if scale:\n        seen(x)\n        m.fit(x)\nf(a())\n",
            {"x"},
            id="a branch no call takes is run with unknown parameters",
        ),
        pytest.param(
            "def f(x, scale=False):\n    if scale:\n        seen(x)\n        m.fit(x)\nf(a())\nf(b(), scale=True)\n",
            {"b"},
            id="but not one that some call takes",
        ),
        pytest.param(
            "from sklearn.base import TransformerMixin\nclass S(TransformerMixin):\n    def fit(self, x):\n"
            "        self.m = b(x)\n        return self\n\n    def transform(self, x):\n        return self.m\n"
            "seen(S().fit_transform(a()))",
            {"b"},
            id="an inherited fit_transform fits and transforms",
        ),
        pytest.param(
            "class S(Unknown):\n    def fit(self, x):\n        self.m = b(x)\n        return self\n\n"
            "    def transform(self, x):\n        return self.m\nseen(S().fit_transform(a()))",
            {"fit_transform"},
            id="of an unknown base it is unknown",
        ),
    ],
)
def test_functions_of_the_file_are_followed(text: str, expected: set[str]) -> None:
    assert given(text) == expected


def test_each_call_of_a_function_has_its_own_values() -> None:
    flow = flow_of(module_of("def f(x):\n    return scale(x)\np = f(a())\nq = f(b())\nseen(p)\nseen(q)\n"))
    first, second = flow.calls("seen")
    assert first.slots["0"].isdisjoint(second.slots["0"])


def test_a_change_in_place_is_seen_through_every_name() -> None:
    text = "def clean(frame):\n    frame['a'] = made()\n\ndf = load()\nother = df\nclean(df)\nseen(other)\n"
    flow = flow_of(module_of(text))
    (call,) = flow.calls("seen")
    (value,) = flow.all(call.slots["0"])
    assert value.kind == "update"
    assert {name_of(part) for part in flow.all(value.slots["value"])} == {"made"}


def test_a_fit_is_a_state_of_its_object() -> None:
    text = """
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
scaler.fit(a)
before = scaler.transform(x)
same = scaler.fit(b)
after = same.transform(x)
"""
    flow = flow_of(module_of(text))
    first, second = flow.calls("fit")
    before, after = flow.calls("transform")
    assert before.slots["state"] == {first.id}
    assert after.slots["state"] == {second.id}
    assert flow.targets(after) == {"sklearn.preprocessing.StandardScaler().transform"}


def test_names_are_resolved_through_imports_and_stars() -> None:
    text = "from sklearn.model_selection import *\nimport pandas as pd\ndf = pd.read_csv(p)\nparts = train_test_split(df)\ntop = df.head()\n"
    flow = flow_of(module_of(text))
    assert [call.target for call in flow.calls("train_test_split")] == [
        "sklearn.model_selection.train_test_split"
    ]
    assert [call.target for call in flow.calls("head")] == ["pandas.DataFrame().head"]


def test_a_notebook_is_one_script_and_a_broken_cell_gives_nothing() -> None:
    whole, notebook = joined([(1, "x = a()"), (2, "%matplotlib inline"), (3, "x = = b()"), (4, "seen(x)")])
    module = Document(SourceFile("n.ipynb", whole, notebook=notebook)).module()
    assert given("", module) == {"a"}


def test_an_edit_gives_the_flow_of_the_new_text() -> None:
    old, new = "x = a()\n\nseen(x)\n", "x = b()\n\nseen(x)\n"
    document = Document(SourceFile("train.py", old))
    assert given("", document.module()) == {"a"}
    document.edit(4, 5, "b", SourceFile("train.py", new))
    assert given("", document.module()) == {"b"}


HOSTILE = {
    "a long sum": "x = " + " + ".join(["a"] * 3000) + "\nseen(x)",
    "a long list": "x = [" + ", ".join(["f(a)"] * 3000) + "]\nseen(x)",
    "nested brackets": "x = " + "[" * 90 + "]" * 90 + "\nseen(x)",
    "a long chain": "x = df" + ".a(1)" * 800 + "\nseen(x)",
    "elif": "if a:\n    x = 1\n" + "".join(f"elif a == {n}:\n    x = {n}\n" for n in range(800)) + "seen(x)",
    "deep blocks": "".join("    " * n + "if a:\n" for n in range(80)) + "    " * 80 + "x = 1\nseen(x)",
    "recursion": "def f(x):\n    return g(x)\ndef g(x):\n    return f(x)\nseen(f(1))",
    "a function of itself": "f = lambda f: f(f)\nseen(f(f))",
    "many lambdas": "x = " + "lambda: " * 60 + "1\nseen(x)",
    "updates": "df = a()\n" + "".join(f"df['c{n}'] = df['c{n - 1}'] + 1\n" for n in range(1500)) + "seen(df)",
    "doubling calls": "".join(
        f"def f{n}(x):\n    f{n + 1}(x)\n    f{n + 1}(x)\n    f{n + 1}(x)\n" for n in range(30)
    )
    + "f0(1)\nseen(1)",
    "objects in a ring": "class C:\n    def m(self):\n        self.o = self\n        return self.o.m()\nx = C()\nseen(x.m())",
    "loops": "".join("    " * n + f"for i{n} in x:\n" for n in range(18)) + "    " * 18 + "x = f(x)\nseen(x)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_code_costs_bounded_time_and_breaks_nothing(text: str) -> None:
    module = module_of(text)
    start = time.process_time()
    rows = rows_of(module, BUILTIN)
    assert rows.splits == []
    assert list(fits_of(rows.flow, BUILTIN)) == []
    rows.wide(value.id for value in rows.flow.values)
    assert time.process_time() - start < 5


def test_past_its_limit_it_gives_what_it_has() -> None:
    text = "x = a()\nseen(x)\n" + "y = [" + ", ".join(["1"] * 2000) + "]\n" * 1
    body = "def f(x):\n" + "".join("    x = g(x)\n" for _ in range(400)) + "    return x\n"
    text += body + "".join(f"z{n} = f(x)\n" for n in range(200))
    flow = flow_of(module_of(text))
    assert flow.exhausted
    assert len(flow.values) < 2 * MAX_STEPS
    assert given("", module_of(text)) == {"a"}


def sides(text: str) -> dict[str, str]:
    """Variable -> "train" or "test", for the variables that hold a part."""
    module = module_of(text)
    rows, flow = rows_of(module, BUILTIN), flow_of(module)
    return {name: side for name, ids in flow.names.items() if (side := rows.side(ids))}


IMPORTS = (
    "import numpy as np\nimport pandas as pd\nfrom sklearn.model_selection import KFold, train_test_split\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b, c, d = train_test_split(X, y)", {"a": "train", "b": "test", "c": "train", "d": "test"}),
        ("parts = train_test_split(X)\na = parts[0]\nb = parts[1]", {"a": "train", "b": "test"}),
        ("def f(X):\n    return train_test_split(X)\na, b = f(X)", {"a": "train", "b": "test"}),
        ("for i, j in KFold(5).split(X):\n    a = X[i]\n    b = X[j]", {"a": "train", "b": "test"}),
        ("for n, (i, j) in enumerate(KFold(5).split(X)):\n    b = X.iloc[j]", {"b": "test"}),
        ("i, j = next(KFold(5).split(X))\na = X.iloc[i]", {"a": "train"}),
        ("a, b = train_test_split(X)\nc = a.fillna(0)[['p', 'q']].values", {"a": "train", "b": "test", "c": "train"}),
        ("a, b = train_test_split(X)\nc = pd.concat([a, b])", {"a": "train", "b": "test"}),
        ("X_train = X[:800]\nX_test = X[800:]", {"X_train": "train", "X_test": "test"}),
        ("X_train = X[:800]", {}),
        ("for i, j in KFold(5).split(X):\n    X.loc[j, 'out'] = X.iloc[j].fillna(0)\nc = X[['out']]", {}),
        ("head = X['p']\nX_test = X['q']", {}),
    ],
)  # fmt: skip
def test_rows_know_their_part(text: str, expected: dict[str, str]) -> None:
    assert sides(IMPORTS + "X = pd.read_csv(p)\ny = X.pop('y')\n" + text + "\n") == expected


@pytest.mark.parametrize(
    ("expression", "holds_all", "comes_from"),
    [
        ("df[['a', 'b']]", True, True),
        ("df.a.fillna(0).astype(int) / 2", True, True),
        ("np.log1p(df['a']).values.reshape(-1, 1)", True, True),
        ("[clean(text) for text in df['a']]", True, True),
        ("pd.concat([df, other])", True, True),
        ("df.drop(columns=['a'])", True, True),
        ("df.loc[:, 'a']", True, True),
        ("df[df.a > 3]", False, True),
        ("df.dropna()", False, True),
        ("df.iloc[:100]", False, True),
        ("df.sample(100)", False, True),
        ("df.sample(frac=1)", True, True),
        ("df.a.mean()", False, False),
        ("df.shape[0]", False, False),
        ("df.groupby('a').b.mean()", False, False),
        ("other", False, False),
    ],
)
def test_rows_know_what_they_hold(expression: str, holds_all: bool, comes_from: bool) -> None:
    module = module_of(f"{IMPORTS}df = pd.read_csv(p)\nother = pd.read_csv(q)\nx = {expression}\n")
    rows, flow = rows_of(module, BUILTIN), flow_of(module)
    (df,), x = flow.names["df"], flow.names["x"]
    assert (df in rows.exact(x)) is holds_all
    assert (df in rows.wide(x)) is comes_from


def test_the_same_part_taken_twice_is_one_set_of_rows() -> None:
    module = module_of(
        f"{IMPORTS}df = pd.read_csv(p)\na = df.loc[rows]\ndf['c'] = 1\nb = df.loc[rows]\nc = df.loc[others]\n"
    )
    rows, names = rows_of(module, BUILTIN), flow_of(module).names
    assert rows.roots(names["a"]) == rows.roots(names["b"])
    assert rows.roots(names["a"]) != rows.roots(names["c"])


def test_two_sides_of_a_condition_are_two_sets_of_rows() -> None:
    module = module_of(
        f"{IMPORTS}df = pd.read_csv(p)\na = df[df.x == 1]\nb = df[df.x != 1]\nc = df[df.x == 1]\n"
    )
    rows, names = rows_of(module, BUILTIN), flow_of(module).names
    assert rows.roots(names["a"]) == rows.roots(names["c"])
    assert rows.roots(names["a"]) != rows.roots(names["b"])


def test_the_flow_is_made_once() -> None:
    module = module_of("x = 1\n")
    first: Flow = flow_of(module)
    assert flow_of(module) is first


WHOLE_TEXTS = [
    "import a\n\n\ndef f(x):\n    return x.g(1)[2:]\n\n\nclass C:\n    y = 1\n\n    def m(self):\n"
    '        "ä"; return self.y.z(f"{a.b(1)}é{c}")\n\n    def n(self): pass\n\nfor i in range(3):\n    f(i)\n',
    "x = 'ß' + a(1)\n\r\n# é\r\ny = {k: v for k, v in x.items() if k}\n\n@d(1)\ndef g(*a, b=2, **c):\n    yield a\n",
]


@pytest.mark.parametrize("text", WHOLE_TEXTS)
def test_a_chunk_has_the_same_operations_from_its_files_tree_and_from_its_own_text(text: str) -> None:
    text += "m.fit(x)\n"  # trees are kept only where something is fitted
    module = Document(SourceFile("train.py", text), keep_trees=True).module()
    assert len(module.trees) == len(module.placed) > 2
    for chunk, _ in module.placed:
        tree = module.trees[chunk.owner, chunk.text]
        assert code_of_tree(chunk.text, chunk.owner, tree) == code_of(chunk.text, chunk.owner)


def test_only_the_first_module_of_a_document_kept_for_one_analysis_has_trees() -> None:
    document = Document(SourceFile("train.py", "m.fit(x)\n"), keep_trees=True)
    assert document.module().trees
    assert not document.module().trees
    assert not module_of("m.fit(x)\n").trees


def test_a_method_call_in_a_loop_gathers_all_its_receivers() -> None:
    """The second turn finds an object of this file where the first found a library's."""
    text = "class C:\n    def go(self):\n        return inner()\n\nm = lib()\nfor i in z:\n    x = m.go()\n    m = C()\nseen(x)\n"
    assert given(text) == {"go", "inner"}
    text = "m = a()\nfor i in z:\n    x = m.go()\n    m = b()\nseen(x)\n"
    flow = flow_of(module_of(text))
    (call,) = flow.calls("go")
    assert {name_of(value) for value in flow.all(call.slots["self"])} == {"a", "b"}


def test_an_attribute_that_holds_a_function_is_called() -> None:
    assert given("def f():\n    return a()\n\nm = lib()\nm.go = f\nseen(m.go())\n") == {"go"}
    assert given("class C: pass\n\ndef f():\n    return a()\n\nm = C()\nm.go = f\nseen(m.go())\n") == {"a"}


def test_changes_of_one_object_in_branches_stay_one_object() -> None:
    text = "x = a()\nif c:\n    x['p'] = 1\nelse:\n    x['p'] = 2\nx['q'] = 3\nseen(x)\n"
    flow = flow_of(module_of(text))
    (seen,) = flow.calls("seen")
    (update,) = flow.all(seen.slots["0"])
    assert update.detail == "q"
    assert {before.detail for before in flow.all(update.slots["self"])} == {"p"}


def test_changes_in_the_branches_of_a_loop_are_seen_after_it() -> None:
    text = "x = a()\nfor i in b:\n    if c:\n        x[i] = f(x[i])\n    else:\n        x[i] = g(x[i])\nseen(x)\n"
    flow = flow_of(module_of(text))
    (seen,) = flow.calls("seen")
    assert {value.kind for value in flow.all(seen.slots["0"])} == {"update"}
    assert {
        call.name for call in map(flow.__getitem__, flow.back(seen.slots["0"])) if call.kind == "call"
    } == {
        "a",
        "f",
        "g",
    }
