/**
 * Why this file exists: the one small set of questions that the analysis asks a type checker. A walk over a file
 * collects them, one batch
 * answers them, and only then is anything decided, so that a checker in another process costs one round trip a file.
 * The syntax tree is always the one of the `typescript` package; only the answers come from the engine.
 */
import type ts from 'typescript';

/** `unknown` where a type is `any` or did not resolve: rules then stay quiet. */
export type Tristate = 'yes' | 'no' | 'unknown';

export interface TypeFacts {
  /** A `Promise` of the standard library, a subclass of it, or a union that holds one. */
  readonly promise: Tristate;
  /** A member of the union has a `then` that takes a function. */
  readonly thenable: Tristate;
  /** Every member has. */
  readonly alwaysThenable: Tristate;
  /** An array or tuple that holds promises. */
  readonly promiseArray: Tristate;
  /** A union of a promise and something else besides null and undefined. */
  readonly mixed: boolean;
  /** May be null or undefined. */
  readonly nullable: boolean;
  /** Is undefined, null, `void` or `never`, and nothing else. */
  readonly isNothing: Tristate;
}

/** A function (or class) with a body in one of the project's own files: `start` is the offset of its first token. */
export interface SourceTarget {
  readonly kind: 'source';
  readonly file: string;
  readonly start: number;
}

/** A function of a library: `node:fs` and `readFileSync`, `global` and `Array.map`, `express` and `Router.get`. */
export interface LibraryTarget {
  readonly kind: 'library';
  readonly module: string;
  readonly name: string;
}

/**
 * A method that may be implemented elsewhere: one of an interface, an abstract one, or one that a subclass may
 * override. Which functions run is known once the types that implement `owner` are.
 */
export interface MemberTarget {
  readonly kind: 'member';
  readonly owner: TypePlace;
  readonly name: string;
}

/** Where a class or an interface of the project is declared: `start` is the offset of its first token. */
export interface TypePlace {
  readonly file: string;
  readonly start: number;
}

export type CallTarget = SourceTarget | LibraryTarget | MemberTarget;

export type CalleeNode =
  | ts.CallExpression
  | ts.NewExpression
  | ts.TaggedTemplateExpression
  | ts.ExpressionWithTypeArguments
  | ts.Decorator;
/** A binding element reads a property too: `const { size } = store`. */
export type AccessNode = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.BindingElement;

/** By kind of question: what it is asked about, and what is answered. */
export interface Asked {
  /** What type has this expression? */
  readonly types: Question<ts.Expression, TypeFacts>;
  /** What does calling this function return? */
  readonly returns: Question<ts.SignatureDeclaration, TypeFacts>;
  /** Which functions may run here? Empty: not resolved. */
  readonly callees: Question<CalleeNode, readonly CallTarget[]>;
  /** Which function value is this (a function handed over by name)? */
  readonly values: Question<ts.Expression, readonly CallTarget[]>;
  /** Does reading or writing this property run an accessor? Only those that do are answered. */
  readonly accesses: Question<AccessNode, readonly CallTarget[]>;
  /** Which types of the project does this name of a type or a base class stand for? */
  readonly bases: Question<ts.Expression | ts.EntityName, readonly TypePlace[]>;
  /** Which methods of the project does iterating this value run? */
  readonly iterators: Question<ts.Expression, readonly CallTarget[]>;
  /** What comes back from calling this value, function or method? */
  readonly functions: Question<ts.Expression | ts.SignatureDeclaration, FunctionFacts>;
  /** Does this function answer a promise where a function is expected whose result nobody looks at? */
  readonly voidPlaces: Question<VoidPlaceNode, Tristate>;
  /** Can this be iterated or disposed of, and over what? */
  readonly protocols: Question<ts.Expression, ProtocolFacts>;
  /** Of which classes and interfaces of libraries is this an instance? */
  readonly lineages: Question<ts.Expression, Lineage>;
}

export interface FunctionFacts {
  /** For a member of the union that can be called. */
  readonly returnsThenable: Tristate;
  /** Every member that can be called returns `void`, or nothing that is a promise, and one `void`. */
  readonly returnsVoid: boolean;
  /** Some signature has a parameter, or a second one. */
  readonly takesArgument: boolean;
  readonly takesSecond: boolean;
  /** Every member of the union can be called. */
  readonly callable: Tristate;
}

