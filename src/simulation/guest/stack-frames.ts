/**
 * Why this file exists: the engine's call sites become the frames of V8's stacks: frames of the program under V8's
 * names, built-in functions as `Array.map (<anonymous>)`, none of the runtime's own.
 */
import type { FaultPlace } from '../fault-place';
import { apply, bareList, getOwnPropertyDescriptor, getPrototypeOf, isCallable, regExpExec } from './primordials';
import { waiting, type AsyncLine } from './async-stack';
import { builtinName } from './builtin-names';
import { frameName, isIdentifier } from './frame-names';
import { resumedBy } from './generators';
import { immediates, nameOn, ofCalledOn, receiverFrom, type Receiver } from './receivers';
import { trapOf } from './proxies';
import { accessAt, accessKinds, accessOf, constructorAt, loopAt, isCalled, type Access } from './access-places';
import { isOnObject, nodeFrame, onNothing, onReceiver, places, stands } from './frames-of-node';
import { isPlaced } from './placed-lines';
import type { StackFrame } from './stack-frame';
export type { StackFrame } from './stack-frame';
import { calledByWay, isCalledByNode, isOfProgram, type EngineSite } from './unseen-frames';
import { awaitSpot, describe, placeParts, placeText, userSpot, type Spot } from './user-places';

/**
 * The frames that a program may see, the innermost first; `at` is where the first is, when that is known better, and
 * `maker` the class whose `new` may be under way there.
 */
export function framesOf(sites: readonly EngineSite[], limit: number, at?: number, maker = ''): StackFrame[] {
  const frames = bareList<StackFrame>();
  let startsAsync = false;
  let built = false;
  let isNamed = true;
  let latest = 0;
  let outer = 0;
  let trapped: Access | undefined;
  let unseen: string | undefined;
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i];
    if (site === undefined) continue;
    const isProgram = isOfProgram(site);
    if (!isProgram) trapped ??= accessOfTrap(site);
    resumes(frames, site, isProgram, limit);
    const receiver = isProgram ? undefined : receiverFrom(site.getFunction());
    if (receiver !== undefined && !isNamed) {
      const last = frames[latest];
      isNamed = true;
      // Of an async function the property that holds it is not found by what runs.
      const isOpen = last?.text === undefined
        ? last?.isCertain !== true || last.isAsync === true
        : receiver.emits === true;
      if (last !== undefined && !last.makes && isOpen)
        frames[latest] = onReceiver(last, nameOn(receiver, last.name, outer));
    }
    const emits = receiver?.emits === true ? outer++ : outer;
    if (frames.length >= limit) {
      if (isProgram && !startsAsync) break;
      startsAsync ||= !isProgram && isStarter(site);
      continue;
    }
    const stood = isProgram ? 'no' : stands(frames, sites, i, emits, limit);
    if (stood === 'last') break;
    if (stood === 'yes') {
      isNamed = true;
      built = false;
      unseen = undefined;
      continue;
    }
    if (!isProgram && isPlaced(site)) {
      const count = frames.length;
      places(frames, site, sites[i - 1], limit);
      built &&= frames.length === count;
      // Whoever calls a function that is not shown calls none of those that are.
      isNamed = frames.length === count || apply(includes, frames[frames.length - 1]?.name ?? '', ['.']);
      latest = frames.length - 1;
      continue;
    }
    const last = isProgram ? frames[frames.length - 1] : undefined;
    if (last !== undefined && isOnObject(last) && callsVariable(frames, site))
      frames[frames.length - 1] = onNothing(last);
    const callee = calleeOf(frames, i === 0 ? maker : '');
    const called = isProgram ? unseen : undefined;
    const accessed = i === 0 ? undefined : accessSpot(site, trapped ?? accessOf(callee));
    const frame = isProgram
      ? programFrame(site, i === 0 ? at : undefined, accessed, callee, called)
      : isCalledByNode(sites, i) ? undefined : builtinFrame(site, sites[i + 1]);
    if (isProgram) trapped = undefined;
    unseen = isProgram || frame !== undefined ? undefined : (calledByWay(site) ?? unseen);
    startsAsync ||= !isProgram && isStarter(site);
    if (frame === undefined || (isProgram && startsAsync)) {
      if (isProgram) startsAsync = false;
      continue;
    }
    if (!isProgram && built && !isCallOfBuiltin(frame, frames[frames.length - 1])) continue;
    if (isProgram ? !built && callsVariable(frames, site) : callsBack(frame.name)) withoutReceiver(frames);
    if (!isProgram && (frame.name === 'JSON.stringify' || frame.name === 'JSON.parse')) withHolder(frames);
    built = !isProgram;
    if (isProgram) {
      isNamed = false;
      latest = frames.length;
    }
    frames[frames.length] = frame;
  }
  waiting(limit - frames.length, (line) => {
    const frame = waits(line);
    if (frame !== undefined) frames[frames.length] = frame;
  });
  return frames;
}

