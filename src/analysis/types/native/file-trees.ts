/** Why this file exists: a file has two trees, ours and a table of the server's nodes; both are kept as they hold. */
import ts from 'typescript';
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
  /** Had a tree, and changed. */
  private readonly edited = new Set<string>();

  /** `program` answers that of the newest snapshot. */
  constructor(
    private readonly server: NativeServer,
    private readonly program: () => Project['program'],
  ) {
    this.kinds = new Kinds(server.client);
  }

  forget(file: string): void {
    if (this.trees.has(file)) this.edited.add(file);
    this.trees.delete(file);
    this.tables.delete(file);
  }

  clear(): void {
    this.trees.clear();
    this.tables.clear();
  }

  /**
   * The tree of a file that was edited, without the server, which would have to make a snapshot for it: what exports or
   * imports is surely a module. Undefined where the text does not say.
   */
  editedModule(file: string): ts.SourceFile | undefined {
    if (!this.edited.has(file)) return undefined;
    const known = this.trees.get(file);
    if (known !== undefined) return known;
    const text = this.server.text(file);
    // Without a mark of the order of bytes both have the same text.
    if (text === undefined || text.startsWith('\uFEFF')) return undefined;
    const tree = parse(file, text, true);
    if (!tree.statements.some(isModuleSyntax)) return undefined;
    this.trees.set(file, tree);
    return tree;
  }

  tree(file: string): ts.SourceFile | undefined {
    this.edited.delete(file);
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

function isModuleSyntax(node: ts.Statement): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node)) return true;
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}
