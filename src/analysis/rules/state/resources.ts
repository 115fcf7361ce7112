/** Why this file exists: which outside resource a function takes up while it runs, and through whom. */
import type ts from 'typescript';
import type { RelatedPlace } from '../../finding';
import { awaitedBehind } from '../../known-apis/awaited';
import type { FunctionSummary, ResolvedCall } from '../../flow-model/summary';
import type { RuleContext } from '../rule';
import { functionsInside } from './own-nodes';

/** A connection or request; a process; one of the four threads of Node's pool. */
export type Resource = 'network' | 'process' | 'pool';

export interface Use {
  readonly resource: Resource;
  readonly callee: string;
  /** From the function on, the calls that lead to it. */
  readonly chain: readonly RelatedPlace[];
}

const deepest = 5;

/** The first resource that calling a function takes up, found through functions of the project. */
export function resourceUsed(fn: FunctionSummary, context: RuleContext): Use | undefined {
  return within(fn, context, new Set(), deepest);
}

function within(fn: FunctionSummary, context: RuleContext, seen: Set<string>, depth: number): Use | undefined {
  if (depth === 0 || seen.has(fn.id)) return undefined;
  seen.add(fn.id);
  for (const call of callsWhileRunning(fn, context)) {
    const use = ofCall(call, fn, context, seen, depth);
    if (use !== undefined) return use;
  }
  return undefined;
}

/** The resource that one call of the file takes up. */
export function resourceOfCall(node: ts.Node, context: RuleContext): Use | undefined {
  for (const fn of context.summary.functions) {
    const call = fn.calls.find((each) => each.node === node);
    if (call !== undefined) return ofCall(call, fn, context, new Set(), deepest);
  }
  return undefined;
}

/** Its own calls, and those of the functions inside that run with it, such as the executor of a promise. */
function callsWhileRunning(
  fn: FunctionSummary,
  { effects, summary }: Pick<RuleContext, 'effects' | 'summary'>,
): readonly ResolvedCall[] {
  const file = effects.summaryOf(fn.file, summary.engine);
  const inside = file?.functions.filter((each) => each.run.kind === 'inline' && each.sites.parent === fn.sites) ?? [];
  return [...fn.calls, ...inside.flatMap((each) => callsWhileRunning(each, { effects, summary }))];
}

function ofCall(
  call: ResolvedCall,
  { file }: FunctionSummary,
  context: RuleContext,
  seen: Set<string>,
  depth: number,
): Use | undefined {
  const place = { file, range: { start: call.node.getStart(), end: call.node.end } };
  for (const target of call.targets) {
    if (target.kind === 'library') {
      const resource = resourceOf(target.module, target.name, call);
      if (resource === undefined) continue;
      const message = `\`${call.callee}\` ${words[resource]}.`;
      return { resource, callee: call.callee, chain: [{ ...place, message }] };
    }
    if (target.kind !== 'source') continue;
    const next = context.effects.functionAt(target.file, target.start, context.summary.engine);
    const use = next === undefined ? undefined : within(next, context, seen, depth - 1);
    if (use !== undefined)
      return { ...use, chain: [{ ...place, message: `\`${call.callee}\` goes on.` }, ...use.chain] };
  }
  return undefined;
}

const words: Readonly<Record<Resource, string>> = {
  network: 'opens a request or a connection',
  process: 'starts a process',
  pool: 'takes a thread of the pool',
};

/** Of the modules behind which a resource is known, the calls that take it up. */
function resourceOf(module: string, name: string, { result }: ResolvedCall): Resource | undefined {
  if (/^node:child_process$/.test(module)) return /^(spawn|exec|execFile|fork)$/.test(name) ? 'process' : undefined;
  if (/^node:crypto$/.test(module))
    return /^(pbkdf2|scrypt|hkdf|generateKeyPair|randomFill)$/.test(name) ? 'pool' : undefined;
  if (/^node:zlib$/.test(module))
    return /^(gzip|gunzip|deflate|inflate|brotli\w+|unzip)$/.test(name) ? 'pool' : undefined;
  if (module.startsWith("node:dns")) return /^(lookup|lookupService)$/.test(name) ? 'pool' : undefined;
  if (/^node:(http|https)$/.test(module)) return /^(request|get)$/.test(name) ? 'network' : undefined;
  const isFirst = result.promise === 'yes' && !/^(Body|BodyMixin|Response)\./.test(name);
  const behind = isFirst ? awaitedBehind(module, name) : 'unknown';
  return behind === 'network' || behind === 'process' || behind === 'pool' ? behind : undefined;
}

/** The function that a call of `map` is given: written there, or one of the project by name. */
export function mapped(
  call: ts.CallExpression,
  { summary, effects, answers }: RuleContext,
): FunctionSummary | undefined {
  const [given] = call.arguments;
  if (given === undefined) return undefined;
  const written = functionsInside(given)[0];
  if (written !== undefined) return summary.functions.find((fn) => fn.sites.node === written);
  const [target] = answers.values.get(given) ?? [];
  return target?.kind === 'source' ? effects.functionAt(target.file, target.start, summary.engine) : undefined;
}
