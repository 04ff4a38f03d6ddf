"""What calls, subscripts and attributes give: enough types to follow a frame or a model through a chain.

Written from the libraries' documentation (pandas 3.1, polars 2.1, numpy 2.4,
datasets 5.2, scikit-learn 1.9, keras 3.15, torch 2.13). Only what a rule asks
about later is here; `inplace=True` and other arguments are not looked at.

Types are written as instances, `pandas.DataFrame()`. One type has no class:
`pandas.DataFrame()[]` is a column or a frame, nobody knows which.
"""

from __future__ import annotations

FRAME = "pandas.DataFrame()"
SERIES = "pandas.Series()"
FRAME_PART = "pandas.DataFrame()[]"
GROUPS = "pandas.GroupBy()"
WINDOW = "pandas.Rolling()"
POLARS = "polars.DataFrame()"
LAZY = "polars.LazyFrame()"
ARRAY = "numpy.ndarray()"
DATASET = "datasets.Dataset()"
MODULE = "torch.nn.Module()"
TENSOR = "torch.Tensor()"
SPARK = "pyspark.sql.DataFrame()"
PATH = "pathlib.Path()"
PIPELINE = "sklearn.pipeline.Pipeline()"
GENERATOR = "numpy.random.Generator()"
KERAS_MODEL = "keras.Model()"

FRAME_ATTRIBUTES: frozenset[str] = frozenset(
    {"T", "at", "attrs", "axes", "columns", "dtypes", "empty", "iat", "iloc", "index", "ix", "loc"}
    | {"ndim", "plot", "shape", "size", "sparse", "style", "values"}
)
"""Attributes of a DataFrame that are not columns of its data."""

NOT_FLUENT_ROOTS: frozenset[str] = frozenset(
    {"arch", "keras", "lightning", "pymc", "pyspark", "statsmodels", "tensorflow", "transformers"}
)
"""Roots whose `fit` does not give the object back."""

FLUENT: frozenset[str] = frozenset(
    {
        "cpu",
        "cuda",
        "double",
        "eval",
        "fit",
        "half",
        "partial_fit",
        "requires_grad_",
        "set_output",
        "set_params",
        "to",
        "train",
    }
)
"""Methods that give their object back: scikit-learn's protocol and torch.nn.Module's."""


def _methods(*groups: tuple[str, str]) -> dict[str, str]:
    """{method: type} from pairs (type, "method method …")."""
    return {method: given for given, methods in groups for method in methods.split()}


# Methods that keep a frame a frame and a column a column.
_SAME = """abs add astype asfreq asof at_time between_time bfill clip combine_first convert_dtypes copy cummax
cummin cumprod cumsum diff div drop drop_duplicates droplevel dropna ffill fillna filter first head infer_objects
interpolate last loc mask mul nlargest nsmallest pad pct_change pipe rank reindex rename rename_axis replace
reset_index round sample shift sort_index sort_values sub swaplevel tail take to_period to_timestamp tz_convert
tz_localize truncate update where"""
_FRAME_ONLY = """add_prefix add_suffix assign corr cov describe eval explode insert isin isna isnull join melt merge
merge_asof notna notnull pivot pivot_table query select_dtypes set_axis set_index stack to_frame transpose unstack"""
_REDUCE = (
    "all any count idxmax idxmin kurt max mean median min mode nunique prod quantile sem skew std sum var"
)
_WINDOWS = "ewm expanding rolling"

