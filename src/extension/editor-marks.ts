/**
 * Why this file exists: the reader's own editor shows the moment too: the running line, the lines that wait for a
 * call, the lines where functions are parked, and in words what each has to say.
 */
import * as vscode from 'vscode';
import type { NoteOnLine } from '../player/messages';

type Mark = NoteOnLine['mark'];

/** A note for a line of a document. */
export interface PlacedNote extends NoteOnLine {
  readonly uri: vscode.Uri;
}

const longestNote = 80;

export class EditorMarks implements vscode.Disposable {
  readonly #decorations: Readonly<Record<Mark, vscode.TextEditorDecorationType>> = {
    running: decoration('loopscope.runningLineBorder', 'solid', 'loopscope.runningLineBackground'),
    calling: decoration('loopscope.runningLineBorder', 'double'),
    parked: decoration('loopscope.parkedLineBorder', 'dashed'),
    failed: decoration('editorError.foreground', 'dotted'),
    value: vscode.window.createTextEditorDecorationType({ isWholeLine: true }),
  };

  /** Marks the lines in every editor that shows them, and brings the running one into view. */
  show(notes: readonly PlacedNote[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      const here = notes.filter((note) => note.uri.toString() === uri && note.line <= editor.document.lineCount);
      for (const [mark, type] of Object.entries(this.#decorations)) {
        editor.setDecorations(type, here.filter((note) => note.mark === mark).map(optionsOf));
      }
      const running = here.find(({ mark }) => mark === 'running');
      if (running) editor.revealRange(lineRange(running), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  clear(): void {
    this.show([]);
  }

  dispose(): void {
    for (const type of Object.values(this.#decorations)) type.dispose();
  }
}

function decoration(border: string, borderStyle: string, background?: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    ...(background === undefined ? {} : { backgroundColor: new vscode.ThemeColor(background) }),
    borderColor: new vscode.ThemeColor(border),
    borderStyle,
    borderWidth: '0 0 0 3px',
    overviewRulerColor: new vscode.ThemeColor(border),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
}

function lineRange({ line }: NoteOnLine): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}

function optionsOf(note: NoteOnLine): vscode.DecorationOptions {
  if (note.text === '') return { range: lineRange(note) };
  const text = note.text.length > longestNote ? `${note.text.slice(0, longestNote - 1)}…` : note.text;
  const color = new vscode.ThemeColor(note.mark === 'failed' ? 'editorError.foreground' : 'editorCodeLens.foreground');
  // At the end of the line, as the editor's own notes are.
  const range = new vscode.Range(note.line - 1, Number.MAX_SAFE_INTEGER, note.line - 1, Number.MAX_SAFE_INTEGER);
  return { range, renderOptions: { after: { contentText: text, color, fontStyle: 'italic', margin: '0 0 0 2em' } } };
}
