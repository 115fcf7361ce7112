/**
 * Why this file exists: fast-check makes values smaller but never lifts a statement out of the one around it. This
 * does: it drops elements of lists, and puts the inside of a statement, or an inner promise, in place of the whole.
 */
import type { Program } from './program';

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

const blockKeys = ['body', 'then', 'otherwise', 'handler', 'finalizer'];
const promiseKeys = ['promise', 'head'];

/** The smallest program found for which `fails` still holds; stops at the time `end`. */
export async function reduce(
  program: Program, fails: (program: Program) => Promise<boolean>, end: number,
): Promise<Program> {
  let smallest = program;
  for (let again = true; again;) {
    again = false;
    for (const candidate of smallerPrograms(smallest)) {
      if (Date.now() > end) return smallest;
      if (!(await fails(candidate))) continue;
      [smallest, again] = [candidate, true];
      break;
    }
  }
  return smallest;
}

/** A Program is plain JSON, and what `smaller` makes of one keeps its shape. */
function* smallerPrograms(program: Program): Generator<Program> {
  for (const json of smaller(program as unknown as Json, '')) yield json as unknown as Program;
}

function* smaller(json: Json, key: string): Generator<Json> {
  if (isList(json)) yield* smallerLists(json, key);
  else if (json !== null && typeof json === 'object') yield* smallerObjects(json, key);
}

function* smallerLists(list: readonly Json[], key: string): Generator<Json> {
  if (list.length > 2) yield* [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
  for (const index of list.keys()) yield list.toSpliced(index, 1);
  for (const [index, element] of list.entries()) {
    const insides = blockKeys.includes(key) ? [...within(element, blockKeys)].filter(isList) : [];
    yield* insides.map((inside) => list.toSpliced(index, 1, ...inside));
    for (const candidate of smaller(element, '')) yield list.with(index, candidate);
  }
}

function* smallerObjects(object: JsonObject, key: string): Generator<Json> {
  if (promiseKeys.includes(key)) yield* within(object, promiseKeys);
  for (const [name, value] of Object.entries(object)) {
    for (const candidate of smaller(value, name)) yield { ...object, [name]: candidate };
  }
}

/** Everything below `json` that stands under one of these names. */
function* within(json: Json, names: readonly string[]): Generator<Json> {
  if (json === null || typeof json !== 'object') return;
  for (const [name, value] of isList(json) ? [] : Object.entries(json)) if (names.includes(name)) yield value;
  for (const value of Object.values(json)) yield* within(value, names);
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
