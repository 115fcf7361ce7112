/**
 * Why this file exists: classes of a stand-in: those of the package, and what is built upon Node's emitters and
 * streams.
 */
import ts from 'typescript';
import { indented, indentedRest, parenthesized, quoted } from '../made-up-words';
import { callText } from './calls';
import { answersEnd, broughtBy, eventsText, handlerName, hasEvents, isTarget } from './events';
import { isPrivate, lastOf, membersOf } from './members';
import { freeName, isForeign, isKey, keyText, mostBlocks, nodeName, symbolName, symbolOf, type Writer } from './writer';

/** The class that stands in for a class, by its name; undefined where there are too many. */
export function classFor(
  writer: Writer,
  symbol: ts.Symbol,
  key = `${writer.module}.${symbol.name}`,
): string | undefined {
  return classOf(writer, symbol, writer.checker.getDeclaredTypeOfSymbol(symbol), key);
}

function classOf(writer: Writer, symbol: ts.Symbol, type: ts.Type, key: string): string | undefined {
  const known = writer.names.get(symbol);
  if (known === undefined && writer.names.size >= mostBlocks) return undefined;
  writer.uses++;
  if (known !== undefined) return known;
  const name = freeName(writer, symbol.name === 'default' ? 'Default' : symbol.name);
  writer.names.set(symbol, name);
  const base = baseOf(writer, type, symbol) ?? baseForEvents(writer, type);
  const lives = base === undefined ? undefined : livesText(writer, base, type, key);
  const { fields, methods } = membersOf(writer, type, key, (member) => isBelow(base, member));
  const own = fields.filter((each) => isKey(each.name)).map((each) => `this.${each.name} = ${each.value};`);
  const begin = base === undefined ? own : [`super(${lives?.given ?? ''});`, ...(lives?.begin ?? []), ...own];
  const constructor = begin.length === 0 ? [] : [`constructor() {\n${indented(begin.join('\n'))}\n}`];
  const parts = [...constructor, ...methods, ...(lives?.more ?? []), ...staticsOf(writer, symbol, key)];
  const head = `class ${name}${base === undefined ? '' : ` extends ${base.name}`}`;
  const text = parts.length === 0 ? `${head} {}` : `${head} {\n${indented(parts.join('\n\n'))}\n}`;
  writer.blocks.push({ name, base: base?.name, text });
  return name;
}

function staticsOf(writer: Writer, symbol: ts.Symbol, key: string): string[] {
  const { checker } = writer;
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) return [];
  return checker
    .getTypeOfSymbolAtLocation(symbol, declaration)
    .getProperties()
    .flatMap((member) => {
      const isOurs =
        member.name !== 'prototype' &&
        !isPrivate(member) &&
        symbolName(member) === undefined &&
        !isForeign(writer, member);
      if (!isOurs || !writer.isMentioned(member.name)) return [];
      const type = checker.getTypeOfSymbol(member);
      const calls = type.getCallSignatures();
      if (calls.length > 0)
        return [`static ${keyText(member.name)}${callText(writer, calls, `${key}.${member.name}`)}`];
      const value = writer.value(type, { hint: member.name, depth: 1, key: `${key}.${member.name}` });
      return [
        `static get ${keyText(member.name)}() {\n  return madeUp.member(this, ${quoted(member.name)}, () => ${indentedRest(parenthesized(value))});\n}`,
      ];
    });
}

/** The base has it; what is set to a listener is looked after there. */
function isBelow(base: Base | undefined, member: string): boolean {
  if (base === undefined) return false;
  return base.members.has(member) || (base.node === 'EventTarget' && handlerName.test(member));
}

interface Base {
  readonly name: string;
  /** One of Node's emitters or streams, or a class of the package above one. */
  readonly node: string | undefined;
  /** Names that it has. */
  readonly members: ReadonlySet<string>;
}

/** What a class says that is built upon another. */
interface Lives {
  readonly given: string;
  readonly begin: readonly string[];
  readonly more: readonly string[];
}

/** What is told and brought by emitters and streams, which begin when they are made. */
function livesText(writer: Writer, { name, node }: Base, type: ts.Type, key: string): Lives {
  if (node === undefined || node === 'Error') return { given: '', begin: [], more: [] };
  if (node === 'EventTarget') {
    const told = eventsText(writer, type, key, false);
    return { given: '', begin: told === '{}' ? [] : [`madeUp.targets(this, ${quoted(key)}, ${told});`], more: [] };
  }
  const events = eventsText(writer, type, key, node !== 'EventEmitter');
  const begin = [`madeUp.emits(this, ${quoted(key)}, ${events});`];
  // A class of the package that is below says the rest.
  if (name !== node) return { given: '', begin, more: [] };
  if (node === 'Writable') return { given: '', begin, more: ['_write(chunk, encoding, done) {\n  done();\n}'] };
  if (node === 'Readable') {
    const { values, areObjects } = broughtBy(writer, type, key, lastOf(key));
    const read = `_read() {\n  madeUp.reads(this, ${quoted(key)}, ${indentedRest(values)});\n}`;
    return { given: areObjects ? '{ objectMode: true }' : '', begin, more: [read] };
  }
  return { given: '', begin, more: node === 'EventEmitter' && answersEnd(writer, type) ? [endingText] : [] };
}

