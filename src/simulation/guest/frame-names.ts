/**
 * Why this file exists: V8 names a frame by the object that its function was called on: `Cart.add`, `Object.load [as
 * start]`. Functions that may be methods note it as they begin. V8: src/objects/call-site-info.cc (AppendMethodCall).
 */
import { proxyDetails } from './proxy-guards';
import {
  apply, bareList, functionToString, getOwnPropertyDescriptor, getPrototypeOf, isCallable, isObject, ownKeys,
  regExpExec, symbolToStringTag,
} from './primordials';
import type { Callable } from './primordials';
import type { Running } from './user-places';

/** $_rc: what each function that may be a method was last called on, by its site. */
export const receivers = bareList<unknown>();

const { endsWith, startsWith } = String.prototype;

export interface FrameName {
  readonly name: string;
  /** The function's own name. */
  readonly own: string;
  /** The name that it was probably called by. */
  readonly called: string;
  /** What it was called on is known. */
  readonly isCertain: boolean;
}

/** The name of what runs; `f`: the function, which for async ones is a generator of the runtime's. */
export function frameName({ type, own: written, site, isAsync }: Running, f: unknown): FrameName {
  const own = ownName(written, f);
  if (site < 0 || !(site in receivers)) return { name: typed(type, own), own, called: own, isCertain: false };
  const receiver = receivers[site];
  if (receiver === undefined || receiver === null || receiver === globalThis)
    return { name: own === '<anonymous>' ? '' : own, own, called: own, isCertain: true };
  const method = methodName(receiver, own, f, isAsync);
  const called = method === '' ? own : method;
  const whole = own === '' ? `${typeName(receiver)}.${method === '' ? '<anonymous>' : method}` : typed(typeName(receiver), own);
  const isOther = own !== '' && method !== '' && !apply(endsWith, own, [method]);
  return { name: isOther ? `${whole} [as ${method}]` : whole, own, called, isCertain: true };
}

/** `o.f` and `get size` are shown as they are. */
function typed(type: string, own: string): string {
  if (own === '' || !isIdentifier(own)) return own;
  return type === '' || apply(startsWith, own, [type]) ? own : `${type}.${own}`;
}

export function isIdentifier(name: string): boolean {
  return name === '' || regExpExec(/^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|<anonymous>)$/u, name) !== null;
}

/** A name that is computed, or was given as the function was made, is known by the function alone. */
function ownName(written: string, f: unknown): string {
  if (written !== '<anonymous>' && written !== '<computed>') return written;
  const name = isCallable(f) ? (getOwnPropertyDescriptor(f, 'name')?.value as unknown) : undefined;
  return typeof name === 'string' && name !== '' ? name : written === '<computed>' ? '' : written;
}

/** JSReceiver::GetConstructorName, without running anything. */
export function typeName(receiver: unknown): string {
  if (!isObject(receiver)) return primitiveTypes[typeof receiver] ?? 'Object';
  if (proxyDetails(receiver)) return 'Proxy';
  if (isCallable(receiver)) return className(receiver) ?? 'Function';
  for (let at = getPrototypeOf(receiver); at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const name = makerName(getOwnPropertyDescriptor(at, 'constructor')?.value);
    if (name !== '' && name !== 'Object') return name;
  }
  for (let at: object | null = receiver; at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const tag = getOwnPropertyDescriptor(at, symbolToStringTag)?.value as unknown;
    if (typeof tag === 'string' && tag !== '') return tag;
  }
  return 'Object';
}

const primitiveTypes: Readonly<Record<string, string>> = {
  string: 'String', number: 'Number', boolean: 'Boolean', symbol: 'Symbol', bigint: 'BigInt',
};

/** Of a class, not of any other function. */
function className(f: Callable): string | undefined {
  const isClass = regExpExec(/^class\b/, functionToString(f)) !== null;
  const name = isClass ? nameOf(f) : '';
  return name === '' ? undefined : name;
}

function nameOf(maker: unknown): string {
  const name = isCallable(maker) ? (getOwnPropertyDescriptor(maker, 'name')?.value as unknown) : undefined;
  return typeof name === 'string' ? name : '';
}

/** A static field `name` does not rename what a class makes. */
function makerName(maker: unknown): string {
  if (!isCallable(maker)) return '';
  const own = getOwnPropertyDescriptor(maker, 'name');
  const written = own?.writable === true ? regExpExec(/^class\s+(?!extends\b)([^\s{]+)/, functionToString(maker))?.[1] : undefined;
  return written ?? nameOf(maker);
}

/**
 * The property that holds the function: of its own name, else the only one; '' when it is not found. The body of an
 * async function runs in a generator that no property holds.
 */
function methodName(receiver: unknown, own: string, f: unknown, isAsync: boolean): string {
  if (!isObject(receiver)) return '';
  const named = own === '' ? undefined : propertyOf(receiver, own);
  if (named !== undefined && (named === f || isAsync)) return own;
  if (isAsync) return '';
  let found = '';
  for (let at: object | null = receiver; at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const keys = ownKeys(at);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key !== 'string' || isIndex(key) || getOwnPropertyDescriptor(at, key)?.value !== f) continue;
      if (found !== '') return '';
      found = key;
    }
  }
  return found;
}

/** V8 does not look among elements. */
function isIndex(key: string): boolean {
  return regExpExec(/^(?:0|[1-9]\d*)$/, key) !== null;
}

function propertyOf(object: object, key: string): unknown {
  for (let at: object | null = object; at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return own.value;
  }
  return undefined;
}
