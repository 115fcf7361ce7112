/** Why this file exists: a file has two trees, ours and a table of the server's nodes; both are kept as they hold. */
import type ts from 'typescript';
import type { Project } from './client';
import { request } from './failure';
import { FileNodes, Kinds } from './file-nodes';
import { parse } from './parse';
import { Recent } from './recent';
import type { NativeServer } from './server';

/** So many tables of the server's nodes are kept; each is several times its file's text. */
const tablesKept = 200;

export class FileTrees {
  private readonly trees = new Map<string, ts.SourceFile>();
  private readonly tables = new Recent<FileNodes>(tablesKept);
  private readonly kinds: Kinds;

  /** `program` answers that of the newest snapshot. */
  constructor(
    private readonly server: NativeServer,
    private readonly program: () => Project['program'],
  ) {
    this.kinds = new Kinds(server.client);
  }

  forget(file: string): void {
    this.trees.delete(file);
    this.tables.delete(file);
  }

  clear(): void {
    this.trees.clear();
    this.tables.clear();
  }

  tree(file: string): ts.SourceFile | undefined {
    let tree = this.trees.get(file);
    if (tree === undefined) {
      const table = this.table(file);
      if (table === undefined) return undefined;
      tree = parse(file, table.text, table.isModule);
      this.trees.set(file, tree);
    }
    return tree;
  }

  table(file: string): FileNodes | undefined {
    return this.tables.get(file, () => this.fetchTable(file));
  }

  private fetchTable(file: string): FileNodes | undefined {
    const program = this.program();
    const source = request(() => program.getSourceFile(file));
    return source && new FileNodes(source, this.kinds);
  }
}
