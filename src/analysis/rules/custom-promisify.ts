/** Why this file exists: what `new Promise` around a callback of Node spells out by hand, Node has as a promise API. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { executors, type Executor } from './shapes/executors';
import { type FunctionValue, functionValue, headOf } from './shapes/functions';
import { libraryNames } from './shapes/targets';

export const customPromisify: Rule = {
  id: 'custom-promisify',
  finds: '`new Promise` around a callback API of Node that has a promise API',
  severity: 'info',
  check: (context) => executors(context).flatMap((each) => check(each, context)),
};

/** Modules whose functions have a twin of the same name that answers a promise. */
const twins: ReadonlyMap<string, string> = new Map([
  ['node:fs', 'node:fs/promises'],
  ['node:dns', 'node:dns/promises'],
  ['node:stream', 'node:stream/promises'],
]);

function check({ node, executor, resolve, reject }: Executor, context: RuleContext): readonly Finding[] {
  const call = onlyCall(executor.body);
  const callback = functionValue(call?.arguments.at(-1));
  if (call === undefined || callback === undefined || resolve === undefined || reject === undefined) return [];
  const [name, ...others] = libraryNames(call, context) ?? [];
  if (name === undefined || others.length > 0 || !passesOn(callback, resolve, reject)) return [];
  const [module = '', method = ''] = name.split(' ');
  const twin = twins.get(module) ?? promisified.get(name);
  if (twin === undefined || withoutTwin.has(name)) return [];
  const instead = twins.has(module) ? `\`${method}\` of \`${twin}\`` : twin;
  const message = `\`${calleeName(call.expression)}\` is promisified by hand: ${instead} is the same, and forgets no error.`;
  const range = { start: node.getStart(), end: headOf(executor).end };
  return [found(customPromisify, context, node, message, { range })];
}

const promisified: ReadonlyMap<string, string> = new Map([
  ['node:child_process exec', '`promisify(exec)` of `node:util`'],
  ['node:child_process execFile', '`promisify(execFile)` of `node:util`'],
  ['node:crypto pbkdf2', '`promisify(pbkdf2)` of `node:util`'],
  ['node:crypto scrypt', '`promisify(scrypt)` of `node:util`'],
  ['node:crypto randomBytes', '`promisify(randomBytes)` of `node:util`'],
  ['node:zlib gzip', '`promisify(gzip)` of `node:util`'],
  ['node:zlib gunzip', '`promisify(gunzip)` of `node:util`'],
]);

/** Their promise API differs: handles in place of numbers, or none at all. */
const withoutTwin = new Set(['node:fs exists', 'node:fs open', 'node:fs read', 'node:fs write', 'node:fs close']);

function onlyCall(body: ts.ConciseBody): ts.CallExpression | undefined {
  const [statement, ...others] = ts.isBlock(body) ? body.statements : [];
  const isOnly = statement !== undefined && others.length === 0 && ts.isExpressionStatement(statement);
  const expression = ts.isBlock(body) ? (isOnly ? statement.expression : undefined) : body;
  const value = expression === undefined ? undefined : skipOuter(expression);
  return value !== undefined && ts.isCallExpression(value) ? value : undefined;
}

/** `(error, value) => …` that gives the error to `reject`, and at most its value to `resolve`: nothing else is lost. */
function passesOn(callback: FunctionValue, resolve: string, reject: string): boolean {
  const [error, value, ...others] = callback.parameters.map(({ name }) => name.getText());
  if (error === undefined || others.length > 0) return false;
  const text = callback.body.getText().replace(/\s+/g, ' ');
  const rejects = text.includes(`${reject}(${error})`);
  return rejects && (text.includes(`${resolve}(${value ?? ''})`) || text.includes(`${resolve}()`));
}
