"""What the lines of a file are for: the model, or what is needed to get data to it and results from it.

    Fact("code-split", "", Span(0, 0), (model, reading, converting, plumbing, other))

Lines of code, by what they name: what was imported from a library of a kind, or a method that
tells. A line that names nothing of the sort belongs to the code around it in the same function.
Tests and examples are left out.

    splits(workspace)        [(path, Split), …]
"""

from __future__ import annotations

from collections.abc import Iterator

from mldebt.config import Config
from mldebt.knowledge import DATA_ROOTS, EVALUATE_METHODS, FIT_METHODS, PREDICT_METHODS
from mldebt.knowledge.kinds import words
from mldebt.rule import Fact, Workspace
from mldebt.syntax.module import Module
from mldebt.text import Span, regex
from mldebt.typed import NamedTuple

START = Span(0, 0)

READING = words(
    """
    aiobotocore azure boto3 botocore bs4 cassandra clickhouse_driver cx_Oracle duckdb elasticsearch fsspec gcsfs glob
    google gspread gzip h5py httpx kafka kaggle minio mysql opendatasets oss2 pathlib psycopg psycopg2 pyhive pymongo
    pymysql pyodbc redis requests s3fs scrapy selenium shutil snowflake sqlalchemy sqlite3 tarfile tempfile tweepy urllib
    wget yfinance zipfile os
    """
)
"""Files, databases, the network."""
CONVERTING = words(
    """
    base64 codecs csv cudf dask dask_cudf io json jsonlines joblib modin msgpack openpyxl pandas pandasql pickle polars
    pyarrow pyspark struct toml tomllib vaex xlrd xml yaml
    """
)
"""Tables and formats."""
PLUMBING = words(
    """
    airflow apscheduler argparse celery click configparser dagster docker dotenv email fastapi fire flask gradio hydra
    kfp kubernetes logging loguru luigi multiprocessing omegaconf paramiko prefect queue rich sched schedule signal
    smtplib socket starlette streamlit subprocess sys telegram threading tqdm typer uvicorn
    """
)
"""Commands, services, schedules and their settings."""
TELL_NOTHING = DATA_ROOTS | words(
    "clearml comet_ml deepchecks dvclive evidently feast great_expectations holidays mlflow nannyml neptune pandera "
    "pandas_profiling tensorboardX wandb whylogs ydata_profiling zenml"
)
"""Arithmetic; and what watches over the rest, which is the opposite of debt."""
MODEL_METHODS = FIT_METHODS | PREDICT_METHODS | EVALUATE_METHODS | {"backward", "zero_grad"}
TABLE_METHODS = words(
    """
    agg applymap assign astype drop drop_duplicates dropna explode fillna get_dummies groupby iloc isin isna isnull
    itertuples iterrows loc melt merge nunique pivot pivot_table rename reset_index set_index sort_values to_csv to_dict
    to_frame to_json to_numpy to_parquet to_sql to_dicts unique unstack value_counts
    """
)
READING_METHODS = words(
    "read read_text readlines write write_text read_csv read_sql read_parquet read_json execute"
)
TOLD = {
    **dict.fromkeys(MODEL_METHODS, "model"),
    **dict.fromkeys(READING_METHODS, "reading"),
    **dict.fromkeys(TABLE_METHODS, "converting"),
}
"""Method -> what a line that calls it is for."""
METHOD = regex(r"\.([A-Za-z_]\w*)(?=[(\[])")
NAME = regex(r"(?<![\w.])[A-Za-z_]\w*")
IMPORT = regex(r"\s*(?:import|from)\b")
STRINGS = regex(r"\"[^\"\n]*\"|'[^'\n]*'|#.*")


class Split(NamedTuple):
    """Lines of code."""

    model: int
    reading: int
    converting: int
    plumbing: int
    other: int
    """Says nothing: arithmetic, names, imports, and functions that touch no library we know."""

    @property
    def glue(self) -> int:
        return self.reading + self.converting + self.plumbing

    def share(self) -> float:
        """Glue among the lines that tell what they are for; 0 where none does."""
        return self.glue / max(1, self.glue + self.model)


def of_module(module: Module, config: Config) -> Iterator[Fact]:
    if config.role_of(module.path) in ("test", "example"):
        return
    kinds = _kinds(module, config)
    counts = dict.fromkeys(Split._fields, 0)
    for chunk, _ in module.placed:
        for kind, n_lines in _counted(chunk.text, kinds):
            counts[kind] += n_lines
    yield Fact("code-split", "", START, tuple(counts.values()))


def _kinds(module: Module, config: Config) -> dict[str, str]:
    """What this file imported -> what it is for."""
    model = config.knowledge.ml_roots - TELL_NOTHING
    found: dict[str, str] = {}
    for view in module.imports:
        root = view.module.partition(".")[0]
        for kind, roots in (
            ("reading", READING), ("converting", CONVERTING), ("plumbing", PLUMBING), ("model", model),
        ):  # fmt: skip
            if root in roots:
                found[view.alias] = kind
                break
    return found


def _counted(text: str, kinds: dict[str, str]) -> Iterator[tuple[str, int]]:
    """(what for, lines of code) of stretches of one piece, in order."""
    kind, waiting, comment = "", 0, ""
    for line in text.split("\n"):
        bare = line.strip()
        if comment:  # a docstring, or text that nobody reads as code
            if comment in bare:
                comment = ""
            continue
        if not bare or bare[0] == "#":
            continue
        if bare[:3] in ('"""', "'''"):
            if bare.count(bare[:3]) == 1:
                comment = bare[:3]
            continue
        if IMPORT.match(bare):
            yield "other", 1
            continue
        told = _told(bare, kinds)
        if not told:
            waiting += 1
            continue
        # What told nothing belongs to what comes after a beginning, else to what came before.
        yield kind or told, waiting
        yield told, 1
        kind, waiting = told, 0
    yield kind or "other", waiting


def _told(line: str, kinds: dict[str, str]) -> str:
    """What a line is for; the model outweighs what feeds it."""
    code = STRINGS.sub("", line)
    told = [kinds[name] for name in NAME.findall(code) if name in kinds]
    told += [TOLD[name] for name in METHOD.findall(code) if name in TOLD]
    return "model" if "model" in told else told[0] if told else ""


def splits(workspace: Workspace) -> list[tuple[str, Split]]:
    """Of every file that is neither test nor example, in order of path."""
    return [(path, Split(*fact.detail)) for path, fact in workspace.facts("code-split")]
