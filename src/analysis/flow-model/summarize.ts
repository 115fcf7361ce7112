/** Why this file exists: a summary is built in three strokes: walk (`begin-summary.ts`), ask once, decide. */
import ts from 'typescript';
import { blockingApi } from '../known-apis/blocking';
import type { RuleId } from '../finding';
import { calleeName, rangeOf, skipOuter } from '../syntax';
import { isEmpty, merged } from '../types/counterparts';
import {
  type AccessNode,
  type CalleeNode,
  type CallTarget,
  type FileAnswers,
  noQuestions,
  type TypeEngine,
  unknownFacts,
} from '../types/questions';
import type { Begun } from './begin-summary';
import { withBlockingResults } from './blocking-results';
import { handedOverNames, operandOf } from './collect-questions';
import { colorOf } from './color';
import { discardedBy } from './discarded';
import type { AwaitSite, Color } from './flow-model';
import { functionKind, functionName } from './names';
import { callbackTimeOf } from './callback-time';
import { declaredTypes } from './declared-types';
import { type Earlier, earlierAnswers } from './earlier-answers';
import { edgeTarget } from './edge-target';
import { parameterUses, type ParameterUses } from './parameters';
import { runsOf } from './runs';
import type { AwaitNode, FunctionSites } from './sites';
import { startUpFunctions } from './start-up';
import {
  type DirectBlocking,
  type Edge,
  type EdgeTarget,
  type FileSummary,
  type FunctionId,
  functionId,
  type FunctionSummary,
  type ResolvedCall,
  type Run,
} from './summary';
import { isWorkerOnly } from './worker-file';

/**
 * Summarizes a file of an engine. With `before`, the file as it was before an edit, only what was edited is asked
 * about: a quick answer.
 */
export function summarize(
  engine: TypeEngine,
  file: string,
  { source, found, asked, wantsResults }: Begun,
  rules: ReadonlySet<RuleId>,
  before?: FileSummary,
): FileSummary {
  const sites = found.functions;
  const earlier = before && earlierAnswers(before, source, asked);
  const first = earlier === undefined ? engine.ask(file, asked) : answersWith(earlier, engine, file);
  const ask = (types: readonly ts.Expression[]): FileAnswers => engine.ask(file, { ...noQuestions, types });
  const answers = wantsResults ? first : withBlockingResults(first, sites, ask);
  const nested = nestedFunctions(sites);
  const parameters = new Map(sites.map((each) => [each, parameterUses(each, nested.get(each) ?? [], answers)]));
  const context: Context = {
    file,
    answers,
    parameters,
    runs: runsOf(file, sites, answers, parameters),
    startUp: startUpFunctions(source, sites),
    nested,
    workerOnly: isWorkerOnly(source),
  };
  const summaries = new Map<FunctionSites, FunctionSummary>();
  // Outer functions come first in the list, inner ones must be known to their hosts: two passes, the second from the
  // inside out.
  for (const each of [...sites].reverse()) summaries.set(each, summarizeFunction(each, context, summaries));
  const functions = sites.map((each) => summaries.get(each)).filter((each) => each !== undefined);
  const byId = new Map(functions.map((each) => [each.id, each]));
  return {
    file,
    engine,
    source,
    functions,
    byId,
    answers,
    askedFor: rules,
    types: declaredTypes(file, found, answers),
    workerOnly: context.workerOnly,
    isScript: !ts.isExternalModule(source),
  };
}

/** Where nothing is missing the checker is not even told of the edit. */
function answersWith({ answers, missing }: Earlier, engine: TypeEngine, file: string): FileAnswers {
  return isEmpty(missing) ? answers : merged(answers, engine.ask(file, missing));
}

const noUses: ParameterUses = new Map();

interface Context {
  readonly file: string;
  readonly answers: FileAnswers;
  readonly parameters: ReadonlyMap<FunctionSites, ParameterUses>;
  readonly runs: ReadonlyMap<FunctionId, Run>;
  readonly startUp: ReadonlySet<FunctionSites>;
  readonly nested: ReadonlyMap<FunctionSites, readonly FunctionSites[]>;
  readonly workerOnly: boolean;
}