const endingText = 'on(event, listener) {\n  super.on(event, listener);\n  return () => this.off(event, listener);\n}';

const ofEmitters = new Set(
  ('on once off emit addListener removeListener removeAllListeners prependListener prependOnceListener ' +
    'listenerCount listeners rawListeners eventNames setMaxListeners getMaxListeners').split(' '),
);

const ofTargets = new Set(['addEventListener', 'removeEventListener', 'dispatchEvent']);

/** What tells events without being built upon Node's emitter, or upon an event target, is built upon it here. */
function baseForEvents(writer: Writer, type: ts.Type): Base | undefined {
  if (hasEvents(writer, type)) return nodeBase(writer, 'EventEmitter', ofEmitters);
  return isTarget(writer, type) ? nodeBase(writer, 'EventTarget', ofTargets) : undefined;
}

const nodeBases: Readonly<
  Record<string, { readonly name: string; readonly module?: string }>
> = {
  EventEmitter: { name: 'EventEmitter', module: 'node:events' },
  Readable: { name: 'Readable', module: 'node:stream' },
  Writable: { name: 'Writable', module: 'node:stream' },
  Duplex: { name: 'PassThrough', module: 'node:stream' },
  Transform: { name: 'PassThrough', module: 'node:stream' },
  PassThrough: { name: 'PassThrough', module: 'node:stream' },
  Error: { name: 'Error' },
  EventTarget: { name: 'EventTarget' },
};

/** The class below: of the package, or one of Node's, found by its name where its types are not there. */
function baseOf(writer: Writer, type: ts.Type, symbol: ts.Symbol): Base | undefined {
  for (const base of type.getBaseTypes() ?? []) {
    const below = symbolOf(base);
    if (below === undefined) continue;
    const members = new Set(base.getProperties().map((each) => each.name));
    const known = nodeBase(writer, below.name, members);
    if (known !== undefined && isForeign(writer, below)) return known;
    if ((below.flags & ts.SymbolFlags.Class) === 0) continue;
    if (isForeign(writer, below)) {
      const further = baseOf(writer, base, below);
      if (further !== undefined) return { ...further, members };
      continue;
    }
    // A class that the program does not name is part of the one above it.
    const name = writer.isMentioned(below.name) ? classFor(writer, below) : undefined;
    if (name !== undefined) return { name, node: nodeBelow(writer, base, below), members };
    const further = baseOf(writer, base, below);
    if (further !== undefined) return further;
  }
  return writtenBase(writer, symbol);
}

/** Which of Node's classes a class of the package is built upon in the end. */
function nodeBelow(writer: Writer, type: ts.Type, symbol: ts.Symbol): string | undefined {
  return (baseOf(writer, type, symbol) ?? baseForEvents(writer, type))?.node;
}

function nodeBase(writer: Writer, name: string, members: ReadonlySet<string>): Base | undefined {
  const found = Object.hasOwn(nodeBases, name) ? nodeBases[name] : undefined;
  if (found === undefined) return undefined;
  if (found.module !== undefined) nodeName(writer, found.name, found.module);
  return { name: found.name, node: found.name, members };
}

function writtenBase(writer: Writer, symbol: ts.Symbol): Base | undefined {
  const declaration = symbol.declarations?.find(ts.isClassDeclaration);
  const clause = declaration?.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const name = /\w+$/.exec(clause?.types[0]?.expression.getText() ?? '')?.[0];
  return name === undefined ? undefined : nodeBase(writer, name, new Set());
}

/** An interface above one of Node's emitters or streams, or with events of its own, is made by a class. */
export function emitterFor(writer: Writer, type: ts.Type): string | undefined {
  const symbol = symbolOf(type);
  if (
    symbol === undefined ||
    type.getCallSignatures().length > 0 ||
    (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0 ||
    !(isNodes(writer, type) || (!isForeign(writer, symbol) && (hasEvents(writer, type) || isTarget(writer, type))))
  )
    return undefined;
  return classOf(writer, symbol, type, `${writer.module}.${symbol.name}`);
}

/** One of Node's classes is below it. */
function isNodes(writer: Writer, type: ts.Type): boolean {
  return (type.getBaseTypes() ?? []).some((base) => {
    const name = symbolOf(base)?.name;
    return (
      name !== undefined &&
      ((Object.hasOwn(nodeBases, name) && isForeign(writer, base.symbol)) || isNodes(writer, base))
    );
  });
}
