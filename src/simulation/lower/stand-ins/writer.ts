/** Why this file exists: what the text of a stand-in is written with: the checker, names, what is needed. */
import type ts from 'typescript';

/** Objects in objects, so far down. */
export const deepest = 4;

/** Where a value stands. */
export interface At {
  /** What names it: a property, a function. */
  readonly hint: string;
  readonly depth: number;
  /** What a scenario calls it, if it is a function. */
  readonly key: string;
  /** In a list, from 1. */
  readonly place?: number;
}

/** One call of a declared function by the program. */
export interface Use {
  readonly signature: ts.Signature;
  /** The class of the first argument, where it is of one. */
  readonly first: ts.Symbol | undefined;
  /** The first argument, where it is a text. */
  readonly text: string | undefined;
  /** What the called method is a member of. */
  readonly receiver: ts.Symbol | undefined;
}

/** A plausible value of a type: values.ts. */
export type ValueText = (writer: Writer, type: ts.Type, at: At) => string;

export interface Writer {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly value: (type: ts.Type, at: At) => string;
  /** The name of a class in the text: classes.ts. */
  readonly commandClass: (symbol: ts.Symbol) => string | undefined;
  /** How the keys of a scenario begin: the module. */
  readonly module: string;
  /** Only what the program names is made, but for what the language itself asks for. */
  readonly isMentioned: (name: string) => boolean;
  /** Signatures as the program calls them, by their declarations: with its own types in place of type parameters. */
  readonly used: ReadonlyMap<ts.Node, readonly Use[]>;
  /** Values stand in place, and nothing beside them: names of classes that can be constructed there. */
  readonly inPlace: ReadonlyMap<ts.Symbol, string> | undefined;
  /** Classes and functions that values are made with. */
  readonly blocks: Block[];
  /** Names of these, by the type or the class that they make. */
  readonly names: Map<ts.Type | ts.Symbol, string>;
  /** Builders by what they bring when they are awaited: each call makes another type of the same. */
  readonly builders: Map<string, ts.Type>;
  /** What the module declares, by the names that it has in the text. */
  readonly declared: Map<ts.Symbol, string>;
  readonly taken: Set<string>;
  /** Classes of Node's that are built upon, by the module that has them. */
  readonly nodes: Map<string, string>;
  /** Counts how often a block was used: who grows it is made when it is first read. */
  uses: number;
  /** Counts values. */
  values: number;
}

export interface Block {
  readonly name: string;
  /** The class below, which must stand before. */
  readonly base: string | undefined;
  readonly text: string;
}

/** Types name each other without end: what is beyond so many is an empty object. */
export const mostBlocks = 150;
export const mostValues = 20_000;

/** What the program uses of packages. */
export type Usage = Pick<Writer, 'isMentioned' | 'used'>;

export function newWriter(
  program: ts.Program,
  module: string,
  usage: Usage,
  value: ValueText,
  nameOf: (writer: Writer, symbol: ts.Symbol) => string | undefined,
  inPlace?: Writer['inPlace'],
): Writer {
  const writer: Writer = {
    program,
    checker: program.getTypeChecker(),
    module,
    ...usage,
    inPlace,
    value: (type, at) => value(writer, type, at),
    commandClass: (symbol) => nameOf(writer, symbol),
    blocks: [],
    names: new Map(),
    builders: new Map(),
    declared: new Map(),
    taken: new Set(['madeUp', 'module', 'exports', 'require', 'args']),
    nodes: new Map(),
    uses: 0,
    values: 0,
  };
  return writer;
}

const reserved =
  /^(?:default|class|function|new|delete|in|of|var|let|const|enum|export|import|return|void|with|if|for|do|this|super|null|true|false|typeof|switch|case|break|continue|try|catch|finally|throw|while|yield|await|static|implements|interface|package|private|protected|public|arguments|eval|undefined)$/;

/** It can name a parameter, and is nothing that stands in the text. */
export function isPlainName(name: string): boolean {
  return /^[a-z_][\w$]*$/.test(name) && !reserved.test(name) && name !== 'madeUp' && !name.startsWith('make');
}

/** A name that nothing else in the text has. */
export function freeName(writer: Writer, wanted: string): string {
  const base =
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(wanted) && !reserved.test(wanted)
      ? wanted
      : `${wanted.replace(/\W/g, '')}Value`;
  let name = base;
  for (let n = 2; writer.taken.has(name); n++) name = `${base}${n}`;
  writer.taken.add(name);
  return name;
}

/** A class of Node's, imported. */
export function nodeName(writer: Writer, name: string, module: string): string {
  writer.nodes.set(name, module);
  writer.taken.add(name);
  return name;
}

export function isKey(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

/** A member's name as it is written in an object or a class. */
export function keyText(name: string): string {
  return isKey(name) ? name : JSON.stringify(name);
}

/** TypeScript's own declarations leave out that many types have none. */
export function symbolOf(type: ts.Type): ts.Symbol | undefined {
  return type.symbol;
}

/** It is the language's or Node's, no package's. */
export function isForeign(writer: Writer, symbol: ts.Symbol | undefined): boolean {
  const file = symbol?.declarations?.[0]?.getSourceFile();
  if (file === undefined) return false;
  return (
    writer.program.isSourceFileDefaultLibrary(file) ||
    /\/node_modules\/(?:@types\/node|undici-types)\//.test(file.fileName)
  );
}

/** The well-known symbol that a member is named by: `asyncIterator`. */
export function symbolName(member: ts.Symbol): string | undefined {
  return /^__@(\w+)@/.exec(member.name)?.[1];
}
