/** Why this file exists: ▶ Visualize event loop, above what is worth playing. */
import type { CodeLens } from 'vscode-languageserver/node';
import { colorWord } from '../analysis/explain/phrases';
import type { FlowFunction, FlowModel } from '../analysis/flow-model/flow-model';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../base/words';
import { editorRange } from './finding-to-diagnostic';
import { visualizeCommand, type StartAt } from './protocol';
import type { VisualizeTarget } from './visualize-link';

/** A lens for each async function, and one for top-level code that uses async APIs. */
export function codeLensesOf(model: FlowModel, document: TextDocument): CodeLens[] {
  return model.functions.flatMap((candidate) => {
    if (candidate.kind === 'module') return moduleLens(candidate, document);
    return isAsync(candidate) ? [functionLens(candidate, document)] : [];
  });
}

function isAsync({ color }: FlowFunction): boolean {
  return color === 'async' || color === 'async-generator';
}

function functionLens(played: FlowFunction, document: TextDocument): CodeLens {
  const at: StartAt = { kind: 'function', position: document.positionAt(played.range.start) };
  return lens(document, played.nameRange, [colorWord(played.color), ...awaitsAndBlocking(played)], at);
}

/** Above the first place where top-level code meets the event loop. */
function moduleLens(module: FlowFunction, document: TextDocument): CodeLens[] {
  const meetings = [...module.awaits, ...module.boundaries.filter(({ kind }) => kind !== 'blocking')];
  if (meetings.length === 0) return [];
  const first = meetings.reduce((a, b) => b.range.start < a.range.start ? b : a);
  return [lens(document, first.range, [t('top level'), ...awaitsAndBlocking(module)], { kind: 'file' })];
}

function awaitsAndBlocking({ awaits, effects }: FlowFunction): string[] {
  const blocks = effects[0]?.chain[0]?.callee;
  return [
    ...(awaits.length === 0 ? [] : [awaits.length === 1 ? t('1 await') : t('{0} awaits', awaits.length)]),
    ...(blocks === undefined ? [] : [t('blocks via {0}', blocks)]),
  ];
}

function lens(document: TextDocument, range: FlowFunction['nameRange'], facts: readonly string[], at: StartAt): CodeLens {
  const target: VisualizeTarget = { uri: document.uri, at };
  const title = [`▶ ${t('Visualize event loop')}`, ...facts].join(' · ');
  return { range: editorRange(document, range), command: { title, command: visualizeCommand, arguments: [target] } };
}
