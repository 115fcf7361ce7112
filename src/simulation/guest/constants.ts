/** Why this file exists: what is set instead of a constant (lower/constants.ts), which says that it cannot be. */
import { onDeadZone } from './errors';
import { NativeTypeError } from './primordials';

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
