/** Why this file exists: "why is this red?" walks the chain in the call graph, from a function down to what blocks. */
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { CallGraph, FunctionItem, GraphItem } from './call-graph';

/** Recursion is cut short in the tree, so a chain ends; this is for graphs that change while they are walked. */
const mostSteps = 50;

/** Opens the tree along the chain that blocks; from an item of the tree, else from the function at the cursor. */
export async function whyBlocking(graph: CallGraph, argument: unknown): Promise<void> {
  graph.setScope(isItem(argument) && argument.parent?.kind === 'file' ? 'workspace' : 'file');
  graph.setDirection('callees');
  const roots = (await graph.getChildren()).filter((item): item is FunctionItem => item.kind === 'function');
  const start = isItem(argument) ? (roots.find((root) => isSame(root, argument)) ?? argument) : atCursor(roots);
  if (start === undefined || start.fn.blocks.length === 0) {
    vscode.window.setStatusBarMessage(`$(info) ${t('Nothing here is known to block the event loop.')}`, 6000);
    return;
  }
  let item: FunctionItem | undefined = start;
  for (let step = 0; item !== undefined && step < mostSteps; step += 1) {
    await graph.view.reveal(item, { select: true, focus: true, expand: true });
    item = next(await graph.getChildren(item), item);
  }
}

/** The callee through which the shortest way goes on. */
function next(children: readonly GraphItem[], { fn }: FunctionItem): FunctionItem | undefined {
  const blocking = children.filter((child): child is FunctionItem => child.kind === 'function' && child.fn.blocks.length > 0);
  const closer = blocking.filter((child) => child.fn.place === undefined || child.fn.blocks.length < fn.blocks.length);
  return closer.toSorted((a, b) => length(a) - length(b))[0];
}

function length({ fn }: FunctionItem): number {
  return fn.place === undefined ? 0 : fn.blocks.length;
}

function atCursor(roots: readonly FunctionItem[]): FunctionItem | undefined {
  const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
  return roots.findLast(({ fn }) => fn.name !== '<module>' && (fn.place?.range.start.line ?? Infinity) <= line);
}

function isSame(a: FunctionItem, b: FunctionItem): boolean {
  return a.fn.place?.uri === b.fn.place?.uri && a.fn.place?.start === b.fn.place?.start;
}

function isItem(argument: unknown): argument is FunctionItem {
  return typeof argument === 'object' && argument !== null && 'kind' in argument && argument.kind === 'function' && 'fn' in argument;
}
