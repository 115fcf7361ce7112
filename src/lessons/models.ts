/**
 * Why this file exists: the wrong models of the loop that people hold, each as a belief that can be played, with the
 * smallest program that tells it from the truth. What each is called is a matter of language (`player/words`).
 */
import type { Belief } from './replay';
import { realRank } from './replay';
import type { Score, ScoredFrame, ScoredTask } from './score';

export interface Model {
  readonly name: ModelName;
  readonly belief: Belief;
  /** Smallest program, what it prints, and what it would print under the belief. */
  readonly sample: { readonly text: string; readonly real: readonly string[]; readonly believed: readonly string[] };
}

export type ModelName =
  | 'await-blocks' | 'callbacks-at-once' | 'then-at-once' | 'timers-first' | 'executor-later' | 'async-body-later'
  | 'for-each-waits' | 'one-queue' | 'ticks-last';

/** The text before a function's own, in its file. */
function textBefore(frame: ScoredFrame, { trace }: Score): string {
  const site = trace.sites[frame.site];
  return site === undefined ? '' : trace.files[site.file]?.text.slice(0, site.start) ?? '';
}

function isExecutor(frame: ScoredFrame, score: Score): boolean {
  return /\bnew\s+Promise\s*(?:<[^()]*>)?\(\s*$/.test(textBefore(frame, score).slice(-200));
}

/** The async callback of a `forEach`, and what it calls. */
function isInForEach(frame: ScoredFrame, score: Score): boolean {
  if (frame.color === 'async' && /\.forEach\(\s*$/.test(textBefore(frame, score).slice(-40))) return true;
  const parent = frame.parent === undefined ? undefined : score.frames.get(frame.parent);
  return parent !== undefined && isInForEach(parent, score);
}

function isSoon({ due, queuedAt }: ScoredTask): boolean {
  return due === undefined || due - queuedAt <= 1.5;
}

const handedOver: ReadonlySet<string> = new Set(['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'then']);

/** In the order in which they are thought of: the first that fits names the mistake. */
export const models: readonly Model[] = [
  {
    name: 'await-blocks', belief: { blocks: frame => frame.color === 'async' },
    sample: {
      text: `async function load() {\n  await null;\n  console.log('loaded');\n}\nload();\nconsole.log('next line');\n`,
      real: ['next line', 'loaded'], believed: ['loaded', 'next line'],
    },
  },
  {
    name: 'then-at-once', belief: { atOnce: task => task.origin === 'then' },
    sample: {
      text: `Promise.resolve().then(() => console.log('then'));\nconsole.log('next line');\n`,
      real: ['next line', 'then'], believed: ['then', 'next line'],
    },
  },
  {
    name: 'callbacks-at-once', belief: { atOnce: task => handedOver.has(task.origin) && isSoon(task) },
    sample: {
      text: `setTimeout(() => console.log('timer'), 0);\nconsole.log('next line');\n`,
      real: ['next line', 'timer'], believed: ['timer', 'next line'],
    },
  },
  {
    name: 'timers-first', belief: { rank: task => task.queue === 'microtasks' && task.origin !== 'await' ? 1e9 : realRank(task) + 1 },
    sample: {
      text: `setTimeout(() => console.log('timer'), 0);\nqueueMicrotask(() => console.log('microtask'));\n`,
      real: ['microtask', 'timer'], believed: ['timer', 'microtask'],
    },
  },
  {
    name: 'executor-later', belief: { defers: isExecutor },
    sample: {
      text: `new Promise(() => console.log('executor'));\nconsole.log('next line');\n`,
      real: ['executor', 'next line'], believed: ['next line', 'executor'],
    },
  },
  {
    name: 'async-body-later', belief: { defers: frame => frame.color === 'async' },
    sample: {
      text: `async function body() {\n  console.log('body');\n}\nbody();\nconsole.log('next line');\n`,
      real: ['body', 'next line'], believed: ['next line', 'body'],
    },
  },
  {
    name: 'for-each-waits', belief: { blocks: isInForEach },
    sample: {
      text: `[1].forEach(async () => {\n  await null;\n  console.log('callback');\n});\nconsole.log('after forEach');\n`,
      real: ['after forEach', 'callback'], believed: ['callback', 'after forEach'],
    },
  },
  {
    name: 'one-queue', belief: { rank: task => Math.floor(isSoon(task) ? task.queuedAt : task.due ?? task.queuedAt) },
    sample: {
      text: `setImmediate(() => console.log('immediate'));\nprocess.nextTick(() => console.log('tick'));\n`,
      real: ['tick', 'immediate'], believed: ['immediate', 'tick'],
    },
  },
  {
    name: 'ticks-last', belief: { rank: task => task.queue === 'ticks' ? 1.5 : realRank(task) },
    sample: {
      text: `process.nextTick(() => console.log('tick'));\nqueueMicrotask(() => console.log('microtask'));\n`,
      real: ['tick', 'microtask'], believed: ['microtask', 'tick'],
    },
  },
];
