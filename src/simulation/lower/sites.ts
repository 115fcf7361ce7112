/**
 * Why this file exists: every probe names a place in the user's text; places are numbered here while a program is
 * lowered.
 */
import ts from 'typescript';
import type { FrameColor, Site } from '../../trace/trace';

export interface SiteTable {
  readonly sites: Site[];
  /** Of functions: the text that their `toString` answers. */
  readonly texts: (string | null)[];
  /** The number of its first place, if not 0: kept-files.ts. */
  readonly first?: number;
}

/** The number of the place that was added last. */
export function lastSite({ sites, first = 0 }: SiteTable): number {
  return first + sites.length - 1;
}

/** The user's own node behind a lowered one, or undefined for what the compiler made. */
export function originalOf(node: ts.Node): ts.Node | undefined {
  const original = ts.getOriginalNode(node);
  return original.pos >= 0 && original.end >= 0 && original.kind !== ts.SyntaxKind.Unknown ? original : undefined;
}

/** Numbers the place of a node; `undefined` when it is not the user's. */
export function addSite(
  table: SiteTable,
  file: number,
  source: ts.SourceFile,
  node: ts.Node,
  kind: Site['kind'],
  about?: { name: string; color: FrameColor },
): number | undefined {
  const original = originalOf(node);
  if (original === undefined) return undefined;
  const start = original.getStart(source);
  table.sites.push({ file, start, end: original.end, kind, ...about });
  table.texts.push(kind === 'function' ? textOf(source, original) : null);
  return lastSite(table);
}

/** ECMA-262 §20.2.3.5: the text begins after `export`, `static`, decorators and what only TypeScript says. */
export function textOf(source: ts.SourceFile, node: ts.Node): string {
  const modifiers = ts.canHaveModifiers(node) ? (node.modifiers ?? []) : [];
  const own = modifiers.findIndex((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
  const before = (own < 0 ? modifiers : modifiers.slice(0, own)).at(-1);
  if (before === undefined) return source.text.slice(node.getStart(source), node.end);
  return source.text.slice(before.end, node.end).trimStart();
}
