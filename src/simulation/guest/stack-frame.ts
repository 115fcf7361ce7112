/** Why this file exists: what is known of one frame of a stack before it becomes text. */
import type { Spot } from './user-places';

export interface StackFrame {
  /** `Cart.add`, `new Cart`, `Array.map`, '' for what has no name. */
  readonly name: string;
  /** Undefined for built-in functions and those of Node. */
  readonly spot: Spot | undefined;
  /** Of a function of Node's, all that its line says. */
  readonly text?: string;
  readonly f: unknown;
  /** Of the program's functions: see frame-names.ts. */
  readonly own?: string;
  readonly called?: string;
  readonly isCertain?: boolean;
  readonly isGenerator?: boolean;
  readonly isAsync?: boolean;
  /** It makes an object. */
  readonly makes: boolean;
  /** It waits for the one above. */
  readonly waits?: boolean;
  /** Of Promise.all: which element it waits for. */
  readonly index?: number;
}
