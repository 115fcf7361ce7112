/**
 * Why this file exists: the captions in English, one sentence a fact in each depth. Text in backticks is code. Another
 * language is another table of the same type.
 */
import { browserInEnglish } from './captions-browser-en';
import type { Caption, CaptionTable } from './caption';
import { code, say, timesIn } from './caption-words';
import type { Fact, Onward } from './facts';
import type { SkippedUnit, TaskOrigin } from './trace';

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export const captionsInEnglish: CaptionTable = {
  inBrowser: browserInEnglish,
  'nothing-yet': () => say('Nothing has run yet.', 'Step forward, press play, or click a line to run to it.', 'Nothing of your code runs on your machine: it was simulated, and this is the recording.'),
  statement: fact => say(`Line ${String(fact.line)} runs${fact.inside === undefined ? '' : ` in ${code(fact.inside)}`}: ${code(fact.text)}`,
    'JavaScript runs one statement after the other; nothing else runs in between.', 'Run to completion: only the frame on top of the stack runs, until it returns or suspends.'),
  'module-begun': fact => say(`The main script ${code(fact.label)} begins.`, 'The whole file runs first, from top to bottom. No callback runs before it is done.',
    'The module body is the first frame on the stack; queues are looked at when the stack is empty.'),
  called,
  'callback-called': fact => say(`${callback(fact.origin)} runs: ${code(fact.label)}.`, whyNow(fact.origin),
    `It was queued ${fact.queuedBy === undefined ? '' : `by ${code(fact.queuedBy)} `}at ${ms(fact.queuedAt ?? 0)} and starts on an empty stack.`),
  returned,
  'await-suspended': suspended,
  'yield-suspended': fact => say(`${code(fact.label)} hands out ${code(fact.value)} and stops at line ${String(fact.line)}.`,
    `A generator keeps its place and its variables until \`next()\` is called again. ${goesOn(fact.to, '')}`,
    'GeneratorYield: the frame leaves the stack without any queue; its caller gets `{ value, done: false }`.'),
  resumed,
  queued,
  'task-begun': fact => say(`${callback(fact.origin)} starts${fact.label === '' ? '' : `: ${code(fact.label)}`}.`, whyNow(fact.origin),
    fact.late >= 1 ? `It was due at ${ms(fact.due)} and is ${ms(fact.late)} late: the stack was busy.` : `Turn ${String(fact.turn)} of the loop; the stack is empty.`),
  cancelled: fact => say(`${code(fact.label)} is taken out of its queue.`, 'What is cancelled before it starts never runs.', `${fact.origin === 'setImmediate' ? '`clearImmediate`' : '`clearTimeout`'} removes it; the loop no longer stays alive for it.`),
  settled: fact => say(`The promise${fact.label === '' ? '' : ` ${code(fact.label)}`} is ${fact.state}${valueOf(fact)}.`, fact.waiters.length === 0 ? noReader(fact.state) : `${list(fact.waiters)} ${fact.waiters.length === 1 ? 'waits' : 'wait'} for it, and will go on as ${fact.waiters.length === 1 ? 'a microtask' : 'microtasks'}.`,
    'A promise settles once. Settling runs no callback; it only puts jobs into the microtask queue.'),
  followed: fact => say(`${promise(fact.label)} now follows ${fact.target === undefined ? 'a thenable' : promise(fact.target)}.`, 'A promise that is resolved with another promise takes over its fate.',
    'The other promise’s `then` is called in a microtask of its own; that costs two further turns of the queue.'),
  chained: fact => say(`${promise(fact.by)} waits for ${promise(fact.label)}.`, fact.already ? 'The promise is settled, yet the callback still waits for its turn as a microtask.' : '`then` runs nothing now: it registers a callback and returns a new promise.',
    fact.already ? 'PerformPromiseThen on a settled promise queues the reaction job at once.' : 'PerformPromiseThen adds a reaction; settling the promise will queue it.'),
  unhandled: fact => say(`Lost: ${promise(fact.label)}${fact.line === undefined ? '' : ` (line ${String(fact.line)})`} was rejected with ${code(fact.value)}, and nobody handles it.`,
    'A rejected promise needs an `await` in a `try`, or a `catch`, before ticks and microtasks are done.', 'processTicksAndRejections: Node emits `unhandledRejection`; with no listener it prints the error and ends with code 1.'),
  'handled-late': fact => say(`${promise(fact.label)} gets its handler after all.`, 'The handler came after Node had reported the rejection.', 'Node emits `rejectionHandled`.'),
  printed: fact => say(`${fact.inside === undefined ? 'The main script' : code(fact.inside)} prints ${code(fact.text === '' ? '(an empty line)' : fact.text)}${fact.line === undefined ? '' : ` (line ${String(fact.line)})`}.`,
    fact.stream === 'stderr' ? 'It goes to standard error.' : 'The order of the printed lines is the order in which code ran.', 'Printing is synchronous here: the line is out before the next statement runs.'),
  skipped: fact => say(`${fact.count.toLocaleString('en')} more ${unitWord(fact.unit)} of line ${String(fact.line)} ran; they are counted, not shown.`,
    whySkipped(fact.unit), 'The result is exact: only the recording is thinned.'),
  slept: fact => say(`Nothing to do: the loop sleeps ${ms(fact.to - fact.from)}, until ${ms(fact.to)}.`, `No code runs and no CPU is used${fact.next === undefined ? '.' : `; next is ${code(fact.next)}.`}`,
    'In the poll phase libuv waits in the kernel for the next timer or event.'),
  worker,
  blocked,
  message,
  'work-queued': workQueued,
  'work-started': fact => say(`Thread ${String(fact.thread)} of the pool takes ${trip(fact)}.`, fact.waited >= 1 ? `It waited ${ms(fact.waited)} for a thread: all were busy.` : 'From here on it goes on beside the program, whose code does not wait for it.',
    'A worker thread of libuv takes the first of the queue, first in, first out.'),
  phase,
  ended,
};

