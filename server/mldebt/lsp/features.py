"""What pygls serves: every request that is not on the path of a keystroke.

Handlers translate and delegate; what they offer is decided in the modules they call.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

import mldebt
from mldebt.lsp import cards, commands
from mldebt.lsp.actions import Actions, Asked
from mldebt.lsp.convert import range_of, rule_page
from mldebt.lsp.diagnostics import Diagnostics
from mldebt.lsp.documents import Open, Part, uri_of
from mldebt.lsp.elsewhere import setting_elsewhere
from mldebt.lsp.everywhere import fix_everywhere
from mldebt.lsp.handed import touched_by
from mldebt.lsp.hover import hover_at
from mldebt.lsp.lenses import debt_of_functions
from mldebt.lsp.links import links_in
from mldebt.lsp.protocol import Server, goes_on
from mldebt.lsp.resolving import Resolving
from mldebt.lsp.session import Session
from mldebt.lsp.standing import standing
from mldebt.rule import SAFE, UNSAFE
from mldebt.rules import rules_by_id
from mldebt.text import Span


def build(session: Session, diagnostics: Diagnostics) -> Server:
    """A pygls server with our features, writing where the session writes."""
    server = Server(session.outbox)
    actions = Actions(session, diagnostics)
    resolving = Resolving(session)

    def place(uri: str) -> tuple[Open, Part] | None:
        """The open document with this URI, analysed."""
        document = session.documents.get(uri)
        part = document.part_of(uri) if document is not None else None
        if document is None or part is None:
            return None
        diagnostics.findings(document)
        return document, part

    def offset(part: Part, position: types.Position) -> int:
        return part.start + part.buffer.offset(position.line, position.character)

    def wire_range(document: Open, span: Span) -> types.Range:
        found = range_of(document.part_at(span.start), span)
        return types.Range(types.Position(**found["start"]), types.Position(**found["end"]))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
        found = place(params.text_document.uri)
        if found is None:
            return []
        document, part = found
        span = Span(*sorted((offset(part, params.range.start), offset(part, params.range.end))))
        only = tuple(getattr(kind, "value", kind) for kind in params.context.only or ())
        offered = actions.offered(Asked(document, part, span, only, params.context.diagnostics))
        if session.client.code_action_literals:
            return [*offered]
        plain = server.protocol._converter.unstructure
        return [command for action in offered if (command := as_command(action, plain)) is not None]

    @server.feature(types.CODE_ACTION_RESOLVE)
    def code_action_resolve(action: types.CodeAction) -> types.CodeAction:
        return actions.resolved(action)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    @goes_on
    def hover(params: types.HoverParams) -> types.Hover | Coroutine[Any, Any, types.Hover | None] | None:
        found = place(params.text_document.uri)
        if found is None:
            return None
        document, part = found
        project = session.project_of(document)
        at = offset(part, params.position)
        shown = hover_at(document, at, diagnostics.findings(document), actions, project)
        if shown is not None:
            return hover_of(document, *shown)
        return hover_elsewhere(document, at)

    async def hover_elsewhere(document: Open, at: int) -> types.Hover | None:
        text = document.text
        shown = await setting_elsewhere(document, at, session.project_of(document), resolving)
        # Who has typed meanwhile looks at something else.
        return hover_of(document, *shown) if shown is not None and document.text == text else None

    def hover_of(document: Open, text: str, span: Span) -> types.Hover:
        if session.client.hover_markdown:
            contents = types.MarkupContent(types.MarkupKind.Markdown, text)
        else:
            contents = types.MarkupContent(types.MarkupKind.PlainText, cards.plain(text))
        return types.Hover(contents=contents, range=wire_range(document, span))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_link(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        found = place(params.text_document.uri)
        if found is None:
            return []
        document, part = found
        return [
            types.DocumentLink(
                range=wire_range(document, span),
                target=target,
                tooltip=tooltip if session.client.link_tooltip else None,
            )
            for span, target, tooltip in links_in(document, session.project_of(document))
            if document.part_at(span.start) is part
        ]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        found = place(params.text_document.uri) if session.projects.settings.code_lens else None
        if found is None:
            return []
        document, part = found
        return [
            types.CodeLens(range=wire_range(document, span), command=types.Command(title=words, command=""))
            for span, words in (
                *debt_of_functions(document, diagnostics.findings(document)),
                *touched_by(document, session.project_of(document)),
            )
            if document.part_at(span.start) is part
        ]

    @server.command(commands.SHOW_RULE)
    def show_rule(ls: Server, rule: str) -> str:
        known = rules_by_id().get(rule)
        if known is None:
            raise JsonRpcInvalidParams(f"there is no rule {rule!r}")
        page = cards.manual(known)
        if session.client.show_document:
            shown = types.ShowDocumentParams(uri=_page_on_disk(rule, page), take_focus=True)
            ls.window_show_document(shown)
        return page

    @server.command(commands.FIX_FILE)
    def fix_file(ls: Server, uri: str) -> int:
        """How many documents are changed (each cell is one); 0 where nothing is safe to fix."""
        found = place(uri)
        edit = actions.fix_all(found[0], None, SAFE) if found is not None else None
        return applied(ls, edit, "Fix all safe debt")

    @server.command(commands.FIX_RULE)
    def fix_rule_in_file(ls: Server, uri: str, rule: str) -> int:
        """As `fix_file`, for one rule, with the fixes that are right in the common case."""
        found = place(uri)
        edit = actions.fix_all(found[0], rule, UNSAFE) if found is not None else None
        return applied(ls, edit, f"Fix all `{rule}` in this file")

    @server.command(commands.IGNORE)
    def ignore(ls: Server, uri: str, rule: str, start: int, where: str) -> int:
        found = place(uri)
        if found is None or rule not in rules_by_id() or where not in ("line", "file", "project"):
            raise JsonRpcInvalidParams("takes an open document, a rule, and line, file or project")
        edit = actions.made(found[0], rules_by_id()[rule], f"ignore-{where}", Span(start, start))
        return applied(ls, edit, f"Ignore `{rule}`")

    def applied(ls: Server, edit: types.WorkspaceEdit | None, label: str) -> int:
        """Have the client apply it; how many documents that changes."""
        if edit is None or not session.client.apply_edit:
            return 0
        ls.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit=edit, label=label))
        return len(edit.document_changes or edit.changes or ())

    @server.command(commands.APPLY)
    def apply(ls: Server, title: str, edit: types.WorkspaceEdit) -> int:
        return applied(ls, edit, title)

    @server.command(commands.SCAN)
    def scan_workspace() -> None:
        session.scan()

    @server.command(commands.FIX_WORKSPACE)
    async def fix_rule_in_workspace(ls: Server, rule: str) -> int:
        """How many files are changed, if the user agrees."""
        edit = await fix_everywhere(session, diagnostics, rule)
        if edit is None or not session.client.apply_edit:
            return 0
        label = f"Fix all `{rule}` in the workspace"
        answer = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit=edit, label=label))
        return len(edit.document_changes or edit.changes or ()) if answer.applied else 0

    @server.command(commands.ACCEPT)
    def accept_debt(ls: Server, uri: str, rule: str, start: int) -> bool:
        found = place(uri)
        if found is None:
            return False
        return diagnostics.accept(found[0], rule, start)

    @server.command(commands.STANDING)
    def show_standing(uri: str) -> dict[str, Any]:
        return standing(session, uri)

    @server.command(commands.RULES)
    def list_rules() -> list[dict[str, str]]:
        rules = rules_by_id().values()
        return [{"id": rule.id, "title": rule.title, "category": rule.category} for rule in rules]

    @server.command(commands.DEBUG)
    def debug_information() -> str:
        return debug_text(session)

    if session.client.pull:
        workspace = diagnostics.workspace

        @server.feature(types.WORKSPACE_DIAGNOSTIC)
        async def workspace_diagnostic(
            ls: Server, params: types.WorkspaceDiagnosticParams
        ) -> types.WorkspaceDiagnosticReport:
            if workspace is None:
                return types.WorkspaceDiagnosticReport(items=[])
            token = params.partial_result_token
            stream = None
            if token is not None:

                def stream(items: list[Any]) -> None:
                    session.dispatcher.notify("$/progress", {"token": token, "value": {"items": items}})

            previous = {known.uri: known.value for known in params.previous_result_ids}
            items = await workspace.pull(previous, stream)
            return types.WorkspaceDiagnosticReport(items=items)  # type: ignore[arg-type]  # JSON already

    return server


def as_command(action: types.CodeAction, plain: Callable[[Any], Any]) -> types.Command | None:
    """A menu entry for clients that know none but commands."""
    if action.disabled is not None:
        return None
    if action.command is not None or action.edit is None:
        return action.command
    arguments = [action.title, plain(action.edit)]
    return types.Command(title=action.title, command=commands.APPLY, arguments=arguments)


def _page_on_disk(rule: str, page: str) -> str:
    """The URI of a file that holds a rule's manual, for editors to open."""
    folder = Path(tempfile.gettempdir()) / f"mldebt-rules-{mldebt.__version__}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{rule}.md"
        path.write_text(page, encoding="utf-8")
    except OSError:
        return rule_page(rule)
    return uri_of(str(path))


def debug_text(session: Session) -> str:
    """Versions and abilities, without paths or code."""
    rows: dict[str, Any] = {
        "mldebt-lsp": mldebt.__version__,
        "python": sys.version.split()[0],
        "platform": platform.platform(terse=True),
        "documents open": sum(1 for _ in session.documents),
        "folders": len(session.projects.opened),
        "bytes the client has not read": session.outbox.waiting,
        **{f"client: {name}": value for name, value in session.client._asdict().items()},
    }
    return "\n".join(f"{name}: {value}" for name, value in rows.items())
