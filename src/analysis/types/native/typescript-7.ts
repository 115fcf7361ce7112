/**
 * Why this file exists: the questions answered by TypeScript 7's native server: the types and the symbols of a file in
 * one request each, what follows from them from caches that live as long as a snapshot.
 */
import ts from 'typescript';
import { calleeOf, CallTargets, nameNode, nonEmpty, typeName } from '../call-targets';
import type { ConfigFile } from '../config';
import {
  answersByKind,
  type FileAnswers,
  type FileQuestions,
  noAnswers,
  type QuestionKind,
  questionsByKind,
  type TypeEngine,
  type TypeFacts,
} from '../questions';
import { Judge } from '../judge';
import { skipOuter } from '../../syntax';
import { TypeFactsReader } from '../type-facts';
import type { Node, NodeHandle, Project, Symbol, Type } from './client';
import { request } from './failure';
import { type Collected, collect } from './collect';
import { FileNodes, Kinds } from './file-nodes';
import { LibraryNodes } from './library-nodes';
import { NodeReader7 } from './node-reader-7';
import { typedAt } from '../own-answer';
import { parse, syntaxDiagnostics } from './parse';
import { Recent } from './recent';
import type { NativeServer } from './server';
import { SymbolReader7 } from './symbol-reader-7';
import { TypeReader7 } from './type-reader-7';
import { virtualConfig } from './virtual-config';

/** The answers, and the questions that the server failed at. */
export interface PartialAnswers {
  readonly answers: FileAnswers;
  readonly unanswered: FileQuestions;
}

/** What is known of one snapshot. */
interface View {
  readonly version: number;
  readonly project: Project;
  readonly facts: TypeFactsReader<Type>;
  readonly nodes: NodeReader7;
  readonly judge: Judge<Type>;
  readonly symbols: SymbolReader7;
  readonly targets: CallTargets<Symbol>;
  /** By file, the files of the project that it imports. */
  readonly imports: Map<string, readonly string[]>;
  /** By its lower-case form, the name of each file; filled where it is needed. */
  readonly names: Map<string, string>;
}

/** So many tables of the server's nodes are kept; each is several times its file's text. */
const tablesKept = 200;

/** Every method but `update`, `add` and `dispose` throws `ServerLost` when the server cannot answer any more. */
export class TypeScript7 implements TypeEngine {
  readonly id = 'typescript-7';
  private readonly roots: Set<string>;
  private readonly trees = new Map<string, ts.SourceFile>();
  private readonly tables = new Recent<FileNodes>(tablesKept);
  private readonly configPath: string;
  private readonly kinds: Kinds;
  private view: View | undefined;

  constructor(
    private readonly config: ConfigFile,
    private readonly server: NativeServer,
  ) {
    this.roots = new Set(config.fileNames);
    this.kinds = new Kinds(server.client);
    this.configPath = virtualConfig(config, []).path;
    this.open();
  }

  files(): readonly string[] {
    return [...this.roots].filter((file) => !/\.d\.[mc]?ts$/.test(file));
  }

  update(file: string, text: string | undefined): void {
    this.server.setText(file, text);
    this.trees.delete(file);
    this.tables.delete(file);
  }

  knows(file: string): boolean {
    const { view } = this;
    // The last snapshot is asked, not a new one.
    if (view?.version !== this.server.snapshotVersion) return false;
    return this.server.working(() => isInProject(view.project, file));
  }

  add(file: string): void {
    if (this.roots.has(file)) return;
    this.roots.add(file);
    this.open();
  }

  sourceFile(file: string): ts.SourceFile | undefined {
    return this.server.working(() => {
      this.current();
      return this.tree(file);
    });
  }

  syntaxProblems(file: string): readonly ts.Diagnostic[] {
    const tree = this.sourceFile(file);
    return tree === undefined ? [] : syntaxDiagnostics(tree);
  }

  imports(file: string): readonly string[] {
    return this.server.working(() => {
      const view = this.current();
      const table = view.imports.has(file) ? undefined : this.table(file);
      if (table !== undefined) this.fetchSymbols(view, file, table, []);
      return view.imports.get(file) ?? [];
    });
  }

  ask(file: string, questions: FileQuestions): FileAnswers {
    return this.askWhatItCan(file, questions).answers;
  }

  /** Like `ask`, and says what the server failed at. */
  askWhatItCan(file: string, questions: FileQuestions): PartialAnswers {
    return this.server.working(() => {
      const view = this.current();
      const table = this.table(file);
      if (table === undefined) return { answers: noAnswers, unanswered: questions };
      this.fetchSymbols(view, file, table, namesIn(questions));
      const { nodes, targets, judge } = view;
      const typed = typedNodes(questions);
      nodes.fetch(typed, table.ofNodes(typed));
      const collected: Readonly<Record<QuestionKind, Collected<ts.Node, unknown>>> = {
        types: collect(questions.types, (node) => factsAt(node, view)),
        returns: collect(questions.returns, (node) => this.returned(node, view)),
        callees: collect(questions.callees, (node) => targets.ofCallee(node)),
        values: collect(questions.values, (node) => targets.ofValue(node)),
        accesses: collect(questions.accesses, (node) => nonEmpty(targets.ofAccess(node))),
        bases: collect(questions.bases, (node) => nonEmpty(targets.ofType(node))),
        iterators: collect(questions.iterators, (node) => nonEmpty(targets.ofIteration(node))),
        functions: collect(questions.functions, (node) => judge.functions(node)),
        voidPlaces: collect(questions.voidPlaces, (node) => judge.voidPlaces(node)),
        protocols: collect(questions.protocols, (node) => judge.protocols(node)),
        lineages: collect(questions.lineages, (node) => judge.lineages(node)),
      };
      view.symbols.forget();
      nodes.forget();
      return {
        answers: answersByKind((kind) => collected[kind].answers),
        unanswered: questionsByKind((kind) => collected[kind].unanswered),
      };
    });
  }

