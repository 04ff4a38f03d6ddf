"""Words for statistics: how columns name them, and how pandas, NumPy, Polars and SQL call them."""

from __future__ import annotations

AGGREGATIONS: dict[str, str] = {
    "mean": "mean", "avg": "mean", "average": "mean", "nanmean": "mean",
    "median": "median", "nanmedian": "median", "med": "median",
    "sum": "sum", "total": "sum", "nansum": "sum", "cumsum": "sum",
    "min": "min", "minimum": "min", "nanmin": "min", "amin": "min", "cummin": "min",
    "max": "max", "maximum": "max", "nanmax": "max", "amax": "max", "cummax": "max",
    "std": "std", "stddev": "std", "stdev": "std", "nanstd": "std",
    "var": "var", "variance": "var", "nanvar": "var",
    "count": "count", "cnt": "count", "size": "count", "len": "count",
    "nunique": "nunique", "n_unique": "nunique",
    "first": "first", "last": "last",
    "skew": "skew", "kurt": "kurt", "kurtosis": "kurt",
    "mode": "mode",
}  # fmt: skip
"""Word -> the statistic it stands for."""

IN_NAMES: frozenset[str] = frozenset(
    "mean avg average median med sum total min max std stddev stdev var variance count cnt nunique skew kurt kurtosis".split()
)
"""The words that, in a column's name, say how it was computed. `first`, `last`, `size`, `mode` and `len` say too little."""

DURATIONS: dict[str, str] = {
    "d": "days", "day": "days", "days": "days",
    "h": "hours", "hr": "hours", "hour": "hours", "hours": "hours",
    "w": "weeks", "week": "weeks", "weeks": "weeks", "wk": "weeks",
    "min": "minutes", "t": "minutes", "mins": "minutes", "minutes": "minutes",
    "mo": "months", "month": "months", "months": "months",
    "m": "months or minutes", "s": "seconds", "sec": "seconds", "y": "years", "yr": "years",
}  # fmt: skip
"""The unit behind a number in a column's name or a window: `7d`, `30_days`."""
