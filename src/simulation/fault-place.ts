/**
 * Why this file exists: what the lowering tells the guest about places where errors can arise. The engine says `not a
 * function`, V8 says which: `list.first is not a function`.
 */

/**
 * `call` and `new`: of what may not be callable; `sure` and `made`: of what probably is. `iterate`: spread, `for…of`,
 * an array pattern; `open`: where its iterator is asked for, if that is elsewhere; `next`: where the next element is.
 * `take`: an object pattern. `read`, `write` and `delete`: of a property. `in`: of `#x in`, what follows V8's words.
 * `private`: of a private member, by whom it belongs to. `convert`: what may call `valueOf` and its like. `name`: of a
 * variable that may not be there, `assign`: where it is set. `constructor`: where a class's is said to be; `static`:
 * where a class that has static parts runs them. `function`: no fault, but what a stack calls the code that runs
 * there, `type|own` (lower/stack-names.ts); where V8 would say it is stands the site by which it notes what it is
 * called on, or -1. `first`: of the same function, where it is said to be when the stack is full.
 */
export type FaultKind =
  | 'call'
  | 'new'
  | 'sure'
  | 'made'
  | 'iterate'
  | 'open'
  | 'take'
  | 'read'
  | 'write'
  | 'delete'
  | 'in'
  | 'private'
  | 'next'
  | 'convert'
  | 'constructor'
  | 'static'
  | 'name'
  | 'assign'
  | 'first'
  | 'function';

/**
 * One place: where the engine may say it is (from, to), where V8 says it is, words, and for calls where their
 * arguments end and what their first is, if it is written there and no function; `message` is all that V8 says where
 * what is called is iterated; `callee` what is written there, if the words do not say so. Positions are line ×
 * 1,000,000 + column, both from 1. Words of `=` mean that the program remembers the value as it runs (`$_ta`), and V8
 * spells that; words after `<` are those of an object that a pattern of a list is inside of.
 */
export type FaultPlace = readonly [
   kind: FaultKind, from: number, to: number, at: number, words: string,
  end?: number, argument?: string | null, message?: string | null,
  callee?: string,
];
