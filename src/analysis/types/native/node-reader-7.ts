/** Why this file exists: the types of nodes as the native server knows them; those of a file come in one request. */
import type ts from 'typescript';
import type { NodeReader } from '../type-reader';
import type { Checker, Expression, Type } from './client';
import { bisected, failed, request } from './failure';
import type { Pair } from './file-requests';
import type { Trees } from './symbol-reader-7';

/** Reads nodes of one snapshot. */
export class NodeReader7 implements NodeReader<Type> {
  private readonly fetched = new Map<ts.Node, Type | undefined>();

  constructor(
    private readonly checker: Checker,
    private readonly trees: Trees,
  ) {}

  /** Fetches the types of nodes together. Those that the server fails at are left to be asked one by one. */
  fetch(pairs: readonly Pair[]): void {
    const types = bisected(pairs, (part) => this.ask(part));
    for (const [at, { mine }] of pairs.entries()) {
      const type = types[at];
      if (type !== failed) this.fetched.set(mine, type);
    }
  }

  /** The request that `fetch` begins with. */
  ask(pairs: readonly Pair[]): readonly (Type | undefined)[] {
    return this.checker.getTypeAtLocation(pairs.map(({ node }) => node));
  }

  /** The nodes are of one file, and not asked again. */
  forget(): void {
    this.fetched.clear();
  }

  typeAt(node: ts.Node): Type | undefined {
    if (this.fetched.has(node)) return this.fetched.get(node);
    const theirs = this.trees.theirs(node);
    const type = theirs && request(() => this.checker.getTypeAtLocation(theirs));
    this.fetched.set(node, type);
    return type;
  }

  expectedAt(node: ts.Expression): Type | undefined {
    // The same place in the server's tree is an expression too.
    const theirs = this.trees.theirs(node) as Expression | undefined;
    return theirs && request(() => this.checker.getContextualType(theirs));
  }
}
