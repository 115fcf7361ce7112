/** Why this file exists: findings in the editor's terms. */
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, RelatedPlace, RuleId, Severity } from '../analysis/finding';
import type { TextRange } from '../base/text';
import { t } from '../base/words';
import type { AnalysedDocument } from './analyses';
import type { Texts } from './texts';

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  hint: DiagnosticSeverity.Hint,
  info: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  error: DiagnosticSeverity.Error,
};

/** The diagnostics of an analysed document; evidence in files that cannot be read is left out. */
export function diagnosticsOf(analysed: AnalysedDocument, texts: Texts, pages: string): Promise<Diagnostic[]> {
  return Promise.all(analysed.analysis.findings.map(async (finding) => ({
    ...await diagnosticOf(finding, analysed, texts),
    codeDescription: { href: pageOf(finding.rule, pages) },
  })));
}

/** The page of a rule, in the language of the editor. */
function pageOf(rule: RuleId, pages: string): string {
  return pathToFileURL(`${pages}/${t('{0}.md', rule)}`).href;
}

async function diagnosticOf(finding: Finding, { document, path }: AnalysedDocument, texts: Texts): Promise<Diagnostic> {
  const textAt: Texts = (file) => file === path ? Promise.resolve(document) : texts(file);
  const related = await Promise.all(finding.related.map((place) => relatedInformation(place, textAt)));
  return {
    source: 'loopscope',
    code: finding.rule,
    severity: severityOf[finding.severity],
    range: editorRange(document, finding.range),
    message: finding.message,
    relatedInformation: related.filter((information) => information !== undefined),
  };
}

async function relatedInformation(
  { file, range, message }: RelatedPlace, texts: Texts,
): Promise<DiagnosticRelatedInformation | undefined> {
  const document = await texts(file);
  return document && { location: { uri: document.uri, range: editorRange(document, range) }, message };
}

/** A range of offsets as lines and columns of a document. */
export function editorRange(document: TextDocument, range: TextRange): Range {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}
