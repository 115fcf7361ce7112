/**
 * Why this file exists: the engine's call sites become the frames of V8's stacks: frames of the program under V8's
 * names, built-in functions as `Array.map (<anonymous>)`, none of the runtime's own.
 */
import {
  NativeWeakMap, apply, bareList, getOwnPropertyDescriptor, getPrototypeOf, isCallable, regExpExec,
} from './primordials';
import { waiting } from './async-stack';
import { frameName, isIdentifier } from './frame-names';
import { resumedBy } from './generators';
import { nameOn, receiverFrom } from './receivers';
import { trapOf } from './proxies';
import { accessAround, accessKinds, type Access } from './access-places';
import { awaitSpot, callsAround, describe, placeAround, placeParts, placeText, userSpot, type Spot } from './user-places';

/** The engine's own. */
export interface EngineSite {
  isNative(): boolean;
  isConstructor(): boolean;
  getFunction(): unknown;
  getFileName(): string | null;
  getFunctionName(): string | null;
  getLineNumber(): number;
  getColumnNumber(): number;
}

export interface StackFrame {
  /** `Cart.add`, `new Cart`, `Array.map`, '' for what has no name. */
  readonly name: string;
  /** Undefined for built-in functions. */
  readonly spot: Spot | undefined;
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

const builtinNames = new NativeWeakMap<object, string>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** Frames that V8 leaves out, since they hand over at once. */
const unseen = ['call', 'apply', 'bind', 'construct', 'then', 'catch', 'captureStackTrace'];

/** Names a built-in of the engine, or one of ours that stands for it. */
export function nameBuiltin(f: unknown, name: string): void {
  if (isCallable(f)) apply(remember, builtinNames, [f, name]);
}

/** Names all that can be found on the global object; called once, before any program runs. */
export function nameBuiltins(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    const owner = getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
    if (typeof name !== 'string' || (typeof owner !== 'object' && typeof owner !== 'function')) continue;
    if (owner === null || owner === globalThis) continue;
    nameBuiltinGlobal(name, owner);
  }
}

/** Names a global of the runtime's and its members. */
export function nameBuiltinGlobal(name: string, owner: object): void {
  if (isCallable(owner)) nameBuiltin(owner, name);
  nameMembers(owner, isCallable(owner) ? 'Function' : name);
  const prototype = getOwnPropertyDescriptor(owner, 'prototype')?.value as unknown;
  if (typeof prototype === 'object' && prototype !== null) nameMembers(prototype, name);
}

function nameMembers(owner: object, type: string): void {
  for (const key of Reflect.ownKeys(owner)) {
    const member = getOwnPropertyDescriptor(owner, key)?.value as unknown;
    const isMember = typeof key === 'string' && key !== 'constructor' && !unseen.includes(key);
    // The engine makes templates of `concat`.
    if (isMember && isCallable(member) && `${type}.${key}` !== 'String.concat') nameBuiltin(member, `${type}.${key}`);
  }
}

/**
 * The frames that a program may see, the innermost first; `at` is where the first is, when that is known better, and
 * `maker` the class whose `new` may be under way there.
 */
