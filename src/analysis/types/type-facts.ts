/**
 * Why this file exists: what TypeScript 6's checker says about promises, as three-valued facts; the definitions follow
 * typescript-eslint's.
 */
import ts from 'typescript';
import { type Tristate, type TypeFacts, unknownFacts } from './questions';

/** Computes facts of types, remembering each type of one program. */
export class TypeFactsReader {
  private readonly known = new Map<ts.Type, TypeFacts>();

  constructor(
    private readonly program: ts.Program,
    private readonly checker: ts.TypeChecker,
  ) {}

  of(type: ts.Type): TypeFacts {
    let facts = this.known.get(type);
    if (facts === undefined) {
      facts = this.compute(type);
      this.known.set(type, facts);
    }
    return facts;
  }

  private compute(type: ts.Type): TypeFacts {
    if (isAny(type)) return unknownFacts;
    const parts = constituents(this.checker.getApparentType(type));
    const promises = parts.filter((part) => this.isPromise(part));
    const others = parts.filter((part) => !promises.includes(part) && (part.flags & nothing) === 0);
    return {
      promise: promises.length > 0 ? 'yes' : parts.some(isAny) ? 'unknown' : 'no',
      thenable: some(parts, (part) => this.isThenable(part)),
      promiseArray: some(constituents(type), (part) => this.holdsPromises(this.checker.getApparentType(part))),
      mixed: promises.length > 0 && others.length > 0,
      callable: some(parts, (part) => (part.getCallSignatures().length > 0 ? 'yes' : 'no')),
    };
  }

  private isPromise(type: ts.Type): boolean {
    if (type.isIntersection()) return type.types.some((part) => this.isPromise(part));
    if (type.isUnion()) return type.types.every((part) => this.isPromise(part));
    if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint !== undefined && constraint !== type && this.isPromise(constraint);
    }
    const symbol = type.getSymbol();
    if (symbol === undefined) return false;
    if (symbol.name === 'Promise' && this.isFromDefaultLibrary(symbol)) return true;
    if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0) return false;
    // A class or interface symbol always declares an interface type.
    const declared = this.checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType;
    return this.checker.getBaseTypes(declared).some((base) => this.isPromise(base));
  }

  private isFromDefaultLibrary(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((node) => this.program.isSourceFileDefaultLibrary(node.getSourceFile()));
  }

  private isThenable(type: ts.Type): Tristate {
    if (isAny(type)) return 'unknown';
    const then = type.getProperty('then');
    if (then === undefined) return 'no';
    const thenType = this.checker.getTypeOfSymbol(then);
    if (isAny(thenType)) return 'unknown';
    return constituents(thenType).some((part) => part.getCallSignatures().length > 0) ? 'yes' : 'no';
  }

  private holdsPromises(type: ts.Type): Tristate {
    if (isAny(type)) return 'unknown';
    if (!this.checker.isArrayType(type) && !this.checker.isTupleType(type)) return 'no';
    // Both kinds of array are references to a generic type.
    const elements = this.checker.getTypeArguments(type as ts.TypeReference);
    return some(elements, (element) => {
      if (isAny(element)) return 'unknown';
      return constituents(this.checker.getApparentType(element)).some((part) => this.isPromise(part)) ? 'yes' : 'no';
    });
  }
}

const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Never;

function isAny(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

function constituents(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function some(types: readonly ts.Type[], test: (type: ts.Type) => Tristate): Tristate {
  let result: Tristate = 'no';
  for (const type of types) {
    const answer = test(type);
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}
