/**
 * Why this file exists: the shape of a random asynchronous program before it becomes text. Nodes say what is done and
 * refer to variables and functions by a number that is wrapped around what is in scope: every value of these types is
 * a valid program, however it is shrunk.
 */
import type { ClassNode } from './class-node';
import type { Shape, ShowMethod } from './shapes';
import type { PieceForm } from './render/pieces/all';

export interface Program {
  readonly form: Form;
  readonly palette: number;
  /** What the program's tsconfig.json says; null: there is none. */
  readonly settings: Settings | null;
  readonly hooks: readonly Hook[];
  readonly classes: readonly ClassNode[];
  readonly functions: readonly FunctionNode[];
  /** What the entry, the first of the files, imports. */
  readonly links: readonly ImportLink[];
  readonly files: readonly FileNode[];
  readonly body: Block;
}

export interface Settings {
  readonly useDefineForClassFields: boolean;
  readonly experimentalDecorators: boolean;
}

/** A further file of the program. */
export interface FileNode {
  readonly format: 'module' | 'commonjs' | 'json';
  /** Rendered as plain JavaScript. */
  readonly plain: boolean;
  readonly links: readonly ImportLink[];
  readonly awaits: boolean;
  readonly body: Block;
}

/** How one file takes another in. `pick` chooses among all files, itself and the entry included. */
export interface ImportLink {
  readonly kind: 'side-effect' | 'namespace' | 'named' | 'default' | 're-export' | 'star' | 'dynamic' | 'require';
  readonly pick: number;
}

/** How a file says whether it is a module: by extension, or by its syntax; the last four are not `.mts` or `.cts`. */
export type Form = 'cts' | 'mts' | 'script' | 'exports' | 'top-level-await' | 'tsx' | 'cjs' | 'mjs';

export interface Hook {
  readonly event: HookEvent;
  readonly does: 'nothing' | 'schedule' | 'exit-code' | 'throw' | 'print-all';
}

export type HookEvent = (typeof hookEvents)[number];
export const hookEvents = [
  'exit', 'beforeExit', 'unhandledRejection', 'uncaughtException', 'rejectionHandled', 'warning', 'uncaughtExceptionMonitor',
] as const;

export type Color = 'async' | 'sync' | 'generator' | 'async-generator';

export interface FunctionNode {
  readonly color: Color;
  readonly form: FunctionForm;
  readonly parameter: 'plain' | 'default' | 'rest' | 'pattern';
  readonly body: Block;
  readonly result: Operand;
  readonly ending: 'return' | 'return-await' | 'throw' | 'none';
}

export type FunctionForm = 'declaration' | 'expression' | 'arrow' | 'method' | 'static' | 'object' | 'namespace';

export type Block = readonly Statement[];

export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'error' }
  | { readonly kind: 'variable'; readonly pick: number }
  | { readonly kind: 'shared' };

/** What can be resolved with, awaited, returned, thrown: a plain value, a promise, or a thenable. */
export type Operand = { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'promise'; readonly promise: Promised };

export type When = 'now' | 'tick' | 'microtask' | 'job' | 'timer' | 'immediate';

export interface Settling {
  readonly how: 'resolve' | 'reject' | 'throw';
  readonly when: When;
  readonly with: Operand;
}

export type Combinator = 'all' | 'allSettled' | 'any' | 'race';

/** An expression whose value is a promise, or a thenable. */
export type Promised =
  | { readonly kind: 'resolve'; readonly with: Operand }
  | { readonly kind: 'reject'; readonly with: Value }
  | { readonly kind: 'sleep'; readonly delay: number; readonly with: Value; readonly library: boolean }
  | { readonly kind: 'construct'; readonly settlings: readonly Settling[] }
  | { readonly kind: 'thenable'; readonly shape: 'object' | 'getter' | 'class' | 'function' | 'throwing-getter'; readonly settlings: readonly Settling[] }
  | { readonly kind: 'call'; readonly pick: number; readonly argument: Operand }
  | { readonly kind: 'immediately-called'; readonly body: Block; readonly result: Operand; readonly arrow: boolean }
  | { readonly kind: 'chain'; readonly head: Promised; readonly links: readonly Link[] }
  | { readonly kind: 'combine'; readonly method: Combinator; readonly items: readonly Operand[]; readonly from: 'array' | 'set' | 'generator' }
  | { readonly kind: 'variable'; readonly pick: number }
  | { readonly kind: 'pending' }
  | { readonly kind: 'exotic'; readonly shape: 'subclass' | 'subclass-resolve' | 'own-then' | 'self-resolved' | 'constructor-changed'; readonly with: Value };

