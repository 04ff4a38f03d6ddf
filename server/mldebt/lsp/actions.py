"""The quick-fix menu, built from the server's own findings.

Always in the same order: fix, fix all of this rule here, in the workspace,
ignore with a reason, ignore in the file, accept as known debt, show the rule.
What is costly to build is built when the user picks it, where the client can
ask for it then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lsprotocol import types

from mldebt.engine.fixing import fixes_of
from mldebt.fixes.extract_config import extractions
from mldebt.lsp import commands
from mldebt.lsp.capabilities import NOTEBOOK_FIX_ALL, SOURCE_FIX_ALL
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.documents import Open, OpenDocument, Part
from mldebt.lsp.edits import FileEdits, workspace_edit
from mldebt.lsp.ignoring import ignore_in_project
from mldebt.lsp.session import Session
from mldebt.lsp.silencing import ignore_file_edit, ignore_line_edit
from mldebt.plain import replace
from mldebt.rule import DRAFT, SAFE, UNSAFE, Finding, Fix, Rule, Safety
from mldebt.rules import rules_by_id
from mldebt.syntax.module import Module
from mldebt.text import Edit, Span, apply_edits

QUICK = types.CodeActionKind.QuickFix
EXTRACT = types.CodeActionKind.RefactorExtract


class Asked(NamedTuple):
    """One codeAction request, in our terms."""

    document: Open
    part: Part
    span: Span
    only: tuple[str, ...]
    known: Sequence[types.Diagnostic]
    """The client's diagnostics there. May be empty although there are some."""

    def wants(self, kind: str) -> bool:
        return not self.only or any(kind == one or kind.startswith(f"{one}.") or not one for one in self.only)

    def wants_only(self, kind: str) -> bool:
        """Asked for by name, not just by a menu of everything."""
        return bool(self.only) and self.wants(kind)


