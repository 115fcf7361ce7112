/** Why this file exists: what a function of a stand-in does: answers at once, later, or calls back. */
import ts from 'typescript';
import { indentedRest, parenthesized, quoted, singular } from '../made-up-words';
import { isPlainName, symbolOf, type At, type Writer } from './writer';

/** What follows the name of a function or method. */
export function callText(writer: Writer, signatures: readonly ts.Signature[], key: string, owner?: ts.Type): string {
  const { parameters, expression } = answerTo({ writer, key, owner, depth: 0, args: 'arguments' }, signatures);
  return `(${parameters}) {\n  return ${indentedRest(expression)};\n}`;
}

/** The same as a value, so far down in others. */
export function arrowText(writer: Writer, signatures: readonly ts.Signature[], key: string, depth = 0): string {
  const call = { writer, key, owner: undefined, depth, args: 'args' };
  const { isCalled, parameters, expression } = answerTo(call, signatures);
  return `(${isCalled ? '...args' : parameters}) => ${expression}`;
}

/** What is called, whose member it is, and how far down it stands. */
interface Call {
  readonly writer: Writer;
  readonly key: string;
  readonly owner: ts.Type | undefined;
  readonly depth: number;
  /** What all that it is given is called. */
  readonly args: string;
}

interface Answer {
  /** It may be given a function to call. */
  readonly isCalled: boolean;
  readonly parameters: string;
  readonly expression: string;
}

/** Who is handed a listener tells it something besides. */
function answerTo(call: Call, signatures: readonly ts.Signature[]): Answer {
  const answer = plainlyTo(call, signatures);
  const chosen = chosenOf(call.writer, signatures, call.owner);
  const told = answer.isCalled || call.writer.inPlace !== undefined ? undefined : toldTo(call.writer, chosen, call.key);
  if (told === undefined) return answer;
  const { key, args } = call;
  const expression = `madeUp.told(${quoted(key)}, ${args}, () => [${told.join(', ')}], () => ${answer.expression})`;
  return { ...answer, isCalled: true, expression };
}

/** `consume(queue, onMessage)`: what the listener is given. */
function toldTo(writer: Writer, chosen: ts.Signature | undefined, key: string): string[] | undefined {
  const { checker } = writer;
  const name = /[^.]*$/.exec(key)?.[0] ?? '';
  if (!/^(?:consume|subscribe|listen|watch|observe|tail|poll)/i.test(name)) return undefined;
  for (const parameter of chosen?.parameters ?? []) {
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
    const [signature] = (type.isUnion() ? type.types : [type]).flatMap((each) => each.getCallSignatures());
    const given = signature?.parameters.length === 0 ? undefined : signature?.parameters;
    if (given === undefined || /err|reject|fail/i.test(parameter.name)) continue;
    return given.map((each) => writer.value(checker.getTypeOfSymbol(each), { hint: each.name, depth: 1, key }));
  }
  return undefined;
}

function plainlyTo(call: Call, signatures: readonly ts.Signature[]): Answer {
  const { writer, key, owner, args } = call;
  const chosen = chosenOf(writer, signatures, owner);
  const callback = callbackOf(writer, signatures, chosen, key);
  const parameters = parametersOf(chosen);
  const returned = chosen === undefined ? undefined : writer.checker.getReturnTypeOfSignature(chosen);
  const promised = returned && promisedBy(writer, returned);
  if (writer.inPlace !== undefined) return plainAnswer(call, { returned, promised, callback });
  const [argument = ''] = parameters.split(', ');
  const valueOf = (type: ts.Type): string => byArgument(call, signatures, argument) + made(call, type);
  if (callback !== undefined) {
    const type = promised ?? callback.value;
    const value = type === undefined ? 'undefined' : valueOf(type);
    const isNothing =
      returned === undefined || promised !== undefined || (returned.flags & ts.TypeFlags.VoidLike) !== 0;
    const more = isNothing ? '' : `, () => ${made(call, returned)}`;
    return { isCalled: true, parameters, expression: `madeUp.called(${quoted(key)}, ${args}, () => ${value}${more})` };
  }
  if (promised !== undefined)
    return { isCalled: false, parameters, expression: `madeUp.later(${quoted(key)}, () => ${valueOf(promised)})` };
  const value = returned === undefined ? 'undefined' : valueOf(returned);
  return { isCalled: false, parameters, expression: `madeUp.now(${quoted(key)}, () => ${value})` };
}

/** Commands: what is answered depends on the class of the first argument, where the program gives several. */
function byArgument(call: Call, signatures: readonly ts.Signature[], argument: string): string {
  const { writer } = call;
  const uses = signatures.flatMap(({ declaration }) => (declaration && writer.used.get(declaration)) ?? []);
  const [usual, ...others] = uses;
  const seen = new Set([usual?.first]);
  return others
    .flatMap(({ first, signature }) => {
      if (argument === '' || first === undefined || seen.has(first)) return [];
      seen.add(first);
      const name = writer.commandClass(first);
      const returned = writer.checker.getReturnTypeOfSignature(signature);
      const value = name && made(call, promisedBy(writer, returned) ?? returned);
      return value === undefined ? [] : [`${argument} instanceof ${name} ? ${value} : `];
    })
    .join('');
}

interface Found {
  readonly returned: ts.Type | undefined;
  readonly promised: ts.Type | undefined;
  readonly callback: Callback | undefined;
}

