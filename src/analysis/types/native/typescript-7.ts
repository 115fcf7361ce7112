/**
 * Why this file exists: the questions answered by TypeScript 7's native server: the types and the symbols of a file in
 * one request each, what follows from them from caches that live as long as a snapshot.
 */
import ts from 'typescript';
import { skipOuter } from '../../syntax';
import { AccessorNames } from './accessor-names';
import { nonEmpty } from '../call-targets';
import type { ConfigFile } from '../config';
import {
  answersByKind,
  type FileAnswers,
  type FileQuestions,
  noAnswers,
  noQuestions,
  type QuestionKind,
  questionsByKind,
  type TypeEngine,
  type TypeFacts,
} from '../questions';
import type { Node, NodeHandle, Project } from './client';
import { request } from './failure';
import { type Collected, collect } from './collect';
import { named, propertyPairs, requestsOf, type Requests, typedPairs, writtenType } from './file-requests';
import type { FileNodes } from './file-nodes';
import { FileTrees } from './file-trees';
import { importedFile } from './imported-files';
import { syntaxDiagnostics } from './parse';
import type { NativeServer } from './server';
import type { Trees } from './symbol-reader-7';
import { newView, type View } from './view';
import { virtualConfig } from './virtual-config';

/** The answers, and the questions that the server failed at. */
export interface PartialAnswers {
  readonly answers: FileAnswers;
  readonly unanswered: FileQuestions;
}

/** Every method but `update`, `add` and `dispose` throws `ServerLost` when the server cannot answer any more. */
export class TypeScript7 implements TypeEngine {
  readonly id = 'typescript-7';
  private readonly roots: Set<string>;
  private readonly trees: FileTrees;
  private readonly accessors = new AccessorNames();
  private readonly configPath: string;
  private view: View | undefined;
  /** By file, what will be asked of it; the first was asked early. */
  private readonly announced = new Map<string, Requests>();
  private foreseen: string | undefined;

  constructor(
    private readonly config: ConfigFile,
    private readonly server: NativeServer,
  ) {
    this.roots = new Set(config.fileNames);
    this.trees = new FileTrees(server, () => this.current().project.program);
    this.configPath = virtualConfig(config, []).path;
    this.open();
  }

  files(): readonly string[] {
    return [...this.roots].filter((file) => !/\.d\.[mc]?ts$/.test(file));
  }

