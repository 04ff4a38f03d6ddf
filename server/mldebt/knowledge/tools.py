"""What records experiments, checks data and watches models in service."""

from __future__ import annotations

TRACKERS: dict[str, str] = {
    "mlflow.start_run": "run",
    "wandb.init": "run",
}
"""run: opens a run; params, metrics, artifact, model: records these; auto: records by itself;
logger: an object a trainer records through."""

VALIDATORS: dict[str, str] = {"pandera.DataFrameSchema": "schema"}
"""schema: declares one; check: runs one; report: describes data without failing."""

MONITORS: dict[str, str] = {"evidently.Report": "drift"}
"""drift, performance, metrics, logging."""