/** An argument answers at once, as plain JavaScript. */
function plainAnswer(call: Call, { returned, promised, callback }: Found): Answer {
  const valueOf = (type: ts.Type | undefined): string => (type === undefined ? 'undefined' : made(call, type));
  if (callback !== undefined) {
    const expression = `{ ${call.args}.at(-1)(null, ${valueOf(callback.value)}); }`;
    return { isCalled: true, parameters: '', expression };
  }
  if (promised === undefined) return { isCalled: false, parameters: '', expression: valueOf(returned) };
  return { isCalled: false, parameters: '', expression: `Promise.resolve(${valueOf(promised)})` };
}

/** Their names, for those who read how it was called. */
function parametersOf(signature: ts.Signature | undefined): string {
  const names = (signature?.parameters ?? []).map(({ name }, i) => (isPlainName(name) ? name : `arg${i}`));
  return names.filter((each, i) => names.indexOf(each) === i).join(', ');
}

function made({ writer, key, owner, depth }: Call, type: ts.Type): string {
  if (owner !== undefined && isItself(type, owner)) return 'this';
  const hint = /[^.]*$/.exec(key)?.[0] ?? 'value';
  return parenthesized(writer.value(type, { hint: nounOf(hint), depth, key }));
}

/** `findUsers` answers users, `getName` a name. */
function nounOf(name: string): string {
  const noun = /^(?:get|find|fetch|load|read|list|create|make|query|select)(?:All|Many|One|First)?([A-Z]\w*)$/.exec(
    name,
  )?.[1];
  return noun === undefined ? name : noun.charAt(0).toLowerCase() + noun.slice(1);
}

/** The signature that the program calls, else the first that answers a promise, else the first. */
function chosenOf(
  { checker, used }: Writer,
  signatures: readonly ts.Signature[],
  owner: ts.Type | undefined,
): ts.Signature | undefined {
  const isOpen = owner === undefined || isGeneric(checker, owner);
  const called = signatures.flatMap((signature) => {
    const found = signature.declaration && used.get(signature.declaration)?.[0]?.signature;
    // Where nothing is open the type of the owner says more than a call of another owner's.
    return found === undefined ? [] : [isOpen || signature.typeParameters !== undefined ? found : signature];
  });
  return called[0] ?? signatures.find((each) => isPromise(checker.getReturnTypeOfSignature(each))) ?? signatures[0];
}

function isGeneric(checker: ts.TypeChecker, owner: ts.Type): boolean {
  return (
    owner.isClassOrInterface() &&
    owner.typeParameters !== undefined &&
    checker.getDeclaredTypeOfSymbol(owner.symbol) === owner
  );
}

function isPromise(type: ts.Type): boolean {
  return /^Promise(?:Like)?$/.test(symbolOf(type)?.name ?? '');
}

/** `this`, or its own type: calls are chained. */
function isItself(returned: ts.Type, owner: ts.Type): boolean {
  if ('isThisType' in returned && returned.isThisType === true) return true; // an internal field of type parameters
  const symbol = symbolOf(returned);
  return returned === owner || (symbol !== undefined && symbol === owner.symbol && owner.isClassOrInterface());
}

/** What a promise is fulfilled with; undefined for what is no promise, or is one and more that the program uses. */
function promisedBy(writer: Writer, type: ts.Type): ts.Type | undefined {
  if (type.isUnion()) {
    const parts = type.types.map((each) => promisedBy(writer, each)).filter((each) => each !== undefined);
    return parts[0];
  }
  if (!(type.flags & ts.TypeFlags.Object) || type.getProperty('then') === undefined) return undefined;
  const isMore = type
    .getProperties()
    .some(({ name }) => !/^(?:then|catch|finally)$/.test(name) && writer.isMentioned(name) && !name.startsWith('__@'));
  return isMore && !isPromise(type) ? undefined : writer.checker.getAwaitedType(type);
}

interface Callback {
  readonly value: ts.Type | undefined;
}

/** The last parameter, where it is a function of an error and a value: of the signature that is called first. */
function callbackOf(
  writer: Writer,
  signatures: readonly ts.Signature[],
  chosen: ts.Signature | undefined,
  key: string,
): Callback | undefined {
  if (/^(?:on|once|off|(?:add|remove|prepend|prependOnce)\w*Listener)$/.test(/[^.]*$/.exec(key)?.[0] ?? ''))
    return undefined;
  for (const signature of [...(chosen === undefined ? [] : [chosen]), ...signatures]) {
    const last = signature.parameters[signature.parameters.length - 1];
    const found = last && callbackIn(writer, last);
    if (found !== undefined) return found;
  }
  return undefined;
}

function callbackIn({ checker }: Writer, parameter: ts.Symbol): Callback | undefined {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
  const [signature] = (type.isUnion() ? type.types : [type]).flatMap((each) => each.getCallSignatures());
  const [error, value] = signature?.parameters ?? [];
  // What is called when something goes wrong, and only then, is none.
  if (error === undefined || /^(?:on)?err(?:or)?$/i.test(parameter.name)) return undefined;
  const isError =
    /^_?e(?:rr(?:or)?)?$/i.test(error.name) ||
    /Error|Exception/.test(checker.typeToString(checker.getTypeOfSymbol(error)));
  return isError ? { value: value && checker.getTypeOfSymbol(value) } : undefined;
}

/** Two values that come one after the other. */
export function yields(writer: Writer, type: ts.Type | undefined, at: At): string {
  const of = (place: number): string =>
    type === undefined
      ? 'undefined'
      : writer.value(type, { ...at, hint: singular(at.hint), depth: at.depth + 1, place });
  if (writer.inPlace !== undefined) return `yield ${of(1)}; yield ${of(2)};`;
  const next = (place: number): string => `yield madeUp.later(${quoted(`${at.key}.next`)}, () => (${of(place)}));`;
  return `${next(1)} ${next(2)}`;
}
