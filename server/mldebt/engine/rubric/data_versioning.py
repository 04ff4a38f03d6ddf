"""Data versioning: is it known which data a model was trained on?

0  No data versioning at all
1  Manual checksums or ad-hoc scripts
2  Automated DVC or Delta Lake versioning

2 needs a system (DVC, Git LFS, lakeFS, Delta, dataset artifacts of a tracker, pinned
hub revisions) and no finding against it. Data committed to git, data that comes with a
library, and checksums are 1: they hold, as long as nobody forgets.
"""

from __future__ import annotations

from mldebt.engine.rubric.view import Evidence, Judgement, Step, View

TITLE = "Data versioning"
RULES = ("data-not-versioned", "unpinned-dataset", "dvc-lock-stale")
DATA_FILES = (
    "*.csv", "*.csv.gz", "*.tsv", "*.parquet", "*.feather", "*.jsonl", "*.arff", "*.xlsx", "*.xls", "*.npz", "*.npy",
    "*.h5", "*.hdf5", "*.avro", "*.orc", "*.db", "*.sqlite", "*.pkl",
)  # fmt: skip
USE_A_SYSTEM = "version the data with a system: `dvc init` and `dvc add`, Git LFS, Delta, or dataset artifacts of your tracker"


def judge(view: View) -> Judgement:
    read, library = view.practice("reads-data"), view.practice("library-data")
    versions = view.practice("versions-data")
    if not (read or library or versions):
        return Judgement(None, "no code here reads data")
    against = view.against(*RULES, shown=3)
    if versions:
        systems = sorted({str(fact.detail[0]) for _, fact in versions})
        evidence = view.shows("data is versioned with {}", versions, 4)
        if not view.found(*RULES):
            return Judgement(2, f"versioned with {' and '.join(systems[:2])}", tuple(evidence + against))
        return Judgement(
            1,
            f"versioned with {' and '.join(systems[:2])}, with gaps",
            tuple(evidence + against),
            (Step(2, "close the gaps listed: data that no system knows, pins that do not hold"),),
        )
    sums = view.practice("checks-sum")
    committed = [path for path in view.files(*DATA_FILES) if not view.is_aside(path)]
    reading = [
        Evidence(f"`{fact.detail[0]}` reads data of no recorded version", path, fact.span)
        for path, fact in read[:4]
    ]
    if sums:
        evidence = view.shows("`{}` makes checksums", sums, 3)
        return Judgement(1, "checksums by hand", (*evidence, *reading, *against), (Step(2, USE_A_SYSTEM),))
    if committed:
        found = [
            Evidence("a data file is committed with the code", path, good=True) for path in committed[:4]
        ]
        return Judgement(1, "data lies in git beside the code", (*found, *against), (Step(2, USE_A_SYSTEM),))
    if library and not read:
        evidence = view.shows("`{}` fetches data that its library versions", library, 3)
        return Judgement(
            1,
            "data comes with libraries",
            (*evidence, *against),
            (Step(2, "pin the library, or keep a versioned copy of the data"),),
        )
    return Judgement(
        0,
        "nothing says which data was used",
        (*against, *reading),
        (
            Step(1, "record checksums of the files a run reads, or keep small files in git"),
            Step(2, USE_A_SYSTEM),
        ),
    )
