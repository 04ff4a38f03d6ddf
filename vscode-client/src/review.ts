// Edits of many files, asked about first. VS Code's own preview has every change unticked when it comes from a server,
// so that its "Apply" does nothing before each file has been ticked by hand: it is there for who wants to choose.

import * as vscode from "vscode";
import type { ApplyWorkspaceEditParams } from "vscode-languageclient/node";

const ALL = "Fix All";
const CHOOSE = "Choose Changes";

/** Whether the edit is to be applied, or to be shown in that preview, as `edit` says afterwards. */
export async function agreed({ edit }: ApplyWorkspaceEditParams): Promise<boolean> {
  const annotations = Object.values(edit.changeAnnotations ?? {}).filter((one) => one.needsConfirmation);
  if (!annotations[0]) return true;
  const n = (edit.documentChanges ?? []).reduce((sum, one) => sum + ("edits" in one ? one.edits.length : 1), 0);
  const detail = `${n} ${n === 1 ? "change" : "changes"}. One undo takes all of it back; nothing is saved before you save it.`;
  const answer = await vscode.window.showWarningMessage(`${annotations[0].label.replaceAll("`", "")}?`, { modal: true, detail }, ALL, CHOOSE);
  if (answer === ALL) for (const one of annotations) one.needsConfirmation = false;
  return answer !== undefined;
}
