/** Why this file exists: a finding's fixes as quick fixes, tied to the version of the text that they were made for. */
import {
  CodeActionKind, type CodeAction, type CodeActionContext, type Diagnostic, type Range, type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { FileEdit, Finding, Fix } from '../analysis/finding';
import { harmlessEdits } from '../analysis/fix-all';
import { t } from '../base/words';
import type { AnalysedDocument } from './analyses';
import type { Documents } from './documents';
import { editorRange } from './finding-to-diagnostic';
import type { Texts } from './texts';

export interface CodeActionNeeds {
  readonly documents: Documents;
  readonly texts: Texts;
}

/** For `editor.codeActionsOnSave`: every fix that changes nothing the program does. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.loopscope`;

function fixAll({ analysis, document }: AnalysedDocument): CodeAction[] {
  const edits = harmlessEdits(analysis.findings).map(({ range, newText }): TextEdit => {
    return { range: editorRange(document, range), newText };
  });
  if (edits.length === 0) return [];
  const textDocument = { uri: document.uri, version: document.version };
  return [{ title: t('Apply all harmless fixes'), kind: fixAllKind, edit: { documentChanges: [{ textDocument, edits }] } }];
}

/** The fixes of the findings that touch `range`, where the editor wants quick fixes at all. */
export async function codeActionsOf(
  analysed: AnalysedDocument, range: Range, context: CodeActionContext, needs: CodeActionNeeds,
): Promise<CodeAction[]> {
  if (context.only?.some((kind) => fixAllKind.startsWith(kind)) === true) return fixAll(analysed);
  if (context.only?.some((kind) => CodeActionKind.QuickFix.startsWith(kind)) === false) return [];
  const from = analysed.document.offsetAt(range.start);
  const to = analysed.document.offsetAt(range.end);
  const touched = analysed.analysis.findings.filter(({ range: { start, end } }) => start <= to && from <= end);
  const actions = touched.flatMap((finding) => {
    return [...finding.fixes, ...ignoring(finding)].map((fix) => codeAction(finding, fix, analysed, context, needs));
  });
  return (await Promise.all(actions)).filter((action) => action !== undefined);
}

async function codeAction(
  finding: Finding, fix: Fix, analysed: AnalysedDocument, context: CodeActionContext, needs: CodeActionNeeds,
): Promise<CodeAction | undefined> {
  const documentChanges = await documentEdits(fix, analysed, needs);
  if (!documentChanges) return undefined;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    isPreferred: fix.preferred === true,
    diagnostics: context.diagnostics.filter((diagnostic) => isOf(diagnostic, finding, analysed)),
    edit: { documentChanges },
  };
}

/** The comment asks for its reason by being a finding itself until it is written. */
function ignoring({ rule, ignore }: Finding): readonly Fix[] {
  return ignore === undefined ? [] : [{ title: t('Ignore {0} here, and say why', rule), edits: [ignore] }];
}

function isOf(diagnostic: Diagnostic, finding: Finding, { document }: AnalysedDocument): boolean {
  return diagnostic.source === 'loopscope' && diagnostic.code === finding.rule
    && document.offsetAt(diagnostic.range.start) === finding.range.start;
}

/** Nothing is offered when one of the fix's files cannot be read. */
async function documentEdits(
  fix: Fix, analysed: AnalysedDocument, needs: CodeActionNeeds,
): Promise<TextDocumentEdit[] | undefined> {
  const files = [...new Set(fix.edits.map((edit) => edit.file))];
  const edits = await Promise.all(files.map((file) => {
    return editsOfFile(file, fix.edits.filter((edit) => edit.file === file), analysed, needs);
  }));
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

async function editsOfFile(
  file: string, edits: readonly FileEdit[], analysed: AnalysedDocument, { documents, texts }: CodeActionNeeds,
): Promise<TextDocumentEdit | undefined> {
  const document = file === analysed.path ? analysed.document : await texts(file);
  if (!document) return undefined;
  const isOpen = file === analysed.path || documents.atPath(file) !== undefined;
  const textEdits: TextEdit[] = edits.map(({ range, newText }) => ({ range: editorRange(document, range), newText }));
  return { textDocument: { uri: document.uri, version: isOpen ? document.version : null }, edits: textEdits };
}
