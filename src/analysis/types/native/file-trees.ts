/** Why this file exists: a file has two trees, ours and a table of the server's nodes; both are kept as they hold. */
import type ts from 'typescript';
import type { Project } from './client';
import { request } from './failure';
import { FileNodes, Kinds } from './file-nodes';
import { markModule, parse } from './parse';
import { Recent } from './recent';
import type { NativeServer } from './server';

/** So many tables of the server's nodes are kept; each is several times its file's text. */
const tablesKept = 200;

export class FileTrees {
  private readonly trees = new Map<string, ts.SourceFile>();
  /** What the trees were taken for when the server was last asked. */
  private readonly wereModules = new Map<string, boolean>();
  private readonly tables = new Recent<FileNodes>(tablesKept);
  private readonly kinds: Kinds;

  /** `program` answers that of the newest snapshot. */
  constructor(
    private readonly server: NativeServer,
    private readonly program: () => Project['program'],
  ) {
    this.kinds = new Kinds(server.client);
  }

  /** The file was in the project once. */
  has(file: string): boolean {
    return this.wereModules.has(file);
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
      this.wereModules.set(file, table.isModule);
    }
    return tree;
  }

  /**
   * While the server thinks about an edit, the text is parsed as what the file was before: a module or a script. When
   * it has become the other, that is noticed when the server is asked, and the tree is good for those questions only.
   */
  edited(file: string): ts.SourceFile | undefined {
    const [text, isModule] = [this.server.editedText(file), this.wereModules.get(file)];
    if (text === undefined || isModule === undefined) return undefined;
    const tree = this.trees.get(file) ?? parse(file, text, isModule);
    this.trees.set(file, tree);
    // What is asked first of a new snapshot is sent while the tree is walked.
    const program = this.program();
    this.server.makeEarly(() => program.getSourceFile(file));
    return tree;
  }

  /** The file is what it was taken for. */
  confirm(file: string, { isModule }: FileNodes): void {
    const tree = this.trees.get(file);
    if (tree === undefined || this.wereModules.get(file) === isModule) return;
    this.wereModules.set(file, isModule);
    this.trees.delete(file);
    markModule(tree, isModule);
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
