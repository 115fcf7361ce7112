/** Why this file exists: whether a value can be iterated or disposed of, asynchronously or not, and what it brings. */
import type { ProtocolFacts, Tristate } from './questions';
import { isOpen, some, type TypeFactsReader } from './type-facts';
import type { Protocol, TypeReader } from './type-reader';

/** Interfaces of the standard library whose first type argument is what they bring. */
const bringFirst = new Set(
  ('Iterable Iterator IterableIterator IteratorObject Generator ArrayIterator SetIterator MapIterator StringIterator ' +
    'RegExpStringIterator Set ReadonlySet AsyncIterable AsyncIterator AsyncIterableIterator AsyncIteratorObject ' +
    'AsyncGenerator').split(' '),
);

export function protocolFactsOf<T>(type: T, types: TypeReader<T>, facts: TypeFactsReader<T>): ProtocolFacts {
  const parts = types.constituents(types.apparent(type));
  function has(protocol: Protocol): Tristate {
    return some(parts, (part) => {
      if (types.isAny(part)) return 'unknown';
      return !types.isPrimitive(part) && types.hasProtocol(part, protocol) ? 'yes' : 'no';
    });
  }
  const brought = parts.flatMap((part) => broughtBy(part, types));
  return {
    asyncIterable: has('asyncIterator'),
    iterable: has('iterator'),
    asyncDisposable: has('asyncDispose'),
    disposesLater: some(parts, (part) => disposesLater(part, types, facts)),
    bringsThenables: some(brought, (each) => facts.of(each).thenable),
    // What a map brings are pairs.
    bringsPlain: parts.some((part) => isMap(part, types)) ? 'yes' : some(brought, (each) => isPlain(each, types, facts)),
  };
}

function disposesLater<T>(part: T, types: TypeReader<T>, facts: TypeFactsReader<T>): Tristate {
  if (types.isAny(part)) return 'unknown';
  const method = types.isPrimitive(part) ? undefined : types.protocolMethod(part, 'dispose');
  const results = method === undefined ? [] : types.signatures(method, 'call').map((signature) => signature.returns());
  return some(results, (result) => (result === undefined ? 'unknown' : facts.of(result).thenable));
}

/** The elements of a list, or what a known iterable yields; nothing where it is not known. */
function broughtBy<T>(part: T, types: TypeReader<T>): readonly T[] {
  if (types.isAny(part) || types.isPrimitive(part)) return [];
  const elements = types.elements(part);
  if (elements !== undefined) return elements;
  const first = types.typeArguments(part)[0];
  return first !== undefined && bringFirst.has(types.libraryName(part) ?? '') ? [first] : [];
}

function isMap<T>(part: T, types: TypeReader<T>): boolean {
  return !types.isAny(part) && !types.isPrimitive(part) && /^(Readonly)?Map$/.test(types.libraryName(part) ?? '');
}

function isPlain<T>(type: T, types: TypeReader<T>, facts: TypeFactsReader<T>): Tristate {
  if (types.isAny(type) || isOpen(type, types)) return 'unknown';
  return some(types.constituents(types.apparent(type)), (part) => {
    if (types.isAny(part)) return 'unknown';
    // A promise that may be missing is no mistake.
    if (types.isNothing(part)) return 'no';
    const { thenable } = facts.of(part);
    return thenable === 'no' ? 'yes' : thenable === 'yes' ? 'no' : 'unknown';
  });
}