  update(file: string, text: string | undefined): void {
    this.server.setText(file, text);
    this.trees.forget(file);
    this.accessors.forget(file);
    this.announced.clear();
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
      const edited = this.roots.has(file) ? this.trees.editedModule(file) : undefined;
      if (edited !== undefined) return edited;
      this.current();
      return this.trees.tree(file);
    });
  }

  syntaxProblems(file: string): readonly ts.Diagnostic[] {
    const tree = this.sourceFile(file);
    return tree === undefined ? [] : syntaxDiagnostics(tree);
  }

  imports(file: string): readonly string[] {
    return this.server.working(() => {
      const view = this.current();
      const table = view.imports.has(file) ? undefined : this.trees.table(file);
      if (table !== undefined) this.fetchSymbols(view, file, this.requests(noQuestions, table, view, file));
      return view.imports.get(file) ?? [];
    });
  }

  foresee(file: string): void {
    this.foreseen = file;
  }

  announce(file: string, questions: FileQuestions): void {
    this.server.working(() => {
      const view = this.current();
      const table = this.trees.table(file);
      if (table !== undefined) this.announced.set(file, this.requests(questions, table, view, file));
      this.askEarly(view);
    });
  }

  ask(file: string, questions: FileQuestions): FileAnswers {
    return this.askWhatItCan(file, questions).answers;
  }

  /** Like `ask`, and says what the server failed at. */
  askWhatItCan(file: string, questions: FileQuestions): PartialAnswers {
    return this.server.working(() => {
      const view = this.current();
      const table = this.trees.table(file);
      if (table === undefined) return { answers: noAnswers, unanswered: questions };
      const announced = this.announced.get(file);
      this.announced.delete(file);
      const isAnnounced = announced?.questions === questions;
      const requests = isAnnounced ? announced : this.requests(questions, table, view, file);
      this.fetchSymbols(view, file, requests);
      const { nodes, targets, judge, results, calls, taken, symbols } = view;
      // A single file of a new snapshot, as while one types, is answered sooner without these many small requests.
      const [called, places] = isAnnounced ? [calls, taken] : [undefined, undefined];
      const written = collect(questions.types, (node) => results.of(node) ?? called?.of(node)).answers;
      const plain = collect(
        questions.voidPlaces,
        (node) => results.ofPlace(node) ?? called?.ofPlace(node) ?? (places?.mayStand(node) === false ? 'no' : undefined),
      ).answers;
      const values = questions.values.filter(
        (node) => ts.isIdentifier(skipOuter(node)) || places?.mayStand(node) !== false,
      );
      symbols.fetch({ names: propertyPairs(values, table), specifiers: [] });
      const { accesses } = requests;
      const types = questions.types.filter((node) => !written.has(node));
      const voidPlaces = questions.voidPlaces.filter((node) => !plain.has(node));
      const untold = voidPlaces.filter((node) => results.answerOf(node) === undefined);
      const asked = { ...questions, accesses, types, voidPlaces: untold };
      nodes.fetch(typedPairs(asked, table, (node) => written.has(node)));
      const collected: Readonly<Record<QuestionKind, Collected<ts.Node, unknown>>> = {
        types: collect(questions.types, (node) => written.get(node) ?? factsAt(node, view)),
        returns: collect(questions.returns, (node) => this.returned(node, view)),
        callees: collect(questions.callees, (node) => targets.ofCallee(node)),
        values: collect(values, (node) => targets.ofValue(node)),
        accesses: collect(accesses, (node) => nonEmpty(targets.ofAccess(node))),
        bases: collect(questions.bases, (node) => nonEmpty(targets.ofType(node))),
        iterators: collect(questions.iterators, (node) => nonEmpty(targets.ofIteration(node))),
        functions: collect(questions.functions, (node) => judge.functions(node)),
        voidPlaces: collect(questions.voidPlaces, (node) => plain.get(node) ?? judge.voidPlaces(node)),
        protocols: collect(questions.protocols, (node) => judge.protocols(node)),
        lineages: collect(questions.lineages, (node) => judge.lineages(node)),
      };
      view.symbols.forget();
      nodes.forget();
      this.askEarly(view);
      return {
        answers: answersByKind((kind) => collected[kind].answers),
        unanswered: questionsByKind((kind) => collected[kind].unanswered),
      };
    });
  }

  dispose(): void {
    this.server.close(this.configPath);
    this.view = undefined;
    this.announced.clear();
    this.trees.clear();
  }

  private open(): void {
    this.server.open(virtualConfig(this.config, this.roots));
  }

  private current(): View {
    const project = this.server.project(this.configPath);
    if (this.view?.version !== this.server.snapshotVersion) {
      const trees: Trees = { theirs: (node) => this.theirs(node), ours: (handle) => this.ours(handle) };
      this.view = newView(this.server, project, trees, (path) => this.trees.table(path));
    }
    return this.view;
  }

  private requests(questions: FileQuestions, table: FileNodes, view: View, file: string): Requests {
    const { version, imports, ownFiles } = view;
    this.accessors.note(version, ownFiles, (name) => this.server.text(name));
    const isPlain = this.config.options.moduleSuffixes === undefined;
    const isOwn = (name: string): boolean => isPlain && ownFiles().has(name);
    const plain = imports.has(file) ? undefined : (name: string) => importedFile(file, name, isOwn);
    return requestsOf(questions, table, plain, this.accessors);
  }

  /** While what was answered is made use of, the server thinks about the next file. */
  private askEarly({ symbols }: View): void {
    if (this.foreseen !== undefined) this.trees.table(this.foreseen);
    this.foreseen = undefined;
    const [next] = this.announced.values();
    const nodes = next === undefined ? [] : named(next);
    if (nodes.length > 0) this.server.makeEarly(() => symbols.ask(nodes));
  }

  /** The symbols of names, and the files that their file imports unless they are known. */
  private fetchSymbols(view: View, file: string, requests: Requests): void {
    const modules = view.symbols.fetch(requests);
    if (view.imports.has(file)) return;
    const found = new Set(requests.imported);
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
    return this.trees.table(node.getSourceFile().fileName)?.ofNode(node);
  }

  private ours(handle: NodeHandle): ts.Node | undefined {
    const file = this.fileName(handle.path);
    const tree = this.trees.tree(file);
    return tree && this.trees.table(file)?.inTree(handle.index, tree);
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

function factsAt(node: ts.Node, { nodes, facts }: View): TypeFacts {
  const type = nodes.typeAt(node);
  if (type === undefined) throw new Error('The server has no such node.');
  return facts.of(type);
}

function isInProject(project: Project, file: string): boolean {
  return request(() => project.program.getSourceFileMetadata(file)) !== undefined;
}
