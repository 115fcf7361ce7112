/** Why this file exists: the first stroke of a summary: the file is walked, and what is to be asked is gathered. */
import type ts from 'typescript';
import type { RuleId } from '../finding';
import { type FileQuestions, noQuestions, questionsByKind, type TypeEngine } from '../types/questions';
import { collectQuestions } from './collect-questions';
import { collectSites, type FileSites } from './sites';

/** What rules will ask of a file that is looked at for its findings. */
export interface RuleQuestions {
  readonly rules: ReadonlySet<RuleId>;
  of(source: ts.SourceFile): FileQuestions;
}

/** A file that was walked: what is in it, and what is to be asked about it. */
export interface Begun {
  readonly source: ts.SourceFile;
  readonly found: FileSites;
  readonly asked: FileQuestions;
  /** What every call brings is among it. */
  readonly wantsResults: boolean;
}

/** Undefined when the engine has no such file. What `more` asks goes in the same batch. */
export function beginSummary(
  engine: TypeEngine,
  file: string,
  wantsResults: boolean,
  more?: RuleQuestions,
): Begun | undefined {
  const source = engine.sourceFile(file);
  if (source === undefined) return undefined;
  const found = collectSites(source);
  const [own, others] = [collectQuestions(found, wantsResults), more?.of(source) ?? noQuestions];
  const asked = questionsByKind((kind) => [...new Set<ts.Node>([...own[kind], ...others[kind]])]);
  return { source, found, asked, wantsResults };
}