export type Link =
  | { readonly kind: 'then'; readonly handler: Handler }
  | { readonly kind: 'then-both'; readonly handler: Handler; readonly rejected: Handler }
  | { readonly kind: 'catch'; readonly handler: Handler }
  | { readonly kind: 'finally'; readonly handler: Handler };

export type Handler =
  | { readonly kind: 'return'; readonly with: Operand }
  | { readonly kind: 'pass-on' }
  | { readonly kind: 'throw'; readonly with: Value }
  | { readonly kind: 'block'; readonly body: Block; readonly async: boolean; readonly with: Operand }
  | { readonly kind: 'not-a-function' };

/** Where in a statement the `await` stands. */
export const awaitForms = [
  'declare', 'statement', 'argument', 'template', 'two-arguments', 'object-default', 'array-default', 'parameter-pattern', 'short-circuit', 'conditional',
  'object-literal', 'array-literal', 'compound', 'nested', 'throw', 'switch', 'spread', 'computed-key', 'callee', 'optional-call', 'comma',
  'construct', 'for-of-head', 'if-condition', 'while-condition', 'operands', 'member-target', 'logical-assignment', 'swap', 'return-in-try', 'tagged',
] as const;
export type AwaitForm = (typeof awaitForms)[number];

export type RequestKind = 'next' | 'throw' | 'return';
export interface Request {
  readonly kind: RequestKind;
  readonly with: Operand;
}

export type IterationSource =
  | { readonly kind: 'array'; readonly items: readonly Operand[] }
  | { readonly kind: 'generator'; readonly pick: number }
  | { readonly kind: 'async-generator'; readonly pick: number }
  | { readonly kind: 'iterator'; readonly async: boolean; readonly count: number };

/** What is done about the rejection of a promise that a statement starts. */
export type Care = 'then-catch' | 'catch' | 'none';

export type Statement =
  | { readonly kind: 'log'; readonly with: Value }
  | { readonly kind: 'declare'; readonly with: Value }
  | { readonly kind: 'start'; readonly promise: Promised; readonly care: Care; readonly keep: boolean }
  | { readonly kind: 'await'; readonly form: AwaitForm; readonly with: Operand; readonly other: Operand; readonly guarded: boolean }
  | { readonly kind: 'try'; readonly body: Block; readonly handler: Block | null; readonly finalizer: Block | null }
  | { readonly kind: 'if'; readonly condition: Value; readonly then: Block; readonly otherwise: Block }
  | { readonly kind: 'loop'; readonly form: 'for' | 'while' | 'do' | 'for-of' | 'labelled' | 'for-in'; readonly count: number; readonly body: Block }
  | { readonly kind: 'for-await'; readonly source: IterationSource; readonly body: Block; readonly guarded: boolean }
  | { readonly kind: 'schedule'; readonly queue: 'tick' | 'microtask' | 'timer' | 'immediate'; readonly delay: number; readonly async: boolean; readonly body: Block; readonly then: 'nothing' | 'cancel' | 'unref' | 'keep' }
  | { readonly kind: 'interval'; readonly delay: number; readonly count: number; readonly body: Block }
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'phases'; readonly delay: number }
  | { readonly kind: 'generator'; readonly pick: number; readonly requests: readonly Request[]; readonly use: 'requests' | 'spread' | 'destructure' | 'for-of' }
  | { readonly kind: 'async-generator'; readonly pick: number; readonly requests: readonly Request[]; readonly queued: boolean }
  | { readonly kind: 'yield'; readonly with: Operand }
  | { readonly kind: 'delegate'; readonly source: IterationSource }
  | { readonly kind: 'return'; readonly with: Operand; readonly await: boolean }
  | { readonly kind: 'throw'; readonly with: Value }
  | { readonly kind: 'jump'; readonly how: 'break' | 'continue' }
  | { readonly kind: 'share'; readonly with: Operand }
  | { readonly kind: 'piece'; readonly form: PieceForm; readonly pick: number; readonly with: Operand; readonly other: Operand; readonly value: Value; readonly body: Block }
  | { readonly kind: 'show'; readonly method: ShowMethod; readonly shapes: readonly [Shape, Shape] }
  | { readonly kind: 'imported'; readonly pick: number }
  | { readonly kind: 'exit'; readonly code: number; readonly how: 'exitCode' | 'exit' };
