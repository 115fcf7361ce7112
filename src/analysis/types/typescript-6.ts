/**
 * Why this file exists: the questions answered by TypeScript 6 in this process, kept up to date edit by edit by its
 * language service.
 */
import ts from 'typescript';
import { CallTargets, nonEmpty } from './call-targets';
import type { ConfigFile } from './config';
import { Judge } from './judge';
import type { FileAnswers, FileQuestions, TypeEngine } from './questions';
import { TypeFactsReader } from './type-facts';
import { NodeReader6, SymbolReader6, TypeReader6 } from './typescript-6-readers';

interface Text {
  readonly version: number;
  /** Undefined: as on disk. */
  readonly snapshot: ts.IScriptSnapshot | undefined;
}

interface Readers {
  readonly program: ts.Program;
  readonly facts: TypeFactsReader<ts.Type>;
  readonly judge: Judge<ts.Type>;
  readonly targets: CallTargets<ts.Symbol>;
}

/** Comments say nothing that is asked here, and are half of the text of declaration files. */
const jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;

const registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames, undefined, jsDocParsingMode);

/** The registry is shared by all engines, and knows texts by their version: no two may have the same. */
let versions = 0;

/** Opens the files of a tsconfig (or of the inferred project that `config` describes). */
export function openTypeScript6(config: ConfigFile): TypeEngine {
  return new TypeScript6(config);
}

class TypeScript6 implements TypeEngine {
  readonly id = 'typescript-6';
  private readonly texts = new Map<string, Text>();
  private readonly roots: Set<string>;
  private readonly service: ts.LanguageService;
  private edits = 0;
  /** A file came or went: what did not resolve may now, and the other way round. */
  private resolutionsStale = false;
  private lastProgram: ts.Program | undefined;
  private readers: Readers | undefined;

  constructor(private readonly config: ConfigFile) {
    this.roots = new Set(config.fileNames);
    this.service = ts.createLanguageService(this.host(), registry);
  }

  files(): readonly string[] {
    return [...this.roots].filter((file) => !/\.d\.[mc]?ts$/.test(file));
  }

  update(file: string, text: string | undefined): void {
    const there = text !== undefined || ts.sys.fileExists(file);
    if (there !== this.knows(file)) this.resolutionsStale = true;
    this.edits += 1;
    versions += 1;
    this.texts.set(file, {
      version: versions,
      snapshot: text === undefined ? undefined : ts.ScriptSnapshot.fromString(text),
    });
    this.readers = undefined;
  }

  knows(file: string): boolean {
    return this.lastProgram?.getSourceFile(file) !== undefined;
  }

  add(file: string): void {
    if (this.roots.has(file)) return;
    this.roots.add(file);
    this.edits += 1;
    this.readers = undefined;
  }

  sourceFile(file: string): ts.SourceFile | undefined {
    return this.current().program.getSourceFile(file);
  }

  syntaxProblems(file: string): readonly ts.Diagnostic[] {
    const source = this.sourceFile(file);
    return source === undefined ? [] : this.current().program.getSyntacticDiagnostics(source);
  }

  imports(file: string): readonly string[] {
    const { program } = this.current();
    const checker = program.getTypeChecker();
    // Language services parse with `setParentNodes`; the list of module specifiers is internal but for this walk.
    const found = new Set<string>();
    for (const specifier of moduleSpecifiers(program.getSourceFile(file))) {
      const declaration = checker.getSymbolAtLocation(specifier)?.valueDeclaration;
      if (declaration !== undefined && ts.isSourceFile(declaration) && !declaration.isDeclarationFile)
        found.add(declaration.fileName);
    }
    return [...found];
  }

