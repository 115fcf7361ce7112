/**
 * Why this file exists: what the lowering tells the guest about places where errors can arise. The engine says `not a
 * function`, V8 says which: `list.first is not a function`.
 */

/**
 * `call` and `new`: of what may not be callable; `sure` and `made`: of what probably is. `iterate`: spread, `for…of`,
 * an array pattern. `take`: an object pattern. `read`, `write` and `delete`: of a property. `in`: of `#x in`, what
 * follows V8's words. `loop`: a `for…of`, at what asks for the next element. `private`: of a private member, by whom
 * it belongs to. `function`: no fault, but what a stack calls the code that runs there, `type|own` (lower/stack-
 * names.ts); where V8 would say it is stands the site by which it notes what it is called on, or -1.
 */
export type FaultKind =
  | 'call'
  | 'new'
  | 'sure'
  | 'made'
  | 'iterate'
  | 'take'
  | 'read'
  | 'write'
  | 'delete'
  | 'in'
  | 'private'
  | 'loop'
  | 'function';

/**
 * One place: where the engine may say it is (from, to), where V8 says it is, words, and for calls where their
 * arguments end and what their first is, if it is written there and no function; `message` is all that V8 says where
 * what is called is iterated. Positions are line × 1,000,000 + column, both from 1. Words of `=` mean that the program
 * remembers the value as it runs (`$_ta`), and V8 spells that; words after `<` are those of an object that a pattern of
 * a list is inside of.
 */
export type FaultPlace = readonly [
   kind: FaultKind, from: number, to: number, at: number, words: string,
  end?: number, argument?: string | null, message?: string,
];
