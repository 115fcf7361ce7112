/**
 * Why this file exists: a second start asks almost nothing: answers about files that did not change come from the disk,
 * and the type checker is started when something else is asked.
 */
import ts from 'typescript';
import type { ConfigFile } from '../config';
import { readText } from '../config';
import { askInTree, isEmpty, merged } from '../counterparts';
import { parse, syntaxDiagnostics } from '../native/parse';
import { longestText } from '../node-key';
import type { FileAnswers, FileQuestions, TypeEngine } from '../questions';
import { isDeclarationFile } from './declaration-file';
import { digestOf, fingerprint } from './fingerprint';
import { freshFiles, importersIn, importName, spread } from './fresh-files';
import { type Kept, type KeptFile, readKept, writeKept } from './kept';
import { AnswerRows, AnswerTable } from './rows';

/** `file` is where answers are kept; `open` starts the engine that answers what is not known. */
export function withCache(config: ConfigFile, file: string, id: TypeEngine['id'], open: () => TypeEngine): TypeEngine {
  return new CachedEngine(config, file, id, open);
}

/** A file as it was kept, or as it was answered since. */
interface Known extends Omit<KeptFile, 'answers'> {
  readonly rows: () => AnswerRows;
}

class CachedEngine implements TypeEngine {
  private readonly texts = new Map<string, string | undefined>();
  private readonly added = new Set<string>();
  private readonly trees = new Map<string, ts.SourceFile>();
  private readonly known = new Map<string, Known>();
  private readonly fingerprint: string;
  private engine: TypeEngine | undefined;
  private loaded = false;
  private changed = false;

  constructor(
    private readonly config: ConfigFile,
    private readonly file: string,
    private readonly engineId: TypeEngine['id'],
    private readonly open: () => TypeEngine,
  ) {
    this.fingerprint = fingerprint(config, engineId);
  }

  get id(): TypeEngine['id'] {
    return this.engine?.id ?? this.engineId;
  }

  files(): readonly string[] {
    const names = new Set([...this.config.fileNames, ...this.added]);
    return this.engine?.files() ?? [...names].filter((file) => !/\.d\.[mc]?ts$/.test(file));
  }

  update(file: string, text: string | undefined): void {
    this.load();
    this.texts.set(file, text);
    this.engine?.update(file, text);
    this.forget(file);
  }

  knows(file: string): boolean {
    return this.lookUp(file) !== undefined || this.engine?.knows(file) === true;
  }

  add(file: string): void {
    this.added.add(file);
    this.engine?.add(file);
  }

  sourceFile(file: string): ts.SourceFile | undefined {
    const known = this.lookUp(file);
    if (known === undefined) return this.opened().sourceFile(file);
    let tree = this.trees.get(file);
    if (tree === undefined) {
      const text = this.textOf(file);
      if (text === undefined) return undefined;
      tree = parse(file, text, known.isModule);
      this.trees.set(file, tree);
    }
    return tree;
  }

  syntaxProblems(file: string): readonly ts.Diagnostic[] {
    if (this.lookUp(file) === undefined) return this.opened().syntaxProblems(file);
    const tree = this.sourceFile(file);
    return tree === undefined ? [] : syntaxDiagnostics(tree);
  }

  imports(file: string): readonly string[] {
    return this.lookUp(file)?.imports ?? this.opened().imports(file);
  }

  ask(file: string, questions: FileQuestions): FileAnswers {
    const rows = this.lookUp(file)?.rows();
    if (rows === undefined) return this.askAndKeep(file, questions);
    const { answers, missing } = rows.give(questions);
    if (isEmpty(missing)) return answers;
    const engine = this.opened();
    const found = askInTree(engine.sourceFile(file), missing, (mine) => engine.ask(file, mine));
    rows.take(missing, found);
    this.changed = true;
    return merged(answers, found);
  }

  foresee(file: string): void {
    if (this.lookUp(file) === undefined) this.engine?.foresee?.(file);
  }

  /** What is kept is not thought about again; what little is missing of it can wait. */
  announce(file: string, questions: FileQuestions): void {
    if (this.lookUp(file) === undefined) this.opened().announce?.(file, questions);
  }

