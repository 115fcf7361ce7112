/**
 * Why this file exists: which events an emitter of a stand-in tells, and what its listeners are given, by the overloads
 * of `on` in its type, and by the calls of the program where that is generic. What streams bring, likewise.
 */
import ts from 'typescript';
import { indented, parenthesized, quoted, singular } from '../made-up-words';
import { isForeign, isKey, symbolName, symbolOf, type Writer } from './writer';

const ways = ['on', 'addListener', 'once'];
/** Of what is no emitter but an event target. */
const targetWays = ['addEventListener'];
/** A member that holds a listener: `onmessage`. */
export const handlerName = /^on[a-z]+$/;

/** What each listener is given, by the name of the event, in the order of the type. */
type Events = Map<string, readonly Given[]>;

interface Given {
  readonly hint: string;
  readonly type: ts.Type;
}

/** It has `on(event: 'x', listener: …)`. */
export function hasEvents(writer: Writer, type: ts.Type): boolean {
  return type.getProperty('on') !== undefined && eventsOf(writer, type).size > 0;
}

/** It has `addEventListener`, and no `on`: who listens is given an event. */
export function isTarget(writer: Writer, type: ts.Type): boolean {
  return type.getProperty('on') === undefined && eventsOf(writer, type).size > 0;
}

/** `on` answers a function that ends the listening. */
export function answersEnd({ checker }: Writer, type: ts.Type): boolean {
  const [signature] = signaturesOf(checker, type, 'on');
  return signature !== undefined && checker.getReturnTypeOfSignature(signature).getCallSignatures().length > 0;
}

function eventsOf(writer: Writer, type: ts.Type): Events {
  const events: Events = new Map();
  const isEmitter = type.getProperty('on') !== undefined;
  if (!isEmitter && type.getProperty('addEventListener') === undefined) return events;
  if (!isEmitter) addHandlers(writer, events, type);
  for (const way of isEmitter ? ways : targetWays)
    for (const signature of signaturesOf(writer.checker, type, way)) {
      addFrom(writer, events, signature, literalsOf(writer.checker, signature));
      const { declaration } = signature;
      for (const use of (declaration && writer.used.get(declaration)) ?? [])
        if (use.text !== undefined && use.receiver === symbolOf(type))
          addFrom(writer, events, use.signature, [use.text]);
    }
  return events;
}

/** `target.onmessage = listener`. */
function addHandlers({ checker, isMentioned }: Writer, events: Events, type: ts.Type): void {
  for (const member of type.getProperties()) {
    if (!handlerName.test(member.name) || !isMentioned(member.name)) continue;
    const called = calledIn(checker, checker.getTypeOfSymbol(member));
    const given = called && givenTo(checker, called);
    if (given !== undefined) events.set(member.name.slice(2), given);
  }
}

/** How a listener is called, which may be null or an object as well. */
function calledIn(checker: ts.TypeChecker, type: ts.Type): ts.Signature | undefined {
  const of = checker.getNonNullableType(type);
  return (of.isUnion() ? of.types : [of]).flatMap((each) => each.getCallSignatures())[0];
}

function signaturesOf(checker: ts.TypeChecker, type: ts.Type, name: string): readonly ts.Signature[] {
  const member = type.getProperty(name);
  return member === undefined ? [] : checker.getTypeOfSymbol(member).getCallSignatures();
}

/** The names that a signature is for. */
function literalsOf(checker: ts.TypeChecker, { parameters: [first] }: ts.Signature): string[] {
  const type = first && checker.getTypeOfSymbol(first);
  const parts = type === undefined ? [] : type.isUnion() ? type.types : [type];
  return parts.every((each) => each.isStringLiteral()) ? parts.map(({ value }) => value) : [];
}

function addFrom({ checker, isMentioned }: Writer, events: Events, signature: ts.Signature, names: string[]): void {
  const [, listener] = signature.parameters;
  const called = listener && calledIn(checker, checker.getTypeOfSymbol(listener));
  const given = called && givenTo(checker, called);
  if (given === undefined) return;
  for (const name of names)
    if (!events.has(name) && (name.match(/[\p{ID_Continue}$]+/gu) ?? []).every(isMentioned)) events.set(name, given);
}

/** Undefined where nothing is known of it: it may be given anything. */
function givenTo(checker: ts.TypeChecker, { parameters }: ts.Signature): readonly Given[] | undefined {
  const all: Given[] = [];
  for (const parameter of parameters) {
    const type = checker.getTypeOfSymbol(parameter);
    const declaration = parameter.valueDeclaration;
    const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
    if (checker.isTupleType(type) && (isRest || parameters.length === 1)) all.push(...elementsOf(checker, type));
    else if (isRest && parameters.length === 1) return undefined;
    else if (!isRest) all.push({ hint: parameter.name, type });
  }
  return all;
}

function elementsOf(checker: ts.TypeChecker, type: ts.Type): Given[] {
  const { target } = type as ts.TupleTypeReference; // asked for before
  return checker.getTypeArguments(type as ts.TupleTypeReference).map((each, i) => {
    const name = target.labeledElementDeclarations?.[i]?.name;
    return { hint: name !== undefined && ts.isIdentifier(name) ? name.text : 'value', type: each };
  });
}

/** Streams tell these themselves. */
const ofStreams = /^(?:data|end|close|error|readable|pause|resume|pipe|unpipe|drain|finish)$/;

/** What each event gives, as an object. */
export function eventsText(writer: Writer, type: ts.Type, key: string, isStream: boolean): string {
  const parts = [...eventsOf(writer, type)].flatMap(([name, given]) => {
    if (isStream && ofStreams.test(name)) return [];
    const values = given.map(({ hint, type: of }) => writer.value(of, { hint, depth: 1, key: `${key}.${name}` }));
    return [`${isKey(name) ? name : quoted(name)}: () => [${values.join(', ')}],`];
  });
  return parts.length === 0 ? '{}' : `{\n${indented(parts.join('\n'))}\n}`;
}

export interface Brought {
  /** Two values. */
  readonly values: string;
  readonly areObjects: boolean;
}

/** What a stream of this type brings. */
export function broughtBy(writer: Writer, type: ts.Type, key: string, hint: string): Brought {
  const chunk = chunkOf(writer, type);
  const isText = chunk === undefined || /^(?:string|Buffer|Uint8Array)\b/.test(writer.checker.typeToString(chunk));
  const of = (place: number): string =>
    chunk === undefined
      ? quoted(`${hint} ${place}`)
      : parenthesized(writer.value(chunk, { hint: singular(hint), depth: 1, key, place }));
  return { values: `() => [${of(1)}, ${of(2)}]`, areObjects: !isText };
}

/** By what is iterated, else by `data`, else by a web stream's type argument; undefined where it may be anything. */
function chunkOf(writer: Writer, type: ts.Type): ts.Type | undefined {
  const { checker } = writer;
  const known = (each: ts.Type | undefined): each is ts.Type =>
    each !== undefined && (each.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) === 0;
  const iterated = type.getProperties().flatMap((member) => {
    if (symbolName(member) !== 'asyncIterator') return [];
    const calls = checker.getTypeOfSymbol(member).getCallSignatures();
    return calls.map((each) => argumentOf(checker, checker.getReturnTypeOfSignature(each)));
  });
  const found = iterated.find(known) ?? eventsOf(writer, type).get('data')?.[0]?.type;
  if (known(found)) return found;
  const own = isForeign(writer, symbolOf(type)) ? argumentOf(checker, type) : undefined;
  return known(own) ? own : undefined;
}

function argumentOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  return checker.getTypeArguments(type as ts.TypeReference)[0]; // none for what is no reference
}
