"""From a finding to its fixes, built on demand: analysis itself makes no edits."""

from __future__ import annotations

from mldebt.config import Config
from mldebt.engine.trouble import log_failure
from mldebt.rule import Finding, Fix, parameters_of
from mldebt.rules import rules_by_id
from mldebt.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mldebt.syntax.manifest import Manifest
    from mldebt.syntax.module import Module


def fixes_of(
    finding: Finding, subject: Module | Manifest, config: Config, paths: tuple[str, ...] = ()
) -> tuple[Fix, ...]:
    """The fixes of one finding in its file as it is now, best first. A fixer that raises gives none.

    `paths` are the workspace's files, relative to it; without them no fix points at another file.
    """
    rule = rules_by_id().get(finding.rule)
    if rule is None or rule.fixer is None:
        return ()
    takes = parameters_of(rule.fixer)
    extra: dict[str, Any] = {}
    if "options" in takes:
        extra["options"] = config.options_of(rule)
    if "config" in takes:
        extra["config"] = config
    if "paths" in takes:
        extra["paths"] = paths
    try:
        found = rule.fixer(subject, finding, **extra)
        return tuple(fix for fix in found if not fix.creates or fix.path not in paths)
    except Exception as error:  # a fixer that raises must not take the editor's menu with it
        log_failure("the fix of rule", rule.id, finding.path, error)
        return ()
