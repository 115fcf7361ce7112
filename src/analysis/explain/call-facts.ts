/**
 * Why this file exists: what a call means where it stands: a chain, a new promise, something for the loop, another
 * agent, or a function of some colour.
 */
import ts from 'typescript';
import { boundariesOf } from '../flow-model/boundaries';
import { callbackTimeOf } from '../flow-model/callback-time';
import type { Effects } from '../flow-model/effects';
import type { BlockingEffect, Boundary } from '../flow-model/flow-model';
import { positionOf } from '../flow-model/position';
import type { FileSummary, FunctionSummary, ResolvedCall } from '../flow-model/summary';
import { postsToWorker } from '../known-apis/workers';
import { calleeName } from '../syntax';
import type { LibraryTarget } from '../types/questions';
import { behindExecutor } from './await-facts';
import type { CallFacts, Facts } from './explanation';

/** Undefined for a call that crosses no boundary. */
export function callFacts(
  call: ResolvedCall,
  fn: FunctionSummary,
  summary: FileSummary,
  effects: Effects,
): Facts | undefined {
  const library = call.targets.find((target) => target.kind === 'library');
  const special = library === undefined ? undefined : libraryFacts(call, library, fn, summary);
  if (special !== undefined) return special;
  const boundary = boundaryAt(call, fn, summary, effects);
  if (boundary === undefined) return undefined;
  return {
    kind: 'call',
    callee: call.callee,
    calleeColor: boundary.calleeColor,
    boundary: boundary.kind,
    combinator: /^Promise\.(all|allSettled|race|any)$/.exec(library?.name ?? '')?.[1],
    effect: effectOf(call, fn, summary, effects),
  };
}

function boundaryAt(
  call: ResolvedCall,
  fn: FunctionSummary,
  summary: FileSummary,
  effects: Effects,
): Boundary | undefined {
  const [start, end] = [call.node.getStart(), call.node.end];
  return boundariesOf(fn, summary, effects).find((each) => each.range.start === start && each.range.end === end);
}

function libraryFacts(
  call: ResolvedCall,
  { module, name }: LibraryTarget,
  fn: FunctionSummary,
  summary: FileSummary,
): Facts | undefined {
  const { node, callee } = call;
  if (ts.isNewExpression(node)) {
    if (postsToWorker(module, name)) return { kind: 'worker', callee, does: 'starts' };
    if (module !== 'global' || name !== 'Promise') return undefined;
    return { kind: 'new-promise', what: behindExecutor(node, fn, summary), result: positionOf(node) };
  }
  if (!ts.isCallExpression(node)) return undefined;
  if (postsToWorker(module, name))
    return { kind: 'worker', callee, does: name.endsWith('postMessage') ? 'posts' : 'starts' };
  const method = /^Promise(?:Like)?\.(then|catch|finally)$/.exec(name)?.[1];
  if (method === 'then' || method === 'catch' || method === 'finally') return chainFacts(node, method, fn);
  const taker = callbackTimeOf(call.targets);
  if (taker?.time !== 'later' || taker.by === undefined || !takesFunction(node)) return undefined;
  const delay = taker.by === 'timer' ? node.arguments[1]?.getText() : undefined;
  return { kind: 'schedule', by: taker.by, callee, delay };
}

function chainFacts(node: ts.CallExpression, method: 'then' | 'catch' | 'finally', fn: FunctionSummary): Facts {
  const callee = node.expression;
  const dropped = fn.discarded.some((each) => each.node === node);
  return {
    kind: 'chain',
    method,
    receiver: ts.isPropertyAccessExpression(callee) ? calleeName(callee.expression) : '',
    handlesRejection: node.arguments.length > (method === 'then' ? 1 : 0) && method !== 'finally',
    result: dropped ? 'floating' : positionOf(node),
  };
}

/** Some argument may be a function: what stands there is not a plain value. */
function takesFunction({ arguments: given }: ts.CallExpression): boolean {
  return given.some(
    (argument) =>
      ts.isArrowFunction(argument) ||
      ts.isFunctionExpression(argument) ||
      ts.isIdentifier(argument) ||
      ts.isPropertyAccessExpression(argument),
  );
}

function effectOf(
  call: ResolvedCall,
  fn: FunctionSummary,
  summary: FileSummary,
  effects: Effects,
): CallFacts['effect'] {
  const direct = fn.blocking.find((each) => each.node === call.node);
  if (direct !== undefined) {
    const { api, callee, range } = direct;
    const found: BlockingEffect = {
      api: { module: api.module, name: api.name },
      class: api.class,
      tier: api.tier,
      measured: api.measured ?? [],
      certain: true,
      chain: [{ file: summary.file, range, callee }],
    };
    return found;
  }
  const edges = fn.edges.filter((each) => each.node === call.node);
  return edges.map((edge) => effects.through(edge, summary)).find((effect) => effect !== undefined);
}
