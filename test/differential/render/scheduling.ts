/** Why this file exists: ticks, microtasks, timers and immediates as text, only where real Node fixes their order. */
import type { Statement } from '../program';
import { renderBlock } from './statements';
import { count, delayOf, fresh, indent, label, nested, pickFrom } from './writer';
import type { Scope, Writer } from './writer';

type Node<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

function callback(writer: Writer, scope: Scope, body: Node<'schedule'>['body'], isAsync: boolean, first = ''): string {
  const inner = nested(scope, { awaits: isAsync, yields: 'no', returns: 'any', loops: false, throws: false });
  return `${isAsync ? 'async ' : ''}() => {\n${indent(`${first}log(${label(writer)});\n${renderBlock(writer, inner, body)}`)}\n}`;
}

export function renderSchedule(writer: Writer, scope: Scope, statement: Node<'schedule'>): string {
  const run = callback(writer, scope, statement.body, statement.async);
  const queue = statement.queue === 'immediate' && !writer.palette.immediates ? 'timer' : statement.queue;
  count(writer, `schedule ${queue}`);
  if (queue === 'tick') return `process.nextTick(${run});`;
  if (queue === 'microtask') return `queueMicrotask(${run});`;
  const delay = queue === 'timer' ? delayOf(writer, statement.delay) : 0;
  const start = queue === 'timer' ? `setTimeout(${run}, ${delay})` : `setImmediate(${run})`;
  // Whether an unreferenced timer of 1 ms still fires hangs on how fast the main script ran.
  const race = queue === 'timer' && delay < 10 && statement.then === 'unref';
  if (statement.then === 'nothing' || race) return `${start};`;
  count(writer, `${queue} ${statement.then}`);
  if (statement.then === 'unref') return `${start}.unref();`;
  const name = fresh(writer, 't');
  const clear = queue === 'timer' ? 'clearTimeout' : 'clearImmediate';
  if (statement.then === 'keep') scope.handles.push({ name, clear });
  return `const ${name} = ${start};${statement.then === 'cancel' ? `\n${clear}(${name});` : ''}`;
}

export function renderInterval(writer: Writer, scope: Scope, statement: Node<'interval'>): string {
  const [n, name] = [fresh(writer, 'n'), fresh(writer, 't')];
  const first = `if (++${n} >= ${statement.count}) clearInterval(${name});\n`;
  const run = callback(writer, scope, statement.body, false, first);
  return `let ${n} = 0;\nconst ${name} = setInterval(${run}, ${delayOf(writer, statement.delay)});`;
}

export function renderCancel(writer: Writer, scope: Scope, statement: Node<'cancel'>): string {
  const handle = pickFrom(scope.handles, statement.pick);
  if (handle === undefined) return renderLateCancel(writer, statement.pick);
  count(writer, handle.clear);
  return `${handle.clear}(${handle.name});`;
}

function renderLateCancel(writer: Writer, pick: number): string {
  const name = fresh(writer, 't');
  const immediate = writer.palette.immediates && pick % 2 === 1;
  const clear = immediate ? 'clearImmediate' : 'clearTimeout';
  count(writer, clear);
  const run = `() => log(${label(writer)})`;
  const start = immediate ? `setImmediate(${run})` : `setTimeout(${run}, ${delayOf(writer, pick)})`;
  return `const ${name} = ${start};\nqueueMicrotask(() => ${clear}(${name}));`;
}

/** From inside a timer's callback an immediate always comes before a new timer; from the main script it is a race. */
export function renderPhases(writer: Writer, statement: Node<'phases'>): string {
  const [timer, immediate, tick, microtask] = [label(writer), label(writer), label(writer), label(writer)];
  const lines = [
    `setTimeout(() => log(${timer}), ${Math.max(delayOf(writer, statement.delay), 1)});`,
    ...(writer.palette.immediates ? [`setImmediate(() => log(${immediate}));`] : []),
    `process.nextTick(() => log(${tick}));`,
    `queueMicrotask(() => log(${microtask}));`,
  ];
  return `setTimeout(() => {\n${indent(lines.join('\n'))}\n}, ${delayOf(writer, statement.delay)});`;
}
