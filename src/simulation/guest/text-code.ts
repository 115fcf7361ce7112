/**
 * Why this file exists: text that becomes code while the program runs: `eval` (ECMA-262 §19.2.1) and the constructors
 * of functions (§20.2.1.1). Text with asynchronous code is lowered first, by a function that the host lends: it takes a
 * string and answers a string.
 */
import { functionTexts } from './function-text';
import { endNow } from './ending';
import { siteNames } from './frames';
import {
  NativeSyntaxError,
  construct,
  defineProperty,
  get,
  getPrototypeOf,
  hide,
  isObject,
  named,
  ownKeys,
  regExpExec,
  setPrototypeOf,
  toText,
} from './primordials';
import { here } from './recorder';
import type { Gate } from './thinning';

type Lower = (text: string, flags: number) => string;

export const nativeEval = globalThis.eval as (text: unknown) => unknown;
const { parse: parseJson, stringify: writeJson } = JSON;
let lower: Lower = (text) => JSON.stringify({ code: text, names: [], texts: [] });

/** Bits of `flags`: the lowering's evals.ts names them. */
const isStrictText = 1;
const renamesArguments = 2;
const renamesNewTarget = 4;
const renamesSuper = 8;

function matches(pattern: RegExp, text: string): boolean {
  return regExpExec(pattern, text) !== null;
}

/** Other text means to the engine what it means to Node. Names of the probes are looked for too, also in escapes. */
function needsLowering(text: string, flags: number): boolean {
  return (
    matches(/\b(?:async|import|eval)\b|\$_|\\u/, text) ||
    ((flags & renamesArguments) !== 0 && matches(/\barguments\b/, text)) ||
    ((flags & renamesNewTarget) !== 0 && matches(/\bnew\s*\.\s*target\b/, text)) ||
    ((flags & renamesSuper) !== 0 && matches(/\bsuper\b/, text))
  );
}

interface Lowered {
  readonly code?: string;
  readonly error?: string;
  readonly taken?: string;
  readonly names?: readonly string[];
  readonly texts?: readonly (string | null)[];
}

function lowered(text: string, flags: number): string {
  const answer = parseJson(lower(text, flags)) as Lowered; // made by lower-text.ts
  const { code, error, taken } = answer;
  if (taken !== undefined) endNow({ kind: 'unsupported', message: taken, site: here() });
  if (code === undefined) throw new NativeSyntaxError(error ?? '');
  adopt(answer);
  hooks.onLowered();
  return code;
}

/** The places of a text that was lowered: the host counts them on, so they are known here whether it runs or not. */
function adopt({ names = [], texts = [] }: Lowered): void {
  for (let i = 0; i < names.length; i++) siteNames[siteNames.length] = names[i] ?? '';
  for (let i = 0; i < texts.length; i++) functionTexts[functionTexts.length] = texts[i] ?? undefined;
}

/** Instead of flags: the text, its flags and what it may name of the imports around it. */
const withImports = -3;

/** $_ev: the operand of a direct `eval`; `imports`: what it may name of the imports around it, as JSON. */
export function evalText(text: unknown, flags: number, imports?: string): unknown {
  if (typeof text !== 'string') return text;
  noted(text, flags);
  if (imports !== undefined) return lowered(`{"text":${writeJson(text)},"flags":${flags},"imports":${imports}}`, withImports);
  return needsLowering(text, flags) || mayUseYield(text, flags) ? lowered(text, flags) : text;
}

/** A variable of the code around it that has another name there: the lowering's moved-names.ts. */
function mayUseYield(text: string, flags: number): boolean {
  return (flags & isStrictText) === 0 && matches(/\byield\b/, text);
}

/** Instead of flags: lower-text.ts says what is wrong with a pattern. */
const askAboutPattern = -1;

/** What is wrong with a pattern, in V8's words; undefined when nothing is found. */
export function regExpFault(pattern: string, flags: string): string | undefined {
  const { error } = parseJson(lower(writeJson([pattern, flags]), askAboutPattern)) as Lowered;
  return error === '' ? undefined : error;
}

/** Instead of flags: late-modules.ts says what a specifier means. */
const askForModuleFlag = -2;

/** What a module is whose name only the running program knows; the answer is the host's. */
export function askForModule(asked: object): unknown {
  return parseJson(lower(writeJson(asked), askForModuleFlag));
}

/** Told that there is code now that counts steps of its own. */
const hooks: { onLowered(): void } = { onLowered: () => undefined };

/** The text that is becoming code, should the engine find that it does not parse. */
const becoming = { text: '', flags: 0 };

function noted(text: string, flags: number): void {
  becoming.text = text;
  becoming.flags = flags;
}

/** What is wrong with it, in V8's words; undefined when another parser takes it. */
export function textFault(): string | undefined {
  const answer = parseJson(lower(becoming.text, becoming.flags)) as Lowered; // made by lower-text.ts
  adopt(answer);
  return answer.error;
}

