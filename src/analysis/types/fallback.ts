/**
 * Why this file exists: little is lost when the native server fails. Where it cannot answer a good many questions
 * TypeScript 6 answers them; once the server is gone, TypeScript 6 answers everything. And CommonJS, in JavaScript, is
 * TypeScript 6's from the start: TypeScript 7 no longer knows what functions construct and what `module.exports`
 * collects.
 */
import ts from 'typescript';
import type { ConfigFile } from './config';
import { askInTree, isEmpty, merged } from './counterparts';
import { ServerLost } from './native/failure';
import type { TypeScript7 } from './native/typescript-7';
import { type FileAnswers, type FileQuestions, questionKinds, type TypeEngine } from './questions';
import { openTypeScript6 } from './typescript-6';

/**
 * So many questions that the server fails at are left unknown: a second program of the whole project, for one type in
 * 100,000, costs seconds and hundreds of megabytes.
 */
const mostUnanswered = 20;

/** Answers with `native` as long as it can. */
export function withFallback(config: ConfigFile, native: TypeScript7): TypeEngine {
  return new Fallback(config, native);
}

class Fallback implements TypeEngine {
  private readonly texts = new Map<string, string | undefined>();
  private readonly added = new Set<string>();
  private native: TypeScript7 | undefined;
  /** So many questions the native server failed at. */
  private unanswered = 0;
  /** The whole project. */
  private second: TypeEngine | undefined;
  /** Its JavaScript, and what that imports. */
  private scripts: TypeEngine | undefined;

  constructor(
    private readonly config: ConfigFile,
    native: TypeScript7,
  ) {
    this.native = native;
  }

  get id(): TypeEngine['id'] {
    return this.native === undefined ? 'typescript-6' : 'typescript-7';
  }

  files(): readonly string[] {
    return (this.native ?? this.other()).files();
  }

  update(file: string, text: string | undefined): void {
    this.texts.set(file, text);
    this.native?.update(file, text);
    this.second?.update(file, text);
    this.scripts?.update(file, text);
  }

  knows(file: string): boolean {
    return this.answer((engine) => engine.knows(file));
  }

  add(file: string): void {
    this.added.add(file);
    this.native?.add(file);
    this.second?.add(file);
  }

  sourceFile(file: string): ts.SourceFile | undefined {
    return this.answer((engine) => engine.sourceFile(file));
  }

  syntaxProblems(file: string): readonly ts.Diagnostic[] {
    return this.answer((engine) => engine.syntaxProblems(file));
  }

  imports(file: string): readonly string[] {
    const engine = this.engineForScript(file);
    if (engine !== undefined) return engine.imports(file);
    return this.answer((engine) => engine.imports(file));
  }

  ask(file: string, questions: FileQuestions): FileAnswers {
    const script = this.engineForScript(file);
    if (script !== undefined) return this.askOther(script, file, questions);
    const partial = this.tryNative((native) => native.askWhatItCan(file, questions));
    if (partial === undefined) return this.askOther(this.other(), file, questions);
    this.unanswered += sizeOf(partial.unanswered);
    if (isEmpty(partial.unanswered) || this.unanswered <= mostUnanswered) return partial.answers;
    return merged(partial.answers, this.askOther(this.other(), file, partial.unanswered));
  }

  foresee(file: string): void {
    this.native?.foresee(file);
  }

  announce(file: string, questions: FileQuestions): void {
    if (this.engineForScript(file) !== undefined) return;
    this.tryNative((native) => {
      native.announce(file, questions);
      return {};
    });
  }

  dispose(): void {
    this.native?.dispose();
    this.second?.dispose();
    this.scripts?.dispose();
  }

  private answer<A>(question: (engine: TypeEngine) => A): A {
    const found = this.tryNative((native) => ({ answer: question(native) }));
    return found === undefined ? question(this.other()) : found.answer;
  }

  /** Undefined when the server is gone; it is not asked again. */
  private tryNative<A extends object>(work: (native: TypeScript7) => A): A | undefined {
    if (this.native === undefined) return undefined;
    try {
      return work(this.native);
    } catch (error) {
      // A request that fails outside of a batch has no smaller part that could succeed.
      if (!(error instanceof ServerLost) && !isPanic(error)) throw error;
      this.native = undefined;
      return undefined;
    }
  }

  /** The nodes may be of a tree that the native engine's side parsed. */
  private askOther(other: TypeEngine, file: string, questions: FileQuestions): FileAnswers {
    return askInTree(other.sourceFile(file), questions, (mine) => other.ask(file, mine));
  }

  /** Undefined where the file is no CommonJS, or where TypeScript 6 answers anyway. */
  private engineForScript(file: string): TypeEngine | undefined {
    if (this.native === undefined || !/\.[mc]?jsx?$/.test(file)) return undefined;
    const tree = this.sourceFile(file);
    if (tree === undefined || tree.statements.some(isModuleSyntax)) return undefined;
    this.scripts ??= this.openOther(this.config.fileNames.filter((name) => /\.(d\.[mc]?ts|[mc]?jsx?)$/.test(name)));
    this.scripts.add(file);
    return this.scripts;
  }

  private other(): TypeEngine {
    if (this.second === undefined) {
      this.second = this.openOther(this.config.fileNames);
      for (const file of this.added) this.second.add(file);
    }
    return this.second;
  }

  private openOther(fileNames: readonly string[]): TypeEngine {
    const engine = openTypeScript6({ ...this.config, fileNames });
    for (const [file, text] of this.texts) engine.update(file, text);
    return engine;
  }
}

function sizeOf(questions: FileQuestions): number {
  return questionKinds.reduce((sum, kind) => sum + questions[kind].length, 0);
}

/** Written as an ES module, whatever manifests and options make of the file. */
function isModuleSyntax(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword))
  );
}

/** The server's answer to a request that it failed at. */
function isPanic(error: unknown): boolean {
  return error instanceof Error && /^(panic|api|unknown API|.*nil pointer)/.test(error.message);
}
