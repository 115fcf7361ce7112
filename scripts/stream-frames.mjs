/**
 * Where Node's streams call what they call, for stacks. The package's functions are Node's, formatted otherwise: each call in the bundle of
 * the part is found again in Node's text by its function, what is called there, and which of such calls it is. `stream-places.json` has
 * the calls of Node 20.20.2; run by that version, this file writes it.
 */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';

const folder = 'internal/streams/';
const recorded = fileURLToPath(new URL('stream-places.json', import.meta.url));

/** What V8 calls a function that is assigned; undefined for what depends on more than the text. */
function assignedName({ type, object, property, computed }) {
  if (type !== 'MemberExpression' || computed || property.type !== 'Identifier') return undefined;
  if (object.type === 'Identifier') return `${object.name}.${property.name}`;
  const isPrototype = object.type === 'MemberExpression' && object.property.name === 'prototype' && object.object.type === 'Identifier';
  return isPrototype ? `${object.object.name}.${property.name}` : undefined;
}

/** The bundler numbers names that it has met before. */
const withoutNumber = name => name?.replace(/\b([A-Za-z_$]+)\d+\b/g, '$1');

const isFunction = node => /^(?:Arrow)?Function(?:Expression|Declaration)$/.test(node?.type ?? '');

/** Such a function is a method of something that the text does not tell. */
function usesThis(node) {
  if (node === null || typeof node !== 'object') return false;
  if (node.type === 'ThisExpression') return true;
  if (isFunction(node) && node.type !== 'ArrowFunctionExpression') return false;
  return Object.values(node).some(child => typeof child === 'object' && usesThis(child));
}

/** `called: [text, offset]` of each call of each function, by a key that says where the function stands. */
export function callsOf(text, root = parse(text, { ecmaVersion: 'latest', locations: true, allowReturnOutsideFunction: true })) {
  const functions = {};
  const counts = new Map();
  const visit = (node, key, shown, names) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each, key, shown, names);
      return;
    }
    if (typeof node.type !== 'string') return;
    if (isFunction(node)) {
      const own = withoutNumber(node.id?.name ?? names?.shown);
      const nth = counts.get(key) ?? 0;
      if (own === undefined) counts.set(key, nth + 1);
      const inner = `${key}/${own ?? `#${nth}`}`;
      const isPlain = names?.isOdd !== true && !(own?.includes('.') !== true && node.type !== 'ArrowFunctionExpression' && usesThis(node.body));
      for (const part of [node.params, node.body]) visit(part, inner, isPlain ? own ?? '' : undefined, undefined);
      return;
    }
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const { callee } = node;
      const words = withoutNumber(text.slice(callee.start, callee.end).replace(/\s+|\?/g, ''));
      const at = node.type === 'NewExpression' ? node.start : callee.type === 'MemberExpression' ? callee.property.start : callee.start;
      (functions[key] ??= { shown, calls: [] }).calls.push({ words, at, end: node.end });
    }
    for (const [field, child] of Object.entries(node)) {
      let given;
      if (field === 'right' && node.type === 'AssignmentExpression' && isFunction(child)) given = { shown: assignedName(node.left), isOdd: node.left.computed };
      if (field === 'init' && node.type === 'VariableDeclarator' && isFunction(child)) given = { shown: node.id.name };
      if (field === 'value' && (node.type === 'Property' || node.type === 'MethodDefinition')) given = { shown: node.key?.name, isOdd: true };
      visit(child, key, shown, given);
    }
  };
  visit(root, '', undefined, undefined);
  return functions;
}

function placeAt(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${before.at(-1).length + 1}`;
}

function record() {
  const natives = process.binding('natives');
  const files = {};
  for (const [name, text] of Object.entries(natives)) {
    if (!name.startsWith(folder)) continue;
    const functions = {};
    for (const [key, { calls }] of Object.entries(callsOf(text))) functions[key] = calls.map(({ words, at }) => `${words} ${placeAt(text, at)}`);
    files[name.slice(folder.length)] = functions;
  }
  fs.writeFileSync(recorded, `${JSON.stringify(files, null, 1)}\n`);
}

/**
 * What the package does in one function and Node in several, or otherwise: frames in place of one. What begins with `@` is the class of the
 * object that the function there is called on; `%` is the one that the function above is called on.
 */
const otherwise = {
  'util /once/#0 callback.apply': ['node:internal/util:527:20'],
  'transform /final this._flush': ['%.final [as _final] (node:internal/streams/transform:128:10)'],
  'writable /callFinal stream._final': ['prefinish (node:internal/streams/writable:916:14)'],
  'writable /finish onfinishCallbacks[i]': ['@Array', 'callFinishedCallbacks (node:internal/streams/writable:982:25)', 'finish (node:internal/streams/writable:953:3)'],
};

/**
 * For the text of the part: by line `[from, to, name, …frames]`, calls and what Node's frames say of them. The engine places a call at the last
 * of its arguments, or where its name stands: both are between the columns. `name` is what is called.
 */
export function placesIn(text) {
  const files = JSON.parse(fs.readFileSync(recorded, 'utf8'));
  const found = {};
  const root = parse(text, { ecmaVersion: 'latest', allowReturnOutsideFunction: true });
  const lines = lineStarts(text);
  for (const [name, node] of modulesIn(root)) {
    const theirs = files[name] ?? {};
    for (const [key, { shown, calls }] of Object.entries(callsOf(text, node.body))) {
      const seen = new Map();
      for (const { words, at, end } of calls) {
        const nth = seen.get(words) ?? 0;
        seen.set(words, nth + 1);
        const all = (theirs[key] ?? []).filter(each => each.startsWith(`${words} `));
        const ours = calls.filter(each => each.words === words);
        // One that Node makes at one place alone is made there.
        const place = shown === undefined ? undefined : all[all.length === 1 ? 0 : all.length === ours.length ? nth : -1]?.slice(words.length + 1);
        const where = `node:${folder}${name}:${place}`;
        const frames = otherwise[`${name} ${key} ${words}`] ?? (place && [shown === '' ? where : `${shown} (${where})`]);
        if (!frames) continue;
        const [line, last] = engineAt(lines, end);
        const [first, column] = engineAt(lines, at);
        (found[line] ??= []).push([first === line ? column : 1, last, /[\w$]*$/.exec(words)[0], ...frames]);
        if (first !== line) (found[first] ??= []).push([column, 1000, /[\w$]*$/.exec(words)[0], ...frames]);
      }
    }
  }
  return found;
}

function lineStarts(text) {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** Line and column, both from 1. */
function engineAt(starts, offset) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return [low + 1, offset - starts[low] + 1];
}

/** The bundler's wrappers of the package's files. */
function modulesIn(root) {
  const found = [];
  const visit = node => {
    if (node === null || typeof node !== 'object') return;
    if (node.type === 'Property' && isFunction(node.value) && typeof node.key.value === 'string') {
      const [, name] = /readable-stream\/lib\/(?:internal\/streams|ours)\/([\w-]+)\.js$/.exec(node.key.value) ?? [];
      if (name !== undefined) found.push([name, node.value]);
    }
    for (const child of Object.values(node)) if (typeof child === 'object') visit(child);
  };
  visit(root);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) record();
