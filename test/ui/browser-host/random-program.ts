/**
 * Why this file exists: a seed in, a random program for a page out, whose order Chromium fixes: tasks of every source,
 * microtasks, async functions, events, observers, errors, one in the other. Nothing waits by time, but for the handlers
 * that come late, all at once.
 */

/** Long after everything else has happened. */
const lateMs = 300;
const deepest = 3;

interface Writer {
  /** A number below `n`. */
  readonly pick: (n: number) => number;
  labels: number;
  readonly isAsync: boolean;
}

/** Mulberry32. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

type Piece = (writer: Writer, depth: number) => string;

function label(writer: Writer): string {
  return String(++writer.labels);
}

const log: Piece = writer => `console.log('${label(writer)}');`;

function body(writer: Writer, depth: number): string {
  const count = depth >= deepest ? 1 : 1 + writer.pick(3);
  return Array.from({ length: count }, () => statement(writer, depth + 1)).join(' ');
}

/** The body of an async function may await. */
function asyncBody(writer: Writer, depth: number): string {
  const inner = { ...writer, isAsync: true };
  const text = `${body(inner, depth)} ${wait(inner, depth)} ${log(inner, depth)}`;
  writer.labels = inner.labels;
  return text;
}

const awaited = [
  'null', 'Promise.resolve()', 'sleep(0)', 'scheduler.yield()', 'message()', '(async () => {})()', '{ then(go) { go(); } }',
];
const wait: Piece = writer => `await ${awaited[writer.pick(awaited.length)] ?? 'null'};`;

const priorities = ['user-blocking', 'user-visible', 'background'];

const pieces: readonly Piece[] = [
  log,
  log,
  (w, d) => `setTimeout(() => { ${body(w, d)} }, 0);`,
  (w, d) => `queueMicrotask(() => { ${body(w, d)} });`,
  (w, d) => `Promise.resolve().then(() => { ${body(w, d)} }).then(() => { ${log(w, d)} });`,
  (w, d) => `(async () => { ${asyncBody(w, d)} })();`,
  (w, d) => `post(() => { ${body(w, d)} });`,
  (w, d) => `send(() => { ${body(w, d)} });`,
  (w, d) => `message().then(() => { ${body(w, d)} });`,
  (w, d) => `scheduler.postTask(() => { ${body(w, d)} }, { priority: '${priorities[w.pick(3)] ?? ''}' });`,
  (w, d) => `scheduler.postTask(async () => { ${asyncBody(w, d)} });`,
  (w, d) => `on('${label(w)}', () => { ${body(w, d)} });`,
  () => `target.dispatchEvent(new Event('x', { bubbles: true }));`,
  () => 'target.click();',
  w => `target.setAttribute('n', '${label(w)}');`,
  w => `Promise.reject('${label(w)}');`,
  w => `later(Promise.reject('${label(w)}'));`,
  (w, d) => `(async () => { try { await Promise.reject(1); } catch { ${body(w, d)} } finally { ${log(w, d)} } })();`,
  (w, d) => `Promise.all([sleep(0), message(), null]).then(() => { ${body(w, d)} });`,
  w => `setTimeout(() => { queueMicrotask(() => console.log('${label(w)}')); throw new Error('${label(w)}'); }, 0);`,
];

function statement(writer: Writer, depth: number): string {
  if (depth > deepest) return log(writer, depth);
  if (writer.isAsync && writer.pick(4) === 0) return wait(writer, depth);
  const piece = pieces[writer.pick(pieces.length)] ?? log;
  // The labels are counted in one place, whoever writes.
  const inner = {
    ...writer, isAsync: false, get labels() { return writer.labels; }, set labels(n) { writer.labels = n; },
  };
  return piece(inner, depth);
}

/** What programs share: functions that hand over to each source, and ears for whatever the page says. */
const start = `// loopscope: page <div id="outer"><p id="target"></p></div>
const target = document.querySelector('#target'), outer = document.querySelector('#outer');
const handlers = []; const channel = new MessageChannel(); let added = 0;
channel.port1.onmessage = ({ data }) => handlers[data]();
addEventListener('message', ({ data }) => handlers[data]());
const post = (f) => postMessage(handlers.push(f) - 1, '*');
const send = (f) => channel.port2.postMessage(handlers.push(f) - 1);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const message = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
const late = [], later = (promise) => late.push(promise);
setTimeout(() => { for (const each of late) each.catch((error) => console.log('caught', error)); }, ${lateMs});
const on = (name, f) => { if (added++ < 3) target.addEventListener('x', () => { console.log('listener', name); f(); }, { once: true }); };
for (const type of ['x', 'click']) outer.addEventListener(type, () => { console.log('outer', type); queueMicrotask(() => console.log('microtask of', type)); });
target.addEventListener('click', () => { console.log('target'); queueMicrotask(() => console.log('microtask of target')); });
new MutationObserver((records) => console.log('observer', records.length)).observe(target, { attributes: true });
addEventListener('error', (event) => { console.log('error', event.message); event.preventDefault(); });
addEventListener('unhandledrejection', (event) => { console.log('unhandled', String(event.reason)); event.preventDefault(); });
addEventListener('rejectionhandled', (event) => console.log('handled', String(event.reason)));
`;

export function randomProgram(seed: number): string {
  const writer: Writer = { pick: numbers(seed), labels: 0, isAsync: false };
  const statements = Array.from({ length: 4 + writer.pick(4) }, () => statement(writer, 0));
  return `${start}addEventListener('load', () => setTimeout(() => {\n  ${statements.join('\n  ')}\n}, 50));\n`;
}