const ms = timesIn('ms');

export function unitWord(unit: SkippedUnit): string {
  return unit === 'awaiting-turns' ? 'turns' : unit;
}

function whySkipped(unit: SkippedUnit): string {
  switch (unit) {
    case 'turns': return 'A long loop is shown by its first and last turns.';
    case 'awaiting-turns': return 'In each of them an `await` gave way to an empty queue, and the function went on at once.';
    case 'calls':
    case 'steps': return 'What runs very often is shown by its first times.';
  }
}

/** Who goes on, or what is said when nobody does. */
function goesOn(to: Onward | undefined, nobody: string): string {
  if (to === undefined) return nobody;
  return to.kind === 'script' ? 'The main script goes on.' : `${code(to.label)} goes on.`;
}

/** A promise by its label, or as such. */
function promise(label: string): string {
  return label === '' ? 'the promise' : code(label);
}

function list(labels: readonly string[]): string {
  const names = labels.map(promise);
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function noReader(state: 'fulfilled' | 'rejected'): string {
  return state === 'rejected' ? 'Nobody waits for it so far: the error may get lost.' : 'Nobody waits for it so far; the value is kept for whoever asks later.';
}

function valueOf(fact: { readonly value: string }): string {
  return fact.value === 'undefined' || fact.value === '' ? '' : ` with ${code(brief(fact.value))}`;
}

/** An instance of a class by its name: what is in it would fill the sentence. */
function brief(value: string): string {
  return value.length > 32 ? value.replace(/^([\w$]+) \{.*$/s, '$1 {…}') : value;
}

function callback(origin: TaskOrigin): string {
  switch (origin) {
    case 'message': return 'listener of a message';
    case 'nextTick': return 'A tick';
    case 'setTimeout': return 'A timer’s callback';
    case 'setInterval': return 'An interval’s callback';
    case 'setImmediate': return 'An immediate';
    case 'then': return 'A `then` callback';
    case 'await': return 'The continuation of an `await`';
    case 'thenable': return 'The `then` of a thenable';
    case 'queueMicrotask': return 'A microtask';
    case 'signal': return 'An event’s listener';
    case 'answer': return 'An answer from outside';
    case 'pool': return 'What the thread pool has done';
    case 'io': return 'What has come from outside';
    default: return 'A job';
  }
}

function whyNow(origin: TaskOrigin): string {
  switch (origin) {
    case 'nextTick': return 'The stack is empty: all ticks run now, before any microtask.';
    case 'setTimeout': case 'setInterval': return 'Its time has come and the stack is empty. One timer’s callback, then all ticks and microtasks, then the next timer.';
    case 'setImmediate': return 'Immediates run in the check phase, after the loop has looked for I/O.';
    case 'signal': return 'The stack is empty and the event has happened.';
    case 'answer': return 'The poll phase tells what has come from outside. One answer, then all ticks and microtasks, then the next.';
    case 'io': return 'The poll phase tells what sockets and processes have to say. One callback, then all ticks and microtasks, then the next.';
    case 'pool': return 'The poll phase tells what threads have done. One callback, then all ticks and microtasks, then the next.';
    default: return 'The stack is empty and there are no ticks: all microtasks run now, before any timer.';
  }
}

function called(fact: FactOf<'called'>): Caption {
  if (fact.byHost) return say(`Node calls ${code(fact.label)}.`, 'Something happened that this listener was registered for; the stack was empty.', 'The host calls a listener from outside: its frame is the first on the stack.');
  const headline = `${fact.by === undefined ? 'The main script' : code(fact.by)} calls ${code(fact.label)}.`;
  switch (fact.color) {
    case 'async': return say(headline, 'An async function starts at once, inside the call, and runs until its first `await`.', 'Its promise exists already; the caller gets it at the first `await` or at the end.');
    case 'generator': return say(headline, 'A generator runs only while somebody calls `next()`.', 'Its frame is put on the stack by `next()`, not by the call that made it.');
    case 'async-generator': return say(headline, 'An async generator runs only while somebody waits for its next value.', 'Requests wait in the generator’s own queue.');
    case 'sync': return say(headline, 'A call puts a frame on the stack; the caller waits until it returns.', 'No queue takes part in an ordinary call.');
  }
}

function suspended(fact: FactOf<'await-suspended'>): Caption {
  const headline = fact.yields
    ? `${code(fact.label)} yields ${code(brief(fact.awaited))} at line ${String(fact.line)} and is suspended.`
    : `${code(fact.label)} is suspended at line ${String(fact.line)}: it waits for ${promise(fact.awaited)}.`;
  const why = fact.yields ? '`yield` in an async generator awaits its value before it hands it out.'
    : fact.already ? '`await` always suspends, even when the value is already there.'
      : '`await` blocks nobody: the function leaves the stack and keeps its variables.';
  return say(headline, `${why} ${goesOn(fact.to, 'The stack is empty now, so the queues get their turn.')}`,
    fact.already ? 'The promise is settled, so the continuation goes straight into the microtask queue.' : 'PerformPromiseThen registers the continuation; it becomes a microtask when the promise settles.');
}

function returned(fact: FactOf<'returned'>): Caption {
  const onward = goesOn(fact.to, 'The stack is empty: ticks and microtasks are next.');
  if (fact.color === 'module') return say(fact.threw ? `The main script ends with the error ${code(fact.value)}.` : 'The main script is done.', onward, 'From here on code runs only as callbacks of the event loop.');
  const headline = fact.threw ? `${code(fact.label)} throws ${code(fact.value)}.` : `${code(fact.label)} returns${fact.value === 'undefined' || fact.value === '' ? '' : ` ${code(brief(fact.value))}`}.`;
  if (fact.settled === undefined) return say(headline, fact.threw && fact.to !== undefined ? `The error travels to the caller: ${fact.to.kind === 'script' ? 'the main script' : code(fact.to.label)}.` : onward, 'Its frame leaves the stack.');
  const told = fact.settled.waiters.length === 0 ? noReader(fact.settled.state) : `${list(fact.settled.waiters)} can go on, as a microtask.`;
  return say(headline, `Its promise is ${fact.settled.state}. ${told}`, 'Whoever awaits it is not resumed here, inside the return: a job is put into the microtask queue.');
}

function resumed(fact: FactOf<'resumed'>): Caption {
  if (fact.after === 'yield') return say(`${code(fact.label)} goes on after its \`yield\` at line ${String(fact.line)}.`, `\`next()\` carried ${code(fact.value)} into it.`, 'GeneratorResume: the parked frame is put back on the stack, with its variables.');
  if (fact.how === 'throw') return say(`${code(fact.label)} is back at line ${String(fact.line)}, and the \`await\` throws ${code(fact.value)}.`, 'A rejected promise becomes an exception at the `await`; `try` catches it.', 'The reaction job resumes the frame with a throw completion.');
  return say(`${code(fact.label)} is back on the stack at line ${String(fact.line)}${valueOf(fact)}.`, 'What it waited for is there, the stack was empty, and its turn among the microtasks has come.', 'The reaction job resumes the parked frame with the promise’s value.');
}

function queued(fact: FactOf<'queued'>): Caption {
  const name = code(fact.label);
  const ahead = fact.ahead === 0 ? '' : ` ${String(fact.ahead)} ${fact.ahead === 1 ? 'stands' : 'stand'} before it.`;
  switch (fact.queue) {
    case 'timers': return fact.again ? intervalAgain(fact) : say(`A timer is set: ${name} in ${Math.round(fact.delay)} ms.`, 'The program does not wait here. The callback runs when its time has come and the stack is empty, never earlier.', `Due at ${ms(fact.due)}; the timers phase of a later turn calls it.`);
    case 'immediates': return say(`${name} is put among the immediates.`, `It runs in the check phase of this turn of the loop.${ahead}`, '`setImmediate` runs after the poll phase; new ones made there wait for the next turn.');
    case 'ticks': return say(`${name} is put into the tick queue.`, `Ticks run as soon as the stack is empty, before all microtasks.${ahead}`, '`process.nextTick` is Node’s own queue, not part of the language.');
    case 'messages': return fact.origin === 'io' ? say(`Something has come from outside: ${name}.`, 'A socket can be read, a connection stands or a process has ended: the poll phase tells it.', 'epoll names the descriptors that are ready; libuv calls each of them, ended processes last.')
      : fact.isChannel ? say(`A message waits in this process’s channel: ${name}.`, `The poll phase of its loop will read it, once the stack is empty.${ahead}`, 'The channel is a pipe: what has come is read in one go, and each message is told in a tick of its own.')
      : say(`A message waits in its port: ${name}.`, `The poll phase of this agent’s loop will tell it, once the stack is empty.${ahead}`, 'A port is an async handle of its loop; what is queued is told one by one, each with its ticks and microtasks.');
    case 'completed': return say(`${fact.ring ? 'The kernel' : 'A thread'} is done: ${name} waits to be called.`, `The poll phase of the loop will call it, once the stack is empty.${ahead}`, fact.ring ? 'The ring’s descriptor wakes epoll; libuv takes what stands in it, first in, first out.' : 'uv_async_send wakes the loop; uv__work_done takes all that is completed at once.');
    case 'tasks': case 'frames': case 'idle': case 'microtasks': return say(`${name} is put into the microtask queue.`, `It runs as soon as the stack is empty and the ticks are done.${ahead}`, 'HostEnqueuePromiseJob: first in, first out, until the queue is empty.');
  }
}

function agentName(agent: number | undefined, pid?: number): string {
  if (pid !== undefined) return `process ${String(pid)}`;
  return agent === 0 || agent === undefined ? 'the main program' : `worker ${String(agent)}`;
}

function ownProcess({ what, pid = 0, label, exitCode }: FactOf<'worker'>): Caption {
  switch (what) {
    case 'created': return say(`Process ${String(pid)} is started: ${code(label)}.`, 'It is another Node, which takes its time to start; the program goes on at once.', 'A process is an agent: it has a stack, a loop, queues and globals of its own. Nothing is shared: only messages and bytes connect the two.');
    case 'started': return say(`Process ${String(pid)} begins to run ${code(label)}.`, 'From here on two processes run at the same time, each on its own stack.', 'Its script is a main script like any other: it runs before its own loop begins.');
    case 'ended': return say(`Process ${String(pid)} ends with exit code ${String(exitCode)}.`, exitCode === 0 ? 'Nothing keeps its loop alive any more.' : 'It was ended: by an error, by `process.exit`, or by a signal.', 'Its pipes and its channel close first; the kernel then tells its parent (SIGCHLD), whose loop tells `exit` after what else is ready.');
  }
}

function worker(fact: FactOf<'worker'>): Caption {
  if (fact.pid !== undefined) return ownProcess(fact);
  const { what, worker: number, label, exitCode } = fact;
  switch (what) {
    case 'created': return say(`Worker ${String(number)} is made: ${code(label)}.`, 'It starts in a thread of its own and takes its time; the program goes on at once.', 'A worker is an agent: it has a stack, a loop, queues and globals of its own. Only messages and shared memory connect them.');
    case 'started': return say(`Worker ${String(number)} begins to run ${code(label)}.`, 'From here on two agents run at the same time, each on its own stack.', 'Its script runs in the poll phase of its loop; `online` is on its way to whoever made it.');
    case 'ended': return say(`Worker ${String(number)} ends with exit code ${String(exitCode)}.`, exitCode === 0 ? 'Nothing keeps its loop alive any more.' : 'It was ended: by an error, by `process.exit`, or from outside.', 'The event `exit` is told in the loop of the agent that made it, after its messages.');
  }
}

function blocked({ agent, line, over }: FactOf<'blocked'>): Caption {
  const who = agentName(agent);
  if (over === undefined) return say(`\`Atomics.wait\` at line ${String(line)}: ${who} stands still.`, 'It does nothing until another agent notifies it: no message, no timer, no promise of it goes on.', 'The whole thread sleeps, stack and all; other agents run on.');
  return say(over === 'ok' ? `${capital(who)} is woken and goes on.` : `${capital(who)} goes on: its time is over.`, over === 'ok' ? 'Another agent called `Atomics.notify` for this place in the shared memory.' : 'Nobody notified it in time.', 'Its stack is as it was when it fell asleep.');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function message(fact: FactOf<'message'>): Caption {
  const { what, label, size, from, fromPid } = fact;
  if (fact.isChannel) return channelMessage(fact);
  if (what === 'posted') return say(`A message is posted: ${code(brief(label))}.`, 'What it holds is copied (or moved, if it was named in the transfer list). The receiver hears of it in a turn of its own loop.', `StructuredSerialize walked ${String(size)} bytes; nothing of the sender’s objects is shared, except shared memory.`);
  return say(what === 'taken' ? `A message is taken from its port: ${code(brief(label))}.` : `A message of ${agentName(from, fromPid)} has arrived: ${code(brief(label))}.`, what === 'taken' ? '`receiveMessageOnPort` does not wait for the loop.' : 'It waits in its port until this loop polls.', 'StructuredDeserialize makes new objects of it.');
}

function channelMessage({ what, label, size, from, fromPid }: FactOf<'message'>): Caption {
  if (what === 'posted') return say(`A message is sent to another process: ${code(brief(label))}.`, 'It is written into the channel as bytes; the other process reads it in a turn of its own loop.', `The channel is a pipe between the two: ${String(size)} bytes go through it, and nothing is shared.`);
  return say(`A message of ${agentName(from, fromPid)} has arrived: ${code(brief(label))}.`, 'It waits in the channel until this loop polls.', 'Each message is a line of JSON, or what V8 serialized where `serialization` is `advanced`: new objects are made of it.');
}

function trip({ label, trip: part }: { readonly label: string; readonly trip: string }): string {
  return part === '' ? code(label) : `${code(part)} of ${code(label)}`;
}

function workQueued(fact: FactOf<'work-queued'>): Caption {
  if (fact.label === '') return say('The thread pool begins.', `It has ${String(fact.threads)} threads.`, 'libuv starts its threads when the first work is handed to it; UV_THREADPOOL_SIZE says how many.');
  if (fact.ring) return say(`${trip(fact)} is handed to the kernel, past the thread pool.`, 'The program goes on and does not wait, and no thread is needed.', 'With UV_USE_IO_URING=1 libuv puts most calls for files into a ring that the kernel reads (io_uring): any number goes on at once.');
  const headline = fact.again ? `${code(fact.label)} goes on: ${code(fact.trip)} is handed to the thread pool.` : `${trip(fact)} is handed to the thread pool.`;
  const waits = fact.busy < fact.threads ? 'A thread is free: it will take it at once.' : `All ${String(fact.threads)} threads are busy: it waits for one.`;
  return say(headline, `The program goes on and does not wait. ${waits}`, fact.ahead === 0 ? 'uv_queue_work puts it into the one queue that all threads share.' : `${String(fact.ahead)} ${fact.ahead === 1 ? 'stands' : 'stand'} before it in the one queue that all threads share.`);
}

function intervalAgain(fact: FactOf<'queued'>): Caption {
  return say(`The interval is set again: ${code(fact.label)} in ${Math.round(fact.delay)} ms.`, 'An interval counts its time anew once its callback is done, until it is cleared.', `Due at ${ms(fact.due)}: it is the same timer, back in its list.`);
}

function ended(fact: FactOf<'ended'>): Caption {
  if (fact.outcome === 'uncaught') return say(`The program ends with exit code ${String(fact.exitCode)}: an error that nobody handled.`, 'Node stops at the first error that nobody handles, whatever still waits.', 'An uncaught exception or unhandled rejection ends the process; queues and timers are dropped.');
  const left = fact.suspended.length === 0 ? 'Nothing is left that could run.' : `${list(fact.suspended)} ${fact.suspended.length === 1 ? 'is' : 'are'} still suspended and will never go on.`;
  return say(`The program ends with exit code ${String(fact.exitCode)}.`, left, 'A pending promise does not keep Node alive; timers, immediates and I/O do.');
}

function phase(fact: FactOf<'phase'>): Caption {
  return fact.phase === 'exit'
    ? say('The process is about to end: this is its phase `exit`.', 'Listeners of `exit` run now; no timer, immediate or tick comes after them.', 'A listener of `exit` can do synchronous work only: timers and ticks that it queues are dropped.')
    : say(`The loop is in its phase ${code(fact.phase)}, turn ${String(fact.turn)}.`, 'Each turn goes through the phases in the same order: timers, poll, check, close.', 'After each callback: all ticks, then all microtasks.');
}