METHODS: dict[str, dict[str, str]] = {
    FRAME: _methods(
        (FRAME, _SAME + " " + _FRAME_ONLY),
        (SERIES, "duplicated memory_usage pop squeeze value_counts " + _REDUCE),
        (FRAME_PART, "agg aggregate apply applymap map transform xs"),
        (GROUPS, "groupby resample"),
        (WINDOW, _WINDOWS),
        (ARRAY, "to_numpy as_matrix"),
    ),
    SERIES: _methods(
        (SERIES, _SAME + " apply between explode isin isna isnull map notna notnull transform value_counts"),
        (FRAME, "describe to_frame unstack"),
        (FRAME_PART, "agg aggregate"),
        (GROUPS, "groupby resample"),
        (WINDOW, _WINDOWS),
        (ARRAY, "factorize to_numpy unique"),
    ),
    FRAME_PART: _methods(
        (FRAME_PART, _SAME + " agg aggregate apply isna isnull map notna notnull transform value_counts"),
        (FRAME, _FRAME_ONLY.replace("isna isnull ", "").replace("notna notnull ", "")),
        (GROUPS, "groupby resample"),
        (WINDOW, _WINDOWS),
        (ARRAY, "to_numpy unique"),
    ),
    GROUPS: _methods(
        (
            FRAME_PART,
            _REDUCE + " agg aggregate apply cumsum cumcount diff ffill bfill fillna first head last ngroup",
        ),
        (FRAME_PART, "nth pct_change rank sample shift size tail transform"),
        (WINDOW, _WINDOWS),
    ),
    WINDOW: _methods((FRAME_PART, _REDUCE + " agg aggregate apply corr cov rank")),
    POLARS: _methods(
        (
            POLARS,
            "cast clear clone describe drop drop_nulls explode extend fill_nan fill_null filter head hstack",
        ),
        (
            POLARS,
            "interpolate join join_asof limit melt mean median pipe pivot rechunk rename reverse sample select",
        ),
        (POLARS, "shift slice sort tail to_dummies top_k transpose unique unnest unpivot upsample vstack"),
        (POLARS, "with_columns with_columns_seq with_row_count with_row_index"),
        ("polars.GroupBy()", "group_by group_by_dynamic groupby rolling"),
        ("polars.Series()", "get_column to_series"),
        (LAZY, "lazy"),
        (FRAME, "to_pandas"),
        (ARRAY, "to_numpy"),
    ),
    "polars.GroupBy()": _methods((POLARS, "agg all count first head last max mean median min sum tail")),
    LAZY: _methods(
        (
            LAZY,
            "cast drop drop_nulls explode fill_nan fill_null filter head interpolate join join_asof limit pipe",
        ),
        (
            LAZY,
            "rename reverse select shift slice sort tail unique unnest unpivot with_columns with_row_index",
        ),
        ("polars.LazyGroupBy()", "group_by group_by_dynamic rolling"),
        (POLARS, "collect fetch"),
    ),
    "polars.LazyGroupBy()": _methods((LAZY, "agg all count first head last max mean median min sum tail")),
    ARRAY: _methods(
        (ARRAY, "astype clip copy cumsum flatten ravel reshape round squeeze swapaxes take transpose view"),
        (ARRAY, "argsort mean max min std sum var"),
    ),
    DATASET: _methods(
        (DATASET, "add_column align_labels_with_mapping cast cast_column class_encode_column filter flatten"),
        (
            DATASET,
            "flatten_indices map remove_columns rename_column rename_columns select select_columns shard",
        ),
        (DATASET, "shuffle skip sort take to_iterable_dataset with_format with_transform"),
        ("datasets.DatasetDict()", "train_test_split"),
        (FRAME, "to_pandas"),
    ),
    SPARK: _methods(
        (
            SPARK,
            "alias cache coalesce crossJoin distinct drop dropDuplicates dropna fillna filter join limit",
        ),
        (
            SPARK,
            "orderBy persist repartition replace sample sampleBy select selectExpr sort toDF union unionAll",
        ),
        (SPARK, "unionByName where withColumn withColumnRenamed withColumns"),
        (FRAME, "toPandas"),
    ),
    PATH: _methods(
        (PATH, "absolute expanduser joinpath relative_to resolve with_name with_stem with_suffix")
    ),
    GENERATOR: _methods((ARRAY, "choice integers normal permutation random standard_normal uniform")),
    "numpy.random.RandomState()": _methods(
        (ARRAY, "choice normal permutation rand randint randn random uniform")
    ),
}
METHODS["datasets.DatasetDict()"] = METHODS[DATASET]
METHODS["datasets.IterableDataset()"] = METHODS[DATASET]

