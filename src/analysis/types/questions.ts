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
  /** Has a callable `then`. */
  readonly thenable: Tristate;
  /** An array or tuple that holds promises. */
  readonly promiseArray: Tristate;
  /** A union of a promise and something else besides null and undefined. */
  readonly mixed: boolean;
  /** May be null or undefined. */
  readonly nullable: boolean;
  readonly callable: Tristate;
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
  dispose(): void;
}

export const unknownFacts: TypeFacts = {
  promise: 'unknown',
  thenable: 'unknown',
  promiseArray: 'unknown',
  mixed: false,
  nullable: false,
  callable: 'unknown',
};
