/** Why this file exists: colours and suspensions written into the code, for those who want to read them there. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver/node';
import { t } from '../base/words';
import type { FlowFunction, FlowModel } from '../analysis/flow-model/flow-model';
import { colorWord } from '../analysis/explain/phrases';
import type { InlayHintSetting } from './settings';

/** The hints of a stretch of the document. */
export function inlayHintsOf(
  model: FlowModel, document: TextDocument, range: Range, setting: InlayHintSetting,
): InlayHint[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const wantsColors = setting === 'colors' || setting === 'all';
  const wantsAwaits = setting === 'awaits' || setting === 'all';
  return model.functions.flatMap((fn) => [
    ...(wantsColors && fn.kind !== 'module' && isWithin(fn.nameRange.end, from, to) ? colorHint(fn, document) : []),
    ...(wantsAwaits ? fn.awaits : [])
      .filter((site) => isWithin(site.range.end, from, to))
      .map((site) => awaitHint(site, document)),
  ]);
}

/** After the name; that a function is sync is what one expects, and is not said unless it blocks. */
function colorHint(fn: FlowFunction, document: TextDocument): InlayHint[] {
  const blocks = fn.effects[0];
  if (fn.color === 'sync' && blocks === undefined) return [];
  const words = [...(fn.color === 'sync' ? [] : [colorWord(fn.color)]), ...(blocks === undefined ? [] : [t('blocks')])];
  const position = document.positionAt(fn.nameRange.end);
  const hint: InlayHint = { position, label: words.join(' · '), kind: InlayHintKind.Type, paddingLeft: true };
  if (blocks !== undefined) hint.tooltip = blocks.chain.map((link) => link.callee).join(' → ');
  return [hint];
}

function awaitHint({ kind, range }: FlowFunction['awaits'][number], document: TextDocument): InlayHint {
  const labels = { await: t('suspends here'), 'for-await': t('suspends each turn'), 'await-using': t('suspends at the end') };
  const label = labels[kind];
  return { position: document.positionAt(range.end), label: `… ${label}`, paddingLeft: true };
}

function isWithin(offset: number, from: number, to: number): boolean {
  return from <= offset && offset <= to;
}
