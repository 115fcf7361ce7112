/** Why this file exists: who calls whom, in colours, as a tree that is asked for one step at a time. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { t } from '../base/words';
import { callsMethod, type CallsParams, type CallsReply, type ColoredFunction } from '../server/protocol';
import { looks, markOf } from './color-marks';
import type { DocumentColors } from './document-colors';
import { isUnderstood } from './languages';

/** A file of the workspace, or a function somewhere below one. */
export type GraphItem =
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'function'; readonly fn: ColoredFunction; readonly parent: GraphItem | undefined };

export type FunctionItem = GraphItem & { readonly kind: 'function' };

/** The active file's functions, or all files. */
type Scope = 'file' | 'workspace';

/** So many files are listed; more is no overview. */
const mostFiles = 500;

export class CallGraph implements vscode.TreeDataProvider<GraphItem>, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #colors: DocumentColors;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #children = new Map<GraphItem, Promise<readonly GraphItem[]>>();
  readonly #listeners: vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<GraphItem>;
  #roots: Promise<readonly GraphItem[]> | undefined;
  #document: vscode.TextDocument | undefined;
  #scope: Scope = 'file';
  #direction: CallsParams['direction'] = 'callees';

  constructor(client: LanguageClient, colors: DocumentColors) {
    this.#client = client;
    this.#colors = colors;
    this.view = vscode.window.createTreeView('loopscope.callGraph', { treeDataProvider: this, showCollapseAll: true });
    this.#listeners = [
      colors.onDidChange((document) => { if (this.#scope === 'file' && document === this.#document) this.refresh(); }),
      vscode.window.onDidChangeActiveTextEditor((editor) => { this.#look(editor); }),
    ];
    this.#look(vscode.window.activeTextEditor);
    this.#say();
  }

  /** Asks everything anew. */
  refresh(): void {
    this.#children.clear();
    this.#roots = undefined;
    this.#changed.fire(undefined);
  }

  setScope(scope: Scope): void {
    this.#scope = scope;
    this.#say();
  }

  /** Whom a function calls, or who calls it. */
  setDirection(direction: CallsParams['direction']): void {
    this.#direction = direction;
    this.#say();
  }

  getTreeItem(item: GraphItem): vscode.TreeItem {
    return item.kind === 'file' ? fileItem(item.uri) : functionItem(item);
  }

  async getChildren(item?: GraphItem): Promise<GraphItem[]> {
    if (item === undefined) return [...await (this.#roots ??= this.#askRoots())];
    let children = this.#children.get(item);
    if (!children) {
      children = item.kind === 'file' ? this.#functionsOf(item) : this.#callsOf(item);
      this.#children.set(item, children);
    }
    return [...await children];
  }

  getParent(item: GraphItem): GraphItem | undefined {
    return item.kind === 'file' ? undefined : item.parent;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  #look(editor: vscode.TextEditor | undefined): void {
    // The tree keeps its file while the reader is elsewhere: in an output, in the panel.
    if (!editor || !isUnderstood(editor.document) || editor.document === this.#document) return;
    this.#document = editor.document;
    if (this.#scope === 'file') this.refresh();
  }

  #say(): void {
    void vscode.commands.executeCommand('setContext', 'loopscope.callGraph.scope', this.#scope);
    void vscode.commands.executeCommand('setContext', 'loopscope.callGraph.direction', this.#direction);
    this.view.description = this.#direction === 'callees' ? t('whom it calls') : t('who calls it');
    this.refresh();
  }

  async #askRoots(): Promise<readonly GraphItem[]> {
    if (this.#scope === 'workspace') {
      const found = await vscode.workspace.findFiles('**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', '**/{node_modules,dist,out}/**', mostFiles);
      const sorted = found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      return sorted.filter(({ path }) => !/\.d\.[mc]?ts$/.test(path)).map((uri) => ({ kind: 'file', uri }));
    }
    const functions = this.#document === undefined ? [] : (this.#colors.of(this.#document)?.functions ?? []);
    return functions.map((fn) => ({ kind: 'function', fn, parent: undefined }));
  }

  async #functionsOf(item: GraphItem & { readonly kind: 'file' }): Promise<readonly GraphItem[]> {
    const { functions } = await this.#colors.ask(item.uri.toString());
    return functions.map((fn) => ({ kind: 'function', fn, parent: item }));
  }

  async #callsOf(item: FunctionItem): Promise<readonly GraphItem[]> {
    if (!item.fn.place) return [];
    const { uri, start } = item.fn.place;
    const params: CallsParams = { uri, start, direction: this.#direction };
    const { calls } = await this.#client.sendRequest<CallsReply>(callsMethod, params);
    return calls.map((fn) => ({ kind: 'function', fn, parent: item }));
  }
}

function fileItem(uri: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = vscode.ThemeIcon.File;
  item.description = vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..'));
  return item;
}

function functionItem({ fn, parent }: FunctionItem): vscode.TreeItem {
  const mark = markOf(fn);
  const opens = fn.place !== undefined && !repeats(fn, parent);
  const item = new vscode.TreeItem(fn.name, vscode.TreeItemCollapsibleState[opens ? 'Collapsed' : 'None']);
  const blocks = fn.blocks.length === 0 ? '' : t('blocks: {0}', fn.blocks.join(' → '));
  item.iconPath = new vscode.ThemeIcon(looks[mark].codicon, new vscode.ThemeColor(looks[mark].theme));
  item.description = [fn.color, blocks].filter((part) => part !== '').join(' · ');
  item.tooltip = [fn.name, fn.color, blocks].filter((part) => part !== '').join('\n');
  item.contextValue = blocks === '' ? 'function' : 'blocking';
  item.accessibilityInformation = { label: `${fn.name}, ${item.description}` };
  const shown = fn.at ?? fn.place;
  if (shown) item.command = { command: 'vscode.open', title: t('Go there'), arguments: [vscode.Uri.parse(shown.uri), { selection: rangeOf(shown.range) }] };
  return item;
}

/** Recursion is shown once; below it there is nothing new. */
function repeats(fn: ColoredFunction, parent: GraphItem | undefined): boolean {
  for (let item = parent; item?.kind === 'function'; item = item.parent)
    if (item.fn.place?.uri === fn.place?.uri && item.fn.place?.start === fn.place?.start) return true;
  return false;
}

function rangeOf({ start, end }: NonNullable<ColoredFunction['place']>['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
