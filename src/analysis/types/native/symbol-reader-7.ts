/** Why this file exists: symbols as the native server knows them; those of a file come in one request. */
import ts from 'typescript';
import type { Declared, ResolvableCall, SymbolReader } from '../symbol-reader';
import type { Checker, Node, NodeHandle, Signature, Symbol, Type } from './client';
import { bisected, failed, request } from './failure';
import { named, type Requests } from './file-requests';
import type { LibraryNodes } from './library-nodes';
import type { Client } from './locate';
import type { NodeReader7 } from './node-reader-7';

/** The two trees of the files of one snapshot. */
export interface Trees {
  /** The server's node of ours. */
  theirs(node: ts.Node): Node | undefined;
  /** Our node of the server's, in a file of the project. */
  ours(handle: NodeHandle): ts.Node | undefined;
}

/** Reads symbols of one snapshot. */
export class SymbolReader7 implements SymbolReader<Symbol> {
  private readonly fetched = new Map<ts.Node, Symbol | undefined>();
  private readonly aliased = new Map<Symbol, Symbol>();
  private readonly declared = new Map<Symbol, readonly Declared[]>();
  private readonly properties = new Map<string, Symbol | undefined>();
  private readonly typeSymbols = new Map<number, Symbol | undefined>();

  constructor(
    private readonly client: Client,
    private readonly checker: Checker,
    private readonly trees: Trees,
    private readonly nodes: NodeReader7,
    private readonly library: LibraryNodes,
  ) {}

  /**
   * Fetches the symbols of names together, and answers those of specifiers. Names that the server fails at are left to
   * be asked one by one.
   */
  fetch(requests: Pick<Requests, 'names' | 'specifiers'>): readonly (Symbol | undefined)[] {
    const { names } = requests;
    const symbols = bisected(named(requests), (part) => this.ask(part));
    for (const [at, { mine }] of names.entries()) {
      const symbol = symbols[at];
      if (symbol !== failed) this.fetched.set(mine, symbol);
    }
    return symbols.slice(names.length).map((symbol) => (symbol === failed ? undefined : symbol));
  }

  /** The request that `fetch` begins with. */
  ask(nodes: readonly Node[]): readonly (Symbol | undefined)[] {
    return this.checker.getSymbolAtLocation(nodes);
  }

  /** The nodes are of one file, and not asked again. */
  forget(): void {
    this.fetched.clear();
  }

  at(node: ts.Node): Symbol | undefined {
    if (this.fetched.has(node)) return this.fetched.get(node);
    const theirs = this.trees.theirs(node);
    const symbol = theirs === undefined ? undefined : request(() => this.checker.getSymbolAtLocation(theirs));
    this.fetched.set(node, symbol);
    return symbol;
  }

  /** The symbol of a name that was fetched. */
  fetchedAt(node: ts.Node): Symbol | undefined {
    return this.fetched.get(node);
  }

  resolved(symbol: Symbol): Symbol {
    if ((symbol.flags & this.client.SymbolFlags.Alias) === 0) return symbol;
    let target = this.aliased.get(symbol);
    if (target === undefined) {
      target = request(() => this.checker.getAliasedSymbol(symbol));
      this.aliased.set(symbol, target);
    }
    return target;
  }

  isAccessor(symbol: Symbol): boolean {
    return (symbol.flags & this.client.SymbolFlags.Accessor) !== 0;
  }

  declarations(symbol: Symbol): readonly Declared[] {
    let found = this.declared.get(symbol);
    if (found === undefined) {
      found = symbol.declarations.flatMap((handle) => this.declaredAt(symbol, handle) ?? []);
      this.declared.set(symbol, found);
    }
    return found;
  }

  shorthandValue(node: ts.ShorthandPropertyAssignment): Symbol | undefined {
    const theirs = this.trees.theirs(node);
    return theirs && request(() => this.checker.getShorthandAssignmentValueSymbol(theirs));
  }

  propertyTaken(pattern: ts.ObjectBindingPattern, name: string): Symbol | undefined {
    const type = this.nodes.typeAt(pattern);
    if (type === undefined) return undefined;
    const key = `${String(type.id)} ${name}`;
    if (!this.properties.has(key))
      this.properties.set(
        key,
        request(() => this.checker.getPropertyOfType(type, name)),
      );
    return this.properties.get(key);
  }

  typeSymbol(node: ts.Expression): Symbol | undefined {
    const type = this.nodes.typeAt(node);
    if (type === undefined) return undefined;
    if (!this.typeSymbols.has(type.id))
      this.typeSymbols.set(
        type.id,
        request(() => type.getSymbol()),
      );
    return this.typeSymbols.get(type.id);
  }

  typeOf(symbol: Symbol): Type | undefined {
    return request(() => this.checker.getTypeOfSymbol(symbol));
  }

  signatureOf(call: ResolvableCall): Declared | undefined {
    const handle = (this.onlySignature(call) ?? this.resolvedSignature(call))?.declaration;
    if (handle === undefined || handle.kind === this.client.SyntaxKind.JSDocSignature) return undefined;
    return this.declaredAt(undefined, handle);
  }

  /** To choose among overloads the checker infers the arguments; mostly there is nothing to choose. */
  private onlySignature(call: ResolvableCall): Signature | undefined {
    const type = ts.isCallExpression(call) ? this.nodes.typeAt(call.expression) : undefined;
    const { Call } = this.client.SignatureKind;
    const signatures = type === undefined ? [] : request(() => this.checker.getSignaturesOfType(type, Call));
    return signatures.length === 1 ? signatures[0] : undefined;
  }

  private resolvedSignature(call: ResolvableCall): Signature | undefined {
    const theirs = this.trees.theirs(call);
    return theirs && request(() => this.checker.getResolvedSignature(theirs));
  }

  private declaredAt(symbol: Symbol | undefined, handle: NodeHandle): Declared | undefined {
    if (isLibraryPath(handle.path))
      return { kind: 'library', identity: () => request(() => this.library.identity(symbol, handle)) };
    const node = this.trees.ours(handle);
    return node && { kind: 'source', node };
  }
}

/** A declaration file or a file of a package. */
export function isLibraryPath(path: string): boolean {
  return /\.d\.([^./]+\.)?[mc]?ts$/.test(path) || path.includes('/node_modules/');
}
