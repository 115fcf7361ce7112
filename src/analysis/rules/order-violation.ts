/**
 * Why this file exists: what starts by itself tells its listeners once; a listener that is attached after an `await`
 * comes too late for what happened meanwhile.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, rangeOf, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { libraryNames } from './shapes/targets';
import { type Binding, bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';
import { isSuspension, ownNodes } from './state/own-nodes';

export const orderViolation: Rule = {
  id: 'order-violation',
  finds: 'a listener that is attached after an `await`, too late for events that came meanwhile',
  severity: 'warning',
  check: (context) => {
    return context.nodes.of(ts.SyntaxKind.VariableDeclaration).flatMap((each) => ofDeclaration(each, context) ?? []);
  },
};

/** What starts by itself, and the events of it that are told once and not kept for later. */
const starters: readonly (readonly [RegExp, RegExp])[] = [
  [/^node:(net|tls) (connect|createConnection)$/, /^(connect|secureConnect|error|close|timeout|lookup)$/],
  [/^node:(http|https) (request|get)$/, /^(response|error|socket|connect|upgrade|timeout)$/],
  [/^node:child_process (spawn|exec|execFile|fork)$/, /^(exit|error|close|spawn|message)$/],
  [/^node:fs (createReadStream|createWriteStream)$/, /^(open|ready|error)$/],
  [/^node:worker_threads Worker$/, /^(online|message|error|exit)$/],
  [/^(global|undici-types|undici) (WebSocket|EventSource)$/, /^(open|message|error|close)$/],
];

function ofDeclaration(declaration: ts.VariableDeclaration, context: RuleContext): Finding | undefined {
  const value = declaration.initializer === undefined ? undefined : skipOuter(declaration.initializer);
  if (value === undefined || !ts.isIdentifier(declaration.name)) return undefined;
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return undefined;
  const names = libraryNames(value, context);
  const events = starters.find(([pattern]) => names?.every((name) => pattern.test(name)) === true)?.[1];
  const binding = events === undefined ? undefined : bindingsOf(context.summary.source).of(declaration.name);
  if (events === undefined || binding === undefined) return undefined;
  return lateListener(declaration, value, binding, events, context);
}

function lateListener(
  declaration: ts.Node,
  value: ts.CallExpression | ts.NewExpression,
  binding: Binding,
  events: RegExp,
  context: RuleContext,
): Finding | undefined {
  const fn = functionAround(declaration);
  const waits = ownNodes(fn, isSuspension).filter((wait) => wait.pos >= declaration.end);
  for (const mention of binding.mentions) {
    const listening = listenerCall(mention, events);
    if (listening === undefined || functionAround(mention) !== fn) continue;
    const wait = waits.find((each) => each.end <= mention.pos);
    // A wait that looks at the object itself may wait for just this event, or for its end.
    if (wait === undefined || mentionsIn(binding, declaration.end, wait.end)) return undefined;
    const message =
      `\`${calleeName(value.expression)}\` has started before this await: an event that comes meanwhile finds no ` +
      `listener on \`${binding.name}\`, and an \`error\` without one ends the process. Attach it before.`;
    return found(orderViolation, context, listening, message, {
      related: [
        { file: context.summary.file, range: rangeOf(declaration), message: 'It starts here.' },
        { file: context.summary.file, range: rangeOf(wait), message: 'Events may come here.' },
      ],
    });
  }
  return undefined;
}

/** `x.on('error', …)`, `x.once(…)`, `x.addEventListener(…)` for one of the events. */
function listenerCall(mention: ts.Identifier, events: RegExp): ts.CallExpression | undefined {
  const access = mention.parent;
  if (!ts.isPropertyAccessExpression(access) || !/^(on|once|addListener|addEventListener)$/.test(access.name.text))
    return undefined;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access) return undefined;
  const [event] = call.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && events.test(event.text) ? call : undefined;
}

function mentionsIn({ mentions }: Binding, start: number, end: number): boolean {
  return mentions.some((mention) => mention.pos >= start && mention.end <= end);
}
