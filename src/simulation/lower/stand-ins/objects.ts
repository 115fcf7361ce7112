/**
 * Why this file exists: objects of a stand-in. What has functions that the program names is made by a function of its
 * own, once for each type; plain data stands where it is wanted.
 */
import { indented, quoted } from '../made-up-words';
import ts from 'typescript';
import { arrowText } from './calls';
import { emitterFor } from './classes';
import { eventsText, hasEvents } from './events';
import { lastOf, membersOf, objectText } from './members';
import { freeName, isKey, mostBlocks, symbolName, symbolOf, type At, type Writer } from './writer';

/** It has functions that the program names, can be called, or is waited for or gone through. */
export function isMadeByFactory(writer: Writer, type: ts.Type): boolean {
  if (type.getCallSignatures().length > 0) return true;
  return type.getProperties().some((member) => {
    const wellKnown = symbolName(member);
    if (wellKnown !== undefined) return /iterator$/i.test(wellKnown);
    const of = writer.checker.getNonNullableType(writer.checker.getTypeOfSymbol(member));
    return of.getCallSignatures().length > 0 && (member.name === 'then' || writer.isMentioned(member.name));
  });
}

/** A call of the function that makes values of this type. */
export function factoryFor(writer: Writer, given: ts.Type, at: At): string {
  const type = oneOfBuilders(writer, given);
  if (writer.inPlace !== undefined) return inPlaceText(writer, type, at);
  const emitter = emitterFor(writer, type);
  if (emitter !== undefined) return `new ${emitter}()`;
  const known = writer.names.get(type);
  if (known === undefined && writer.names.size >= mostBlocks) return '{}';
  writer.uses++;
  if (known !== undefined) return `${known}()`;
  const typeName = type.aliasSymbol?.name ?? /^(?!__).+/.exec(symbolOf(type)?.name ?? '')?.[0];
  const name = freeName(writer, `make${typeName ?? lastOf(at.key).replace(/^./, (first) => first.toUpperCase())}`);
  writer.names.set(type, name);
  const key = typeName === undefined ? at.key : `${writer.module}.${typeName}`;
  const value = livingText(writer, type, key, callableText(writer, type, key));
  writer.blocks.push({
    name,
    base: undefined,
    text: `function ${name}() {\n  return ${indented(value).trimStart()};\n}`,
  });
  return `${name}()`;
}

/** The first builder of the same kind that brings the same. */
function oneOfBuilders({ checker, builders }: Writer, type: ts.Type): ts.Type {
  const symbol = symbolOf(type);
  if (symbol === undefined || type.getProperty('then') === undefined) return type;
  const awaited = checker.getAwaitedType(type);
  if (awaited === undefined) return type;
  const where = symbol.declarations?.[0];
  const brings = checker.typeToString(awaited, undefined, ts.TypeFormatFlags.NoTruncation);
  const key = `${where?.getSourceFile().fileName ?? ''} ${where?.pos ?? 0} ${brings}`;
  const first = builders.get(key) ?? type;
  builders.set(key, first);
  return first;
}

/** What can be called and tells events as well. */
function livingText(writer: Writer, type: ts.Type, key: string, value: string): string {
  if (!hasEvents(writer, type)) return value;
  return `madeUp.emitting(${value}, ${quoted(key)}, ${eventsText(writer, type, key, false)})`;
}

/** The same where it is wanted, with nothing beside it. */
function inPlaceText(writer: Writer, type: ts.Type, at: At): string {
  const calls = type.getCallSignatures();
  if (calls.length > 0) return arrowText(writer, calls, at.key, at.depth + 1);
  if (at.depth > mostInPlace) return '{}';
  const parts = type.getProperties().flatMap((member) => {
    const of = writer.checker.getNonNullableType(writer.checker.getTypeOfSymbol(member));
    const isCalled = of.getCallSignatures().length > 0;
    if (!isKey(member.name) || (isCalled && !writer.isMentioned(member.name))) return [];
    return [`${member.name}: ${writer.value(of, { hint: member.name, depth: at.depth + 1, key: member.name })}`];
  });
  return parts.length === 0 ? '{}' : `{ ${parts.slice(0, mostMembersInPlace).join(', ')} }`;
}

const [mostInPlace, mostMembersInPlace] = [2, 20];

/** What a module exports: an object, or a function with members. Of its members those that the program names. */
export function exportedText(writer: Writer, type: ts.Type, key: string): string {
  return callableText(writer, type, key, (name) => !writer.isMentioned(name));
}

/** An object, or a function with members. */
function callableText(writer: Writer, type: ts.Type, key: string, isLeftOut?: (name: string) => boolean): string {
  const calls = type.getCallSignatures();
  const members = objectText(membersOf(writer, type, key, isLeftOut));
  if (calls.length === 0) return members;
  const call = arrowText(writer, calls, key);
  return members === '{}' ? call : `Object.assign(${call}, ${members})`;
}
