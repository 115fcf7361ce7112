/** Why this file exists: what is said of a browser's loop otherwise than of Node's, in English. */
import type { BrowserCaptions, Caption } from './caption';
import { code, say, timesIn } from './caption-words';
import type { Fact } from './facts';
import type { TaskOrigin } from './trace';

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export const browserInEnglish: BrowserCaptions = {
  facts: {
    called: fact => fact.byHost
      ? say(`The browser calls ${code(fact.label)}.`, 'Something happened that this listener was registered for.', 'The browser calls a listener from outside: its frame is the first on the stack.')
      : undefined,
    'callback-called': fact => say(`${callback(fact.origin)} runs: ${code(fact.label)}.`, whyNow(fact.origin),
      `It was queued ${fact.queuedBy === undefined ? '' : `by ${code(fact.queuedBy)} `}at ${ms(fact.queuedAt ?? 0)} and starts on an empty stack.`),
    queued,
    'task-begun': fact => say(`${callback(fact.origin)} starts${fact.label === '' ? '' : `: ${code(fact.label)}`}.`, whyNow(fact.origin),
      fact.late >= 1 ? `It was due at ${ms(fact.due)} and is ${ms(fact.late)} late: the stack was busy.` : `Turn ${String(fact.turn)} of the loop; the stack is empty.`),
    unhandled: fact => say(`Lost: ${fact.label === '' ? 'a promise' : code(fact.label)} was rejected with ${code(fact.value)}, and nobody handles it.`,
      'A rejected promise needs an `await` in a `try`, or a `catch`, before a task comes that looks.', 'A task fires `unhandledrejection` at the window; unless a listener prevents it, the console says “Uncaught (in promise)”. The page lives on.'),
    'handled-late': fact => say(`${fact.label === '' ? 'The promise' : code(fact.label)} gets its handler after all.`, 'The handler came after the browser had reported the rejection.', 'A task fires `rejectionhandled` at the window.'),
    slept: fact => say(`Nothing to do: the loop sleeps ${ms(fact.to - fact.from)}, until ${ms(fact.to)}.`, `No code runs${fact.next === undefined ? '.' : `; next is ${code(fact.next)}.`}`, 'The thread waits for the next timer, frame or event.'),
    phase,
    ended: fact => fact.outcome === 'completed' || fact.outcome === 'uncaught'
      ? say(fact.outcome === 'uncaught' ? 'Nothing is left to do; an error was reported that nobody handled.' : 'Nothing is left to do.', fact.suspended.length > 0 ? `${fact.suspended.map(code).join(', ')} will never go on.` : 'All that was queued has run.', 'The simulation of a page ends when no task, timer, frame or idle callback is left.')
      : undefined,
  },
  sentences: {
    'The stack is empty: ticks and microtasks are next.': 'The stack is empty: microtasks are next.',
    'Its script runs in the poll phase of its loop; `online` is on its way to whoever made it.': 'Its script runs first; messages that were posted meanwhile come after it.',
    'The event `exit` is told in the loop of the agent that made it, after its messages.': 'Nobody is told of it: there is no event for the end of a worker.',
    'It was ended: by an error, by `process.exit`, or from outside.': 'It was ended from outside.',
    'It waits in its port until this loop polls.': 'It is a task of this loop.',
  },
};

const ms = timesIn('ms');

function callback(origin: TaskOrigin): string {
  switch (origin) {
    case 'message': return 'The listener of a message';
    case 'setTimeout': return 'A timer’s callback';
    case 'setInterval': return 'An interval’s callback';
    case 'then': return 'A `then` callback';
    case 'await': return 'The continuation of an `await`';
    case 'thenable': return 'The `then` of a thenable';
    case 'queueMicrotask': return 'A microtask';
    case 'event': return 'A listener';
    case 'parser': return 'Reading the rest of the page';
    case 'postTask': return 'A posted task';
    case 'yield': return 'What `scheduler.yield` continues';
    case 'requestAnimationFrame': return 'A frame’s callback';
    case 'requestIdleCallback': return 'An idle callback';
    case 'mutation': return 'A mutation observer';
    case 'answer': case 'fetch': return 'What came over the network';
    default: return 'A job';
  }
}