/** The body of a generator is run by one of the generator's methods, which V8 shows; loops of the engine do without. */
function resumes(frames: StackFrame[], site: EngineSite, isProgram: boolean, limit: number): void {
  const last = frames[frames.length - 1];
  if (last === undefined || last.makes || frames.length >= limit || last.isGenerator !== true) return;
  const how = isProgram ? undefined : resumedBy(site.getFunction());
  if (how === undefined && !isProgram && builtinName(site.getFunction()) === undefined) return;
  const called = how ?? 'next';
  const isNameless = last.own === undefined || last.own === '' || apply(startsWith, last.own, ['[']);
  const type = isNameless ? 'Generator' : last.own;
  frames[frames.length] = { name: `${type}.${called}`, called, spot: undefined, f: undefined, makes: false };
}

/** A trap stands between the code that touches a Proxy and the trap of the program. */
function accessOfTrap(site: EngineSite): Access | undefined {
  const trap = trapOf(site.getFunction()) ?? '';
  const kind = accessKinds[trap];
  return kind && { kind, key: trap === 'ownKeys' ? '*' : '' };
}

function accessSpot(site: EngineSite, access: Access | undefined): FaultPlace | undefined {
  const spot = access && spotOf(site);
  return spot && access && accessAt(spot, access);
}

/** The caller calls what ran last as a variable. */
function callsVariable(frames: readonly StackFrame[], caller: EngineSite): boolean {
  const last = frames[frames.length - 1];
  const spot = spotOf(caller);
  return last !== undefined && spot !== undefined && describe(spot, calleeName(last)).callsVariable;
}

const callbackTakers =
  /^(?:Array\.(?:map|forEach|filter|some|every|find\w*|reduce\w*|flatMap|(?:toS|s)ort)|(?:Map|Set)\.forEach|Function\.from|String\.replace(?:All)?)$/;

/** Built-ins that V8 lets call one another as programs do; others are one to it. */
function isCallOfBuiltin({ name }: StackFrame, inner: StackFrame | undefined): boolean {
  switch (inner?.name) {
    case 'Array.join':
      return name === 'Array.toString';
    case 'WeakSet.add':
    case 'WeakMap.set':
      return apply(startsWith, name, ['new Weak']);
    default:
      return false;
  }
}

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

/** It calls what replaces or revives on the object that holds the value. */
function withHolder(frames: StackFrame[]): void {
  const last = frames[frames.length - 1];
  if (last?.spot === undefined || last.makes || last.isCertain === true || !isIdentifier(last.name)) return;
  frames[frames.length - 1] = { ...last, name: `Object.${last.name === '' ? '<anonymous>' : last.name}` };
}

function waits(line: AsyncLine): StackFrame | undefined {
  if ('text' in line) return nodeFrame(line.text, true);
  return 'site' in line ? waitingFrame(line.site, ofCalledOn(line.on)) : elementFrame(line.name, line.index);
}