export function framesOf(sites: readonly EngineSite[], limit: number, at?: number, maker = ''): StackFrame[] {
  const frames = bareList<StackFrame>();
  let startsAsync = false;
  let built = false;
  let isNamed = true;
  let outer = 0;
  let trapped: Access | undefined;
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i];
    if (site === undefined) continue;
    const isProgram = !site.isNative() && site.getFileName() === 'program';
    if (!isProgram) trapped ??= accessOfTrap(site);
    resumes(frames, site, isProgram, limit);
    if (!isProgram && !isNamed) {
      const receiver = receiverFrom(site.getFunction());
      const last = frames[frames.length - 1];
      isNamed = receiver !== undefined;
      // Of an async function the property that holds it is not found by what runs.
      const isOpen = last?.isCertain !== true || last.isAsync === true;
      if (receiver !== undefined && last !== undefined && !last.makes && isOpen)
        frames[frames.length - 1] = { ...last, name: nameOn(receiver, last.name, outer) };
      if (receiver?.method === '') outer++;
    }
    if (frames.length >= limit) {
      if (isProgram && !startsAsync) break;
      startsAsync ||= !isProgram && isStarter(site);
      continue;
    }
    const callee = calleeOf(frames, i === 0 ? maker : '');
    const better = i === 0 ? at : (accessSpot(site, trapped ?? accessOf(callee)) ?? loopSpot(site, callee));
    const frame = isProgram ? programFrame(site, better, callee) : builtinFrame(site);
    if (isProgram) trapped = undefined;
    startsAsync ||= !isProgram && isStarter(site);
    if (frame === undefined || (isProgram && startsAsync)) {
      if (isProgram) startsAsync = false;
      continue;
    }
    if (!isProgram && built) continue;
    if (isProgram ? !built && callsVariable(frames, site) : callsBack(frame.name)) withoutReceiver(frames);
    built = !isProgram;
    isNamed = !isProgram;
    frames[frames.length] = frame;
  }
  waiting(limit - frames.length, (line) => {
    const frame = 'site' in line ? waitingFrame(line.site) : elementFrame(line.name, line.index);
    if (frame !== undefined) frames[frames.length] = frame;
  });
  return frames;
}

/** The body of a generator is run by one of the generator's methods, which V8 shows; loops of the engine do without. */
function resumes(frames: StackFrame[], site: EngineSite, isProgram: boolean, limit: number): void {
  const last = frames[frames.length - 1];
  if (last === undefined || last.makes || frames.length >= limit || last.isGenerator !== true) return;
  const how = isProgram ? undefined : resumedBy(site.getFunction());
  if (how === undefined && !isProgram && builtinFrame(site) === undefined) return;
  const called = how ?? 'next';
  const type = last.own !== undefined && last.own !== '' && isIdentifier(last.own) ? last.own : 'Generator';
  frames[frames.length] = { name: `${type}.${called}`, called, spot: undefined, f: undefined, makes: false };
}

/** A loop asks for its next element where its variable stands. */
function loopSpot(site: EngineSite, callee: string | undefined): number | undefined {
  const spot = callee === 'next' ? spotOf(site) : undefined;
  return spot && callsAround(spot).length === 0 ? placeAround(spot, ['loop'])?.[3] : undefined;
}

/** A trap stands between the code that touches a Proxy and the trap of the program. */
function accessOfTrap(site: EngineSite): Access | undefined {
  const kind = accessKinds[trapOf(site.getFunction()) ?? ''];
  return kind && { kind, key: '' };
}

/** A getter or setter ran last: `get q`, `set q [as q]`. */
function accessOf(callee: string | undefined): Access | undefined {
  const match = callee === undefined ? null : regExpExec(/^([gs])et (.*?)(?: \[as .*\])?$/, callee);
  return match === null ? undefined : { kind: match[1] === 'g' ? 'read' : 'write', key: match[2] ?? '' };
}

function accessSpot(site: EngineSite, access: Access | undefined): number | undefined {
  const spot = access && spotOf(site);
  return spot && access && accessAround(spot, access)?.[3];
}

/** The caller calls what ran last as a variable. */
function callsVariable(frames: readonly StackFrame[], caller: EngineSite): boolean {
  const last = frames[frames.length - 1];
  const spot = spotOf(caller);
  return last !== undefined && spot !== undefined && describe(spot, calleeName(last)).callsVariable;
}

const callbackTakers =
  /^(?:Array\.(?:map|forEach|filter|some|every|find\w*|reduce\w*|flatMap|(?:toS|s)ort)|(?:Map|Set)\.forEach|Function\.from|String\.replace(?:All)?)$/;

/** A built-in that calls what it is given on nothing. */
function callsBack(builtin: string): boolean {
  return regExpExec(callbackTakers, builtin) !== null;
}

