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

  /** Marks the line where `offset` stands, in every editor that shows the document, and brings it into view. */
  show(uri: string, offset: number): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== uri) { editor.setDecorations(this.#decoration, []); continue; }
      const position = editor.document.positionAt(offset);
      const range = new vscode.Range(position, position);
      editor.setDecorations(this.#decoration, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  clear(): void {
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.#decoration, []);
  }

  dispose(): void {
    this.#decoration.dispose();
  }
}