  rest(): void {
    this.engine?.dispose();
    this.engine = undefined;
  }

  save(): void {
    if (!this.changed) return;
    this.changed = false;
    const table = new AnswerTable();
    const files = [...this.known].map(([file, { rows, ...rest }]): [string, KeptFile] => [
      file,
      { ...rest, answers: rows().kept(table) },
    ]);
    writeKept(this.file, { fingerprint: this.fingerprint, answers: table.values, files: Object.fromEntries(files) });
  }

  dispose(): void {
    this.save();
    this.engine?.dispose();
    this.trees.clear();
    this.known.clear();
  }

  private askAndKeep(file: string, questions: FileQuestions): FileAnswers {
    const engine = this.opened();
    const answers = engine.ask(file, questions);
    const tree = engine.sourceFile(file);
    if (tree === undefined || tree.text.length >= longestText) return answers;
    const rows = new AnswerRows();
    rows.take(questions, answers);
    this.trees.set(file, tree);
    this.known.set(file, {
      digest: digestOf(tree.text),
      isModule: ts.isExternalModule(tree),
      isGlobal: isGlobal(tree),
      imports: engine.imports(file),
      specifiers: specifiersOf(tree),
      rows: () => rows,
    });
    this.changed = true;
    return answers;
  }

  private lookUp(file: string): Known | undefined {
    this.load();
    return this.known.get(file);
  }

  private load(): void {
    if (this.loaded) return;
    this.loaded = true;
    const kept = readKept(this.file, this.fingerprint);
    if (kept === undefined) return;
    const now = [...this.config.fileNames, ...this.added];
    const fresh = freshFiles(kept.files, now, (file) => digestIfThere(this.textOf(file)));
    for (const file of fresh) {
      const entry = kept.files[file];
      if (entry !== undefined) this.known.set(file, knownFrom(entry, kept));
    }
    this.changed = fresh.size < Object.keys(kept.files).length;
  }

  /** An edit changes what is known of its file and of the files that import it; a global one, of all. */
  private forget(file: string): void {
    const entry = this.known.get(file);
    const text = this.textOf(file);
    if (entry !== undefined && text !== undefined && digestOf(text) === entry.digest) return;
    this.trees.delete(file);
    if (entry?.isGlobal === true || isDeclarationFile(file)) {
      this.known.clear();
      this.trees.clear();
      return;
    }
    const stale = new Set([file]);
    if (entry === undefined) {
      const name = importName(file);
      for (const [other, { specifiers }] of this.known) if (specifiers.includes(name)) stale.add(other);
    }
    spread(stale, importersIn([...this.known]));
    for (const each of stale) this.known.delete(each);
    this.changed = true;
  }

  private opened(): TypeEngine {
    if (this.engine === undefined) {
      this.engine = this.open();
      for (const file of this.added) this.engine.add(file);
      for (const [file, text] of this.texts) this.engine.update(file, text);
    }
    return this.engine;
  }

  private textOf(file: string): string | undefined {
    return this.texts.get(file) ?? readText(file);
  }
}

/** The answers of a file are read when it is asked about. */
function knownFrom({ answers, ...rest }: KeptFile, kept: Kept): Known {
  let rows: AnswerRows | undefined;
  return { ...rest, rows: () => (rows ??= AnswerRows.of(answers, kept.answers)) };
}

function digestIfThere(text: string | undefined): string | undefined {
  return text === undefined ? undefined : digestOf(text);
}

/** A script's names are everybody's, and so is what a module declares in `declare global` or `declare module '…'`. */
function isGlobal(tree: ts.SourceFile): boolean {
  if (!ts.isExternalModule(tree)) return true;
  return tree.statements.some((statement) => ts.isModuleDeclaration(statement) && isAmbient(statement));
}

function isAmbient({ name, flags }: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(name) || (flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

function specifiersOf(tree: ts.SourceFile): readonly string[] {
  const found = new Set<string>();
  for (const statement of tree.statements) {
    const specifier =
      ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.add(importName(specifier.text));
  }
  return [...found];
}
