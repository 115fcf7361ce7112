/** Why this file exists: the line that the animation is running is marked in the editor too. */
import * as vscode from 'vscode';

export class RunningLine implements vscode.Disposable {
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('loopscope.runningLineBackground'),
    borderColor: new vscode.ThemeColor('loopscope.runningLineBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    overviewRulerColor: new vscode.ThemeColor('loopscope.runningLineBorder'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });

  /** Marks a line (from 0) in every editor that shows the document, and brings it into view. */
  show(uri: vscode.Uri, line: number): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const isThere = editor.document.uri.toString() === uri.toString() && line < editor.document.lineCount;
      const range = new vscode.Range(line, 0, line, 0);
      editor.setDecorations(this.#decoration, isThere ? [range] : []);
      if (isThere) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  clear(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.#decoration, []);
  }

  dispose(): void {
    this.#decoration.dispose();
  }
}
