/** Why this file exists: the phrases that several hovers share, each for one value of a fact. */
import { t } from '../../base/words';
import type { BlockingEffect, BoundaryKind, Color } from '../flow-model/flow-model';
import { measuredPhrase } from '../known-apis/blocking';
import type { ScheduledBy } from '../known-apis/callbacks';
import type { AwaitedWhat } from './explanation';

/** Goes on "waits for …". */
export function awaitedText(what: AwaitedWhat): string {
  const texts: Readonly<Record<AwaitedWhat, string>> = {
    timer: t('a **timer**'),
    network: t('the **network**'),
    pool: t("**libuv's thread pool**"),
    process: t('**another process**'),
    event: t('an **event**'),
    'async-function': t('an **async function** of this project'),
    collection: t('a **collection of promises**'),
    value: t('a **value that is there already**'),
    unknown: t('something its type does not tell'),
  };
  return texts[what];
}

/** Goes on "the call is …; …". */
export function boundaryText(kind: BoundaryKind): string {
  const texts: Readonly<Record<BoundaryKind, string>> = {
    awaited: t('awaited here: this function suspends until it settles'),
    returned: t('returned: the caller gets to wait for it'),
    collected: t('collected with others: they run concurrently'),
    chained: t('chained: the handlers run as microtasks after it settles'),
    floating: t('dropped: nobody waits for it'),
    scheduled: t('scheduled: the callback runs later, from the event loop, on an empty stack'),
    blocking: t('blocking: nothing else runs until it returns'),
    posted: t('posted to another agent, which runs in parallel; data is cloned'),
    yielded: t('handed to whoever iterates'),
    bridged: t('a bridge between callbacks or synchronous code and promises'),
  };
  return texts[kind];
}

/** The name of a colour, as people say it. */
export function colorWord(color: Color): string {
  const words: Readonly<Record<Color, string>> = {
    sync: t('sync'),
    async: t('async'),
    generator: t('generator'),
    'async-generator': t('async generator'),
    callback: t('callback'),
    worker: t('worker'),
    either: t('either'),
  };
  return words[color];
}

/** Goes on "the function is …: …". */
export function colorText(color: Color): string {
  const texts: Readonly<Record<Color, string>> = {
    sync: t('runs to completion when it is called'),
    async: t('returns a promise; its body starts at once, up to the first `await`'),
    generator: t('runs only while somebody asks for the next value'),
    'async-generator': t('yields values that are awaited; runs only while somebody asks for the next one'),
    callback: t('returns at once and answers later through a callback'),
    worker: t('runs in another agent, on its own event loop'),
    either: t('may answer now or later, or its type does not say'),
  };
  return texts[color];
}

/** Goes on "gives its callback to the event loop: …". */
export function scheduledText(by: ScheduledBy): string {
  const texts: Readonly<Record<ScheduledBy, string>> = {
    timer: t('it runs in the timers phase, when its time has come and the thread is free'),
    tick: t('it runs when the present callback has ended, before every microtask'),
    microtask: t('it runs when the stack is empty, before the next timer or I/O callback'),
    immediate: t('it runs in the check phase, after the I/O of this turn of the loop'),
    event: t('it runs inside `emit` or its like, each time the event happens'),
    completion: t('it runs when the operation has completed, from the poll phase'),
    request: t('it runs for each request, from the poll phase'),
  };
  return texts[by];
}

/** One sentence about what blocks, and through whom. */
export function effectText(effect: BlockingEffect): string {
  const details = [t('{0} cost', tierWord(effect.tier)), measuredPhrase(effect.measured)].filter((part) => part !== '');
  const chain = effect.chain.map((link) => `\`${link.callee}\``).join(' → ');
  return effect.certain
    ? t('Blocks through {0} ({1}).', chain, details.join(', '))
    : t('May block through {0} ({1}): not every implementation does.', chain, details.join(', '));
}

function tierWord(tier: BlockingEffect['tier']): string {
  const words = { high: t('high'), medium: t('medium'), low: t('low') };
  return words[tier];
}
