/** Why this file exists: what does not parse, as plain data. */
import ts from 'typescript';
import type { SyntaxProblem } from '../flow-model/flow-model';
import type { TypeEngine } from './questions';

/** The problems of a file, in the order of the text. */
export function syntaxProblems(engine: TypeEngine, file: string): readonly SyntaxProblem[] {
  return engine.syntaxProblems(file).map((diagnostic) => {
    const start = diagnostic.start ?? 0;
    return {
      range: { start, end: start + (diagnostic.length ?? 0) },
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
    };
  });
}
