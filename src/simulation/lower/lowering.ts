/**
 * Why this file exists: what every part of the lowering shares: the file, its places, and how to walk into what it does
 * not know.
 */
import type ts from 'typescript';
import type { TextRange } from '../../base/text';
import type { Site } from '../../trace/trace';
import type { CallableNames } from './callable-names';
import type { ModuleLowering } from './modules';
import type { Scope } from './scope';
import { addSite, lastSite, type SiteTable } from './sites';

/** The walk of transform.ts, for the parts that it calls. */
export interface Walk {
  expression(lowering: Lowering, node: ts.Expression, scope: Scope): ts.Expression;
  node<T extends ts.Node>(lowering: Lowering, node: T, scope: Scope): T;
  statements(
    lowering: Lowering,
    statements: readonly ts.Statement[],
    scope: Scope,
    isFunctionBody: boolean,
  ): ts.Statement[];
  embedded(lowering: Lowering, node: ts.Statement, scope: Scope): ts.Block;
}

/** The lowering of one file. */
export interface Lowering {
  readonly source: ts.SourceFile;
  readonly file: number;
  readonly table: SiteTable;
  readonly context: ts.TransformationContext;
  readonly walk: Walk;
  readonly modules: ModuleLowering;
  /** Statements that run without being played. */
  readonly isQuiet: (statement: TextRange) => boolean;
  /** It stands in for a package: arrow functions in it make values, and have no frames. */
  readonly isMadeUp?: boolean;
  /** A classic script of a page: what it declares at its top stands on the window. */
  readonly isScriptOfPage?: boolean;
  /** Of a page's own files: whether nothing declares a name (undeclared.ts). */
  readonly isUndeclared?: ((name: ts.Identifier) => boolean) | undefined;
  /** What declares a constant of that name (constants.ts); undefined where nothing is known of names. */
  readonly constantOf?: (name: ts.Identifier) => ts.Node | undefined;
  /** The file as a whole is strict mode code. */
  readonly isStrict: boolean;
  /** A variable of the file is called `eval`. */
  readonly redefinesEval: boolean;
  /** Computed keys that are needed again after they named a member: variables of the file, `$_c0`, `$_c1`, … */
  readonly keys: string[];
  /** Names that probably stand for functions (callable-names.ts); undefined where the text's places are nobody's. */
  readonly callable: CallableNames | undefined;
  /** Names that stand for functions which may be called as methods (received.ts). */
  readonly handedOver: ReadonlySet<string>;
  /** Sites of functions that note what they are called on, by where they begin. */
  readonly receivers: Map<number, number>;
  /** Names of anonymous functions that are known only as the program runs, by the user's own node. */
  readonly givenNames: Map<ts.Node, ts.Expression>;
}

/** Numbers a place; what the compiler made counts as the place around it. */
export function siteOf(
  lowering: Lowering,
  node: ts.Node,
  kind: Site['kind'],
  about?: Parameters<typeof addSite>[5],
): number {
  return addSite(lowering.table, lowering.file, lowering.source, node, kind, about) ?? lastSite(lowering.table);
}
