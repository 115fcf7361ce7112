/**
 * Why this file exists: the thread in which programs are lowered and simulated: the only place where the simulation
 * meets files.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { keptOutside } from '../simulation/lower/kept-files';
import { parametersOf } from '../simulation/lower/parameters';
import { emitProgram } from '../simulation/lower/plain-emit';
import type { ReadText } from '../simulation/request';
import { bootEngine, prepareEngine, type Engine } from '../simulation/sandbox';
import { simulate, type Host } from '../simulation/simulate';
import type { SpawnThread } from '../simulation/agents/thread';
import { agentThreads } from './agent-threads';
import { compute } from './compute';
import { openKeptTexts } from './kept-texts';
import type { Answer, Given, Question } from './messages';
import { openWorkspace } from './workspace';
import { spillWriter } from './spill';
import type { Overlay } from './simulator';

let engine: Promise<Engine> | undefined;
let threads: SpawnThread | undefined;
let asked = 0;
// The face that starts this thread gives it that.
const given = workerData as Given;
if (given.keepIn !== undefined) keptOutside.store = openKeptTexts(given.keepIn, __filename);
const spill = spillWriter(given.spill, (stream, text) => {
  send({ kind: 'printed', id: asked, stream, text });
});

function send(message: Answer): void {
  parentPort?.postMessage(message);
}

async function boot(): Promise<Engine> {
  const module = await WebAssembly.compile(readFileSync(join(__dirname, 'quickjs.wasm')));
  const snapshot = readFileSync(join(__dirname, 'guest.snapshot'));
  return bootEngine(module, snapshot, (part) => readFileSync(join(__dirname, 'guest', `${part}.js`), 'utf8'));
}

/** Files as the editor has them, else as the disk has them; a file over 16 MB is not a program. */
function reader(overlay: Overlay): ReadText {
  const known = new Map<string, string | undefined>(Object.entries(overlay));
  return (path) => {
    if (known.has(path)) return known.get(path);
    const text = readFile(path);
    known.set(path, text);
    return text;
  };
}

const largestFile = 16 * 1024 * 1024;

function readFile(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= largestFile ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

async function answer(question: Question): Promise<Answer> {
  const read = reader(question.overlay);
  if (question.kind === 'parameters')
    return { kind: 'parameters', id: question.id, values: parametersOf(question.entry, question.start, read) };
  if (question.kind === 'emit')
    return { kind: 'emitted', id: question.id, program: emitProgram(question.entry, read) };
  engine ??= boot();
  const ready = await engine;
  asked = question.id;
  const onStart = (): void => {
    spill.clear();
    send({ kind: 'started', id: question.id });
  };
  const onPrepare = (): void => { send({ kind: 'preparing', id: question.id }); };
  const listener = { onPrepare, onStart, onPrinted: spill.write };
  threads ??= agentThreads(join(__dirname, 'agent.js'), ready);
  const host: Host = { openWorkspace: (root) => openWorkspace(root, question.overlay), compute };
  const reply = await simulate(question.request, read, ready, () => performance.now(), host, listener, threads);
  return { kind: 'simulated', id: question.id, reply };
}

parentPort?.on('message', (question: Question) => {
  answer(question).then(
    send,
    (error: unknown) => {
      send({ kind: 'failed', id: question.id, message: error instanceof Error ? error.message : String(error) });
    },
  ).finally(prepareNext);
});

function prepareNext(): void {
  setImmediate(() => {
    engine?.then(prepareEngine).catch(() => undefined); // told to whoever asks
  });
}

engine = boot();
prepareNext();
