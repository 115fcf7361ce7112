/** Why this file exists: which frames of Node's stand in a stack for functions of the runtime. */
import { apply, bareList } from './primordials';
import { framesAt } from './placed-lines';
import { nameOn } from './receivers';
import type { StackFrame } from './stack-frame';
import { framesStoodFor, native } from './stood-for';
import { isOfProgram, type EngineSite } from './unseen-frames';

const { slice: sliceList } = Array.prototype;
const { indexOf, lastIndexOf, replace, slice, startsWith } = String.prototype;

/** `text` is all that its line says. */
export function nodeFrame(text: string, isWaiting: boolean): StackFrame {
  const end = apply(lastIndexOf, text, [' (']);
  const name = end < 0 ? '' : apply(slice, text, [0, end]);
  return { name, text, spot: undefined, f: undefined, makes: apply(startsWith, name, ['new ']), waits: isWaiting };
}

function add(frames: StackFrame[], texts: readonly string[], limit: number): void {
  for (let i = 0; i < texts.length && frames.length < limit; i++)
    frames[frames.length] = nodeFrame(texts[i] ?? '', false);
}

/** Adds what a function of the runtime stands for; whether it does, and whether nothing of Node's is below it. */
export function stands(
  frames: StackFrame[], sites: readonly EngineSite[], at: number, outer: number, limit: number,
): 'no' | 'yes' | 'last' {
  const theirs = framesStoodFor(sites[at]?.getFunction(), outer, (isKnown) => lastCallee(sites, at, isKnown));
  const isLast = theirs[theirs.length - 1] === native;
  add(frames, isLast ? (apply(sliceList, theirs, [0, -1]) as string[]) : theirs, limit);
  return isLast ? 'last' : theirs.length > 0 ? 'yes' : 'no';
}

/** The nearest of the functions of the runtime that are under way above one of them. */
function lastCallee(
  sites: readonly EngineSite[], at: number, isKnown: (name: string) => boolean,
): string | undefined {
  for (let i = at - 1; i >= 0; i--) {
    const site = sites[i];
    if (site === undefined || isOfProgram(site)) return undefined;
    const name = nameIn(site);
    if (name !== '' && isKnown(name)) return name;
  }
  return undefined;
}

/** The bundler numbers names that it has met before. */
function nameIn(site: EngineSite | undefined): string {
  return String(apply(replace, site?.getFunctionName() ?? '', [/\d+$/, '']));
}

/** Adds what a function of a library that is Node's own stands for; `called` is what it has called. */
export function places(
  frames: StackFrame[], site: EngineSite, called: EngineSite | undefined, limit: number,
): void {
  const theirs = framesAt(site, nameIn(called));
  const first = theirs[0] ?? '';
  if (apply(startsWith, first, ['@'])) {
    receives(frames, apply(slice, first, [1]));
    add(frames, apply(sliceList, theirs, [1]) as string[], limit);
    return;
  }
  if (apply(startsWith, first, ['%.'])) {
    const above = frames[frames.length - 1]?.name ?? '';
    const end = apply<string, [string], number>(indexOf, above, ['.']);
    if (end > 0) add(frames, [`${apply(slice, above, [0, end])}${apply(slice, first, [1])}`], limit);
    return;
  }
  if (!site.isConstructor()) {
    const isMaker = theirs[0] !== undefined && isCapital(theirs[0]);
    if (!isMaker) add(frames, theirs, limit);
    return;
  }
  const made = bareList<string>();
  for (let i = 0; i < theirs.length; i++) made[i] = `new ${theirs[i] ?? ''}`;
  add(frames, made, limit);
}

/** The program's function that runs above was called on an object of this class. */
function receives(frames: StackFrame[], type: string): void {
  const last = frames[frames.length - 1];
  if (last?.spot === undefined || last.makes || last.isCertain === true) return;
  frames[frames.length - 1] = onReceiver(last, nameOn({ type: () => type, method: '' }, last.name, 0));
}

/** A constructor by itself: called without \`new\`, it goes by another name. */
function isCapital(text: string): boolean {
  const end = apply<string, [string], number>(indexOf, text, [' (']);
  const name = end < 0 ? '' : apply<string, [number, number], string>(slice, text, [0, end]);
  return apply<string, [string], number>(indexOf, name, ['.']) < 0 && /^[A-Z]/.test(name);
}

/** It is said to be called on an object, or a class, that holds it. */
export function isOnObject({ text, waits }: StackFrame): boolean {
  if (text === undefined || waits === true) return false;
  return apply(startsWith, text, ['Object.']) || apply(startsWith, text, ['Function.']);
}

/** The same, called as a variable. */
export function onNothing({ text = '' }: StackFrame): StackFrame {
  const from = apply<string, [string], number>(indexOf, text, ['.']) + 1;
  return nodeFrame(String(apply(replace, apply(slice, text, [from]), [/ \[as [^\]]*\] /, ' '])), false);
}

/** The same, called on an object. */
export function onReceiver(frame: StackFrame, name: string): StackFrame {
  const { text } = frame;
  if (text === undefined) return { ...frame, name };
  const end = apply<string, [string], number>(lastIndexOf, text, [' (']);
  return nodeFrame(end < 0 ? `${name} (${text})` : `${name}${apply(slice, text, [end])}`, false);
}
