"""torch 2.13."""

from __future__ import annotations

TORCH: dict[str, str] = {"torch.nn.Dropout": "p=0.5, inplace=False"}
