/** Why this file exists: what the reader pointed at, whether by a lens, a hover's link, a menu or the cursor. */
import * as vscode from 'vscode';
import type { StartAt } from '../server/protocol';
import type { VisualizeTarget } from '../server/visualize-link';
import { isUnderstood } from './languages';

/** A document and where to begin in it; or why there is nothing, in one sentence. */
export type Pointed =
  | { readonly kind: 'pointed'; readonly document: vscode.TextDocument; readonly at: StartAt }
  | { readonly kind: 'nothing'; readonly message: string };

/** `argument` is what VS Code passes: a lens's or link's target, a menu's URI, or nothing from the palette and keys. */
export async function pointedAt(argument: unknown): Promise<Pointed> {
  if (isTarget(argument)) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(argument.uri));
    return { kind: 'pointed', document, at: argument.at };
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) return { kind: 'nothing', message: 'Open a TypeScript or JavaScript file first.' };
  if (!isUnderstood(editor.document)) {
    return { kind: 'nothing', message: 'Loopscope plays TypeScript and JavaScript; this file is neither.' };
  }
  return { kind: 'pointed', document: editor.document, at: startOfSelection(editor.selection) };
}

function startOfSelection({ isEmpty, active, start, end }: vscode.Selection): StartAt {
  return isEmpty ? { kind: 'cursor', position: plain(active) } : { kind: 'selection', range: { start: plain(start), end: plain(end) } };
}

function plain({ line, character }: vscode.Position): { line: number; character: number } {
  return { line, character };
}

/** Links can be written by anybody: what they carry is looked at. */
function isTarget(argument: unknown): argument is VisualizeTarget {
  if (!isRecord(argument) || typeof argument['uri'] !== 'string' || !isRecord(argument['at'])) return false;
  const { kind, position, range } = argument['at'];
  if (kind === 'file') return true;
  if (kind === 'selection') return isRecord(range) && isPosition(range['start']) && isPosition(range['end']);
  return (kind === 'cursor' || kind === 'function') && isPosition(position);
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof vscode.Uri);
}
