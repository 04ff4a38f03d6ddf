"""Other spellings of the same thing: old names, re-exports, private modules.

Only names are here; how they are applied is in `names`. Checked against the
installed packages of 2025-11 (scikit-learn 1.9, torch 2.13, keras 3.15,
lightning 2.6, pandas 3.1) and the release notes of older ones.
"""

from __future__ import annotations

EXACT: dict[str, str] = {
    "_pickle.load": "pickle.load",
    "_pickle.loads": "pickle.loads",
    "builtins.open": "open",
    "datasets.arrow_dataset.Dataset": "datasets.Dataset",
    "datasets.dataset_dict.DatasetDict": "datasets.DatasetDict",
    "datasets.load.load_dataset": "datasets.load_dataset",
    "datasets.load.load_from_disk": "datasets.load_from_disk",
    "io.open": "open",
    "keras.engine.sequential.Sequential": "keras.Sequential",
    "keras.engine.training.Model": "keras.Model",
    "keras.models.Model": "keras.Model",
    "keras.models.Sequential": "keras.Sequential",
    "keras.preprocessing.image_dataset_from_directory": "keras.utils.image_dataset_from_directory",
    "keras.preprocessing.text_dataset_from_directory": "keras.utils.text_dataset_from_directory",
    "keras.saving.load_model": "keras.models.load_model",
    "keras.saving.save_model": "keras.models.save_model",
    "keras.utils.np_utils.to_categorical": "keras.utils.to_categorical",
    "lightning.fabric.seed_everything": "lightning.seed_everything",
    "lightning.fabric.utilities.seed.seed_everything": "lightning.seed_everything",
    "lightning_fabric.utilities.seed.seed_everything": "lightning.seed_everything",
    "neptune.new.init_run": "neptune.init_run",
    "numpy.random.mtrand.RandomState": "numpy.random.RandomState",
    "optuna.study.create_study": "optuna.create_study",
    "pathlib.PosixPath": "pathlib.Path",
    "pathlib.WindowsPath": "pathlib.Path",
    "pathlib2.Path": "pathlib.Path",
    "posixpath.join": "os.path.join",
    "sklearn.learning_curve.learning_curve": "sklearn.model_selection.learning_curve",
    "sklearn.learning_curve.validation_curve": "sklearn.model_selection.validation_curve",
    "sklearn.preprocessing.Imputer": "sklearn.impute.SimpleImputer",
    "sklearn.preprocessing.imputation.Imputer": "sklearn.impute.SimpleImputer",
    "tensorflow.random.set_random_seed": "tensorflow.random.set_seed",
    "tensorflow.set_random_seed": "tensorflow.random.set_seed",
    "torch.random.manual_seed": "torch.manual_seed",
    "torch.serialization.load": "torch.load",
    "torch.serialization.save": "torch.save",
    "torch.utils.data.dataloader.DataLoader": "torch.utils.data.DataLoader",
    "torch.utils.data.dataset.random_split": "torch.utils.data.random_split",
    "torch.utils.tensorboard.writer.SummaryWriter": "torch.utils.tensorboard.SummaryWriter",
    "transformers.trainer_utils.set_seed": "transformers.set_seed",
    "wandb.sdk.wandb_init.init": "wandb.init",
}
"""Whole dotted names."""