  dispose(): void {
    this.server.close(this.configPath);
    this.view = undefined;
    this.trees.clear();
    this.tables.clear();
  }

  private open(): void {
    this.server.open(virtualConfig(this.config, this.roots));
  }

  private current(): View {
    const project = this.server.project(this.configPath);
    if (this.view?.version !== this.server.snapshotVersion) this.view = this.newView(project);
    return this.view;
  }

  private newView(project: Project): View {
    const { client } = this.server;
    const library = new LibraryNodes(client, (path) => this.table(path));
    const trees = {
      theirs: (node: ts.Node): Node | undefined => this.theirs(node),
      ours: (handle: NodeHandle): ts.Node | undefined => this.ours(handle),
    };
    const nodes = new NodeReader7(project.checker, trees);
    const symbols = new SymbolReader7(client, project.checker, trees, nodes, library);
    const types = new TypeReader7(client, project, library);
    const facts = new TypeFactsReader(types);
    return {
      version: this.server.snapshotVersion,
      project,
      facts,
      nodes,
      judge: new Judge(types, nodes, facts),
      symbols,
      targets: new CallTargets(symbols),
      imports: new Map(),
      names: new Map(),
    };
  }

  /** The symbols of names, and those of the imports of their file unless they are known. */
  private fetchSymbols(view: View, file: string, table: FileNodes, names: readonly ts.Node[]): void {
    const specifiers = view.imports.has(file) ? [] : table.imports;
    const modules = view.symbols.fetch(names, table.ofNodes(names), specifiers);
    if (view.imports.has(file)) return;
    const found = new Set<string>();
    for (const symbol of modules) {
      const declaration = symbol?.valueDeclaration;
      if (declaration?.kind === this.server.client.SyntaxKind.SourceFile && !/\.d\.[mc]?ts$/.test(declaration.path))
        found.add(this.fileName(declaration.path));
    }
    view.imports.set(file, [...found]);
  }

  /** A written return type is asked as a type; only without one the signature must be inferred. */
  private returned(node: ts.SignatureDeclaration, view: View): TypeFacts | undefined {
    const written = writtenType(node);
    if (written !== undefined) return factsAt(written, view);
    const { checker } = view.project;
    const theirs = this.theirs(node);
    const signature = theirs && request(() => checker.getSignatureFromDeclaration(theirs));
    const type = signature && request(() => checker.getReturnTypeOfSignature(signature));
    return type && view.facts.of(type);
  }

  private theirs(node: ts.Node): Node | undefined {
    return this.table(node.getSourceFile().fileName)?.ofNodes([node])[0];
  }

  private ours(handle: NodeHandle): ts.Node | undefined {
    const file = this.fileName(handle.path);
    const tree = this.tree(file);
    return tree && this.table(file)?.inTree(handle.index, tree);
  }

  private tree(file: string): ts.SourceFile | undefined {
    let tree = this.trees.get(file);
    if (tree === undefined) {
      const table = this.table(file);
      if (table === undefined) return undefined;
      tree = parse(file, table.text, table.isModule);
      this.trees.set(file, tree);
    }
    return tree;
  }

  private table(file: string): FileNodes | undefined {
    return this.tables.get(file, () => this.fetchTable(file));
  }

  private fetchTable(file: string): FileNodes | undefined {
    const { program } = this.server.project(this.configPath);
    const source = request(() => program.getSourceFile(file));
    this.server.forgetTrees();
    return source && new FileNodes(source, this.kinds);
  }

  /** Handles have canonical paths, which on some disks are lower case. */
  private fileName(path: string): string {
    if (ts.sys.useCaseSensitiveFileNames) return path;
    const { project, names } = this.current();
    if (names.size === 0)
      for (const name of request(() => project.program.getSourceFileNames())) names.set(name.toLowerCase(), name);
    return names.get(path.toLowerCase()) ?? path;
  }
}

/** All whose symbols answer questions. */
function namesIn({ callees, values, accesses, bases }: FileQuestions): readonly ts.Node[] {
  const properties = accesses.filter((node) => !ts.isBindingElement(node));
  const names = [
    ...[...callees.map(calleeOf), ...values, ...properties].flatMap((node) => nameNode(skipOuter(node)) ?? []),
    ...bases.flatMap((node) => typeName(node) ?? []),
  ];
  return [...new Set(names)];
}

/** All whose types answer questions. */
function typedNodes(questions: FileQuestions): readonly ts.Node[] {
  const { types, returns, accesses, iterators, functions, voidPlaces, protocols, lineages } = questions;
  const patterns = accesses.flatMap((node) => (ts.isBindingElement(node) ? node.parent : []));
  const written = returns.flatMap((node) => writtenType(node) ?? []);
  const asked = [types, written, patterns, iterators, functions, voidPlaces.flatMap(typedAt), protocols, lineages];
  return [...new Set(asked.flat())];
}

function factsAt(node: ts.Node, { nodes, facts }: View): TypeFacts {
  const type = nodes.typeAt(node);
  if (type === undefined) throw new Error('The server has no such node.');
  return facts.of(type);
}

function isInProject(project: Project, file: string): boolean {
  return request(() => project.program.getSourceFileMetadata(file)) !== undefined;
}

/** A predicate's type is `boolean`, which only its signature says. */
function writtenType(node: ts.SignatureDeclaration): ts.TypeNode | undefined {
  return node.type === undefined || ts.isTypePredicateNode(node.type) ? undefined : node.type;
}
