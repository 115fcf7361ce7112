/**
 * Why this file exists: answers of the world outside, of services and databases. Each comes at a time of its own and is
 * told in the poll phase, in the order of these times.
 */
import { asyncContext, inContext, type AsyncContext } from '../async-context';
import { callAs, newIds, type Numbered } from '../async-ids';
import { refuseUnheard } from '../async-unheard';
import { clock } from '../clock';
import { bareList } from '../primordials';
import { taskQueued } from '../tasks';
import { drainQueues, runGuarded } from '../ticks';
import { enterTask, startNow, type Start } from './races';

interface Answer {
  readonly at: number;
  readonly label: string;
  readonly start: Start;
  readonly context: AsyncContext;
  readonly ids: Numbered;
  readonly tell: () => void;
}

/** In the order of their times, from `first` on. */
const underWay = bareList<Answer>();
let first = 0;

/** `label` is how people read what was asked. Answers how it is called off. */
function answerAfter(ms: number, label: string, tell: () => void): () => void {
  const at = clock.now() + ms;
  refuseUnheard(label);
  const ids = newIds();
  let place = underWay.length;
  for (; place > first; place--) {
    const before = underWay[place - 1];
    if (before === undefined || before.at <= at) break;
    underWay[place] = before;
  }
  const answer = { at, label, start: startNow(), context: asyncContext.current, ids, tell };
  underWay[place] = answer;
  return () => { callOff(answer); };
}

function callOff(answer: Answer): void {
  let place = first;
  while (place < underWay.length && underWay[place] !== answer) place++;
  if (place === underWay.length) return;
  for (let next = underWay[place + 1]; next !== undefined; next = underWay[place + 1]) underWay[place++] = next;
  underWay.length--;
  if (first === underWay.length) first = underWay.length = 0;
}

/** How answers come; another host has its own way: parts/browser. */
export const outsideAnswers = { after: answerAfter };

export function answersAlive(): boolean {
  return first < underWay.length;
}

/** When the next answer is there; Infinity when none is under way. */
export function nextAnswerAt(): number {
  return underWay[first]?.at ?? Infinity;
}

/** Tells what has come by now, each with its ticks and microtasks; what is asked meanwhile waits. */
export function tellAnswers(): void {
  const now = clock.now();
  for (let answer = underWay[first]; answer !== undefined && answer.at <= now; answer = underWay[first]) {
    if (++first === underWay.length) first = underWay.length = 0;
    const { label, start, context, ids, tell } = answer;
    enterTask(start, 1);
    const task = taskQueued({ queue: 'messages', origin: 'answer', label, site: start.site });
    runGuarded({ task, run: () => { inContext(context, () => { callAs(ids, tell); }); } });
    drainQueues();
  }
}
