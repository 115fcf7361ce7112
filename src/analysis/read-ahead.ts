/**
 * Why this file exists: when many files are read one after the other, the type checker is told of the next, so that it
 * may think about that one while this one is summarized.
 */
import { type Begun, beginSummary, type RuleQuestions } from './flow-model/begin-summary';
import type { FileSummary } from './flow-model/summary';
import { ProjectError } from './project-options';
import { isSourceFileName } from './types/config';
import type { TypeEngine } from './types/questions';
import type { Workspace } from './types/workspace';

export class ReadAhead {
  /** Files that were announced: what is to be asked about them. */
  private readonly begun = new Map<string, Begun>();

  constructor(
    private readonly workspace: Workspace,
    private readonly wantsResults: boolean,
  ) {}

  /** Calls `read` for each file, in order; `questionsOf` answers what rules ask of one. */
  readAll(
    files: readonly string[],
    questionsOf: (file: string) => RuleQuestions | undefined,
    read: (file: string) => void,
  ): void {
    const [first] = files;
    if (first !== undefined) this.announce(first, questionsOf);
    for (const [index, file] of files.entries()) {
      const [next, later] = files.slice(index + 1, index + 3);
      if (next !== undefined) this.announce(next, questionsOf);
      if (later !== undefined) attempt(() => { this.workspace.engineFor(later).foresee?.(later); });
      read(file);
    }
    this.begun.clear();
  }

  /** What is to be asked about a file; undefined when the engine has no such file. */
  begin(engine: TypeEngine, file: string, more: RuleQuestions | undefined): Begun | undefined {
    const begun = this.begun.get(file) ?? beginSummary(engine, file, this.wantsResults, more);
    this.begun.delete(file);
    return begun;
  }

  /** Something was edited. */
  forget(): void {
    this.begun.clear();
  }

  private announce(file: string, questionsOf: (file: string) => RuleQuestions | undefined): void {
    attempt(() => {
      const engine = this.workspace.engineFor(file);
      const begun = beginSummary(engine, file, this.wantsResults, questionsOf(file));
      if (begun === undefined) return;
      this.begun.set(file, begun);
      engine.announce?.(file, begun.asked);
    });
  }
}

/** Nothing that is called is in a file that was not read. */
export function haveAllImports(summaries: Iterable<FileSummary>, isKnown: (file: string) => boolean): boolean {
  return [...summaries].every(({ engine, file }) => {
    return engine.imports(file).every((each) => isKnown(each) || !isSourceFileName(each));
  });
}

/** What cannot be read is told when it is read. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
  }
}