PREFIXES: dict[str, tuple[tuple[str, str], ...]] = {
    "_pickle": (("_pickle.", "pickle."),),
    "cPickle": (("cPickle.", "pickle."),),
    "catboost": (("catboost.core.", "catboost."),),
    "dill": (("dill._dill.", "dill."),),
    "keras": (
        ("keras.api._v2.keras.", "keras."),
        ("keras.api.", "keras."),
        ("keras.src.", "keras."),
        ("keras.optimizers.legacy.", "keras.optimizers."),
        ("keras.optimizers.experimental.", "keras.optimizers."),
        ("keras.layers.experimental.preprocessing.", "keras.layers."),
    ),
    "lightgbm": (
        ("lightgbm.sklearn.", "lightgbm."),
        ("lightgbm.basic.", "lightgbm."),
        ("lightgbm.engine.", "lightgbm."),
        ("lightgbm.callback.", "lightgbm."),
    ),
    "lightning": (("lightning.pytorch.", "lightning."),),
    "modin": (("modin.pandas.", "pandas."),),
    "numpy": (("numpy.core.", "numpy."), ("numpy._core.", "numpy.")),
    "pandas": (
        ("pandas.core.frame.", "pandas."),
        ("pandas.core.series.", "pandas."),
        ("pandas.core.reshape.concat.", "pandas."),
        ("pandas.core.reshape.merge.", "pandas."),
        ("pandas.io.parsers.readers.", "pandas."),
        ("pandas.io.parsers.", "pandas."),
        ("pandas.io.pickle.", "pandas."),
        ("pandas.io.json.", "pandas."),
    ),
    "pandera": (
        ("pandera.pandas.", "pandera."),
        ("pandera.polars.", "pandera."),
        ("pandera.pyspark.", "pandera."),
        ("pandera.typing.pandas.", "pandera.typing."),
    ),
    "polars": (("polars.dataframe.frame.", "polars."), ("polars.lazyframe.frame.", "polars.")),
    "pyspark": (("pyspark.pandas.", "pandas."),),
    "pytorch_lightning": (("pytorch_lightning.", "lightning."),),
    "six": (("six.moves.cPickle.", "pickle."),),
    "sklearn": (
        ("sklearn.externals.joblib.", "joblib."),
        ("sklearn.externals.six.moves.cPickle.", "pickle."),
        ("sklearn.cross_validation.", "sklearn.model_selection."),
        ("sklearn.grid_search.", "sklearn.model_selection."),
    ),
    "sklearnex": (("sklearnex.", "sklearn."),),
    "tensorboardX": (("tensorboardX.", "torch.utils.tensorboard."),),
    "tensorflow": (
        ("tensorflow.compat.v1.keras.", "keras."),
        ("tensorflow.compat.v2.keras.", "keras."),
        ("tensorflow.compat.v1.", "tensorflow."),
        ("tensorflow.compat.v2.", "tensorflow."),
        ("tensorflow.contrib.keras.", "keras."),
        ("tensorflow.python.keras.", "keras."),
        ("tensorflow.python.framework.random_seed.", "tensorflow.random."),
        ("tensorflow.keras.", "keras."),
    ),
    "tf_keras": (("tf_keras.", "keras."),),
    "xgboost": (
        ("xgboost.sklearn.", "xgboost."),
        ("xgboost.core.", "xgboost."),
        ("xgboost.training.", "xgboost."),
    ),
}
"""Root -> (old prefix, new prefix), the first that fits is used; may lead to a root with its own entry."""

FLAT_PACKAGES: frozenset[str] = frozenset(
    {
        "imblearn.combine",
        "imblearn.ensemble",
        "imblearn.metrics",
        "imblearn.over_sampling",
        "imblearn.pipeline",
        "imblearn.under_sampling",
        "keras.callbacks",
        "keras.constraints",
        "keras.initializers",
        "keras.layers",
        "keras.losses",
        "keras.metrics",
        "keras.optimizers",
        "keras.regularizers",
        "lightning.callbacks",
        "lightning.loggers",
        "lightning.tuner",
        "sklearn.cluster",
        "sklearn.compose",
        "sklearn.covariance",
        "sklearn.cross_decomposition",
        "sklearn.decomposition",
        "sklearn.ensemble",
        "sklearn.feature_selection",
        "sklearn.gaussian_process",
        "sklearn.impute",
        "sklearn.linear_model",
        "sklearn.manifold",
        "sklearn.mixture",
        "sklearn.model_selection",
        "sklearn.neighbors",
        "sklearn.neural_network",
        "sklearn.preprocessing",
        "sklearn.semi_supervised",
        "sklearn.svm",
        "sklearn.tree",
        "torch.nn",
        "torch.optim",
        "torchvision.models",
        "torchvision.transforms",
    }
)
"""Packages that re-export every class (Capitalised name) of their modules:
`keras.layers.core.Dense` is `keras.layers.Dense`."""

FLAT_ROOTS: frozenset[str] = frozenset(
    {"category_encoders", "datasets", "lightning", "peft", "statsmodels", "transformers", "trl"}
)
"""Roots that re-export their classes: `transformers.models.bert.modeling_bert.BertModel`
is `transformers.BertModel`."""

KEPT: frozenset[str] = frozenset(
    {
        "keras.optimizers.schedules",
        "lightning.callbacks",
        "lightning.loggers",
        "lightning.profilers",
        "lightning.strategies",
        "lightning.tuner",
        "sklearn.gaussian_process.kernels",
        "torch.nn.functional",
        "torch.nn.init",
        "torch.nn.utils",
        "torch.optim.lr_scheduler",
        "torch.optim.swa_utils",
    }
)
"""Public packages inside flat ones: their names keep this prefix."""
