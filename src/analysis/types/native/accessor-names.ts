/**
 * Why this file exists: whether a property runs a getter is asked only about names that some file of the project gives
 * one: for the answer the checker must infer the object.
 */
import ts from 'typescript';
import type { AccessNode } from '../questions';

/** `get name(`, `set 'name'(`, `get [name](`; what is a call of a function `get` does no harm. */
const accessor =
  /\b[gs]et(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*\n)+(?:([\p{ID_Start}$_#\\][\p{ID_Continue}$\\{}]*)|(["'])(.*?)\2|\[([^\]]*)\])\s*\(/gu;

/** Stands for every name: one that is computed, or spelled with escapes. */
const any = '*';

/** The names of the accessors that files write. */
export class AccessorNames {
  private readonly byFile = new Map<string, readonly string[]>();
  private readonly uses = new Map<string, number>();
  private version = -1;

  forget(file: string): void {
    for (const name of this.byFile.get(file) ?? []) this.uses.set(name, (this.uses.get(name) ?? 0) - 1);
    this.byFile.delete(file);
  }

  /** Looks at the files of a snapshot that were not looked at. */
  note(version: number, files: () => Iterable<string>, textOf: (file: string) => string | undefined): void {
    if (version === this.version) return;
    this.version = version;
    for (const file of files()) {
      if (this.byFile.has(file)) continue;
      const names = accessorNames(textOf(file) ?? '');
      this.byFile.set(file, names);
      for (const name of names) this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    }
  }

  /** An accessor of the project may run here. */
  mayRun(node: AccessNode): boolean {
    const name = nameOf(node);
    return name !== undefined && (this.has(name) || this.has(any));
  }

  private has(name: string): boolean {
    return (this.uses.get(name) ?? 0) > 0;
  }
}

/** The names of the accessors of a text; some of a comment or of calls may be among them. */
export function accessorNames(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name, , quoted, computed] of text.matchAll(accessor)) {
    const found = name ?? quoted ?? constantName(computed ?? '');
    if (found !== undefined) names.add(found.includes('\\') ? any : found);
  }
  return [...names];
}

/** Symbols are no names: `get [Symbol.toStringTag]()`. */
function constantName(computed: string): string | undefined {
  if (computed.trim().startsWith('Symbol.')) return undefined;
  return /^\s*(["'`])([^\\]*)\1\s*$/.exec(computed)?.[2] ?? any;
}

/** Undefined where no name is written. */
function nameOf(node: AccessNode): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node))
    return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  const name = node.propertyName ?? node.name;
  return ts.isIdentifier(name) ? name.text : undefined;
}
