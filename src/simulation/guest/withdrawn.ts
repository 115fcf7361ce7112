/**
 * Why this file exists: a class of Node's shows a program no member but Node's own. What the runtime alone may ask of
 * it, since only the class can look inside, is written as static members, and taken off the class as soon as it is
 * made.
 */
export function withdrawn<C extends object, K extends keyof C & string>(owner: C, ...keys: readonly K[]): Pick<C, K> {
  const members = Object.fromEntries(keys.map((key) => [key, owner[key]]));
  for (const key of keys) Reflect.deleteProperty(owner, key);
  return members as Pick<C, K>; // those that were asked for
}
