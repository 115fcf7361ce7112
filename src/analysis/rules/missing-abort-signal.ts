/** Why this file exists: a function that is given a signal and does not hand it on cannot be stopped while it waits. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName, isFunctionNode } from '../syntax';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { libraryNames } from './shapes/targets';
import { type Binding, bindingsOf } from './state/bindings';

export const missingAbortSignal: Rule = {
  id: 'missing-abort-signal',
  finds: 'a call that could be stopped by the signal that its function is given, and is not told of it',
  severity: 'hint',
  check: (context) => context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => ofCall(call, context) ?? []),
};

/** Where the options with the signal stand, by library identity. */
const places: readonly (readonly [RegExp, number])[] = [
  [/^(global|undici-types|undici) fetch$/, 1],
  [/^node:timers\/promises (setTimeout|setImmediate)$/, 2],
  [/^node:fs\/promises readFile$/, 1],
  [/^node:fs\/promises writeFile$/, 2],
  [/^node:events (EventEmitter\.)?once$/, 2],
  [/^node:child_process (execFile|spawn)$/, 2],
];

function ofCall(call: ts.CallExpression, context: RuleContext): Finding | undefined {
  const names = libraryNames(call, context);
  const place = places.find(([pattern]) => names?.every((name) => pattern.test(name)) === true)?.[1];
  const signal = place === undefined ? undefined : signalFor(call, context);
  if (place === undefined || signal === undefined || call.arguments.some(ts.isSpreadElement)) return undefined;
  const options = call.arguments[place];
  if (options !== undefined && !(ts.isObjectLiteralExpression(options) && isWithoutSignal(options))) return undefined;
  const message = `\`${signal.name}\` does not reach \`${calleeName(call.expression)}\`: when it is aborted, this goes on to its end.`;
  return found(missingAbortSignal, context, call.expression, message, {
    fixes: fixes(call, place, options, signal, context),
  });
}

function isWithoutSignal(options: ts.ObjectLiteralExpression): boolean {
  return options.properties.every((property) => {
    return !ts.isSpreadAssignment(property) && property.name.getText() !== 'signal';
  });
}

/** A parameter `signal: AbortSignal` of the function around, or `{ signal }` of one. */
function signalFor(call: ts.Node, { summary: { source } }: RuleContext): Binding | undefined {
  let fn: ts.Node = call;
  while (!ts.isSourceFile(fn) && !isFunctionNode(fn)) fn = fn.parent;
  if (!ts.isFunctionLike(fn)) return undefined;
  for (const { name, type } of fn.parameters) {
    const isSignal = ts.isIdentifier(name) && /^AbortSignal( \| undefined)?$/.test(type?.getText() ?? '');
    if (isSignal && /signal/i.test(name.text)) return bindingsOf(source).of(name);
    if (!ts.isObjectBindingPattern(name)) continue;
    const element = name.elements.find((each) => ts.isIdentifier(each.name) && each.name.text === 'signal');
    const isTyped = type !== undefined && /\bsignal\??: AbortSignal\b/.test(type.getText());
    if (element !== undefined && isTyped && ts.isIdentifier(element.name)) return bindingsOf(source).of(element.name);
  }
  return undefined;
}

function fixes(
  call: ts.CallExpression,
  place: number,
  options: ts.ObjectLiteralExpression | undefined,
  { name }: Binding,
  { summary: { file } }: RuleContext,
): readonly Fix[] {
  const property = name === 'signal' ? name : `signal: ${name}`;
  const title = `Hand on \`${name}\``;
  const last = options?.properties.at(-1);
  if (options !== undefined) {
    const edit =
      last === undefined
        ? insert(file, options.getStart() + 1, ` ${property} `)
        : insert(file, last.end, `, ${property}`);
    return [{ title, edits: [edit], preferred: true }];
  }
  const end = call.arguments.at(-1)?.end;
  if (end === undefined || call.arguments.length > place) return [];
  const missing = ', undefined'.repeat(place - call.arguments.length);
  return [{ title, edits: [insert(file, end, `${missing}, { ${property} }`)], preferred: true }];
}
