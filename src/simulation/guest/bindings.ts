/** Why this file exists: the errors of bindings that the lowered program asks for, where the engine would say less. */
import { NativeReferenceError, NativeTypeError } from './primordials';

/** $_kc: stands for a constant that is written to; its name. ECMA-262 §9.1.1.1.5 SetMutableBinding. */
export function onConstant(read: () => unknown, name: string): { v: unknown } {
  const look = (): unknown => {
    try {
      return read();
    } catch {
      return onDeadZone(name);
    }
  };
  return {
    get v() {
      return look();
    },
    set v(_value) {
      look();
      throw new NativeTypeError('Assignment to constant variable.');
    },
  };
}

/** $_j: a pattern was given undefined or null. */
export function onNothingToTakeApart(value: unknown, before: string, after: string): never {
  throw new NativeTypeError(`${before}${String(value)}${after}`);
}

/** $_uz: a variable is used before its declaration; what has this value is not declared yet. */
export function onDeadZone(name: string): never {
  throw new NativeReferenceError(`Cannot access '${name}' before initialization`);
}
