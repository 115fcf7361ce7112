/**
 * Why this file exists: the same node in the two syntax trees of a file. Both parsers give it the same kind and place
 * (kinds by name, places in UTF-16 units); the server knows it by its index in the table of nodes that it sends.
 */
import ts from 'typescript';
import type { Node, SourceFile } from './client';
import { ServerLost } from './failure';
import type { Client } from './locate';

/** What the client's source file has besides its public type. */
interface Remote {
  readonly view: DataView;
  readonly _offsetNodes: number;
  readonly imports: readonly Node[];
  readonly externalModuleIndicator: unknown;
  getOrCreateNodeAtIndex(index: number): Node;
}

/** The layout of the table, of the protocol's version 5; another version is refused. */
const protocolVersion = 5;
const recordLength = 28;
const kindAt = 0;
const posAt = 4;
const endAt = 8;
const nextAt = 12;
const parentAt = 16;
/** The file itself; what comes before stands for no node. */
const root = 1;

/** The table of one file's nodes. */
export class FileNodes {
  readonly text: string;
  private readonly remote: Remote;
  private readonly count: number;

  constructor(
    file: SourceFile,
    private readonly kinds: Kinds,
  ) {
    // The contract test sees when the client's source file changes.
    this.remote = file as unknown as Remote;
    const { view, _offsetNodes } = this.remote;
    if (view.getUint32(0, true) >>> 24 !== protocolVersion) throw new ServerLost('The protocol is of another version.');
    this.text = file.text;
    this.count = Math.floor((view.byteLength - _offsetNodes) / recordLength);
  }

  get isModule(): boolean {
    return this.remote.externalModuleIndicator !== undefined;
  }

  /** The module specifiers of the file, `import()` and `require()` among them. */
  get imports(): readonly Node[] {
    return this.remote.imports;
  }

  at(index: number): Node {
    return this.remote.getOrCreateNodeAtIndex(index);
  }

  /** Our node of an index; undefined when our parser made none. */
  inTree(index: number, tree: ts.SourceFile): ts.Node | undefined {
    if (index <= 0 || index >= this.count) return undefined;
    const kind = this.kinds.ours(this.read(index, kindAt));
    return kind === undefined ? undefined : find(tree, this.read(index, posAt), this.read(index, endAt), kind);
  }

  /** The server's nodes of ours, in the same order; undefined for those it has none of. */
  ofNodes(nodes: readonly ts.Node[]): readonly (Node | undefined)[] {
    if (nodes.length === 0) return [];
    const indices = this.indicesOf(nodes);
    return nodes.map((node) => {
      const kind = this.kinds.theirs(node.kind);
      const index = indices.get(placeOf(node.pos, node.end))?.find((each) => this.read(each, kindAt) === kind);
      return index === undefined ? undefined : this.at(index);
    });
  }

  /** The server's node of one of ours: looked for downwards, for most files have thousands. */
  ofNode(node: ts.Node): Node | undefined {
    const kind = this.kinds.theirs(node.kind);
    const index = kind === undefined ? undefined : this.search(root, node, kind);
    return index === undefined ? this.ofNodes([node])[0] : this.at(index);
  }

  /** Among a node and those inside it. */
  private search(index: number, node: ts.Node, kind: number): number | undefined {
    const [pos, end] = [this.read(index, posAt), this.read(index, endAt)];
    if (pos > node.pos || end < node.end) return undefined;
    if (pos === node.pos && end === node.end && this.read(index, kindAt) === kind) return index;
    // The first child comes next.
    let child = index + 1;
    if (child >= this.count || this.read(child, parentAt) !== index) return undefined;
    for (; child !== 0; child = this.read(child, nextAt)) {
      const found = this.search(child, node, kind);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** By place, the indices there; of the places of these nodes only, for a file has many more. */
  private indicesOf(nodes: readonly ts.Node[]): ReadonlyMap<number, readonly number[]> {
    const indices = new Map(nodes.map(({ pos, end }): [number, number[]] => [placeOf(pos, end), []]));
    for (let index = 1; index < this.count; index += 1)
      indices.get(placeOf(this.read(index, posAt), this.read(index, endAt)))?.push(index);
    return indices;
  }

  private read(index: number, field: number): number {
    return this.remote.view.getUint32(this.remote._offsetNodes + index * recordLength + field, true);
  }
}

/** One number for a place: files are shorter than 2^26 characters. */
function placeOf(pos: number, end: number): number {
  return pos * 2 ** 26 + end;
}

/** The node of a kind at a place of our tree. */
function find(tree: ts.SourceFile, pos: number, end: number, kind: ts.SyntaxKind): ts.Node | undefined {
  function search(node: ts.Node): ts.Node | undefined {
    if (node.pos > pos || node.end < end) return undefined;
    if (node.kind === kind && node.pos === pos && node.end === end) return node;
    return ts.forEachChild(node, search);
  }
  return kind === ts.SyntaxKind.SourceFile ? tree : search(tree);
}

/** The numbers of the kinds differ between the versions, their names do not. */
export class Kinds {
  private readonly toTheirs = new Map<ts.SyntaxKind, number>();
  private readonly toOurs = new Map<number, ts.SyntaxKind>();

  constructor(client: Client) {
    const theirs = new Map<string, unknown>(Object.entries(client.SyntaxKind));
    for (const [name, kind] of Object.entries(ts.SyntaxKind)) {
      const their = theirs.get(name);
      // The numbers have entries too, and `FirstAssignment` and its like are second names.
      if (typeof kind === 'string' || typeof their !== 'number' || /^(First|Last)[A-Z]/.test(name)) continue;
      this.toTheirs.set(kind, their);
      this.toOurs.set(their, kind);
    }
  }

  theirs(kind: ts.SyntaxKind): number | undefined {
    return this.toTheirs.get(kind);
  }

  ours(kind: number): ts.SyntaxKind | undefined {
    return this.toOurs.get(kind);
  }
}
