/** Why this file exists: what is known of one snapshot of the native server's, by who reads it. */
import type ts from 'typescript';
import { CallTargets } from '../call-targets';
import { FunctionFactsReader } from '../function-facts';
import { Judge } from '../judge';
import type { TypeFacts } from '../questions';
import { TypeFactsReader } from '../type-facts';
import { CallResults } from './call-results';
import type { Project, Symbol, Type } from './client';
import { request } from './failure';
import type { FileNodes } from './file-nodes';
import { LibraryNodes } from './library-nodes';
import { NodeReader7 } from './node-reader-7';
import type { NativeServer } from './server';
import { isLibraryPath, SymbolReader7, type Trees } from './symbol-reader-7';
import { TakenFunctions } from './taken-functions';
import { TypeReader7 } from './type-reader-7';
import { WrittenResults } from './written-results';

export interface View {
  readonly version: number;
  readonly project: Project;
  readonly facts: TypeFactsReader<Type>;
  readonly nodes: NodeReader7;
  readonly judge: Judge<Type>;
  readonly symbols: SymbolReader7;
  readonly targets: CallTargets<Symbol>;
  readonly results: WrittenResults;
  readonly calls: CallResults;
  readonly taken: TakenFunctions;
  /** The files of the project, none of a library and no declaration file. */
  readonly ownFiles: () => ReadonlySet<string>;
  /** By file, the files of the project that it imports. */
  readonly imports: Map<string, readonly string[]>;
  /** By its lower-case form, the name of each file; filled where it is needed. */
  readonly names: Map<string, string>;
}

/** A view of the newest snapshot, of which nothing is known yet. */
export function newView(
  server: NativeServer,
  project: Project,
  trees: Trees,
  tableOf: (path: string) => FileNodes | undefined,
): View {
  const { client, snapshotVersion: version } = server;
  const library = new LibraryNodes(client, tableOf);
  const nodes = new NodeReader7(project.checker, trees);
  const symbols = new SymbolReader7(client, project.checker, trees, nodes, library);
  const types = new TypeReader7(client, project, library);
  const facts = new TypeFactsReader(types);
  const results = new WrittenResults(symbols);
  const calls = new CallResults({ types, nodes, symbols, facts, functions: new FunctionFactsReader(types, facts) });
  const known = (node: ts.Node): TypeFacts | undefined => results.of(node) ?? calls.of(node);
  const judge = new Judge(types, nodes, facts, known, (node) => results.answerOf(node));
  const taken = new TakenFunctions(symbols, nodes, types);
  const targets = new CallTargets(symbols);
  const [imports, names] = [new Map<string, readonly string[]>(), new Map<string, string>()];
  let own: ReadonlySet<string> | undefined;
  const ownFiles = (): ReadonlySet<string> => (own ??= filesOf(project));
  return { version, project, ownFiles, facts, nodes, judge, symbols, targets, results, calls, taken, imports, names };
}

function filesOf({ program }: Project): ReadonlySet<string> {
  return new Set(request(() => program.getSourceFileNames()).filter((name) => !isLibraryPath(name)));
}
