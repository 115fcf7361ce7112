/**
 * Why this file exists: **Explain this await** opens the hover without the pointer, at the await nearest to the
 * cursor.
 */
import * as vscode from 'vscode';

/** Moves the cursor to the first `await` of its line, unless it stands on one, and shows the hover there. */
export async function explainAwait(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const position = awaitNear(editor.document, editor.selection.active);
  if (!position) {
    vscode.window.setStatusBarMessage('$(info) There is no await on this line.', 6000);
    return;
  }
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/** The start of the last `await` of the line at or before the position, else of the first after it. */
function awaitNear(document: vscode.TextDocument, position: vscode.Position): vscode.Position | undefined {
  const columns = [...document.lineAt(position.line).text.matchAll(/\bawait\b/g)].map(({ index }) => index);
  const column = columns.findLast((start) => start <= position.character) ?? columns[0];
  return column === undefined ? undefined : new vscode.Position(position.line, column);
}