ATTRIBUTES: dict[str, str] = {
    "datasets.Dataset()[]": DATASET,
    "datasets.DatasetDict()[]": DATASET,
    "numpy.ndarray().T": ARRAY,
    "numpy.ndarray()[]": ARRAY,
    "pandas.DataFrame().T": FRAME,
    "pandas.DataFrame().columns": "pandas.Index()",
    "pandas.DataFrame().iloc[]": FRAME_PART,
    "pandas.DataFrame().index": "pandas.Index()",
    "pandas.DataFrame().ix[]": FRAME_PART,
    "pandas.DataFrame().loc[]": FRAME_PART,
    "pandas.DataFrame().values": ARRAY,
    "pandas.DataFrame()[].T": FRAME,
    "pandas.DataFrame()[].iloc[]": FRAME_PART,
    "pandas.DataFrame()[].loc[]": FRAME_PART,
    "pandas.DataFrame()[].values": ARRAY,
    "pandas.DataFrame()[][]": FRAME_PART,
    "pandas.GroupBy()[]": GROUPS,
    "pandas.Rolling()[]": WINDOW,
    "pandas.Series().iloc[]": SERIES,
    "pandas.Series().loc[]": SERIES,
    "pandas.Series().values": ARRAY,
    "pandas.Series()[]": SERIES,
    "pathlib.Path().parent": PATH,
    "pathlib.Path().parents[]": PATH,
}
"""Subscripts and attributes, by their whole canonical text."""

