/**
 * Why this file exists: the summary of one file: its functions with their colours, what each does directly, and which
 * functions each
 * calls before it returns. It depends on the file and on the declarations it names; everything across files is computed
 * from summaries.
 */
import type ts from 'typescript';
import type { TextRange } from '../../base/text';
import type { RuleId } from '../finding';
import type { BlockingApi } from '../known-apis/blocking';
import type { ScheduledBy } from '../known-apis/callbacks';
import type { CallTarget, FileAnswers, TypeEngine, TypeFacts, TypePlace } from '../types/questions';
import type { Discarded } from './discarded';
import type { AwaitSite, Color, FunctionKind } from './flow-model';
import type { ParameterUses } from './parameters';
import type { CallSite, FunctionSites } from './sites';
import type { DeclaredType } from './type-index';

/** `file#start`: the first token of the declaration. */
export type FunctionId = string;

export function functionId(file: string, start: number): FunctionId {
  return `${file}#${String(start)}`;
}

/** A call, getter read, constructor or iteration that runs another function of ours before the next statement. */
export interface Edge {
  readonly range: TextRange;
  readonly callee: string;
  readonly target: EdgeTarget;
  readonly inLoop: boolean;
  readonly node: ts.Node;
  /** The target is handed over: it runs here only if the function that is called calls this parameter at once. */
  readonly given?: Given;
  /** The target is a generator whose body runs because its values are taken. */
  readonly iterates?: true;
}

export type EdgeTarget =
  | { readonly kind: 'function'; readonly file: string; readonly id: FunctionId }
  /** Whoever implements or overrides it. */
  | { readonly kind: 'member'; readonly owner: TypePlace; readonly name: string };

export interface Given {
  readonly to: readonly EdgeTarget[];
  readonly index: number;
}

/** A direct call of a library function that blocks. */
export interface DirectBlocking {
  readonly range: TextRange;
  readonly callee: string;
  readonly api: BlockingApi;
  readonly inLoop: boolean;
  readonly node: ts.Node;
}

/** When a function runs, seen from the text that writes it. */
export type Run =
  /** When somebody calls it. */
  | { readonly kind: 'called' }
  /** As part of the function around it: an IIFE, a `map` callback, an executor. */
  | { readonly kind: 'inline' }
  /** Later, from the loop, as a callback of `by`. */
  | { readonly kind: 'callback'; readonly by: ScheduledBy; readonly taker: string };

export interface ResolvedCall extends CallSite {
  readonly callee: string;
  readonly targets: readonly CallTarget[];
  readonly result: TypeFacts;
}

export interface FunctionSummary {
  readonly id: FunctionId;
  readonly file: string;
  readonly sites: FunctionSites;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly color: Color;
  /** The implicit constructor of a class: real for effects, not shown. */
  readonly implicit: boolean;
  readonly run: Run;
  /** Only the module's start calls it, so nothing else is waiting yet. */
  readonly startUp: boolean;
  readonly awaits: readonly AwaitSite[];
  readonly calls: readonly ResolvedCall[];
  /** Of its own and of the inline functions inside it. */
  readonly edges: readonly Edge[];
  readonly blocking: readonly DirectBlocking[];
  readonly discarded: readonly Discarded[];
  /** What it does with functions that it is given. */
  readonly parameters: ParameterUses;
}

export interface FileSummary {
  readonly file: string;
  readonly engine: TypeEngine;
  readonly source: ts.SourceFile;
  readonly functions: readonly FunctionSummary[];
  readonly byId: ReadonlyMap<FunctionId, FunctionSummary>;
  readonly answers: FileAnswers;
  /** The rules whose questions are among those that were answered. */
  readonly askedFor: ReadonlySet<RuleId>;
  /** For the index of who implements what. */
  readonly types: readonly DeclaredType[];
  /** The whole file runs in a worker, where blocking stops nobody else. */
  readonly workerOnly: boolean;
  /** Not a module: its names are global, and so is what an edit of it may touch. */
  readonly isScript: boolean;
}