/** A value at an argument, property, initializer, assignment, attribute or `return`; a method; a member of a class. */
export type VoidPlaceNode = ts.Expression | ts.MethodDeclaration | ts.ClassElement | ts.TypeElement;

export interface ProtocolFacts {
  /** Some member of the union has it. */
  readonly asyncIterable: Tristate;
  readonly iterable: Tristate;
  readonly asyncDisposable: Tristate;
  /** `[Symbol.dispose]` answers a promise. */
  readonly disposesLater: Tristate;
  /** What it brings is a promise or has a `then`, at least at times. */
  readonly bringsThenables: Tristate;
  /** A member of the union brings, or an element of the tuple is, what surely is no promise. */
  readonly bringsPlain: Tristate;
}

/** For each member of a union, its own name and those of its bases, such as `global Error`, as far as libraries go. */
export interface Lineage {
  readonly names: readonly (readonly string[])[];
  readonly isAny: boolean;
  /** Texts, numbers and the like, and nothing else. */
  readonly isPrimitive: boolean;
}

interface Question<N extends ts.Node, A> {
  readonly node: N;
  readonly answer: A;
}

export type QuestionKind = keyof Asked;

export const questionKinds: readonly QuestionKind[] = [
  'types',
  'returns',
  'callees',
  'values',
  'accesses',
  'bases',
  'iterators',
  'functions',
  'voidPlaces',
  'protocols',
  'lineages',
];

export type FileQuestions = { readonly [K in QuestionKind]: readonly Asked[K]['node'][] };

/** Every node that was asked has an answer, unless the engine knows nothing about it. */
export type FileAnswers = { readonly [K in QuestionKind]: ReadonlyMap<ts.Node, Asked[K]['answer']> };

/** Questions of every kind; those that `ask` answers for a kind must be questions of that kind. */
export function questionsByKind(ask: (kind: QuestionKind) => readonly ts.Node[]): FileQuestions {
  // Every kind is there, and holds what the caller keeps to.
  return Object.fromEntries(questionKinds.map((kind) => [kind, ask(kind)])) as FileQuestions;
}

/** Answers of every kind, with the same duty. */
export function answersByKind(answer: (kind: QuestionKind) => ReadonlyMap<ts.Node, unknown>): FileAnswers {
  // As above.
  return Object.fromEntries(questionKinds.map((kind) => [kind, answer(kind)])) as FileAnswers;
}

export const noQuestions: FileQuestions = questionsByKind(() => []);
export const noAnswers: FileAnswers = answersByKind(() => new Map());

/** `auto`: TypeScript 7 where it is installed, TypeScript 6 for whatever that cannot answer. */
export type EngineChoice = 'auto' | 'typescript-6' | 'typescript-7';

/** Answers for the files of one tsconfig (or of none). Paths are absolute, with forward slashes. */
export interface TypeEngine {
  readonly id: 'typescript-6' | 'typescript-7';
  /** The project's own files, without declaration files. */
  files(): readonly string[];
  update(file: string, text: string | undefined): void;
  /** The file was part of the project when it was last asked. */
  knows(file: string): boolean;
  /** Adds a file that no tsconfig names. */
  add(file: string): void;
  /** Undefined when the file cannot be read or is not part of the project. */
  sourceFile(file: string): ts.SourceFile | undefined;
  syntaxProblems(file: string): readonly ts.Diagnostic[];
  /** The project's own files that this one imports, for knowing what an edit touches. */
  imports(file: string): readonly string[];
  ask(file: string, questions: FileQuestions): FileAnswers;
  /** The tree of this file will be asked for soon. */
  foresee?(file: string): void;
  /**
   * These very questions will be asked soon, in the order of their announcement: where the checker is another process,
   * it may think about them until then.
   */
  announce?(file: string, questions: FileQuestions): void;
  /** Ends the checker until something is asked that is not known. */
  rest?(): void;
  /** Keeps what was answered for the next start, where that is done. */
  save?(): void;
  dispose(): void;
}

export const unknownFacts: TypeFacts = {
  promise: 'unknown',
  thenable: 'unknown',
  alwaysThenable: 'unknown',
  promiseArray: 'unknown',
  mixed: false,
  nullable: false,
  isNothing: 'unknown',
};
