"""Promises of `mldebt.knowledge`: cheap to load, total to ask, right where the libraries can be asked."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mldebt.knowledge import (
    BUILTIN,
    DATA_ROOTS,
    GENERATORS,
    ML_ROOTS,
    TERMINALS,
    PathArg,
    Randomness,
    aliases,
    canonical,
    estimators,
    evaluation,
    files,
    hyperparameters,
    last_word,
    loaders,
    method_of,
    preprocessing,
    randomness,
    result,
    returns,
    seeds,
    tools,
)
from mldebt.knowledge.signature import parse
from mldebt.knowledge.signatures import boosting, features, hub, keras, models, sklearn, torch
from mldebt.syntax.views import UNKNOWN, Arg
from mldebt.text import Span

TABLES = {name: table for name, table in BUILTIN._asdict().items() if isinstance(table, Mapping)}
MODULES = (
    *(aliases, boosting, estimators, evaluation, features, files, hub, hyperparameters, keras),
    *(loaders, models, preprocessing, randomness, returns, seeds, sklearn, tools, torch),
)
HEAVY = {"ast", "asyncio", "dataclasses", "difflib", "inspect", "json", "parso", "tomllib", "yaml"}


def args(*positional: object, **keywords: object) -> tuple[Arg, ...]:
    nowhere = Span(0, 0)
    return tuple(Arg("", nowhere, value, "") for value in positional) + tuple(
        Arg(name, nowhere, value, "") for name, value in keywords.items()
    )


# Loading


def test_loading_imports_nothing_heavy_and_nothing_else_of_ours():
    code = "import sys, mldebt.knowledge; print(*sorted(sys.modules))"
    server = str(Path(inspect.getfile(files)).parents[2])
    out = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {server!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert "mldebt.knowledge.signatures.sklearn" in out
    assert HEAVY.isdisjoint(out)
    assert {name for name in out if name.startswith("mldebt")} - {
        "mldebt",
        "mldebt.text",
        "mldebt.typed",
    } == {name for name in out if name.startswith("mldebt.knowledge")}


@pytest.mark.parametrize(
    "module",
    MODULES,
    ids=lambda module: module.__name__.removeprefix("mldebt.knowledge."),
)
def test_tables_are_sorted_and_without_repeats(module):
    composed = {"PATH_ACCEPTING", "METHODS", "WORDS"}
    tables = {
        n: t for n, t in vars(module).items() if isinstance(t, dict) and n.isupper() and n not in composed
    }
    assert tables
    source = inspect.getsource(module)
    for name, table in tables.items():
        assert list(table) == sorted(table), name
        repeated = [key for key in table if source.count(f'\n    "{key}": ') > len(tables)]
        assert not repeated, name


def test_keys_are_canonical_or_they_could_never_be_found():
    wrong = [
        (name, key, canonical(key))
        for name, table in TABLES.items()
        for key in table
        if key[0] != "." and canonical(key) != key
    ]
    assert wrong == []


def test_every_call_a_table_knows_gets_a_view():
    missing = {last_word(key) for table in TABLES.values() for key in table} - TERMINALS
    assert missing == set()
    asked = (
        "fit fit_transform transform fit_resample partial_fit predict predict_proba decision_function score"
    )
    asked += " split adapt sample train_test_split cross_val_score load read_csv StandardScaler date datetime"
    asked += " Timestamp fromisoformat seed seed_everything start_run log_metric join Path open"
    assert set(asked.split()) <= TERMINALS


def test_common_words_of_ordinary_code_get_no_view():
    assert TERMINALS.isdisjoint({"append", "print", "len", "format", "items", "get", "add_argument", "super"})


# Names


@pytest.mark.parametrize(
    ("written", "one_name"),
    [
        ("tensorflow.keras.layers.Dense", "keras.layers.Dense"),
        ("tensorflow.python.keras.layers.core.Dense", "keras.layers.Dense"),
        ("tensorflow.compat.v1.keras.models.Sequential", "keras.Sequential"),
        ("keras.src.layers.regularization.dropout.Dropout", "keras.layers.Dropout"),
        ("keras.optimizers.legacy.Adam", "keras.optimizers.Adam"),
        ("keras.optimizers.schedules.ExponentialDecay", "keras.optimizers.schedules.ExponentialDecay"),
        ("keras.layers.experimental.preprocessing.Normalization", "keras.layers.Normalization"),
        ("lightning.pytorch.Trainer", "lightning.Trainer"),
        ("pytorch_lightning.seed_everything", "lightning.seed_everything"),
        ("pytorch_lightning.callbacks.early_stopping.EarlyStopping", "lightning.callbacks.EarlyStopping"),
        ("xgboost.sklearn.XGBClassifier", "xgboost.XGBClassifier"),
        ("lightgbm.sklearn.LGBMClassifier", "lightgbm.LGBMClassifier"),
        ("torch.optim.adam.Adam", "torch.optim.Adam"),
        ("torch.optim.lr_scheduler.StepLR", "torch.optim.lr_scheduler.StepLR"),
        ("torch.nn.modules.linear.Linear", "torch.nn.Linear"),
        ("torch.nn.functional.dropout", "torch.nn.functional.dropout"),
        ("sklearn.ensemble._forest.RandomForestClassifier", "sklearn.ensemble.RandomForestClassifier"),
        ("sklearn.ensemble.forest.RandomForestClassifier", "sklearn.ensemble.RandomForestClassifier"),
        ("sklearn.metrics._classification.f1_score", "sklearn.metrics.f1_score"),
        ("sklearn.gaussian_process.kernels.RBF", "sklearn.gaussian_process.kernels.RBF"),
        (
            "sklearn.feature_extraction.text.CountVectorizer",
            "sklearn.feature_extraction.text.CountVectorizer",
        ),
        ("sklearn.cross_validation.train_test_split", "sklearn.model_selection.train_test_split"),
        ("sklearn.grid_search.GridSearchCV", "sklearn.model_selection.GridSearchCV"),
        ("sklearn.externals.joblib.load", "joblib.load"),
        ("sklearnex.svm.SVC", "sklearn.svm.SVC"),
        ("six.moves.cPickle.load", "pickle.load"),
        ("cPickle.load", "pickle.load"),
        ("imblearn.over_sampling._smote.base.SMOTE", "imblearn.over_sampling.SMOTE"),
        ("pandas.core.frame.DataFrame", "pandas.DataFrame"),
        ("pandera.pandas.DataFrameSchema", "pandera.DataFrameSchema"),
        ("transformers.models.bert.modeling_bert.BertModel", "transformers.BertModel"),
        ("statsmodels.tsa.arima.model.ARIMA", "statsmodels.ARIMA"),
        ("builtins.open", "open"),
        ("acme.ensemble._forest.Tree", "acme.ensemble.Tree"),
    ],
)
def test_one_name_for_each_thing(written, one_name):
    assert canonical(written) == one_name
    assert canonical(one_name) == one_name
    assert canonical(written + "().fit") == one_name + "().fit"


@pytest.mark.parametrize(
    ("chain", "canonical_chain"),
    [
        ("transformers.models.bert.modeling_bert.Bert.from_pretrained", "transformers.Bert.from_pretrained"),
        ("transformers.models.bert.modeling_bert.Bert.from_pretrained().eval", "transformers.Bert().eval"),
        ("pandas.read_csv().dropna().reset_index().sample", "pandas.DataFrame().sample"),
        ("pandas.DataFrame().groupby()[].mean", "pandas.GroupBy().mean"),
        ("pandas.DataFrame()[].rolling().mean", "pandas.Rolling().mean"),
        ("pandas.DataFrame().amount.fillna", "pandas.DataFrame()[].fillna"),
        ("pandas.DataFrame().loc[].fillna", "pandas.DataFrame()[].fillna"),
        ("pandas.DataFrame().values.reshape", "numpy.ndarray().reshape"),
        ("pandas.DataFrame().describe().to_csv", "pandas.DataFrame().to_csv"),
        ("polars.scan_csv().filter().collect().sample", "polars.DataFrame().sample"),
        (
            "sklearn.preprocessing.StandardScaler().fit().transform",
            "sklearn.preprocessing.StandardScaler().transform",
        ),
        ("sklearn.pipeline.make_pipeline().fit().predict", "sklearn.pipeline.Pipeline().predict"),
        ("datasets.load_dataset()[].train_test_split", "datasets.Dataset().train_test_split"),
        ("acme.Net().to().train", "acme.Net().train"),
        ("keras.Sequential().fit().history.keys", "keras.Sequential().fit().history.keys"),
        ("acme.load().thing[].go", "acme.load().thing[].go"),
    ],
)
def test_a_method_stands_on_the_type_the_chain_gives(chain, canonical_chain):
    assert canonical(chain) == canonical_chain


@pytest.mark.parametrize(
    ("value", "given_by_it"),
    [
        ("pandas.read_csv()", "pandas.DataFrame()"),
        ("pandas.DataFrame().dropna()", "pandas.DataFrame()"),
        ("pandas.DataFrame()[]", ""),
        ("pandas.DataFrame()[].fillna()", ""),
        ("pandas.DataFrame().groupby()", "pandas.GroupBy()"),
        ("pandas.DataFrame().to_numpy()", "numpy.ndarray()"),
        ("sklearn.preprocessing.StandardScaler().fit()", "sklearn.preprocessing.StandardScaler()"),
        ("sklearn.preprocessing._data.StandardScaler()", "sklearn.preprocessing.StandardScaler()"),
        ("sklearn.compose.make_column_transformer()", "sklearn.compose.ColumnTransformer()"),
        ("sklearn.model_selection.train_test_split()", "sklearn.model_selection.train_test_split()"),
        ("datasets.load_dataset()", "datasets.Dataset()"),
        ("datasets.Dataset().train_test_split()", "datasets.DatasetDict()"),
        ("transformers.AutoModel.from_pretrained()", "transformers.AutoModel()"),
        ("tensorflow.keras.models.load_model()", "keras.Model()"),
        ("keras.Sequential().fit()", "keras.Sequential().fit()"),
        ("lightning.Trainer().fit()", "lightning.Trainer().fit()"),
        ("numpy.random.default_rng()", "numpy.random.Generator()"),
        ("lightgbm.train()", "lightgbm.Booster()"),
        ("acme.thing()", "acme.thing()"),
        ("numpy.pi", "numpy.pi"),
    ],
)
def test_what_a_value_is(value, given_by_it):
    assert result(value) == given_by_it


def test_method_of():
    assert method_of("sklearn.preprocessing.StandardScaler().fit_transform") == (
        "sklearn.preprocessing.StandardScaler",
        "fit_transform",
    )
    assert method_of("sklearn.svm.SVC().fit().predict") == ("sklearn.svm.SVC", "predict")
    assert method_of("pandas.read_csv") == ("", "")
    assert method_of("pandas.read_csv()") == ("", "")
    assert method_of("pandas.DataFrame()[].fillna") == ("", "")


pieces = st.sampled_from(
    [
        *"()[]._",
        "()",
        "[]",
        ".fit",
        "pandas.DataFrame",
        "sklearn.",
        "torch.nn",
        ".x",
        "é",
        " ",
        "keras.src.",
        ".loc",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join))
def test_any_text_may_be_asked(text):
    for ask in (canonical, result, last_word):
        assert isinstance(ask(text), str)
    assert len(method_of(text)) == 2
    for table in TABLES.values():
        BUILTIN.get(table, text)
    BUILTIN.slots(text)


def test_a_very_long_chain_costs_little():
    chain = "pandas.DataFrame()" + ".dropna()" * 5000 + ".sample"
    assert canonical(chain) == chain


# Looking things up


def test_get_takes_any_spelling_of_a_target():
    kinds = BUILTIN.transformers
    assert BUILTIN.get(kinds, "sklearn.decomposition.PCA") == "unsupervised"
    assert BUILTIN.get(kinds, "sklearn.decomposition._pca.PCA()") == "unsupervised"
    assert BUILTIN.get(kinds, "acme.PCA") is None
    assert BUILTIN.get(kinds, "PCA") is None
    assert BUILTIN.get(kinds, "sklearn.ensemble.RandomForestClassifier") is None
    assert BUILTIN.get(kinds, "") is None


def test_words_that_mean_the_same_everywhere_match_on_any_receiver():
    assert BUILTIN.get(BUILTIN.writers, "df.to_csv") == PathArg(0, "path_or_buf")
    assert BUILTIN.get(BUILTIN.writers, "pandas.DataFrame().to_csv") == PathArg(0, "path_or_buf")
    assert BUILTIN.get(BUILTIN.writers, "to_csv") is None
    assert BUILTIN.get(BUILTIN.readers, "client.load") is None


def test_an_estimator_is_no_transformer_that_leaks():
    both = {n for n in BUILTIN.transformers if n in BUILTIN.estimators}
    leaking = {n for n in both if BUILTIN.transformers[n] in ("unsupervised", "encoder", "vocabulary")}
    # Clusterers and projections that are used as both; none of them is fitted like a classifier.
    assert all(BUILTIN.estimators[n] in ("clusterer", "embedding") for n in leaking), leaking


def test_gate():
    assert BUILTIN.is_ml("sklearn.svm")
    assert BUILTIN.is_ml("torch")
    assert BUILTIN.is_ml("numpy")
    assert not BUILTIN.is_ml("requests")
    assert not BUILTIN.is_ml("matplotlib.pyplot")
    assert DATA_ROOTS <= ML_ROOTS
    assert BUILTIN.training_roots <= ML_ROOTS


def test_path_arg():
    readers, writers = BUILTIN.readers, BUILTIN.writers
    by_position = BUILTIN.path_arg(readers, "pandas.read_csv", args("a.csv", sep=";"))
    by_keyword = BUILTIN.path_arg(writers, "joblib.dump", args(UNKNOWN, filename="m.joblib"))
    assert by_position is not None and by_position.value == "a.csv"
    assert by_keyword is not None and by_keyword.value == "m.joblib"
    assert BUILTIN.path_arg(writers, "joblib.dump", args(UNKNOWN)) is None
    assert BUILTIN.path_arg(writers, "os.getcwd", args("x")) is None
    spread = (Arg("*", Span(0, 0), UNKNOWN, "rest"), *args("a.csv"))
    assert BUILTIN.path_arg(writers, "torch.save", spread) is None


def test_path_accepting_holds_only_what_takes_a_path_object():
    assert {"open", "os.path.join", "pandas.read_csv", "numpy.load", "torch.load"} <= set(
        BUILTIN.path_accepting
    )
    assert {"cv2.imread", "glob.glob", "cv2.imwrite"}.isdisjoint(BUILTIN.path_accepting)
    assert set(files.READERS) | set(files.WRITERS) >= files.STRINGS_ONLY


# Hyperparameters


def test_every_signature_is_one_we_can_read():
    for target, text in BUILTIN.hyperparameters.items():
        signature = parse(text)
        assert len(set(signature.names)) == len(signature.names) > 0, target
        assert 0 <= signature.positional <= len(signature.names)
        assert set(signature.defaults) <= set(signature.names)


@pytest.mark.parametrize("text", ["a=(1,", "a b", "a=object()", "a='x", "=3", "a,,b"])
def test_a_signature_we_cannot_read_is_refused(text):
    with pytest.raises(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("target", "slot", "default"),
    [
        ("sklearn.ensemble.RandomForestClassifier", "n_estimators", 100),
        ("sklearn.ensemble.GradientBoostingRegressor", "learning_rate", 0.1),
        ("sklearn.svm.SVC", "C", 1.0),
        ("sklearn.linear_model.LogisticRegression", "max_iter", 100),
        ("sklearn.cluster.KMeans", "n_clusters", 8),
        ("sklearn.neighbors.KNeighborsClassifier", "n_neighbors", 5),
        ("xgboost.XGBClassifier", "learning_rate", 0.3),
        ("xgboost.sklearn.XGBRegressor", "max_depth", 6),
        ("lightgbm.LGBMClassifier", "num_leaves", 31),
        ("catboost.CatBoostClassifier", "iterations", 1000),
        ("torch.optim.Adam", "lr", 0.001),
        ("torch.optim.Adam", "betas", (0.9, 0.999)),
        ("torch.nn.Dropout", "p", 0.5),
        ("torch.nn.BatchNorm2d", "momentum", 0.1),
        ("torch.nn.LSTM", "dropout", 0.0),
        ("torch.utils.data.DataLoader", "batch_size", 1),
        ("tensorflow.keras.optimizers.Adam", "learning_rate", 0.001),
        ("keras.layers.Dropout", "rate", ...),
        ("keras.Sequential().fit", "epochs", 1),
        ("transformers.TrainingArguments", "learning_rate", 5e-05),
        ("peft.LoraConfig", "r", 8),
        ("imblearn.over_sampling.SMOTE", "k_neighbors", 5),
    ],
)
def test_library_defaults(target, slot, default):
    assert BUILTIN.slots(target)[slot] == default


def test_slots_are_only_what_one_tunes():
    forest = BUILTIN.slots("sklearn.ensemble.RandomForestClassifier")
    assert {"n_estimators", "max_depth", "min_samples_leaf"} <= set(forest)
    assert {"n_jobs", "random_state", "verbose", "warm_start"}.isdisjoint(forest)
    assert BUILTIN.slots("sklearn.model_selection.train_test_split") == {}
    assert BUILTIN.slots("sklearn.model_selection.KFold") == {}
    assert BUILTIN.slots("sklearn.datasets.make_classification") == {}
    assert BUILTIN.slots("acme.Model") == {}
    assert "alphas" in BUILTIN.slots("sklearn.linear_model.RidgeCV")


def test_names_are_in_one_list_only():
    lists = [BUILTIN.hyperparameter_names, BUILTIN.not_hyperparameters, BUILTIN.shape_slots]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
    assert BUILTIN.is_hyperparameter("learning_rate")
    assert not BUILTIN.is_hyperparameter("n_jobs")
    # Words that mean other things as often.
    assert not any(map(BUILTIN.is_hyperparameter, ("alpha", "gamma", "size", "threshold", "seed")))


def test_parameter_dictionaries_name_a_known_signature():
    for where in BUILTIN.param_dicts.values():
        assert where.keys in BUILTIN.hyperparameters
    assert BUILTIN.signature("xgboost.params").defaults["eta"] == 0.3


def test_bind_names_positions():
    assert BUILTIN.bind("torch.nn.Dropout", args(0.25)) == {"p": 0.25}
    assert BUILTIN.bind("torch.optim.SGD", args(UNKNOWN, 0.01, momentum=0.9)) == {
        "params": UNKNOWN,
        "lr": 0.01,
        "momentum": 0.9,
    }
    # `*` in a signature ends the positions: the second one has no name.
    assert BUILTIN.bind("sklearn.ensemble.RandomForestClassifier", args(50, "gini")) == {"n_estimators": 50}
    assert BUILTIN.bind("acme.f", args(1, x=2)) == {"x": 2}
    spread = (Arg("*", Span(0, 0), UNKNOWN, "rest"), *args(0.5), *args(inplace=True))
    assert BUILTIN.bind("torch.nn.Dropout", spread) == {"inplace": True}
    assert BUILTIN.bind("torch.nn.Dropout", (Arg("**", Span(0, 0), UNKNOWN, "kw"),)) == {}


# Ask the libraries themselves, where they are installed; the spot checks above hold without them.


def test_recorded_defaults_are_the_installed_ones():
    checked, different = 0, []
    for root in ("sklearn", "imblearn", "category_encoders"):
        if importlib.util.find_spec(root) is None:
            continue
        for target, slot, default, found in compared_with_installed(root):
            checked += 1
            if found != default:
                different.append((target, slot, default, found))
    # Libraries change a default now and then; a table from another age differs in many.
    assert len(different) <= checked // 100, different


def compared_with_installed(root: str) -> Iterator[tuple[str, str, object, object]]:
    """(target, slot, recorded default, installed default) of every number both know."""
    if root == "sklearn":
        importlib.import_module("sklearn.experimental.enable_halving_search_cv")
        importlib.import_module("sklearn.experimental.enable_iterative_imputer")
    for target, text in BUILTIN.hyperparameters.items():
        if target.partition(".")[0] != root:
            continue
        module, _, name = target.rpartition(".")
        try:
            actual = inspect.signature(getattr(importlib.import_module(module), name)).parameters
        except (ImportError, AttributeError):
            continue
        for slot, default in parse(text).defaults.items():
            if isinstance(default, (int, float)) and default == default and slot in actual:
                yield target, slot, default, actual[slot].default


# Randomness


def is_random(target: str, **given: object) -> bool | None:
    entry = BUILTIN.get(BUILTIN.random, target)
    assert entry is not None, target
    return entry.is_random(given)


def test_random_only_under_its_condition():
    assert is_random("sklearn.model_selection.KFold") is False
    assert is_random("sklearn.model_selection.KFold", shuffle=True) is True
    assert is_random("sklearn.model_selection.KFold", shuffle=UNKNOWN) is None
    assert is_random("sklearn.model_selection.train_test_split") is True
    assert is_random("sklearn.model_selection.train_test_split", shuffle=False) is False
    assert is_random("sklearn.svm.SVC") is False
    assert is_random("sklearn.svm.SVC", probability=True) is True
    assert is_random("sklearn.linear_model.LogisticRegression") is False
    assert is_random("sklearn.linear_model.LogisticRegression", solver="saga") is True
    assert is_random("sklearn.decomposition.PCA", svd_solver="randomized") is True
    assert is_random("sklearn.decomposition.PCA") is False
    assert is_random("sklearn.ensemble.RandomForestClassifier") is True
    assert is_random("datasets.Dataset().train_test_split") is True
    assert is_random("datasets.Dataset().train_test_split", shuffle=False) is False
    assert is_random("pandas.DataFrame().sample", frac=1) is True


def test_what_seeds_itself_is_not_random():
    for target in ("xgboost.XGBClassifier", "lightgbm.LGBMClassifier", "catboost.CatBoostClassifier"):
        assert BUILTIN.get(BUILTIN.random, target) is None
    assert BUILTIN.get(BUILTIN.random, "sklearn.linear_model.LinearRegression") is None
    assert BUILTIN.get(BUILTIN.random, "sklearn.model_selection.TimeSeriesSplit") is None


def test_seeded():
    entry = BUILTIN.random["datasets.Dataset().train_test_split"]
    assert entry.is_seeded({"seed": 0})
    assert entry.is_seeded({"generator": UNKNOWN})
    assert not entry.is_seeded({"seed": None})
    assert not entry.is_seeded({"test_size": 0.2})
    generator = BUILTIN.random["torch.utils.data.random_split"]
    assert generator.is_seeded(BUILTIN.bind("torch.utils.data.random_split", args(UNKNOWN, UNKNOWN, UNKNOWN)))
    rng = BUILTIN.random["numpy.random.default_rng"]
    assert (rng.seeds, rng.position, rng.family) == (("seed",), 0, "")


def test_seed_parameters_exist():
    for target, entry in BUILTIN.random.items():
        signature = BUILTIN.signature(target)
        if signature is not None:
            assert entry.seeds[0] in signature.names, target
            assert not entry.slot or entry.slot in signature.names, target
            if entry.position >= 0 and signature.positional > entry.position:
                assert signature.at(entry.position) == entry.seeds[0], target


def test_random_slot_values_are_compared_by_value():
    entry = Randomness(("seed",), slot="mode", values=("a",), default="b")
    assert entry.is_random({"mode": "a"}) is True
    assert entry.is_random({"mode": ["a"]}) is False


def test_global_seeds():
    seeds_of = lambda target: BUILTIN.get(BUILTIN.global_seeds, target)  # noqa: E731
    assert seeds_of("numpy.random.seed") == ("numpy",)
    assert seeds_of("pytorch_lightning.seed_everything") == ("numpy", "python", "torch")
    assert "torch" in seeds_of("src.utils.set_seed")
    assert "torch" in seeds_of("set_seed")
    assert seeds_of("numpy.random.rand") is None
    assert BUILTIN.get(BUILTIN.global_draws, "numpy.random.rand") == "numpy"
    assert BUILTIN.get(BUILTIN.global_draws, "numpy.random.default_rng") is None
    families = {family for found in BUILTIN.global_seeds.values() for family in found}
    assert {family for found in GENERATORS.values() for family in found} <= families
    assert set(BUILTIN.global_draws.values()) <= families
    assert {entry.family for entry in BUILTIN.random.values()} <= families | {""}


# Unsafe loading


def is_unsafe(target: str, version: tuple[int, ...] | None = None, **given: object) -> bool | None:
    entry = BUILTIN.get(BUILTIN.unsafe_loaders, target)
    assert entry is not None, target
    return entry.is_unsafe(given, version)


def test_unsafe_only_under_its_condition():
    assert is_unsafe("pickle.load") is True
    assert is_unsafe("cPickle.load") is True
    assert is_unsafe("sklearn.externals.joblib.load") is True
    assert is_unsafe("numpy.load") is False
    assert is_unsafe("numpy.load", allow_pickle=True) is True
    assert is_unsafe("numpy.load", allow_pickle=UNKNOWN) is None
    assert is_unsafe("tensorflow.keras.models.load_model") is False
    assert is_unsafe("keras.models.load_model", safe_mode=False) is True
    assert BUILTIN.get(BUILTIN.unsafe_loaders, "torch.jit.load") is None
    assert BUILTIN.get(BUILTIN.unsafe_loaders, "safetensors.torch.load_file") is None


def test_torch_load_depends_on_the_version():
    assert is_unsafe("torch.load") is None
    assert is_unsafe("torch.load", (2, 5, 1)) is True
    assert is_unsafe("torch.load", (2, 6)) is False
    assert is_unsafe("torch.load", (2, 6), weights_only=False) is True
    assert is_unsafe("torch.load", (2, 5), weights_only=True) is False
    assert is_unsafe("torch.load", (2, 5), weights_only=UNKNOWN) is None
    assert is_unsafe("torch.load", (2, 7), weights_only=None) is False


# The user's own


def test_the_user_can_teach_us():
    ours = BUILTIN.extended(
        {
            "transformers": ["Trimmer", "acme.prep.Clip()"],
            "estimators": {"acme.Net": "classifier"},
            "splitters": {"walk_forward": "time"},
            "readers": {"acme.io.load": 1, "acme.io.fetch": "where", "acme.io.pull": [2, "where"]},
            "random": {"acme.Net": "seed"},
            "unsafe_loaders": ["acme.io.thaw"],
            "global_seeds": {"acme.fix": ["numpy", "torch"]},
            "hyperparameters": {"acme.Net": "depth=4, rate=0.1"},
            "hyperparameter_names": ["n_turns"],
            "ml_roots": ["acme"],
        }
    )
    assert ours.get(ours.transformers, "src.prep.Trimmer()") == "unsupervised"
    assert ours.get(ours.transformers, "Trimmer") == "unsupervised"
    assert ours.get(ours.transformers, "acme.prep.Clip") == "unsupervised"
    assert ours.get(ours.transformers, "other.Clip") is None
    assert ours.get(ours.estimators, "acme.Net") == "classifier"
    assert ours.get(ours.splitters, "lib.walk_forward").order == "time"
    assert ours.readers["acme.io.load"] == PathArg(1, "")
    assert ours.readers["acme.io.fetch"] == PathArg(-1, "where")
    assert ours.readers["acme.io.pull"] == PathArg(2, "where")
    assert ours.slots("acme.Net") == {"depth": 4, "rate": 0.1}
    assert ours.bind("acme.Net", args(7)) == {"depth": 7}
    assert ours.is_hyperparameter("n_turns")
    assert ours.is_ml("acme.io")
    assert {"Trimmer", "Clip", "walk_forward", "thaw", "fix"} <= ours.terminals
    assert ours.get(ours.transformers, "sklearn.decomposition.PCA") == "unsupervised"
    # The builtin knowledge is what it was.
    assert BUILTIN.get(BUILTIN.transformers, "Trimmer") is None
    assert "Trimmer" not in BUILTIN.terminals
    assert BUILTIN.extended({}) == BUILTIN


def test_only_what_the_user_added_travels_to_another_process():
    assert pickle.loads(pickle.dumps(BUILTIN)) is BUILTIN
    assert len(pickle.dumps(BUILTIN)) < 100
    ours = BUILTIN.extended({"transformers": ["Trimmer"]})
    assert pickle.loads(pickle.dumps(ours)) == ours


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"transformer": []}, "no table `transformer`. Did you mean `transformers`?"),
        ({"terminals": ["x"]}, "no table `terminals`"),
        ({"zzz": []}, "no table `zzz`."),
        ({"transformers": {"A": "unsupervized"}}, "Did you mean `unsupervised`?"),
        ({"splitters": {"f": "temporal"}}, "no order 'temporal'"),
        ({"transformers": "A"}, "must be a list of names"),
        ({"transformers": 3}, "must be a list of names"),
        ({"transformers": [3]}, "must hold names only"),
        ({"transformers": [""]}, "must hold names only"),
        ({"readers": {"f": [1]}}, "position of the path"),
        ({"readers": {"f": True}}, "position of the path"),
        ({"global_seeds": {"f": "nunpy"}}, "Did you mean `numpy`?"),
        ({"random": {"f": 3}}, "seed parameter"),
        ({"hyperparameters": {"f": "a=(1,"}}, "no parameter at"),
        ({"hyperparameters": {"f": 3}}, "takes a signature"),
    ],
)
def test_a_wrong_word_is_named_with_the_nearest_right_one(tables, says):
    with pytest.raises(ValueError, match=r"tool\.mldebt\.knowledge") as raised:
        BUILTIN.extended(tables)
    assert says in str(raised.value)