function summarizeFunction(
  sites: FunctionSites,
  context: Context,
  inner: ReadonlyMap<FunctionSites, FunctionSummary>,
): FunctionSummary {
  const { node } = sites;
  const { file, answers } = context;
  const nested = context.nested.get(sites) ?? [];
  const inlined = nested
    .filter((each) => each.parent === sites)
    .flatMap((each) => inner.get(each) ?? [])
    .filter((each) => each.run.kind === 'inline');
  const id = functionId(file, ts.isSourceFile(node) ? 0 : node.getStart());
  const calls = sites.calls.map((call): ResolvedCall => ({
    ...call,
    callee: calleeOf(call.node),
    targets: answers.callees.get(call.node) ?? [],
    result: answers.types.get(call.node) ?? unknownFacts,
  }));
  const run = context.runs.get(id) ?? { kind: 'called' };
  return {
    id,
    file,
    sites,
    kind: functionKind(node),
    ...functionName(node),
    range: ts.isSourceFile(node) ? { start: 0, end: node.end } : rangeOf(node),
    color: shownColor(colorOf(sites, context.parameters.get(sites) ?? noUses, answers), sites, run, context),
    implicit: ts.isClassLike(node),
    run,
    startUp: context.startUp.has(sites),
    awaits: sites.awaits.map(awaitSite),
    calls,
    edges: [
      ...calls.flatMap((call) => edgesOf(call, context)),
      ...accessEdges(sites, answers),
      ...iterationEdges(sites, answers),
      ...inlined.flatMap((each) => each.edges.map((edge) => inside(edge, each))),
    ],
    blocking: [
      ...calls.flatMap(blockingOf),
      ...inlined.flatMap((each) => each.blocking.map((each2) => inside(each2, each))),
    ],
    discarded: sites.statements
      .map((statement) => discardedBy(statement, answers))
      .filter((each) => each !== undefined),
    parameters: context.parameters.get(sites) ?? noUses,
  };
}

/** What happens in an inline callback happens as often as its taker calls it. */
function inside<S extends { readonly inLoop: boolean }>(site: S, callback: FunctionSummary): S {
  const repeated =
    callback.sites.use.kind === 'argument' &&
    /\.(map|forEach|filter|reduce|some|every|flatMap|find)$/.test(calleeOf(callback.sites.use.call));
  return repeated && !site.inLoop ? { ...site, inLoop: true } : site;
}

function shownColor(color: Color, sites: FunctionSites, run: Run, { workerOnly }: Context): Color {
  const startsWorker = ts.isSourceFile(sites.node) || (run.kind === 'callback' && run.by === 'event');
  return workerOnly && color === 'sync' && startsWorker ? 'worker' : color;
}

function calleeOf(node: CalleeNode | ts.Expression): string {
  if (ts.isNewExpression(node)) return `new ${calleeName(node.expression)}`;
  if (ts.isTaggedTemplateExpression(node)) return calleeName(node.tag);
  return ts.isCallExpression(node) || ts.isExpressionWithTypeArguments(node) || ts.isDecorator(node)
    ? calleeName(node.expression)
    : calleeName(node);
}

function awaitSite(node: AwaitNode): AwaitSite {
  const operand = rangeOf(operandOf(node));
  if (ts.isAwaitExpression(node)) return { kind: 'await', range: rangeOf(node), operand };
  const start = node.getStart();
  if (ts.isForOfStatement(node))
    return {
      kind: 'for-await',
      range: node.awaitModifier === undefined ? { start, end: start + 3 } : rangeOf(node.awaitModifier),
      operand,
    };
  return { kind: 'await-using', range: { start, end: start + 'await'.length }, operand };
}

