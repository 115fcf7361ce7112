/** Why this file exists: the explanation of what stands under the pointer. */
import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { AnalysisClient } from './analysis-client';
import type { OpenDocument } from './documents';
import { editorRange } from './finding-to-diagnostic';

/** Undefined where there is nothing to explain. Rejects with `Cancelled` when `signal` aborts. */
export async function hoverAt(
  open: OpenDocument, position: Position, client: AnalysisClient, signal: AbortSignal,
): Promise<Hover | undefined> {
  const document = open.snapshot();
  const offset = document.offsetAt(position);
  const explanation = await client.ask({ kind: 'explain', path: open.path, offset, uri: open.uri }, 0, signal);
  if (!explanation) return undefined;
  const contents = { kind: MarkupKind.Markdown, value: explanation.markdown };
  return { contents, range: editorRange(document, explanation.range) };
}