/** $_ge: `eval` where it is not called directly: its text is a script of its own. */
export const indirectEval = named(
  { call: (text: unknown): unknown => nativeEval(evalText(text, 0)) }.call,
  'eval',
  1,
);

interface Kind {
  readonly name: string;
  readonly head: string;
  /** The engine's own constructor, which knows every error in the text. */
  readonly native: new (...texts: string[]) => object;
  readonly isAsync: boolean;
}

const kinds: readonly Kind[] = [
  { name: 'Function', head: 'function', native: makerOf('function'), isAsync: false },
  { name: 'GeneratorFunction', head: 'function*', native: makerOf('function*'), isAsync: false },
  { name: 'AsyncFunction', head: 'async function', native: makerOf('async function'), isAsync: true },
  { name: 'AsyncGeneratorFunction', head: 'async function*', native: makerOf('async function*'), isAsync: true },
];

/** What makes functions of a kind: the `constructor` of one. */
function makerOf(head: string): Kind['native'] {
  const f = nativeEval(`(${head} () {})`) as object;
  return get(getPrototypeOf(f) as object, 'constructor') as Kind['native']; // every function's prototype has one
}

/** ECMA-262 §20.2.1.1.1 CreateDynamicFunction. */
function dynamicFunction(kind: Kind, texts: readonly unknown[], newTarget: object, own: object): object {
  const last = texts.length - 1;
  let parameters = '';
  for (let i = 0; i < last; i++) parameters += `${i === 0 ? '' : ','}${toText(texts[i])}`;
  const body = last < 0 ? '' : toText(texts[last]);
  noted(`(${source(kind, parameters, body)})`, 0);
  // Each must be whole by itself (steps 15–17): neither a comment nor a bracket begins in one and ends elsewhere.
  const native = construct(kind.native, [parameters, body]);
  if (matches(/\/\*|\*\/|[)\]}]/, `${parameters}\n${body}`)) {
    mustBeWhole(kind, parameters, '');
    mustBeWhole(kind, '', body);
  }
  const text = source(kind, parameters, body);
  const f = kind.isAsync || needsLowering(text, 0) ? made(text) : native;
  const prototype = newTarget === own ? undefined : get(newTarget, 'prototype');
  if (isObject(prototype)) setPrototypeOf(f, prototype);
  return f;
}

/** As an expression and as a declaration: what closes the one early and goes on is none of the other. */
function mustBeWhole(kind: Kind, parameters: string, body: string): void {
  construct(kind.native, [parameters, body]);
  construct(kind.native, ['', source(kind, parameters, body)]);
}

function source(kind: Kind, parameters: string, body: string): string {
  return `${kind.head} anonymous(${parameters}\n) {\n${body}\n}`;
}

/** A declaration in a block has no name but its own, and the engine runs it as a script of its own. */
function made(text: string): object {
  return nativeEval(`(() => { ${lowered(text, 0)}\nreturn anonymous; })()`) as object; // a function
}

function ownMaker(kind: Kind, prototype: object): object {
  const maker = named(
    function (this: unknown, ...texts: unknown[]): object {
      return dynamicFunction(kind, texts, new.target ?? maker, maker);
    },
    kind.name,
    1,
  );
  defineProperty(maker, 'prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  return maker;
}

/** Puts our constructors where the engine's were; `prototypes` are those of lowered functions, by the kind's name. */
export function installTextCode(prototypes: Readonly<Record<string, object>>): void {
  hide(globalThis, 'eval', indirectEval);
  let base: object | undefined;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i];
    if (kind === undefined) continue;
    const prototype = prototypes[kind.name] ?? (kind.native.prototype as object);
    const maker = ownMaker(kind, prototype);
    if (base === undefined) {
      base = maker;
      hide(globalThis, 'Function', maker);
      hide(prototype, 'constructor', maker);
    } else {
      setPrototypeOf(maker, base);
      defineProperty(prototype, 'constructor', { value: maker, writable: false, enumerable: false, configurable: true });
    }
  }
}

/**
 * Lends the host's function, and gives text that runs as a script the probes by their names: the program's script
 * declares them for that (program.ts).
 */
export function openTextCode(host: Lower, probes: Readonly<Record<string, unknown>>, onFirst: () => void): Gate {
  lower = host;
  hooks.onLowered = onFirst;
  let names = '';
  for (const name of ownKeys(probes) as string[]) names += `${name}: $_${name}, `; // only names written out
  const connect = nativeEval(
    `(($_given) => { ({ ${names} } = $_given); return { steps: () => $_n, setLimit: (v) => { $_lim = v; } }; })`,
  ) as (given: object) => Gate; // as the text says
  return connect(probes);
}
