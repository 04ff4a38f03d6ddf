"""What kind of thing a file is, by its ending and by the call that reads or writes it."""

from __future__ import annotations

from mldebt.knowledge.kinds import words

DATA = words(
    "arff arrow avro csv dat db duckdb feather h5ad hdf hdf5 json jsonl lmdb libsvm mat ndjson npy npz orc parquet "
    "pq rds recordio sas7bdat sav sqlite sqlite3 svm tfrecord tfrecords tsv txt xls xlsx xml"
)
MODEL = words(
    "bin bst caffemodel cbm ckpt engine gguf joblib keras mlmodel model nnet onnx pb pmml pt pth safetensors "
    "tflite ubj weights"
)
FIGURE = words("bmp gif jpeg jpg pdf png svg tif tiff webp")
CONFIG = words("cfg conf env ini properties toml yaml yml")
REPORT = words("html ipynb log md rst tex")
COMPRESSION = words("bz2 gz xz zip zst")
ENDINGS: dict[str, str] = {
    **dict.fromkeys(DATA, "data"),
    **dict.fromkeys(MODEL, "model"),
    **dict.fromkeys(FIGURE, "figure"),
    **dict.fromkeys(CONFIG, "config"),
    **dict.fromkeys(REPORT, "report"),
}
"""Ending without its dot -> kind. `pkl`, `h5` and the like may hold anything: see the calls."""

CALL_ROOTS: dict[str, str] = {
    "PIL": "figure",
    "catboost": "model",
    "cudf": "data",
    "cv2": "figure",
    "dask": "data",
    "datasets": "data",
    "fastai": "model",
    "geopandas": "data",
    "imageio": "figure",
    "keras": "model",
    "lightgbm": "model",
    "matplotlib": "figure",
    "numpy": "data",
    "onnx": "model",
    "onnxruntime": "model",
    "pandas": "data",
    "plotly": "figure",
    "polars": "data",
    "pyarrow": "data",
    "pyspark": "data",
    "scipy": "data",
    "skimage": "figure",
    "spark": "data",
    "torch": "model",
    "transformers": "model",
    "xgboost": "model",
}
"""Import root of a reader or writer -> kind, where the ending does not tell."""
CALL_WORDS: dict[str, str] = {
    **dict.fromkeys(
        words(
            "load_from_checkpoint load_model load_weights save_checkpoint save_model save_pretrained save_weights "
            "save_word2vec_format dump_model"
        ),
        "model",
    ),
    **dict.fromkeys(words("savefig write_image"), "figure"),
    **dict.fromkeys(
        words(
            "to_csv to_excel to_feather to_hdf to_json to_orc to_parquet to_pickle to_stata to_xml tofile sink_csv "
            "sink_ipc sink_parquet write_avro write_csv write_excel write_ipc write_json write_ndjson write_parquet "
            "save_to_disk"
        ),
        "data",
    ),
    **dict.fromkeys(words("to_html to_latex to_markdown"), "report"),
    **dict.fromkeys(words("to_sql read_sql_table saveAsTable insertInto"), "table"),
}
MODEL_WORDS = words(
    "model models clf classifier regressor estimator net network weights checkpoint checkpoints xgb lgbm lgb rf svm "
    "pipeline booster"
)
"""Words in the name of a pickle that say it holds a model."""
METRIC_WORDS = words(
    "metric metrics score scores result results report evaluation eval accuracy auc summary history"
)
"""Words in the name of a file that say it holds figures about a model, not data."""
PREDICTION_WORDS = words("pred preds prediction predictions predicted oof")
EVERYTHING = frozenset({*ENDINGS, *COMPRESSION, *words("h5 pkl pickle p model sav npz dill")})


def ending_of(path: str) -> str:
    """Of the last component, without its dot; what was compressed counts by its inner ending."""
    name = path.rpartition("/")[2].lower()
    while True:
        name, dot, last = name.rpartition(".")
        if not dot:
            return ""
        if last not in COMPRESSION or "." not in name:
            return last


def kind_of(path: str, callee: str, word: str) -> str:
    """data, model, figure, config, report, metrics, table, object, or file."""
    kind = CALL_WORDS.get(word, "")
    if kind in ("table", "figure", "model"):
        return kind
    ending = ending_of(path)
    root = callee.partition(".")[0]
    named = words_of(path.rpartition("/")[2])
    found = ENDINGS.get(ending, "")
    if found in ("config", "figure", "report", "model"):
        return found
    if named & METRIC_WORDS and not named & PREDICTION_WORDS and ending in ("json", "txt", "csv", ""):
        return "metrics"
    if found and root not in ("torch", "keras", "xgboost", "lightgbm", "catboost"):
        return found
    if kind:
        return kind
    if root in CALL_ROOTS and (root != "numpy" or ending):
        return CALL_ROOTS[root]
    if ending in ("pkl", "pickle", "p", "sav", "dill", "") and root in (
        "pickle",
        "joblib",
        "cloudpickle",
        "dill",
    ):
        return "model" if named & MODEL_WORDS else "object"
    return "model" if named & MODEL_WORDS and ending in ("h5", "pkl", "sav") else "file"


def words_of(name: str) -> frozenset[str]:
    return frozenset("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())
