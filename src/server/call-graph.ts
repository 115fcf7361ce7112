/** Why this file exists: the call graph of the analysis in the editor's terms: documents, lines and columns. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CallNode } from '../analysis/call-graph';
import type { FlowFunction } from '../analysis/flow-model/flow-model';
import type { FileAnalysis } from '../analysis/project-options';
import type { AnalysisClient } from './analysis-client';
import type { Documents } from './documents';
import { editorRange } from './finding-to-diagnostic';
import type { CallsParams, CallsReply, ColoredFunction, FunctionsReply } from './protocol';
import type { Texts } from './texts';

/** The functions of an analysed document; their names are where they are drawn. */
export function functionsReply(
  { model, findings }: FileAnalysis, document: TextDocument, version: number | undefined,
): FunctionsReply {
  return {
    version,
    functions: model.functions.map((fn) => colored(fn, document)),
    awaits: model.functions.reduce((sum, fn) => sum + fn.awaits.length, 0),
    findings: findings.length,
  };
}

function colored(fn: FlowFunction, document: TextDocument): ColoredFunction {
  return {
    name: fn.name,
    color: fn.color,
    blocks: (fn.effects[0]?.chain ?? []).map((link) => link.callee),
    place: { uri: document.uri, range: editorRange(document, fn.nameRange), start: fn.range.start },
  };
}

export interface CallsNeeds {
  readonly client: AnalysisClient;
  readonly documents: Documents;
  readonly texts: Texts;
}

/** One step of the call graph. Rejects with `Cancelled` when `signal` aborts. */
export async function callsOf(
  { start, direction }: CallsParams, path: string, needs: CallsNeeds, signal: AbortSignal,
): Promise<CallsReply> {
  const nodes = await needs.client.ask({ kind: 'calls', path, start, direction }, 0, signal);
  const calls = await Promise.all(nodes.map((node) => shown(node, needs)));
  return { calls: calls.filter((each) => each !== undefined) };
}

/** Undefined when a file of it cannot be read any more. */
async function shown(node: CallNode, { documents, texts }: CallsNeeds): Promise<ColoredFunction | undefined> {
  const caller = await texts(node.at.file);
  const callee = node.place === undefined ? undefined : await texts(node.place.file);
  if (!caller || (node.place && !callee)) return undefined;
  const { name, color, blocks } = node;
  const at = { uri: documents.uriAt(node.at.file), range: editorRange(caller, node.at.range) };
  if (!node.place || !callee) return { name, color, blocks, at };
  const { file, start, nameRange } = node.place;
  const place = { uri: documents.uriAt(file), range: editorRange(callee, nameRange), start };
  return { name, color, blocks, at, place };
}
