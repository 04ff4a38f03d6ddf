"""One page of HTML: the score, its radar, the findings by category and by file, and the lineage picture.

Self-contained: no script, no network, no style attribute, and a content security policy
that says so, so that it opens from a disk, a mail or an editor's web view alike.
"""

from __future__ import annotations

from mldebt.cli.report.page import html

__all__ = ["html"]