function waitingFrame(site: number, on: Receiver | undefined): StackFrame | undefined {
  const spot = awaitSpot(site);
  if (spot === undefined) return undefined;
  const { running } = describe(spot, undefined);
  const own = running === undefined ? '' : frameName(running, undefined).name;
  const name = on === undefined ? own : nameOn(on, own, 0);
  const at = loopAt(spot)?.[3] ?? spot.at; // a loop waits where its variable stands
  return { name, spot: { file: spot.file, at }, f: undefined, makes: false, waits: true };
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
  if (!isOfProgram(site)) return undefined;
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

function programFrame(
  site: EngineSite,
  better: number | undefined,
  accessed: FaultPlace | undefined,
  callee: string | undefined,
  unseen: string | undefined,
): StackFrame | undefined {
  const spot = spotOf(site);
  if (spot === undefined) return undefined;
  const f = site.getFunction();
  const makes = site.isConstructor();
  const made = makes ? constructorAt(spot) : undefined;
  if (made !== undefined) return { name: `new ${made[4]}`, spot: { file: spot.file, at: better ?? made[3] }, f, makes };
  const from = accessed?.[accessed[0] === 'static' ? 1 : 3] ?? spot.at;
  const { running, at } = describe({ file: spot.file, at: from }, callee, unseen);
  const place = { spot: { file: spot.file, at: better ?? accessed?.[3] ?? at }, f, makes };
  if (running === undefined) return { name: isModule(spot) ? '' : 'Object.<anonymous>', ...place };
  const { name, own, called, isCertain } = frameName(running, f);
  const isNew = makes && !apply(startsWith, own, ['new ']);
  return { name: isNew ? `new ${own === '' ? '<anonymous>' : own}` : name, own, called, isCertain, isGenerator: running.isGenerator, isAsync: running.isAsync, ...place };
}

/** Stacks give files that are ES modules by their URL. */
function isModule(spot: Spot): boolean {
  return apply(startsWith, placeParts(spot).path, ['file:']);
}

const { startsWith, endsWith, includes, lastIndexOf, slice } = String.prototype;

/** The engine makes templates by `concat`. */
function isTemplate(site: EngineSite, caller: EngineSite | undefined): boolean {
  const spot = site.getFunction() === concat && caller ? spotOf(caller) : undefined;
  return spot !== undefined && !isCalled(spot, 'concat');
}

const { concat } = String.prototype;

function builtinFrame(site: EngineSite, caller: EngineSite | undefined): StackFrame | undefined {
  if (isTemplate(site, caller)) return undefined;
  const f = site.getFunction();
  const name = builtinName(f);
  const makes = site.isConstructor();
  if (makes && (name === 'Array' || name === 'Proxy')) return undefined; // V8 makes them in place
  return name === undefined ? undefined : { name: makes ? `new ${name}` : name, spot: undefined, f, makes };
}

/** V8 leaves out the constructors of the error's own class. */
export function builds(frame: StackFrame | undefined, error: object): boolean {
  if (frame === undefined || !isCallable(frame.f) || !frame.makes) return false;
  const prototype = getOwnPropertyDescriptor(frame.f, 'prototype')?.value as unknown;
  for (let at = getPrototypeOf(error); at !== null; at = getPrototypeOf(at)) if (at === prototype) return true;
  return false;
}

function withoutImmediate(name: string): string {
  if (name === 'Immediate._onImmediate') return 'Immediate.<anonymous>';
  const end = ' [as _onImmediate]';
  return apply(endsWith, name, [end]) ? apply(slice, name, [0, -end.length]) : name;
}

/** `    at Cart.add (/project/cart.ts:3:9)` */
export function frameText({ name: kept, spot, waits, index, text }: StackFrame): string {
  if (text !== undefined) return waits === true ? `async ${text}` : text;
  const name = immediates.runs ? kept : withoutImmediate(kept);
  if (index !== undefined) return `async ${name} (index ${index})`;
  const place = spot === undefined ? '<anonymous>' : placeText(spot);
  if (waits === true) return `async ${name === '' ? place : `${name} (${place})`}`;
  return name === '' ? place : `${name} (${place})`;
}