/** What is called without a receiver goes by its own name alone. */
function withoutReceiver(frames: StackFrame[]): void {
  const last = frames[frames.length - 1];
  if (last?.spot === undefined || last.makes || last.isCertain === true) return;
  frames[frames.length - 1] = { ...last, name: last.own === '<anonymous>' ? '' : (last.own ?? last.name) };
}

function waitingFrame(site: number): StackFrame | undefined {
  const spot = awaitSpot(site);
  if (spot === undefined) return undefined;
  const { running } = describe(spot, undefined);
  return { name: running === undefined ? '' : frameName(running, undefined).name, spot, f: undefined, makes: false, waits: true };
}

function elementFrame(name: string, index: number): StackFrame {
  return { name, spot: undefined, f: undefined, makes: false, waits: true, index };
}

/** An async function runs in a generator of the runtime's; the function that the program called only starts it. */
function isStarter(site: EngineSite): boolean {
  const name = site.getFunctionName();
  return name === 'callAsyncFunction' || name === 'callAsyncGenerator';
}

/** The place of a call site in the user's files. */
export function spotOf(site: EngineSite): Spot | undefined {
  if (site.isNative() || site.getFileName() !== 'program') return undefined;
  return userSpot(site.getLineNumber(), site.getColumnNumber());
}

/** What the next frame called: what the last one is, or the class whose `new` is under way; undefined for neither. */
function calleeOf(frames: readonly StackFrame[], maker: string): string | undefined {
  const frame = frames[frames.length - 1];
  return frame === undefined ? maker || undefined : calleeName(frame);
}

/** The last name of a frame. */
function calleeName(frame: StackFrame): string {
  if (frame.called !== undefined && !frame.makes) return frame.called;
  const name = frame.name;
  const from = apply(lastIndexOf, name, ['.']) + 1;
  return apply(slice, name, [from > 0 ? from : apply(startsWith, name, ['new ']) ? 4 : 0]);
}

function programFrame(site: EngineSite, better: number | undefined, callee?: string): StackFrame | undefined {
  const spot = spotOf(site);
  if (spot === undefined) return undefined;
  const { running, at } = describe(spot, callee);
  const f = site.getFunction();
  const makes = site.isConstructor();
  const place = { spot: { file: spot.file, at: better ?? at }, f, makes };
  if (running === undefined) return { name: isModule(spot) ? '' : 'Object.<anonymous>', ...place };
  const { name, own, called, isCertain } = frameName(running, f);
  const isNew = makes && own !== '' && !apply(startsWith, own, ['new ']);
  return { name: isNew ? `new ${own}` : name, own, called, isCertain, isGenerator: running.isGenerator, isAsync: running.isAsync, ...place };
}

/** Stacks give files that are ES modules by their URL. */
function isModule(spot: Spot): boolean {
  return apply(startsWith, placeParts(spot).path, ['file:']);
}

const { startsWith, lastIndexOf, slice } = String.prototype;

function builtinFrame(site: EngineSite): StackFrame | undefined {
  const f = site.getFunction();
  const name = isCallable(f) ? (apply(lookUp, builtinNames, [f]) as string | undefined) : undefined;
  const makes = site.isConstructor();
  return name === undefined ? undefined : { name: makes ? `new ${name}` : name, spot: undefined, f, makes };
}

/** V8 leaves out the constructors of the error's own class. */
export function builds(frame: StackFrame | undefined, error: object): boolean {
  if (frame === undefined || !isCallable(frame.f) || !frame.makes) return false;
  const prototype = getOwnPropertyDescriptor(frame.f, 'prototype')?.value as unknown;
  for (let at = getPrototypeOf(error); at !== null; at = getPrototypeOf(at)) if (at === prototype) return true;
  return false;
}

/** `    at Cart.add (/project/cart.ts:3:9)` */
export function frameText({ name, spot, waits, index }: StackFrame): string {
  if (index !== undefined) return `async ${name} (index ${index})`;
  const place = spot === undefined ? '<anonymous>' : placeText(spot);
  if (waits === true) return `async ${name === '' ? place : `${name} (${place})`}`;
  return name === '' ? place : `${name} (${place})`;
}
