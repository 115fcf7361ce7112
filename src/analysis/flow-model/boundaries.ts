/** Why this file exists: the places where a function crosses into another colour, each with the kind of crossing. */
import ts from 'typescript';
import { postsToWorker } from '../known-apis/workers';
import { rangeOf, skipOuter } from '../syntax';
import type { CallTarget } from '../types/questions';
import { colorOfLibraryCall } from './color';
import type { Effects } from './effects';
import type { Boundary, BoundaryKind, Color } from './flow-model';
import { positionOf } from './position';
import { callbackTimeOf } from './callback-time';
import type { FileSummary, FunctionSummary, ResolvedCall } from './summary';

/** The boundaries of a function, in the order of the text. */
export function boundariesOf(fn: FunctionSummary, summary: FileSummary, effects: Effects): readonly Boundary[] {
  const found = fn.calls.flatMap((call) => boundaryOf(call, fn, summary, effects) ?? []);
  const getters = fn.edges
    .filter((edge) => ts.isPropertyAccessExpression(edge.node) && effects.through(edge, summary) !== undefined)
    .map((edge): Boundary => ({ range: edge.range, kind: 'blocking', callee: edge.callee, calleeColor: 'sync' }));
  const yields = fn.sites.yields.map((node): Boundary => ({
    range: rangeOf(node),
    kind: 'yielded',
    callee: '',
    calleeColor: fn.color,
  }));
  return [...found, ...getters, ...yields].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

function boundaryOf(
  call: ResolvedCall,
  fn: FunctionSummary,
  summary: FileSummary,
  effects: Effects,
): Boundary | undefined {
  if (ts.isExpressionWithTypeArguments(call.node)) return undefined;
  const color = calleeColorOf(call, summary, effects);
  const kind = kindOf(call, color, fn, summary, effects);
  if (kind === undefined) return undefined;
  // What blocks answers at once, whatever its type leaves open.
  return { range: rangeOf(call.node), kind, callee: call.callee, calleeColor: kind === 'blocking' ? 'sync' : color };
}

function kindOf(
  call: ResolvedCall,
  color: Color,
  fn: FunctionSummary,
  summary: FileSummary,
  effects: Effects,
): BoundaryKind | undefined {
  const library = call.targets.find((target) => target.kind === 'library');
  if (library !== undefined) {
    if (postsToWorker(library.module, library.name)) return 'posted';
    if (bridges(library.module, library.name)) return 'bridged';
  }
  if (isChainMethod(call)) return fn.discarded.some((each) => each.node === call.node) ? 'floating' : undefined;
  if (fn.blocking.some((site) => site.node === call.node)) return 'blocking';
  if (fn.edges.some((edge) => edge.node === call.node && effects.through(edge, summary) !== undefined))
    return 'blocking';
  if (color === 'async' || color === 'async-generator' || (color === 'either' && call.result.mixed))
    return crossing(call, fn);
  const answersLater = color === 'callback' || callbackTimeOf(call.targets)?.time === 'later';
  return hasCallback(call) && answersLater ? 'scheduled' : undefined;
}

function crossing(call: ResolvedCall, fn: FunctionSummary): BoundaryKind | undefined {
  const kind = positionOf(call.node);
  const dropped = fn.discarded.some((each) => each.node === call.node);
  return fn.kind === 'module' && !dropped && (kind === 'floating' || kind === 'chained') ? 'bridged' : kind;
}

function bridges(module: string, name: string): boolean {
  return (
    (module === 'node:util' && /^(promisify|callbackify)$/.test(name)) || (module === 'global' && name === 'Promise')
  );
}

function isChainMethod(call: ResolvedCall): boolean {
  return call.targets.some(
    (target) => target.kind === 'library' && /^Promise(Like)?\.(then|catch|finally)$/.test(target.name),
  );
}

/** The colour of what is called: of our function if it is one, else what its type shows. */
export function calleeColorOf(call: ResolvedCall, summary: FileSummary, effects: Effects): Color {
  const target = sourceTarget(call.targets);
  if (target === undefined) return colorOfLibraryCall(call.targets, call.result, hasCallback(call));
  // A promise in hand settles it without summarizing the callee's file.
  if (call.result.promise === 'yes') return call.result.mixed ? 'either' : 'async';
  const callee = effects.functionAt(target.file, target.start, summary.engine);
  return callee === undefined ? colorOfLibraryCall(call.targets, call.result, false) : effects.colorOf(callee, summary);
}

function sourceTarget(targets: readonly CallTarget[]): { readonly file: string; readonly start: number } | undefined {
  return targets.find((target) => target.kind === 'source');
}

function hasCallback(call: ResolvedCall): boolean {
  const given = ts.isCallExpression(call.node) || ts.isNewExpression(call.node) ? (call.node.arguments ?? []) : [];
  return given.some((argument) => {
    const value = skipOuter(argument);
    return (
      ts.isArrowFunction(value) ||
      ts.isFunctionExpression(value) ||
      ts.isIdentifier(value) ||
      ts.isPropertyAccessExpression(value)
    );
  });
}
