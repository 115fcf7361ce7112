/** Why this file exists: the members of an object or a class of a stand-in, by its type. */
import ts from 'typescript';
import { indented, indentedRest, parenthesized, quoted } from '../made-up-words';
import { callText, yields } from './calls';
import { deepest, keyText, symbolName, type At, type Writer } from './writer';

/** Members of one object. */
const mostMembers = 40;

/** The members that a value of a type shows, without what the class below it has. */
export function membersOf(
  writer: Writer,
  type: ts.Type,
  owner: string,
  isLeftOut: (name: string) => boolean = () => false,
): Members {
  const members: Members = { fields: [], methods: [] };
  for (const member of type.getProperties()) {
    if (members.fields.length + members.methods.length >= mostMembers) break;
    if (!isPrivate(member) && !isLeftOut(member.name)) addMember(writer, members, member, type, owner);
  }
  return members;
}

/** As they are written in a class, and, with commas between them, in an object. */
export interface Members {
  /** `name` and its value. */
  readonly fields: { readonly name: string; readonly value: string }[];
  readonly methods: string[];
}

function addMember(writer: Writer, members: Members, member: ts.Symbol, owner: ts.Type, ownerKey: string): void {
  const { checker } = writer;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(member));
  const wellKnown = symbolName(member);
  if (wellKnown !== undefined) {
    addWellKnown(writer, members, wellKnown, type, ownerKey);
    return;
  }
  const { name } = member;
  if (name === 'prototype' || name.startsWith('__@')) return;
  const key = `${ownerKey}.${name}`;
  const calls = type.getCallSignatures();
  if (name === 'then' && calls.length > 0) {
    const value = checker.getAwaitedType(owner);
    const text =
      value === undefined ? 'undefined' : parenthesized(writer.value(value, { hint: lastOf(ownerKey), depth: 0, key }));
    members.methods.push(
      `then(...reactions) {\n  return madeUp.later(${quoted(key)}, () => ${indentedRest(text)}).then(...reactions);\n}`,
    );
  } else if (calls.length > 0) {
    if (writer.isMentioned(name) && type.getProperties().length === 0)
      members.methods.push(`${keyText(name)}${callText(writer, calls, key, owner)}`);
    else if (writer.isMentioned(name)) addField(writer, members, member, type, key);
  } else if (!isHidden(writer, name)) addField(writer, members, member, type, key);
}

/** What begins so is nobody's business, but for a name that the program has and the usual one of a key. */
function isHidden(writer: Writer, name: string): boolean {
  return /^[_$]/.test(name) && name !== '_id' && !writer.isMentioned(name);
}

function addField(writer: Writer, members: Members, member: ts.Symbol, type: ts.Type, key: string): void {
  const before = writer.uses;
  const value = writer.value(writtenFirst(writer, member) ?? type, { hint: member.name, depth: 1, key });
  if (writer.uses === before) members.fields.push({ name: member.name, value });
  else if (writer.isMentioned(member.name))
    members.methods.push(
      `get ${keyText(member.name)}() {\n  return madeUp.member(this, ${quoted(member.name)}, () => ${indentedRest(parenthesized(value))});\n}`,
    );
}

/** The first part of a union that a property is declared with: the checker keeps them in another order. */
function writtenFirst({ checker }: Writer, member: ts.Symbol): ts.Type | undefined {
  const declaration = member.valueDeclaration;
  if (declaration === undefined || !(ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration)))
    return undefined;
  if (declaration.type === undefined || !ts.isUnionTypeNode(declaration.type)) return undefined;
  const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;
  const first = declaration.type.types
    .map((each) => checker.getTypeFromTypeNode(each))
    .find((each) => (each.flags & nothing) === 0);
  return first === undefined || (first.flags & ts.TypeFlags.Instantiable) !== 0 ? undefined : first;
}

function addWellKnown(writer: Writer, members: Members, name: string, type: ts.Type, ownerKey: string): void {
  const key = `${ownerKey}.${name}`;
  const [signature] = type.getCallSignatures();
  const returned = signature && writer.checker.getReturnTypeOfSignature(signature);
  // None for what is no reference.
  const [element] = returned === undefined ? [] : writer.checker.getTypeArguments(returned as ts.TypeReference);
  const at: At = { hint: lastOf(ownerKey), depth: 0, key };
  if (name === 'asyncIterator')
    members.methods.push(`async *[Symbol.asyncIterator]() {\n  ${yields(writer, element, at)}\n}`);
  else if (name === 'iterator') {
    const of = (place: number): string =>
      element === undefined ? 'undefined' : writer.value(element, { ...at, depth: 1, place });
    members.methods.push(`*[Symbol.iterator]() {\n  yield ${of(1)};\n  yield ${of(2)};\n}`);
  } else if (name === 'asyncDispose' || name === 'dispose')
    members.methods.push(`[Symbol.${name}]${callText(writer, type.getCallSignatures(), key)}`);
}

export function isPrivate(member: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    member.name.startsWith('__#') ||
    (member.declarations ?? []).some((each) => (ts.getCombinedModifierFlags(each) & hidden) !== 0)
  );
}

export function lastOf(key: string): string {
  const name = /[^.]*$/.exec(key)?.[0] ?? 'value';
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** An object as it is written. */
export function membersText(writer: Writer, type: ts.Type, at: At): string {
  return objectText(membersAt(writer, type, at));
}

export function objectText({ fields, methods }: Members): string {
  const parts = [...fields.map(({ name, value }) => `${keyText(name)}: ${value}`), ...methods];
  if (parts.length === 0) return '{}';
  return methods.length === 0 && fields.length <= 4
    ? `{ ${parts.join(', ')} }`
    : `{\n${indented(parts.join(',\n'))},\n}`;
}

/** Plain data, one level below where it stands. */
function membersAt(writer: Writer, type: ts.Type, at: At): Members {
  const members: Members = { fields: [], methods: [] };
  for (const member of type.getProperties()) {
    if (members.fields.length >= mostMembers) break;
    if (isPrivate(member) || symbolName(member) !== undefined || isHidden(writer, member.name)) continue;
    const of = writer.checker.getNonNullableType(writer.checker.getTypeOfSymbol(member));
    if (of.getCallSignatures().length > 0 || at.depth >= deepest) continue;
    const before = writer.uses;
    const place = at.place === undefined ? {} : { place: at.place };
    const value = writer.value(writtenFirst(writer, member) ?? of, {
      hint: member.name,
      depth: at.depth + 1,
      key: `${at.key}.${member.name}`,
      ...place,
    });
    if (writer.uses === before) members.fields.push({ name: member.name, value });
    else
      members.methods.push(
        `get ${keyText(member.name)}() {\n  return madeUp.member(this, ${quoted(member.name)}, () => ${indentedRest(parenthesized(value))});\n}`,
      );
  }
  return members;
}