function edgesOf(call: ResolvedCall, { file, answers, runs }: Context): readonly Edge[] {
  const edges = call.targets.flatMap((target) => edgeTo(target, call.node, call.callee, call.inLoop));
  const time = callbackTimeOf(call.targets)?.time;
  // A function handed over by name to something that calls it now runs here as well.
  if (time !== undefined) return time === 'now' ? [...edges, ...namedEdges(call, answers)] : edges;
  const to = call.targets.flatMap((target) => edgeTarget(target) ?? []);
  if (to.length === 0) return edges;
  const written = argumentsOf(call.node).flatMap((argument, index): readonly Edge[] => {
    const value = skipOuter(argument);
    if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return [];
    const id = functionId(file, value.getStart());
    // What runs with the function around it has given that its edges already.
    if (runs.get(id)?.kind === 'inline') return [];
    return [{ ...edgeOf({ kind: 'function', file, id }, call.node, call.callee, call.inLoop), given: { to, index } }];
  });
  const named = argumentsOf(call.node).flatMap((argument, index) =>
    (answers.values.get(argument) ?? []).flatMap((target) =>
      edgeTo(target, argument, calleeName(argument), call.inLoop).map((edge) => ({ ...edge, given: { to, index } })),
    ),
  );
  return [...edges, ...written, ...named];
}

function namedEdges(call: ResolvedCall, answers: FileAnswers): readonly Edge[] {
  return handedOverNames(call.node).flatMap((name) =>
    (answers.values.get(name) ?? []).flatMap((target) => edgeTo(target, name, calleeName(name), true)),
  );
}

function argumentsOf(node: ts.Node): readonly ts.Expression[] {
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : [];
}

function accessEdges(sites: FunctionSites, answers: FileAnswers): readonly Edge[] {
  return sites.accesses.flatMap(({ node, inLoop }) =>
    (answers.accesses.get(node) ?? []).flatMap((target) => edgeTo(target, node, accessName(node), inLoop)),
  );
}

function accessName(node: AccessNode): string {
  return ts.isBindingElement(node) ? (node.propertyName ?? node.name).getText() : calleeName(node);
}

/**
 * Taking values from what a generator of ours returned runs its body; NOT MODELLED: iterators that are kept in a
 * variable.
 */
function iterationEdges(sites: FunctionSites, answers: FileAnswers): readonly Edge[] {
  return sites.iterated.flatMap(({ node, inLoop }) => {
    const value = skipOuter(node);
    const called = ts.isCallExpression(value) ? (answers.callees.get(value) ?? []) : [];
    return [...called, ...(answers.iterators.get(node) ?? [])].flatMap((target) =>
      edgeTo(target, value, calleeOf(value), inLoop).map((edge): Edge => ({ ...edge, iterates: true })),
    );
  });
}

function edgeTo(target: CallTarget, node: ts.Node, callee: string, inLoop: boolean): readonly Edge[] {
  const to = edgeTarget(target);
  return to === undefined ? [] : [edgeOf(to, node, callee, inLoop)];
}

function edgeOf(target: EdgeTarget, node: ts.Node, callee: string, inLoop: boolean): Edge {
  return { range: rangeOf(node), callee, target, inLoop, node };
}

function blockingOf(call: ResolvedCall): readonly DirectBlocking[] {
  for (const target of call.targets) {
    const api = target.kind === 'library' ? blockingApi(target.module, target.name) : undefined;
    if (api === undefined || api.reported === false || !formApplies(api.form, call)) continue;
    return [{ range: rangeOf(call.node), callee: call.callee, api, inLoop: call.inLoop, node: call.node }];
  }
  return [];
}

/** `callback-omitted` blocks only without a callback; what already returns a promise does not block. */
function formApplies(form: string, call: ResolvedCall): boolean {
  if (call.result.promise === 'yes') return false;
  if (form !== 'callback-omitted') return true;
  const last = ts.isCallExpression(call.node) ? call.node.arguments.at(-1) : undefined;
  return (
    last === undefined ||
    !(
      ts.isArrowFunction(last) ||
      ts.isFunctionExpression(last) ||
      (ts.isIdentifier(last) && /^(cb|callback|done|next)$/.test(last.text))
    )
  );
}

function nestedFunctions(sites: readonly FunctionSites[]): ReadonlyMap<FunctionSites, readonly FunctionSites[]> {
  const nested = new Map<FunctionSites, FunctionSites[]>();
  for (const each of sites) {
    for (let outer = each.parent; outer !== undefined; outer = outer.parent) {
      const list = nested.get(outer);
      if (list === undefined) nested.set(outer, [each]);
      else list.push(each);
    }
  }
  return nested;
}
