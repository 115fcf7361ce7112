// From text to what was printed and recorded: the engine, the lowering, whole simulations in this process and through the thread.
import path from 'node:path';
import { longFile, programs } from '../programs.mjs';

const entry = '/bench/program.ts';

/** Simulates a program, and fails where it does not print what it must. */
async function played(parts, engine, { text, prints }, record) {
  const request = { entry, start: { kind: 'file' }, host: 'node', limits: parts.defaultLimits, record };
  const read = file => (file === entry ? text : undefined);
  const reply = await parts.simulate(request, read, engine, () => performance.now(), parts.host);
  if (reply.kind !== 'simulated' || reply.stdout !== prints) throw new Error(`A program printed something else: ${JSON.stringify(reply).slice(0, 300)}`);
  return reply;
}

export async function simulationCases(parts, dist) {
  const engine = await parts.engineOf(dist);
  const simulator = parts.createSimulator(path.join(dist, 'simulator.js'));
  const text = longFile(500).slice(0, longFile(500).lastIndexOf('\n}\n') + 3); // ends with a whole function
  const file = { path: entry, text };
  const request = { entry, start: { kind: 'file' }, host: 'node', limits: parts.defaultLimits, record: true };
  const both = (name, program) => [
    { name: `${name}, recorded`, run: () => played(parts, engine, program, true) },
    { name: `${name}, not recorded`, run: () => played(parts, engine, program, false) },
  ];
  return {
    title: 'simulation',
    cases: [
      { name: 'engine: compile the WebAssembly, boot the guest', run: () => parts.engineOf(dist) },
      { name: 'simulate an empty program', run: () => played(parts, engine, programs.empty, true) },
      ...both('simulate 60 lines', programs.sixtyLines),
      { name: 'simulate 30 lines in the warm thread, trace included', run: () => simulator.simulate(request, { [entry]: programs.thirtyLines.text }) },
      { name: 'simulate 60 lines in the warm thread, trace included', run: () => simulator.simulate(request, { [entry]: programs.sixtyLines.text }) },
      { name: 'simulate 60 lines in the warm thread, printed only', run: () => simulator.simulate({ ...request, record: false }, { [entry]: programs.sixtyLines.text }) },
      ...both('a million loop turns', programs.loop),
      ...both('fib(24)', programs.fib),
      ...both('20,000 awaits', programs.awaits),
      ...both('20,000 awaits, of two functions in turns', programs.awaitsInTurns),
      { name: `lower a file of ${text.split('\n').length - 1} lines`, run: () => lowered(parts, file) },
    ],
    end: () => simulator.dispose(),
  };
}

function lowered(parts, file) {
  const program = parts.lowerProgram(parts.slice(file, { kind: 'file' }), () => undefined);
  if (!('script' in program)) throw new Error(program.message);
}

/** A real trace of exactly so many events: the beginning of a long one. */
export async function longTrace(parts, dist, events) {
  const engine = await parts.engineOf(dist);
  const { trace } = await played(parts, engine, programs.awaitsInTurns, true);
  if (trace.events.length < events) throw new Error(`Only ${trace.events.length} events were recorded`);
  return { ...trace, events: trace.events.slice(0, events) };
}
