/**
 * Why this file exists: Node's inspect takes every built-in of V8 as it loads; those that this engine lacks are put
 * there for that moment.
 */
// The types know only the names that there are.
const globals = globalThis as unknown as Record<string, unknown>;
export const lentNames: readonly string[] = ['Atomics'].filter((name) => globals[name] === undefined);
for (const name of lentNames) globals[name] = {};
