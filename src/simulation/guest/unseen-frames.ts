/** Why this file exists: what runs between the program's functions and is in no stack of V8's. */
import { builtinName } from './builtin-names';
import { NativeWeakSet, apply, isCallable } from './primordials';

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

/** The runtime goes through lists where Node does it by other means; what stands for a built-in has its name. */
export function isCalledByNode(sites: readonly EngineSite[], at: number): boolean {
  const f = sites[at]?.getFunction();
  if (!apply(startsWith, builtinName(f) ?? '', ['Array.'])) return false;
  for (let i = at + 1; i < sites.length; i++) {
    const site = sites[i];
    if (site === undefined || isOfProgram(site) || builtinName(site.getFunction()) !== undefined) return false;
    if (!site.isNative() && site.getFunctionName() !== sites[at]?.getFunctionName()) return true;
  }
  return false;
}

export function isOfProgram(site: EngineSite): boolean {
  return !site.isNative() && site.getFileName() === 'program';
}

/** The name of a function that stacks do not show; what is called by `call` or `apply` goes by its own. */
export function calledByWay(site: EngineSite): string | undefined {
  const name = site.getFunctionName() ?? '';
  return name === 'call' || name === 'apply' || apply(isKnown, inLowered, [site.getFunction()]) ? undefined : name;
}

/** What the lowering calls: nobody wrote that. */
const inLowered = new NativeWeakSet();
const { has: isKnown, add: keep } = NativeWeakSet.prototype;

export function nameProbes(probes: readonly unknown[]): void {
  for (let i = 0; i < probes.length; i++) {
    const probe = probes[i];
    if (isCallable(probe)) apply(keep, inLowered, [probe]);
  }
}

const { startsWith } = String.prototype;