function whyNow(origin: TaskOrigin): string {
  switch (origin) {
    case 'message': case 'parser': case 'answer': case 'fetch': return 'The stack is empty, the microtasks are done: the loop takes the task that became ready first.';
    case 'setTimeout': case 'setInterval': return 'Its time has come and the stack is empty. One callback, then all microtasks, then the next task.';
    case 'event': return 'The event is told to one listener after the other. When the browser tells it, the stack is empty after each, and the microtasks run.';
    case 'postTask': case 'yield': return 'Of all tasks that are ready its priority is the highest, or it became ready first.';
    case 'requestAnimationFrame': return 'A frame is about to be drawn. All callbacks that were asked for before it run now, each followed by its microtasks.';
    case 'requestIdleCallback': return 'No task is ready and no frame is due: there is time left.';
    default: return 'The stack is empty: all microtasks run now, before anything else.';
  }
}

function queued(fact: FactOf<'queued'>): Caption | undefined {
  const name = code(fact.label);
  const ahead = fact.ahead === 0 ? '' : ` ${String(fact.ahead)} ${fact.ahead === 1 ? 'stands' : 'stand'} before it.`;
  switch (fact.queue) {
    case 'timers': return say(`A timer is set: ${name} in ${Math.round(fact.delay)} ms.`, 'The page does not wait here. The callback runs when its time has come and the stack is empty, never earlier.', `Due at ${ms(fact.due)}; it then stands behind the tasks that are ready. From the sixth timer that one sets from the other, a timer waits 4 ms at least.`);
    case 'tasks': return say(`A task is queued: ${name}.`, 'The loop takes one task at a time; after each come all microtasks.', 'Of one priority tasks run in the order in which they became ready, whatever their source.');
    case 'messages': return say(`A message has come: ${name}.`, 'It is a task: the loop tells it in its turn.', 'What a worker posts is cloned, and queued as a task of whoever made it; and the other way round.');
    case 'frames': return say(`${name} waits for the next frame.`, `It runs just before the browser draws.${ahead}`, 'The list of animation frame callbacks is taken as it is when the frame begins; what is asked for then comes with the next one.');
    case 'idle': return say(`${name} waits until nothing else is to be done.`, `It runs between frames and tasks, with a deadline.${ahead}`, 'With `timeout` it becomes a task when that time is over.');
    case 'microtasks': return say(`${name} is put into the microtask queue.`, `It runs as soon as the stack is empty, before the next task and before the browser draws.${ahead}`, 'A microtask checkpoint follows each callback on an empty stack: first in, first out, until the queue is empty.');
    default: return undefined;
  }
}

function phase({ phase: now, turn }: FactOf<'phase'>): Caption | undefined {
  switch (now) {
    case 'main': return say('The page is read, up to its script.', 'The script runs first, from top to bottom.', 'A classic script runs while the page is parsed, a module once it was read.');
    case 'task': return say(`The loop takes a task: turn ${String(turn)}.`, 'One task, then all microtasks.', 'HTML’s event loop: choose a task queue, run its oldest task, perform a microtask checkpoint.');
    case 'rendering': return say(`The browser renders a frame: turn ${String(turn)}.`, 'Callbacks of `requestAnimationFrame` run, then the page is laid out and drawn.', 'Update the rendering: a frame comes about every 16.7 ms, when there is anything to draw.');
    case 'idle': return say(`The loop has nothing to do: turn ${String(turn)}.`, 'There is time for an idle callback.', 'Start an idle period: one callback at a time, until the deadline or a task.');
    case 'exit': return say('Nothing more is to be done.', 'The page lives on, but nothing would happen in it any more.', 'No task, timer, frame or idle callback is left; the simulation ends here.');
    default: return undefined;
  }
}