FACTORIES: dict[str, str] = {
    "catboost.train": "catboost.CatBoost()",
    "cudf.read_csv": FRAME,
    "cudf.read_parquet": FRAME,
    "dask.dataframe.read_csv": FRAME,
    "dask.dataframe.read_parquet": FRAME,
    "datasets.Dataset.from_csv": DATASET,
    "datasets.Dataset.from_dict": DATASET,
    "datasets.Dataset.from_json": DATASET,
    "datasets.Dataset.from_list": DATASET,
    "datasets.Dataset.from_pandas": DATASET,
    "datasets.Dataset.from_parquet": DATASET,
    "datasets.concatenate_datasets": DATASET,
    "datasets.load_dataset": DATASET,
    "datasets.load_from_disk": DATASET,
    "geopandas.read_file": FRAME,
    "imblearn.pipeline.make_pipeline": "imblearn.pipeline.Pipeline()",
    "keras.applications.EfficientNetB0": KERAS_MODEL,
    "keras.applications.InceptionV3": KERAS_MODEL,
    "keras.applications.MobileNetV2": KERAS_MODEL,
    "keras.applications.ResNet50": KERAS_MODEL,
    "keras.applications.VGG16": KERAS_MODEL,
    "keras.applications.Xception": KERAS_MODEL,
    "keras.models.clone_model": KERAS_MODEL,
    "keras.models.load_model": KERAS_MODEL,
    "keras.models.model_from_json": KERAS_MODEL,
    "lightgbm.train": "lightgbm.Booster()",
    "numpy.append": ARRAY,
    "numpy.arange": ARRAY,
    "numpy.array": ARRAY,
    "numpy.asarray": ARRAY,
    "numpy.clip": ARRAY,
    "numpy.column_stack": ARRAY,
    "numpy.concatenate": ARRAY,
    "numpy.dstack": ARRAY,
    "numpy.empty": ARRAY,
    "numpy.exp": ARRAY,
    "numpy.expand_dims": ARRAY,
    "numpy.genfromtxt": ARRAY,
    "numpy.hstack": ARRAY,
    "numpy.linspace": ARRAY,
    "numpy.loadtxt": ARRAY,
    "numpy.log": ARRAY,
    "numpy.log1p": ARRAY,
    "numpy.maximum": ARRAY,
    "numpy.minimum": ARRAY,
    "numpy.nan_to_num": ARRAY,
    "numpy.ones": ARRAY,
    "numpy.random.RandomState": "numpy.random.RandomState()",
    "numpy.random.default_rng": GENERATOR,
    "numpy.random.permutation": ARRAY,
    "numpy.random.rand": ARRAY,
    "numpy.random.randn": ARRAY,
    "numpy.random.standard_normal": ARRAY,
    "numpy.reshape": ARRAY,
    "numpy.round": ARRAY,
    "numpy.sqrt": ARRAY,
    "numpy.squeeze": ARRAY,
    "numpy.stack": ARRAY,
    "numpy.vstack": ARRAY,
    "numpy.where": ARRAY,
    "numpy.zeros": ARRAY,
    "optuna.create_study": "optuna.Study()",
    "pandas.DataFrame.from_dict": FRAME,
    "pandas.DataFrame.from_records": FRAME,
    "pandas.concat": FRAME,
    "pandas.crosstab": FRAME,
    "pandas.get_dummies": FRAME,
    "pandas.json_normalize": FRAME,
    "pandas.melt": FRAME,
    "pandas.merge": FRAME,
    "pandas.merge_asof": FRAME,
    "pandas.merge_ordered": FRAME,
    "pandas.pivot": FRAME,
    "pandas.pivot_table": FRAME,
    "pandas.read_clipboard": FRAME,
    "pandas.read_csv": FRAME,
    "pandas.read_excel": FRAME,
    "pandas.read_feather": FRAME,
    "pandas.read_fwf": FRAME,
    "pandas.read_gbq": FRAME,
    "pandas.read_hdf": FRAME,
    "pandas.read_json": FRAME,
    "pandas.read_orc": FRAME,
    "pandas.read_parquet": FRAME,
    "pandas.read_pickle": FRAME,
    "pandas.read_sas": FRAME,
    "pandas.read_spss": FRAME,
    "pandas.read_sql": FRAME,
    "pandas.read_sql_query": FRAME,
    "pandas.read_sql_table": FRAME,
    "pandas.read_stata": FRAME,
    "pandas.read_table": FRAME,
    "pandas.wide_to_long": FRAME,
    "pathlib.Path.cwd": PATH,
    "pathlib.Path.home": PATH,
    "peft.get_peft_model": "peft.PeftModel()",
    "polars.concat": POLARS,
    "polars.from_arrow": POLARS,
    "polars.from_dict": POLARS,
    "polars.from_dicts": POLARS,
    "polars.from_pandas": POLARS,
    "polars.read_avro": POLARS,
    "polars.read_csv": POLARS,
    "polars.read_database": POLARS,
    "polars.read_delta": POLARS,
    "polars.read_excel": POLARS,
    "polars.read_ipc": POLARS,
    "polars.read_json": POLARS,
    "polars.read_ndjson": POLARS,
    "polars.read_parquet": POLARS,
    "polars.scan_csv": LAZY,
    "polars.scan_delta": LAZY,
    "polars.scan_ipc": LAZY,
    "polars.scan_ndjson": LAZY,
    "polars.scan_parquet": LAZY,
    "seaborn.load_dataset": FRAME,
    "sklearn.base.clone": "sklearn.base.clone()",
    "sklearn.compose.make_column_transformer": "sklearn.compose.ColumnTransformer()",
    "sklearn.pipeline.make_pipeline": PIPELINE,
    "sklearn.pipeline.make_union": "sklearn.pipeline.FeatureUnion()",
    "timm.create_model": MODULE,
    "torch.arange": TENSOR,
    "torch.cat": TENSOR,
    "torch.from_numpy": TENSOR,
    "torch.ones": TENSOR,
    "torch.rand": TENSOR,
    "torch.randn": TENSOR,
    "torch.randperm": TENSOR,
    "torch.stack": TENSOR,
    "torch.tensor": TENSOR,
    "torch.zeros": TENSOR,
    "torchvision.models.alexnet": MODULE,
    "torchvision.models.densenet121": MODULE,
    "torchvision.models.efficientnet_b0": MODULE,
    "torchvision.models.mobilenet_v2": MODULE,
    "torchvision.models.resnet101": MODULE,
    "torchvision.models.resnet152": MODULE,
    "torchvision.models.resnet18": MODULE,
    "torchvision.models.resnet34": MODULE,
    "torchvision.models.resnet50": MODULE,
    "torchvision.models.vgg16": MODULE,
    "torchvision.models.vgg19": MODULE,
    "torchvision.models.vit_b_16": MODULE,
    "xgboost.train": "xgboost.Booster()",
}
"""Function -> what it gives."""
