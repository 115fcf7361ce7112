/**
 * Why this file exists: the name of a declaration in a library, read off the server's symbols where they tell it, and
 * off the declaration file's own tree where they do not, because such a tree is large to transfer.
 */
import { type Enclosing, identityFrom, interfaceName } from '../library-identity';
import type { LibraryTarget } from '../questions';
import type { Node, NodeHandle, Symbol } from './client';
import type { FileNodes } from './file-nodes';
import type { Client } from './locate';

/** A node of a declaration file, as far as we look at it. */
interface Declaration extends Node {
  readonly name?: Node & { readonly text?: string };
}

/** Reads identities of one snapshot. */
export class LibraryNodes {
  private readonly known = new Map<string, LibraryTarget | undefined>();

  /** Kinds of declarations, by what their symbols tell. */
  private readonly topLevel: ReadonlySet<number>;
  private readonly plain: ReadonlySet<number>;
  private readonly named: ReadonlySet<number>;

  constructor(
    private readonly client: Client,
    private readonly nodesOf: (path: string) => FileNodes | undefined,
  ) {
    const { SyntaxKind: kinds } = client;
    this.topLevel = new Set([kinds.FunctionDeclaration, kinds.ClassDeclaration]);
    this.plain = new Set([...this.topLevel, kinds.MethodSignature, kinds.MethodDeclaration]);
    const properties = [kinds.PropertySignature, kinds.PropertyDeclaration, kinds.GetAccessor, kinds.SetAccessor];
    const others = [kinds.ModuleDeclaration, kinds.InterfaceDeclaration, kinds.VariableDeclaration];
    this.named = new Set([...this.plain, ...properties, ...others]);
  }

  /** `symbol`, if known, is what is declared at `handle`. */
  identity(symbol: Symbol | undefined, handle: NodeHandle): LibraryTarget | undefined {
    const key = `${String(handle.index)} ${handle.path}`;
    if (!this.known.has(key)) {
      const bySymbols = symbol === undefined ? undefined : this.bySymbols(symbol, handle);
      this.known.set(key, bySymbols ?? this.byTree(handle));
    }
    return this.known.get(key);
  }

  /**
   * Plain names all the way up to a script of the standard library or to `declare module 'fs'`. Undefined: look at the
   * tree.
   */
  private bySymbols(symbol: Symbol, handle: NodeHandle): LibraryTarget | undefined {
    if (!this.plain.has(handle.kind)) return undefined;
    const enclosing: Enclosing[] = [];
    // What unions and mapped types are asked for has no parent, wherever it was declared.
    if (!this.topLevel.has(handle.kind) && parentOf(symbol) === undefined) return undefined;
    let current: Symbol | undefined = symbol;
    for (; current !== undefined; current = parentOf(current)) {
      const step = this.enclosing(current);
      if (step === undefined) return undefined;
      enclosing.push(step);
      if (step.kind === 'ambient-module') return identityFrom(enclosing, { path: handle.path, isModule: true });
    }
    const isLibrary = /\/lib\.[^/]*\.d\.ts$/.test(handle.path);
    return isLibrary ? identityFrom(enclosing, { path: handle.path, isModule: false }) : undefined;
  }

  private enclosing(symbol: Symbol): Enclosing | undefined {
    const { SymbolFlags } = this.client;
    const { name, flags } = symbol;
    const isModule = (flags & (SymbolFlags.ValueModule | SymbolFlags.NamespaceModule)) !== 0;
    if (isModule && name.startsWith('"')) {
      const unquoted = name.slice(1, -1);
      // A file that is a module has its path for a name.
      return /^([a-z@]|node:)/i.test(unquoted) && !/^[a-z]:/i.test(unquoted.slice(0, 2))
        ? { kind: 'ambient-module', name: unquoted }
        : undefined;
    }
    if (!/^[\w$]+$/.test(name) || name.startsWith('__')) return undefined;
    const isInterface = (flags & SymbolFlags.Interface) !== 0;
    const isOther = (flags & (SymbolFlags.Class | SymbolFlags.ValueModule | SymbolFlags.NamespaceModule)) !== 0;
    if (isInterface && isOther && interfaceName(name) !== name) return undefined;
    return { kind: 'name', name: isInterface ? interfaceName(name) : name };
  }

  private byTree(handle: NodeHandle): LibraryTarget | undefined {
    const nodes = this.nodesOf(handle.path);
    if (nodes === undefined) return undefined;
    return identityFrom(this.around(nodes.at(handle.index)), { path: handle.path, isModule: nodes.isModule });
  }

  private *around(declaration: Node): Iterable<Enclosing> {
    const { SyntaxKind } = this.client;
    let node: Declaration | undefined = declaration;
    for (; node !== undefined && node.kind !== SyntaxKind.SourceFile; node = node.parent as Declaration | undefined) {
      const enclosing = this.enclosingNode(node);
      if (enclosing !== undefined) yield enclosing;
    }
  }

  private enclosingNode({ kind, name }: Declaration): Enclosing | undefined {
    const { SyntaxKind } = this.client;
    const isText = name?.kind === SyntaxKind.Identifier || name?.kind === SyntaxKind.StringLiteral;
    const text = isText ? name.text : undefined;
    if (kind === SyntaxKind.ModuleDeclaration) {
      if (name?.kind === SyntaxKind.StringLiteral) return { kind: 'ambient-module', name: text ?? '' };
      // The client does not pass on the keyword; nobody declares a namespace of this name.
      if (text === 'global') return { kind: 'global-augmentation' };
    }
    if (text === undefined || !this.named.has(kind)) return undefined;
    return { kind: 'name', name: kind === SyntaxKind.InterfaceDeclaration ? interfaceName(text) : text };
  }
}

/** The client's type leaves out that there may be none. */
function parentOf(symbol: Symbol): Symbol | undefined {
  const parent: Symbol | undefined = symbol.getParent();
  return parent;
}
