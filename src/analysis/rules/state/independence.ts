/**
 * Why this file exists: calls may run in any order, or together, when none writes what another reads. That is known
 * here for functions that only read from outside: they write nothing but their own variables, and call only such.
 * Whatever is not known counts as a dependence.
 */
import ts from 'typescript';
import type { Effects } from '../../flow-model/effects';
import type { FunctionSummary } from '../../flow-model/summary';
import { isFunctionNode, skipOuter } from '../../syntax';
import type { CalleeNode, CallTarget } from '../../types/questions';
import type { RuleContext } from '../rule';
import { bindingsOf } from './bindings';
import { locationOf } from './locations';
import { ownNodes, writtenBy } from './own-nodes';

type Place = Pick<RuleContext, 'effects' | 'summary'>;

const known = new WeakMap<Effects, Map<string, boolean>>();

/** Every function that the call may run only reads, and so do its arguments. */
export function onlyReads(call: ts.CallExpression | ts.NewExpression, place: Place): boolean {
  return (
    ownNodes(call, isCallOrNew).every((each) => callReads(each, undefined, place)) && writesNothing(call, call, place)
  );
}

function isCallOrNew(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function callReads(call: CalleeNode, fn: ts.Node | undefined, place: Place): boolean {
  const targets = place.summary.answers.callees.get(call) ?? [];
  return targets.length > 0 && targets.every((target) => targetReads(target, call, fn, place));
}

function targetReads(target: CallTarget, call: CalleeNode, fn: ts.Node | undefined, place: Place): boolean {
  if (target.kind === 'library') return libraryReads(`${target.module} ${target.name}`, call, fn, place);
  if (target.kind !== 'source') return false;
  const found = place.effects.functionAt(target.file, target.start, place.summary.engine);
  return found !== undefined && functionReads(found, place);
}

function functionReads(fn: FunctionSummary, { effects, summary }: Place): boolean {
  const answers = known.get(effects) ?? new Map<string, boolean>();
  known.set(effects, answers);
  const answer = answers.get(fn.id);
  if (answer !== undefined) return answer;
  // A function that calls itself adds nothing of its own.
  answers.set(fn.id, true);
  const own = fn.file === summary.file ? summary : effects.summaryOf(fn.file, summary.engine);
  const reads = own !== undefined && bodyReads(fn.sites.node, { effects, summary: own });
  answers.set(fn.id, reads);
  return reads;
}

function bodyReads(node: ts.Node, place: Place): boolean {
  if (ts.isClassLike(node)) return node.members.length === 0;
  if (!isFunctionNode(node) || ownNodes(node, ts.isYieldExpression).length > 0) return false;
  const loops = ownNodes(node, ts.isForOfStatement).some((each) => each.awaitModifier !== undefined);
  if (loops || !writesNothing(node, node, place)) return false;
  const inner = functionsIn(node);
  return [node, ...inner].every((fn) => {
    return ownNodes(fn, isCallOrNew).every((call) => callReads(call, node, place)) && writesNothing(fn, node, place);
  });
}

/** Functions written inside: they run at some time, whenever that is. */
function functionsIn(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [];
  function visit(child: ts.Node): void {
    if (isFunctionNode(child)) found.push(child);
    ts.forEachChild(child, visit);
  }
  ts.forEachChild(node, visit);
  return found;
}

/** Writes, in `part`, go to variables that `owner` has made itself. */
function writesNothing(part: ts.Node, owner: ts.Node, place: Place): boolean {
  return ownNodes(part, ts.isExpression).every((each) => {
    const target = writtenBy(each);
    return target === undefined || isOwn(target, owner, place);
  });
}

function isOwn(target: ts.Expression, owner: ts.Node, { summary: { source } }: Place): boolean {
  const root = locationOf(target)?.root;
  const binding = root !== undefined && ts.isIdentifier(root) ? bindingsOf(source).of(root) : undefined;
  if (binding === undefined) return false;
  const isInside = binding.declared.pos >= owner.pos && binding.declared.end <= owner.end;
  return isInside && (!binding.isParameter || root === target);
}

const reading = new RegExp(
  [
    '^global (fetch|parseInt|parseFloat|isNaN|encodeURIComponent|decodeURIComponent|encodeURI|decodeURI|String|Number|Boolean|BigInt|Symbol|URL|URLSearchParams|Headers|Map|Set|Date|RegExp)$',
    '^global (Error|TypeError|RangeError|AggregateError|Array|Object|Promise|TextDecoder|TextEncoder|Uint8Array)$',
    '^(global|undici-types) (Body|BodyMixin|Response|Headers|URL|URLSearchParams|FormData)\\.(json|text|arrayBuffer|blob|bytes|clone|get|has|keys|entries|toString|canParse)$',
    '^global (JSON|Math|String|StringConstructor|Number|NumberConstructor|RegExp|Promise|PromiseConstructor|Error|ErrorConstructor)\\.',
    '^global Object\\.(keys|values|entries|fromEntries|hasOwn|is)$',
    '^global (Readonly)?(Array|Map|Set)\\.(map|filter|find|findIndex|findLast|some|every|includes|indexOf|join|slice|concat|flat|flatMap|reduce|at|get|has|keys|values|entries|isArray|from|of|toSorted|toReversed|with|forEach|lastIndexOf)$',
    '^global Date\\.(?!set)',
    '^node:fs/promises (readFile|stat|lstat|access|readdir|readlink|realpath)$',
    '^node:fs (readFileSync|statSync|existsSync|readdirSync|promises\\.(readFile|stat|lstat|access|readdir))$',
    '^node:(path|url|os|util)( |\\.)',
    '^node:dns(/promises)? (lookup|resolve\\w*|reverse)$',
    '^node:(buffer|crypto) (Buffer\\.(from|concat|toString)|createHash|Hash\\.(digest)|timingSafeEqual)$',
  ].join('|'),
);

/** Changes what it is called on: harmless where the function has made that itself. */
const changing =
  /^global (Array|Map|Set|Headers|URLSearchParams)\.(push|unshift|set|add|append|sort|reverse|pop|shift|splice|fill)$/;

function libraryReads(name: string, call: CalleeNode, fn: ts.Node | undefined, place: Place): boolean {
  if (name === 'global fetch') return ts.isCallExpression(call) && asksOnly(call);
  if (reading.test(name)) return true;
  if (!changing.test(name) || fn === undefined || !ts.isCallExpression(call)) return false;
  const callee = skipOuter(call.expression);
  return ts.isPropertyAccessExpression(callee) && isMadeHere(callee.expression, fn, place);
}

function isMadeHere(given: ts.Expression, fn: ts.Node, { summary: { source } }: Place): boolean {
  const root = locationOf(given)?.root;
  const binding = root !== undefined && ts.isIdentifier(root) ? bindingsOf(source).of(root) : undefined;
  return (
    binding !== undefined && !binding.isParameter && binding.declared.pos >= fn.pos && binding.declared.end <= fn.end
  );
}

/** A request without a method, or with GET or HEAD. */
function asksOnly(call: ts.CallExpression): boolean {
  const options = call.arguments[1];
  if (options === undefined) return true;
  const object = skipOuter(options);
  if (!ts.isObjectLiteralExpression(object)) return false;
  return object.properties.every((property) => {
    if (ts.isSpreadAssignment(property)) return false;
    if (property.name.getText() !== 'method') return property.name.getText() !== 'body';
    return ts.isPropertyAssignment(property) && /^['"](GET|HEAD)['"]$/.test(property.initializer.getText());
  });
}