class Actions:
    def __init__(self, session: Session, diagnostics: Diagnostics) -> None:
        self._session = session
        self._diagnostics = diagnostics

    def offered(self, asked: Asked) -> list[types.CodeAction]:
        document = asked.document
        findings = self._diagnostics.findings(document)
        offered: list[types.CodeAction] = []
        if asked.wants(QUICK.value):
            here = [finding for finding in findings if _touches(finding.span, asked.span)]
            for finding in here:
                offered += self._for_finding(finding, asked)
            offered += self._for_rules(here, findings, asked)
        if asked.wants(EXTRACT.value):
            offered += self._extractions(asked, {action.title for action in offered})
        for kind in (SOURCE_FIX_ALL, NOTEBOOK_FIX_ALL):
            is_notebook = not isinstance(document, OpenDocument)
            if asked.wants_only(kind) and is_notebook == (kind == NOTEBOOK_FIX_ALL):
                edit = self.fix_all(document, None, SAFE)
                if edit is not None:
                    offered.append(
                        types.CodeAction("Fix all safe machine-learning debt", kind=kind, edit=edit)
                    )
        return offered

    def _extractions(self, asked: Asked, offered: set[str]) -> Iterator[types.CodeAction]:
        """Any number under the cursor may move to a config class, whether a rule minds it or not."""
        module = asked.document.subject()
        if not isinstance(module, Module):
            return
        for fix in extractions(module, asked.span.start):
            if fix_title(fix) in offered:
                continue
            action = types.CodeAction(title=fix_title(fix), kind=EXTRACT)
            if fix.disabled:
                if not self._session.client.action_disabled:
                    continue
                action.disabled = types.CodeActionDisabled(reason=fix.disabled)
            else:
                action.edit = self._edit(asked.document, fix)
            yield action

    def _for_finding(self, finding: Finding, asked: Asked) -> Iterator[types.CodeAction]:
        client = self._session.client
        matching = [
            one for one in asked.known if one.code == finding.rule and self._same_place(one, finding, asked)
        ]
        fixes = [self._possible(fix, asked.document) for fix in self.fixes(asked.document, finding)]
        n_safe = sum(fix.safety == SAFE and not fix.disabled for fix in fixes)
        for fix in fixes:
            action = types.CodeAction(title=fix_title(fix), kind=QUICK, diagnostics=matching or None)
            if fix.disabled:
                if not client.action_disabled:
                    continue
                action.disabled = types.CodeActionDisabled(reason=fix.disabled)
            else:
                action.edit = self._edit(asked.document, fix)
                if client.action_preferred and fix.safety == SAFE and n_safe == 1:
                    action.is_preferred = True
            yield action

    def _possible(self, fix: Fix, document: Open) -> Fix:
        """The fix, or the reason why this client or this project cannot have it."""
        if not fix.creates or fix.disabled:
            return fix
        folder = self._session.project_of(document).folder
        client = self._session.client
        if not folder:
            return replace(fix, edits=(), disabled="the file is open without its folder")
        if os.path.exists(os.path.join(folder, *fix.path.split("/"))):
            return replace(fix, edits=(), disabled=f"{fix.path} exists already")
        if not (client.create_files and client.document_changes):
            return replace(fix, edits=(), disabled="this editor creates no files for a language server")
        return fix

    def _for_rules(
        self, here: Sequence[Finding], findings: Sequence[Finding], asked: Asked
    ) -> Iterator[types.CodeAction]:
        """What concerns a rule as a whole, or a finding without a fix; once for each rule at this place."""
        rules = rules_by_id()
        in_project = bool(self._session.project_of(asked.document).folder)
        for finding in {finding.rule: finding for finding in reversed(here)}.values():
            rule = rules[finding.rule]
            name = f"`{rule.id}`"
            same = [other for other in findings if other.rule == rule.id]
            own = self._fix_for_all(asked.document, finding, UNSAFE)
            if len(same) > 1:
                fix = own or next(
                    filter(None, (self._fix_for_all(asked.document, other, UNSAFE) for other in same)), None
                )
                if fix is not None:
                    # Not by an annotation that asks for confirmation: VS Code then applies what has been ticked
                    # one by one, and it is one file, in sight, and one undo.
                    title = fix_title(replace(fix, title=f"Fix all {name} in this file"))
                    yield from self._lazy(title, "fix-all", finding, asked)
            if own is not None:
                yield from self._in_workspace(asked, rule)
            yield from self._lazy(f"Ignore {name} on this line, with a reason", "ignore-line", finding, asked)
            yield from self._lazy(f"Ignore {name} in this file, with a reason", "ignore-file", finding, asked)
            if in_project:
                yield from self._lazy(f"Ignore {name} in this project", "ignore-project", finding, asked)
                arguments = [asked.part.uri, rule.id, finding.span.start]
                yield self._command(f"Accept this {name} as known debt", commands.ACCEPT, arguments)
            yield self._command(f"Explain {name}: {rule.title}", commands.SHOW_RULE, [rule.id])

    def _in_workspace(self, asked: Asked, rule: Rule) -> Iterator[types.CodeAction]:
        """Offered where other files have the same, and the client can apply and confirm it."""
        project = self._session.project_of(asked.document)
        others = [path for path in project.index.reports if path != asked.document.path]
        if self._session.client.apply_edit and any(
            finding.rule == rule.id for path in others for finding in project.index.findings(path)
        ):
            yield self._command(f"Fix all `{rule.id}` in the workspace", commands.FIX_WORKSPACE, [rule.id])

    def _command(self, title: str, name: str, arguments: list[Any]) -> types.CodeAction:
        command = types.Command(title=title, command=name, arguments=arguments)
        return types.CodeAction(title=title, kind=QUICK, command=command)

    def _lazy(self, title: str, what: str, finding: Finding, asked: Asked) -> Iterator[types.CodeAction]:
        """An action whose edit is made when it is picked, or now if the client cannot ask then."""
        action = types.CodeAction(title=title, kind=QUICK)
        if what == "ignore-line" and ignore_line_edit(asked.document, finding.rule, finding.span) is None:
            if self._session.client.action_disabled:
                action.disabled = types.CodeActionDisabled(
                    reason="no comment can stand on or above this line"
                )
                yield action
            return
        action.data = {
            "what": what,
            "uri": asked.part.uri,
            "version": asked.part.buffer.version,
            "rule": finding.rule,
            "span": list(finding.span),
        }
        if self._session.client.action_resolves_edit or self.resolved(action).edit is not None:
            yield action

    def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """Fill in the edit. An action for a text that has changed since is returned without one."""
        data: Any = action.data
        if not isinstance(data, dict) or action.edit is not None:
            return action
        document = self._session.documents.get(data.get("uri"))
        part = document.part_of(data["uri"]) if document is not None else None
        rule = rules_by_id().get(str(data.get("rule")))
        if document is None or part is None or rule is None or part.buffer.version != data.get("version"):
            return action
        self._diagnostics.findings(document)
        action.edit = self.made(document, rule, str(data.get("what")), Span(*data["span"]))
        return action

    def made(self, document: Open, rule: Rule, what: str, span: Span) -> types.WorkspaceEdit | None:
        if what == "fix-all":
            return self.fix_all(document, rule.id, UNSAFE)
        if what == "ignore-project":
            project = self._session.project_of(document)
            file = ignore_in_project(self._session, project, document.path, rule.id)
            return workspace_edit(self._session, project, [file]) if file is not None else None
        make = {"ignore-line": ignore_line_edit, "ignore-file": ignore_file_edit}.get(what)
        edit = make(document, rule.id, span) if make is not None else None
        if edit is None:
            return None
        project = self._session.project_of(document)
        files = [FileEdits(document, document.path, (edit,))]
        return workspace_edit(self._session, project, files, placeholders=True)

    # Fixes

    def fixes(self, document: Open, finding: Finding) -> tuple[Fix, ...]:
        subject = document.subject()
        if subject is None or finding.path not in ("", document.path):
            return ()
        project = self._session.project_of(document)
        return fixes_of(finding, subject, project.config_for(document.path), tuple(project.index.paths))

    def _fix_for_all(self, document: Open, finding: Finding, most: Safety) -> Fix | None:
        """The fix that applying everything would take: the first one no riskier than `most`, in this file."""
        for fix in self.fixes(document, finding):
            if not fix.disabled and fix.safety <= most and fix.path in ("", document.path):
                return fix
        return None

    def fix_all(self, document: Open, rule: str | None, most: Safety) -> types.WorkspaceEdit | None:
        """One edit for all fixes of one rule, or of all of them, that do not collide; None if there are none.

        Of two fixes that touch the same text the earlier one is taken: after it
        the other may look different.
        """
        taken: list[Edit] = []
        for finding in self._diagnostics.findings(document, whole=True):
            if rule is not None and finding.rule != rule:
                continue
            fix = self._fix_for_all(document, finding, most)
            if fix is not None and not collides(taken, fix.edits):
                taken += [edit for edit in fix.edits if edit not in taken]
        if not taken:
            return None
        files = [FileEdits(document, document.path, tuple(taken))]
        return workspace_edit(self._session, self._session.project_of(document), files)

    def _edit(self, document: Open, fix: Fix) -> types.WorkspaceEdit:
        project = self._session.project_of(document)
        if fix.creates:
            text = apply_edits("", fix.edits)
            return workspace_edit(self._session, project, [FileEdits(None, fix.path, (), create=text)])
        own = not fix.path or fix.path == document.path
        file = FileEdits(document if own else None, fix.path or document.path, fix.edits)
        if not own:
            other = self._session.documents.get(project.uri_of(fix.path))
            file = file._replace(document=other)
        return workspace_edit(self._session, project, [file], placeholders=fix.safety == DRAFT)

    def _same_place(self, diagnostic: types.Diagnostic, finding: Finding, asked: Asked) -> bool:
        buffer, start = asked.part.buffer, asked.part.start
        at = diagnostic.range.start
        return buffer.position(finding.span.start - start) == (at.line, at.character)


def fix_title(fix: Fix) -> str:
    """The title, marked where the user should look twice."""
    if fix.safety == UNSAFE:
        return f"{fix.title} (review)"
    return fix.title


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def collides(taken: Sequence[Edit], edits: Sequence[Edit]) -> bool:
    """Whether `edits` touch text that is already edited; the very same edit (an import) is no collision."""
    for edit in edits:
        for other in taken:
            if edit == other:
                continue
            a, b = edit.span, other.span
            if a.start < b.end and b.start < a.end:
                return True
            if a.start == b.start and a.start == a.end and b.start == b.end:
                return True
    return False
