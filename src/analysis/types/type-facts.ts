/**
 * Why this file exists: what a type says about promises, as three-valued facts; the definitions follow
 * typescript-eslint's.
 */
import { type Tristate, type TypeFacts, unknownFacts } from './questions';
import type { TypeReader } from './type-reader';

export const primitiveFacts: TypeFacts = {
  promise: 'no',
  thenable: 'no',
  alwaysThenable: 'no',
  promiseArray: 'no',
  mixed: false,
  nullable: false,
  isNothing: 'no',
};

export const nothingFacts: TypeFacts = { ...primitiveFacts, nullable: true, isNothing: 'yes' };

/** Of `Promise<T>`, whatever `T` is. */
export const promiseFacts: TypeFacts = { ...primitiveFacts, promise: 'yes', thenable: 'yes', alwaysThenable: 'yes' };

/** Computes facts of types, remembering each type of one program. */
export class TypeFactsReader<T> {
  private readonly known = new Map<T, TypeFacts>();
  private readonly promises = new Map<T, boolean>();

  constructor(private readonly types: TypeReader<T>) {}

  of(type: T): TypeFacts {
    let facts = this.known.get(type);
    if (facts === undefined) {
      facts = this.compute(type);
      this.known.set(type, facts);
    }
    return facts;
  }

  private compute(type: T): TypeFacts {
    const { types } = this;
    if (types.isAny(type)) return unknownFacts;
    if (types.isPrimitive(type)) return types.isNothing(type) ? nothingFacts : primitiveFacts;
    const parts = types.constituents(types.apparent(type));
    const open = isOpen(type, types);
    const promises = parts.filter((part) => this.isPromise(part));
    const others = parts.filter((part) => !promises.includes(part) && !types.isNothing(part));
    return {
      promise: promises.length > 0 ? 'yes' : parts.some((part) => types.isAny(part)) ? 'unknown' : 'no',
      thenable: open ? 'unknown' : some(parts, (part) => this.isThenable(part)),
      alwaysThenable: open ? 'unknown' : every(parts, (part) => this.isThenable(part)),
      promiseArray: some(types.constituents(type), (part) => this.holdsPromises(part)),
      mixed: promises.length > 0 && others.length > 0,
      nullable: parts.some((part) => types.isNothing(part)),
      isNothing: parts.every((part) => types.isNothing(part)) ? 'yes' : 'no',
    };
  }

  private isPromise(type: T): boolean {
    let answer = this.promises.get(type);
    if (answer === undefined) {
      // A class that extends itself does not compile, but is asked about all the same.
      this.promises.set(type, false);
      answer = this.computePromise(type);
      this.promises.set(type, answer);
    }
    return answer;
  }

  private computePromise(type: T): boolean {
    const { types } = this;
    if (types.isPrimitive(type)) return false;
    // What no part has the whole has not; that is one request instead of some for each part.
    if (types.isIntersection(type) && !types.hasProperty(type, 'then')) return false;
    const intersected = types.intersected(type);
    if (intersected !== undefined) return intersected.some((part) => this.isPromise(part));
    const parts = types.constituents(type);
    if (parts.length !== 1 || parts[0] !== type) return parts.every((part) => this.isPromise(part));
    if (types.isTypeParameter(type)) {
      const constraint = types.constraint(type);
      return constraint !== undefined && constraint !== type && this.isPromise(constraint);
    }
    // What it has is asked of every type anyway; what it is and what it extends would cost three more requests.
    if (!types.hasProperty(type, 'then')) return false;
    return types.libraryName(type) === 'Promise' || types.bases(type).some((base) => this.isPromise(base));
  }

  private isThenable(type: T): Tristate {
    const { types } = this;
    if (types.isAny(type)) return 'unknown';
    if (types.isPrimitive(type)) return 'no';
    // Its `then` is the library's, or overrides that under the same contract.
    if (this.isPromise(type)) return 'yes';
    const then = types.property(type, 'then');
    if (then === undefined) return 'no';
    if (types.isAny(then)) return 'unknown';
    return types.constituents(then).some((part) => this.takesFunction(part)) ? 'yes' : 'no';
  }

  /** What an `await` calls takes a function first; every other `then` is no promise's. */
  private takesFunction(then: T): boolean {
    if (this.types.isPrimitive(then)) return false;
    return this.types.signatures(then, 'call').some((signature) => {
      const first = signature.parameters()[0];
      if (first === undefined) return false;
      const taken = first.isRest ? (this.types.elements(first.type)?.[0] ?? first.type) : first.type;
      const parts = this.types.constituents(this.types.apparent(taken));
      return parts.some((part) => this.types.isAny(part) || this.isCallable(part));
    });
  }

  private isCallable(type: T): boolean {
    return !this.types.isPrimitive(type) && this.types.hasCallSignature(type);
  }

  private holdsPromises(part: T): Tristate {
    const { types } = this;
    if (types.isPrimitive(part)) return 'no';
    const type = types.apparent(part);
    if (types.isAny(type)) return 'unknown';
    return some(types.elements(type) ?? [], (element) => {
      if (types.isAny(element)) return 'unknown';
      return types.constituents(types.apparent(element)).some((each) => this.isPromise(each)) ? 'yes' : 'no';
    });
  }
}

export function every<T>(types: readonly T[], test: (type: T) => Tristate): Tristate {
  const refuted = some(types, (type) => opposite[test(type)]);
  return opposite[refuted];
}

const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' } as const;

export function some<E>(types: readonly E[], test: (type: E) => Tristate): Tristate {
  let result: Tristate = 'no';
  for (const type of types) {
    const answer = test(type);
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

/** A type parameter that may stand for anything. */
export function isOpen<T>(type: T, types: TypeReader<T>): boolean {
  if (!types.isTypeParameter(type)) return false;
  const constraint = types.constraint(type);
  return constraint === undefined || types.isAny(constraint);
}
