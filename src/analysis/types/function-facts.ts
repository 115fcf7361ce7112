/** Why this file exists: what calling a value answers, from the signatures of its type. */
import type { FunctionFacts, Tristate } from './questions';
import { every, type TypeFactsReader } from './type-facts';
import type { TypeReader } from './type-reader';

/** Computes what functions return, remembering each type of one program. */
export class FunctionFactsReader<T> {
  private readonly known = new Map<T, FunctionFacts>();

  constructor(
    private readonly types: TypeReader<T>,
    private readonly facts: TypeFactsReader<T>,
  ) {}

  of(type: T): FunctionFacts {
    let facts = this.known.get(type);
    if (facts === undefined) {
      facts = this.compute(type);
      this.known.set(type, facts);
    }
    return facts;
  }

  private compute(type: T): FunctionFacts {
    const { types } = this;
    if (types.isAny(type))
      return { returnsThenable: 'unknown', returnsVoid: false, takesArgument: false, takesSecond: false, callable: 'unknown' };
    const all = types.constituents(types.apparent(type));
    const parts = all.filter((part) => !types.isPrimitive(part));
    const signatures = parts.flatMap((part) => (types.hasCallSignature(part) ? types.signatures(part, 'call') : []));
    const results = signatures.map((signature) => signature.returns());
    const counts = signatures.map((signature) => signature.parameterCount);
    const answers = results.map((result) => (result === undefined ? 'unknown' : this.facts.of(result).thenable));
    const thenable = answers.includes('yes');
    return {
      returnsThenable: thenable ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no',
      returnsVoid: !thenable && results.some((result) => result !== undefined && types.isVoid(result)),
      takesArgument: counts.some((count) => count > 0),
      takesSecond: counts.some((count) => count > 1),
      callable: every(all, (part) => this.isCallable(part)),
    };
  }

  private isCallable(part: T): Tristate {
    if (this.types.isAny(part)) return 'unknown';
    return !this.types.isPrimitive(part) && this.types.hasCallSignature(part) ? 'yes' : 'no';
  }
}
