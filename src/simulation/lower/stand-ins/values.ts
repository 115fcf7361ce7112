/** Why this file exists: a plausible value of a type as the checker knows it, as JavaScript for a stand-in. */
import ts from 'typescript';
import { booleanFor, numberFor, quoted, singular, textFor } from '../made-up-words';
import { arrowText, yields } from './calls';
import { classFor, emitterFor } from './classes';
import { broughtBy } from './events';
import { membersText } from './members';
import { factoryFor, isMadeByFactory } from './objects';
import { deepest, isForeign, keyText, mostValues, nodeName, symbolOf, type At, type Writer } from './writer';

export function valueText(writer: Writer, type: ts.Type, at: At): string {
  if (writer.values++ > mostValues) return '{}';
  const { flags } = type;
  const is = (wanted: ts.TypeFlags): boolean => (flags & wanted) !== 0;
  if (is(ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return at.place === undefined && at.depth > 0 ? 'undefined' : '{}';
  if (is(ts.TypeFlags.VoidLike | ts.TypeFlags.Never)) return 'undefined';
  if (is(ts.TypeFlags.Null)) return 'null';
  if (type.isStringLiteral()) return quoted(type.value);
  if (type.isNumberLiteral()) return String(type.value);
  if (is(ts.TypeFlags.BigIntLiteral)) return writer.checker.typeToString(type);
  if (is(ts.TypeFlags.BooleanLiteral)) return writer.checker.typeToString(type);
  if (is(ts.TypeFlags.Boolean)) return booleanFor(at.hint);
  if (is(ts.TypeFlags.StringLike) && !type.isUnion()) return textFor(at.hint, at.place);
  if (is(ts.TypeFlags.NumberLike) && !type.isUnion()) return numberFor(at.hint, at.place);
  if (is(ts.TypeFlags.BigIntLike)) return '1n';
  if (is(ts.TypeFlags.ESSymbolLike)) return `Symbol(${quoted(at.hint)})`;
  if (type.isUnion()) return valueText(writer, firstOf(writer, type), at);
  if (type.isIntersection()) return intersectionText(writer, type, at);
  if (is(ts.TypeFlags.Instantiable)) return unboundText(writer, type, at);
  return at.depth > deepest ? '{}' : objectText(writer, type, at);
}

/** The first part that is neither null nor undefined, as it is written where that is known. */
function firstOf({ checker }: Writer, type: ts.UnionType): ts.Type {
  const isNothing = (each: ts.Type): boolean =>
    (each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void)) !== 0;
  // All went well: where an error may be or may not, it is not.
  const nothing = type.types.find(isNothing);
  if (
    nothing !== undefined &&
    type.types.every((each) => isNothing(each) || symbolOf(each)?.name.endsWith('Error') === true)
  )
    return nothing;
  const [declaration] = type.aliasSymbol?.declarations ?? [];
  if (
    declaration !== undefined &&
    ts.isTypeAliasDeclaration(declaration) &&
    ts.isUnionTypeNode(declaration.type) &&
    declaration.typeParameters === undefined
  ) {
    const written = declaration.type.types
      .map((each) => checker.getTypeFromTypeNode(each))
      .find((each) => !isNothing(each));
    if (written !== undefined) return written;
  }
  return type.types.find((each) => !isNothing(each)) ?? checker.getUndefinedType();
}

/** A primitive with a brand is that primitive. */
function intersectionText(writer: Writer, type: ts.IntersectionType, at: At): string {
  const primitive = type.types.find((each) => (each.flags & (ts.TypeFlags.Object | ts.TypeFlags.Instantiable)) === 0);
  if (primitive !== undefined) return valueText(writer, primitive, at);
  const isStream = type.types.some((each) => isForeign(writer, symbolOf(each)) && isRead(each.symbol.name));
  if (isStream && writer.inPlace === undefined) return readableText(writer, type, at);
  return at.depth > deepest ? '{}' : objectText(writer, type, at);
}

/** A type that is known only where it is used: its default, else what it must at least be. */
function unboundText(writer: Writer, type: ts.Type, at: At): string {
  const { checker } = writer;
  const bound =
    (type.isTypeParameter() ? checker.getDefaultFromTypeParameter(type) : undefined) ??
    checker.getBaseConstraintOfType(type);
  if (bound === undefined || bound === type || at.depth > deepest) return '{}';
  return valueText(writer, bound, { ...at, depth: at.depth + 1 });
}

function objectText(writer: Writer, type: ts.Type, at: At): string {
  const { checker } = writer;
  if (checker.isTupleType(type)) {
    const parts = checker.getTypeArguments(type as ts.TypeReference); // a tuple is one
    return `[${parts.map((each) => valueText(writer, each, { ...at, depth: at.depth + 1 })).join(', ')}]`;
  }
  if (checker.isArrayLikeType(type) && isForeign(writer, type.symbol))
    return pairText(writer, type.getNumberIndexType(), at);
  const symbol = symbolOf(type);
  const known = isForeign(writer, symbol) ? foreignText(writer, type, at) : undefined;
  if (known !== undefined) return known;
  const [construct] = type.getConstructSignatures();
  if (construct !== undefined)
    return writer.inPlace === undefined ? constructorText(writer, construct, at) : 'class {}';
  // Of a generic class a stand-in says more by the members of its type as it is used.
  const isWhole = writer.inPlace !== undefined || type.isClassOrInterface();
  const isClass = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0 && isWhole;
  if (isClass && !isForeign(writer, symbol)) return classValue(writer, symbol, type, at);
  const calls = type.getCallSignatures();
  if (calls.length > 0 && type.getProperties().length === 0) return arrowText(writer, calls, at.key, at.depth + 1);
  if (isForeign(writer, symbol)) {
    const emitter = writer.inPlace === undefined ? emitterFor(writer, type) : undefined;
    return emitter === undefined ? '{}' : `new ${emitter}()`;
  }
  if (isMadeByFactory(writer, type)) return factoryFor(writer, type, at);
  const index = type.getStringIndexType();
  if (index !== undefined && type.getProperties().length === 0)
    return `{ key: ${valueText(writer, index, { ...at, hint: 'value', depth: at.depth + 1 })} }`;
  return membersText(writer, type, at);
}

/** A class as a value. */
function constructorText(writer: Writer, construct: ts.Signature, at: At): string {
  const symbol = symbolOf(writer.checker.getReturnTypeOfSignature(construct));
  const isClass = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0 && !isForeign(writer, symbol);
  return (isClass ? classFor(writer, symbol) : undefined) ?? `class ${keyText(at.hint)} {}`;
}

/** An object of a class: of one that is there, else of one that stands in. */
function classValue(writer: Writer, symbol: ts.Symbol, type: ts.Type, at: At): string {
  if (writer.inPlace !== undefined) return constructedInPlace(writer, symbol, type, at);
  const name = classFor(writer, symbol);
  return name === undefined ? '{}' : `new ${name}()`;
}

function constructedInPlace(writer: Writer, symbol: ts.Symbol, type: ts.Type, at: At): string {
  const name = writer.inPlace?.get(symbol);
  if (name === undefined) return factoryFor(writer, type, at);
  const [declaration] = symbol.declarations ?? [];
  const [construct] =
    declaration === undefined
      ? []
      : writer.checker.getTypeOfSymbolAtLocation(symbol, declaration).getConstructSignatures();
  const args = (construct?.parameters ?? []).map((each) =>
    isOptional(each)
      ? 'undefined'
      : writer.value(writer.checker.getTypeOfSymbol(each), { hint: each.name, depth: at.depth + 1, key: each.name }),
  );
  return `new ${name}(${args.join(', ').replace(/(?:, )?undefined(?:, undefined)*$/, '')})`;
}

function isOptional({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) return false;
  return valueDeclaration.questionToken !== undefined || valueDeclaration.initializer !== undefined;
}

/** Arrays get two elements: enough to see an order. */
function pairText(writer: Writer, element: ts.Type | undefined, at: At): string {
  if (element === undefined) return '[]';
  const of = (place: number): string =>
    valueText(writer, element, { ...at, hint: singular(at.hint), depth: at.depth + 1, place });
  return `[${of(1)}, ${of(2)}]`;
}

const streams: Readonly<Record<string, string>> = {
  Readable: 'Readable',
  ReadStream: 'Readable',
  IncomingMessage: 'Readable',
  ReadableStream: 'Readable',
  Writable: 'Writable',
  WriteStream: 'Writable',
  WritableStream: 'Writable',
  Duplex: 'PassThrough',
  Transform: 'PassThrough',
  PassThrough: 'PassThrough',
  Socket: 'PassThrough',
  ReadWriteStream: 'PassThrough',
  TLSSocket: 'PassThrough',
};

/** It is read from. */
function isRead(name: string): boolean {
  return streams[name] === 'Readable' || streams[name] === 'PassThrough';
}

/** What the language or Node makes; undefined where there is no word for it. */
function foreignText(writer: Writer, type: ts.Type, at: At): string | undefined {
  const name = type.symbol.name;
  const [first, second] = writer.checker.getTypeArguments(type as ts.TypeReference); // none for what is no reference
  const of = (part: ts.Type | undefined, hint: string, place?: number): string =>
    part === undefined
      ? 'undefined'
      : valueText(writer, part, { key: at.key, hint, depth: at.depth + 1, ...(place !== undefined && { place }) });
  switch (name) {
    case 'Promise':
    case 'PromiseLike':
      return `Promise.resolve(${of(first, at.hint)})`;
    case 'Date':
      return "new Date('2025-01-01T00:00:00.000Z')";
    case 'Map':
    case 'ReadonlyMap':
      return `new Map([[${of(first, 'key')}, ${of(second, 'value')}]])`;
    case 'Set':
    case 'ReadonlySet':
      return `new Set(${pairText(writer, first, at)})`;
    case 'WeakMap':
    case 'WeakSet':
    case 'AbortController':
      return `new ${name}()`;
    case 'AbortSignal':
      return 'new AbortController().signal';
    case 'RegExp':
      return '/.*/';
    case 'Function':
      return '() => undefined';
    case 'URL':
      return "new URL('https://example.com/')";
    case 'Buffer':
      return `Buffer.from(${quoted(at.hint)})`;
    case 'ArrayBuffer':
      return 'new ArrayBuffer(2)';
    case 'EventEmitter':
      if (writer.inPlace !== undefined) return '{}';
      return `new ${nodeName(writer, 'EventEmitter', 'node:events')}()`;
    case 'Iterable':
    case 'IterableIterator':
    case 'Iterator':
    case 'Generator':
    case 'IteratorObject':
    case 'ArrayIterator':
      return `${pairText(writer, first, at)}.values()`;
    case 'AsyncIterable':
    case 'AsyncIterableIterator':
    case 'AsyncIterator':
    case 'AsyncGenerator':
    case 'AsyncIteratorObject':
      return `(async function* () { ${yields(writer, first, at)} })()`;
  }
  if (name.endsWith('Error')) return `new Error(${quoted(at.hint)})`;
  if (/^(?:Uint|Int|Float|BigInt|BigUint)\w*Array$/.test(name)) return `new ${name}(2)`;
  const stream = streams[name];
  return stream === undefined || writer.inPlace !== undefined
    ? undefined
    : stream === 'Readable'
      ? readableText(writer, type, at)
      : streamText(nodeName(writer, stream, 'node:stream'));
}

/** One of Node's, or, where it is read by readers, a web stream. */
function readableText(writer: Writer, type: ts.Type, at: At): string {
  const { values, areObjects } = broughtBy(writer, type, at.key, at.hint);
  if (type.getProperty('getReader') !== undefined)
    return `new ReadableStream(madeUp.source(${quoted(at.key)}, ${values}))`;
  const name = nodeName(writer, 'Readable', 'node:stream');
  const mode = areObjects ? 'objectMode: true, ' : '';
  return `new ${name}({ ${mode}read() { madeUp.reads(this, ${quoted(at.key)}, ${values}); } })`;
}

function streamText(name: string): string {
  return name === 'Writable' ? 'new Writable({ write(chunk, encoding, done) { done(); } })' : 'new PassThrough()';
}
