/** Why this file exists: facts become a few tight lines of Markdown; no sentence says more than a fact. */
import type ts from 'typescript';
import { lineStarts, positionAt, type TextRange } from '../../base/text';
import { unreachable } from '../../base/invariant';
import type { BlockingEffect, BoundaryKind, Color } from '../flow-model/flow-model';
import { measuredPhrase } from '../known-apis/blocking';
import type { AwaitedWhat, AwaitFacts, CallFacts, ExplainOptions, FunctionFacts, RejectionPlace } from './explanation';
import { awaitPicture } from './picture';

const awaitedText: Readonly<Record<AwaitedWhat, string>> = {
  timer: 'a **timer**',
  network: 'the **network**',
  pool: "**libuv's thread pool**",
  process: '**another process**',
  event: 'an **event**',
  'async-function': 'an **async function** of this project',
  collection: 'a **collection of promises**',
  value: 'a **value that is there already**',
  unknown: 'something its type does not tell',
};

/** The hover of an `await`. */
export function awaitMarkdown(
  facts: AwaitFacts,
  range: TextRange,
  source: ts.SourceFile,
  options: ExplainOptions,
): string {
  const who = facts.suspended === undefined ? 'the module' : `\`${facts.suspended}\``;
  const lines = [
    `**await** \`${facts.operand}\`: waits for ${awaitedText[facts.what]}.`,
    `- Suspended: ${who}; it leaves the call stack, its locals are kept.`,
    `- Meanwhile: ${meanwhile(facts)}`,
    `- Resumes: ${resumes(facts)}`,
    `- A rejection ${rejectionText(facts.rejection, who, source)}.`,
  ];
  if (facts.mayChange.length > 0)
    lines.push(`- May have changed by then: ${facts.mayChange.map((name) => `\`${name}\``).join(', ')}.`);
  if (options.picture !== false)
    lines.push('', `![Who runs while ${facts.suspended ?? 'the module'} waits](${awaitPicture(facts)})`);
  return withLink(lines, range, options);
}

function meanwhile(facts: AwaitFacts): string {
  if (facts.what === 'value') return 'only microtasks that are queued already run; no timer and no I/O comes between.';
  const others = facts.suspended === undefined ? 'modules that do not import it go on' : 'the caller goes on';
  return `${others}, then microtasks, timers and I/O callbacks may run.`;
}

function resumes(facts: AwaitFacts): string {
  const turns = `${String(facts.microtaskTurns)} microtask turn${facts.microtaskTurns === 1 ? '' : 's'}`;
  if (facts.what === 'value') return `as a microtask, after at least ${turns}, even though nothing is waited for.`;
  return `as a microtask once the promise has settled, at least ${turns} later.`;
}

function rejectionText(place: RejectionPlace, who: string, source: ts.SourceFile): string {
  switch (place.kind) {
    case 'catch':
      return `goes to the \`catch\` on line ${String(positionAt(lineStarts(source.text), place.range?.start ?? 0).line)}`;
    case 'caller':
      return `rejects the promise of ${who}`;
    case 'process':
      return 'is uncaught and ends the process';
    default:
      return unreachable(place.kind);
  }
}

const boundaryText: Readonly<Record<BoundaryKind, string>> = {
  awaited: 'awaited here: this function suspends until it settles',
  returned: 'returned: the caller gets to wait for it',
  collected: 'collected with others: they run concurrently',
  chained: 'chained: the handlers run as microtasks after it settles',
  floating: 'dropped: nobody waits for it',
  scheduled: 'scheduled: the callback runs later, from the event loop, on an empty stack',
  blocking: 'blocking: nothing else runs until it returns',
  posted: 'posted to another agent, which runs in parallel; data is cloned',
  yielded: 'handed to whoever iterates',
  bridged: 'a bridge between callbacks or synchronous code and promises',
};

/** The hover of a call that crosses a boundary. */
export function callMarkdown(facts: CallFacts, range: TextRange, options: ExplainOptions): string {
  const lines = [
    `\`${facts.callee}\` is **${facts.calleeColor}**${facts.boundary === undefined ? '' : `; ${boundaryText[facts.boundary]}`}.`,
  ];
  if (facts.effect !== undefined) lines.push(`- ${effectText(facts.effect)}`);
  return withLink(lines, range, options);
}

const colorText: Readonly<Record<Color, string>> = {
  sync: 'runs to completion when it is called',
  async: 'returns a promise; its body starts at once, up to the first `await`',
  generator: 'runs only while somebody asks for the next value',
  'async-generator': 'yields values that are awaited; runs only while somebody asks for the next one',
  callback: 'returns at once and answers later through a callback',
  worker: 'runs in another agent, on its own event loop',
  either: 'may answer now or later, or its type does not say',
};

/** The hover of a function's name. */
export function functionMarkdown(facts: FunctionFacts, range: TextRange, options: ExplainOptions): string {
  const awaits = facts.awaits === 0 ? '' : ` · ${String(facts.awaits)} await${facts.awaits === 1 ? '' : 's'}`;
  const lines = [`\`${facts.name}\` is **${facts.color}**${awaits}: ${colorText[facts.color]}.`];
  if (facts.effect !== undefined) lines.push(`- ${effectText(facts.effect)}`);
  return withLink(lines, range, options);
}

function effectText(effect: BlockingEffect): string {
  const details = [`${effect.tier} cost`, measuredPhrase(effect.measured)].filter((part) => part !== '').join(', ');
  return `Blocks through ${effect.chain.map((link) => `\`${link.callee}\``).join(' → ')} (${details}).`;
}

function withLink(lines: readonly string[], range: TextRange, options: ExplainOptions): string {
  const link = options.linkTo?.(range);
  return (link === undefined ? lines : [...lines, '', `[▶ Visualize from here](${link})`]).join('\n');
}