  ask(file: string, questions: FileQuestions): FileAnswers {
    const { program, facts, targets, judge } = this.current();
    const checker = program.getTypeChecker();
    return {
      types: answers(questions.types, (node) => facts.of(checker.getTypeAtLocation(node))),
      returns: answers(questions.returns, (node) => {
        const signature = checker.getSignatureFromDeclaration(node);
        return signature === undefined ? undefined : facts.of(checker.getReturnTypeOfSignature(signature));
      }),
      callees: answers(questions.callees, (node) => targets.ofCallee(node)),
      values: answers(questions.values, (node) => targets.ofValue(node)),
      accesses: answers(questions.accesses, (node) => nonEmpty(targets.ofAccess(node))),
      bases: answers(questions.bases, (node) => nonEmpty(targets.ofType(node))),
      iterators: answers(questions.iterators, (node) => nonEmpty(targets.ofIteration(node))),
      functions: answers(questions.functions, (node) => judge.functions(node)),
      voidPlaces: answers(questions.voidPlaces, (node) => judge.voidPlaces(node)),
      protocols: answers(questions.protocols, (node) => judge.protocols(node)),
      lineages: answers(questions.lineages, (node) => judge.lineages(node)),
    };
  }

  dispose(): void {
    this.service.dispose();
    this.readers = undefined;
  }

  private current(): Readers {
    if (this.readers === undefined) {
      const program = this.service.getProgram();
      if (program === undefined) throw new Error('TypeScript answered no program.');
      this.resolutionsStale = false;
      this.lastProgram = program;
      const checker = program.getTypeChecker();
      const types = new TypeReader6(program, checker);
      const facts = new TypeFactsReader(types);
      this.readers = {
        program,
        facts,
        judge: new Judge(types, new NodeReader6(checker), facts),
        targets: new CallTargets(new SymbolReader6(checker)),
      };
    }
    return this.readers;
  }

  private host(): ts.LanguageServiceHost {
    const { sys } = ts;
    // The compiler's own watch mode uses this member; the published type leaves it out.
    const host: ts.LanguageServiceHost & { hasInvalidatedResolutions: () => boolean } = {
      getCompilationSettings: () => this.config.options,
      hasInvalidatedResolutions: () => this.resolutionsStale,
      getProjectVersion: () => String(this.edits),
      getScriptFileNames: () => [...this.roots],
      getScriptVersion: (file) => String(this.texts.get(file)?.version ?? 0),
      getScriptSnapshot: (file) => this.texts.get(file)?.snapshot ?? diskSnapshot(file),
      getCurrentDirectory: () => this.config.directory,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      jsDocParsingMode,
      fileExists: (file) => this.texts.get(file)?.snapshot !== undefined || sys.fileExists(file),
      readFile: (file, encoding) => sys.readFile(file, encoding),
      directoryExists: (directory) => sys.directoryExists(directory),
      getDirectories: (directory) => sys.getDirectories(directory),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
      realpath: (path) => sys.realpath?.(path) ?? path,
    };
    return host;
  }
}

function diskSnapshot(file: string): ts.IScriptSnapshot | undefined {
  const text = ts.sys.readFile(file);
  return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
}

function moduleSpecifiers(file: ts.SourceFile | undefined): readonly ts.StringLiteralLike[] {
  if (file === undefined) return [];
  // `imports` is the compiler's own list of a file's specifiers, among them `import()` and `require`; it is internal
  // but stable since 2015.
  return (file as ts.SourceFile & { readonly imports?: readonly ts.StringLiteralLike[] }).imports ?? [];
}

function answers<N extends ts.Node, A>(
  nodes: readonly N[],
  answer: (node: N) => A | undefined,
): ReadonlyMap<ts.Node, A> {
  const map = new Map<ts.Node, A>();
  for (const node of nodes) {
    const found = guarded(() => answer(node));
    if (found !== undefined) map.set(node, found);
  }
  return map;
}

/**
 * TypeScript overflows the stack on some types, mostly while it words an error that we do not want; asked again, it
 * often knows. What it
 * cannot answer stays unknown, and the rest of the file is answered all the same.
 */
function guarded<A>(answer: () => A | undefined): A | undefined {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      return answer();
    } catch {
      // Asked again above, or unknown.
    }
  }
  return undefined;
}
