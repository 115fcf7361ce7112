/** Why this file exists: what the host gives a program: timers and their methods, events, signals, the process. */
import type { Pieces } from './piece';

export const hostPieces = {
  'timer-refresh': ({ label, name, delay }) => {
    const t = name('t');
    return `const ${t} = setTimeout(() => log(${label()}), ${delay()});\nlog(${label()}, ${t}.refresh() === ${t}, ${t}.hasRef(), ${t}.unref().hasRef(), ${t}.ref().hasRef());`;
  },
  'timer-runs-again': ({ label, name, delay }) => {
    const [t, n] = [name('t'), name('n')];
    return `let ${n} = 0;\nconst ${t} = setTimeout(() => { log(${label()}, ${n}); if (${n}++ < 1) ${t}.refresh(); }, ${delay()});`;
  },
  'timer-primitive': ({ label, name, delay }) => {
    const t = name('t');
    return `const ${t} = setTimeout(() => log(${label()}), ${delay()});\nlog(${label()}, typeof ${t}, typeof +${t}, String(${t}) === String(+${t}), ${t}.constructor.name);\nclearTimeout(+${t});`;
  },
  'timer-text-id': ({ label, name, delay }) => {
    const t = name('t');
    return `const ${t} = setInterval(() => log(${label()}), ${delay()});\nclearInterval(String(+${t}) as any);\nclearTimeout(undefined);\nclearImmediate(undefined);\n${t}.close();`;
  },
  'timer-arguments': ({ v, label, delay }) =>
    `setTimeout((...all: any[]) => log(${label()}, ...all), ${delay()}, 1, ${v});\ntry {\n  setTimeout('text' as any, 1);\n} catch (error: any) {\n  log(${label()}, error.code, error.name, error.message);\n}`,
  'callback-errors': ({ label }) =>
    `for (const f of [() => queueMicrotask(1 as any), () => process.nextTick(null as any), () => setImmediate({} as any), () => setInterval(undefined as any)]) {\n  try {\n    f();\n  } catch (error: any) {\n    log(${label()}, error.code, error.message);\n  }\n}`,
  'timer-then-promise': ({ label, delay }) =>
    `setTimeout(() => { log(${label()}); Promise.resolve().then(() => log(${label()})); process.nextTick(() => log(${label()})); }, ${delay()});`,
  'interval-async': ({ v, label, name, delay }) => {
    const [t, n] = [name('t'), name('n')];
    return `let ${n} = 0;\nconst ${t} = setInterval(async () => { if (++${n} === 2) clearInterval(${t}); await null; log(${label()}, ${n}, ${v}); }, ${delay()});`;
  },
  'interval-library': ({ label, use, delay }) =>
    `(async () => { let n = 0; for await (const v of ${use('timers')}.setInterval(${delay()}, 'v')) { log(${label()}, v); if (++n === 2) break; } })();`,
  'timeout-aborted': ({ label, use, delay }) =>
    `{\n  const stop = new AbortController();\n  ${use('timers')}.setTimeout(${delay()}, 1, { signal: stop.signal }).catch((e: any) => log(${label()}, e.name, e.code, e.message));\n  stop.signal.addEventListener('abort', () => log(${label()}, stop.signal.aborted));\n  stop.abort();\n}`,
  'immediate-library': ({ v, label, use, palette }) =>
    palette.immediates ? `${use('timers')}.setImmediate(${v}).then((v: any) => log(${label()}, v));` : `log(${label()});`,
  'immediates': ({ v, label, name, palette }) => {
    const i = name('i');
    if (!palette.immediates) return `log(${label()});`;
    return `const ${i} = setImmediate((v: any) => { log(${label()}, v); setImmediate(() => log(${label()})); process.nextTick(() => log(${label()})); }, ${v});\nsetImmediate(() => log(${label()}, ${i}.hasRef()));`;
  },
  'ticks-in-ticks': ({ label }) =>
    `process.nextTick(() => { log(${label()}); process.nextTick(() => log(${label()})); Promise.resolve().then(() => log(${label()})).then(() => process.nextTick(() => log(${label()}))); });`,
  'events': ({ x, label, name, use }) => {
    const e = name('e');
    return `const ${e} = new (${use('EventEmitter')})();\n${e}.on('a', function (this: any, ...all: any[]) { log(${label()}, this === ${e}, ...all); });\n${e}.once('a', () => log(${label()}));\n${e}.prependListener('a', () => log(${label()}));\nlog(${label()}, ${e}.emit('a', ${x}), ${e}.emit('a', 2), ${e}.emit('none'), ${e}.listenerCount('a'));\ntry {\n  ${e}.emit('error', 'bad');\n} catch (error: any) {\n  log(${label()}, error.message, error.code);\n}`;
  },
  'events-awaited': ({ v, label, name, use }) => {
    const e = name('e');
    return `const ${e} = new (${use('EventEmitter')})();\n${use('once')}(${e}, 'ready').then((all: any) => log(${label()}, all), (e: any) => log(${label()}, e));\nprocess.nextTick(() => ${e}.emit('ready', ${v}, 2));\nonce(${e}, 'later').catch((e: any) => log(${label()}, e));\nqueueMicrotask(() => ${e}.emit('error', new Error('from emit')));`;
  },
  'promisified': ({ v, label, use }) =>
    `${use('promisify')}((n: any, done: any) => { process.nextTick(done, null, n); })(${v}).then((v: any) => log(${label()}, v));\npromisify((done: any) => done(new Error('failed')))().catch((e: any) => log(${label()}, e));\npromisify(setTimeout)(1, 'slept' as any).then((v: any) => log(${label()}, v));`,
  'abort': ({ label, name }) => {
    const a = name('a');
    return `const ${a} = new AbortController();\n${a}.signal.addEventListener('abort', (event: any) => log(${label()}, event.type, ${a}.signal.reason?.name));\n${a}.signal.onabort = () => log(${label()});\n${a}.abort();\n${a}.abort('again');\nlog(${label()}, ${a}.signal.aborted, AbortSignal.abort('why').reason);`;
  },
  'process-facts': ({ label }) =>
    `log(${label()}, typeof process.pid, process.argv.length, typeof process.version, typeof process.hrtime.bigint(), typeof process.uptime(), typeof process.memoryUsage().heapUsed, typeof process.cwd(), process.exitCode);`,
  'clock': ({ label, name, delay }) => {
    const [a, b] = [name('t'), name('t')];
    return `const [${a}, ${b}] = [Date.now(), performance.now()];\nsetTimeout(() => log(${label()}, Date.now() - ${a} >= 0, performance.now() > ${b}, Math.random() < 1), ${delay()});`;
  },
  'warning': ({ label }) => `process.emitWarning('careful', { type: 'OwnWarning', code: 'W1', detail: 'more' });\nlog(${label()});`,
  'write': ({ v, label }) => `process.stdout.write(${label()} + ' written ');\nprocess.stdout.write(show(${v}) + '\\n');\nprocess.stderr.write('to stderr\\n');`,
  'own-event': ({ v, label }) => `process.on('own' as any, (...all: any[]) => log(${label()}, ...all));\nlog(${label()}, process.emit('own' as any, ${v}), process.emit('nobody' as any));`,
  'stack-of-throws': ({ label }) =>
    `try {\n  null!.toString();\n} catch (error: any) {\n  log(${label()}, error instanceof TypeError, typeof error.stack, error.stack.split('\\n')[0]);\n}`,
  'globals': ({ label }) =>
    `log(${label()}, typeof globalThis, globalThis === global, typeof queueMicrotask, typeof structuredClone, Object.prototype.toString.call(globalThis), Object.prototype.toString.call(process), typeof setTimeout(() => {}, 0).ref);`,
} as const satisfies Pieces;

