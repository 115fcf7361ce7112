/** Small programs for the tests, played by hand on `TinyHost`, each beside its text. */
import { TinyHost } from './tiny-host';
import type { Trace } from '../../../src/trace/trace';

export const helloText = `async function load(id: number) {
  console.log('load', id);
  const user = await sleep(id * 10);
  return user;
}

console.log('start');
load(2).then(user => console.log('got', user));
process.nextTick(() => console.log('tick'));
setTimeout(() => {
  queueMicrotask(() => console.log('micro'));
}, 12);
console.log('end');
`;

/** An async function that awaits a timer, a chain on it, a tick and a timer with a microtask. */
export function helloTrace(): Trace {
  const host = new TinyHost(helloText, 'hello.ts');
  return host.run(() => {
    host.line(`console.log('start');`);
    host.log('start');
    host.line('load(2).then(user => console.log(\'got\', user));');
    const load = host.async('load(2)', helloText.slice(0, helloText.indexOf('\n}') + 2), function* (): ReturnType<Parameters<TinyHost['async']>[2]> {
      host.line(`console.log('load', id);`);
      host.log('load 2');
      host.line('const user = await sleep(id * 10);');
      const sleep = host.promise('sleep(20)');
      host.queue('timers', 'setTimeout', 'resolve', undefined, () => host.settle(sleep, 'fulfilled', `'user 2'`), { delay: 20 });
      const user = yield { on: sleep, at: 'await sleep(id * 10)' };
      host.line('return user;');
      return user;
    });
    host.then(load, 'user => console.log(…)', `user => console.log('got', user)`, user => {
      host.line(`console.log('got', user)`);
      host.log(`got ${user.slice(1, -1)}`);
      return undefined;
    });
    host.line('process.nextTick(() => console.log(\'tick\'));');
    host.queue('ticks', 'nextTick', `() => console.log('tick')`, `() => console.log('tick')`, () => host.call('() => …', `() => console.log('tick')`, () => {
      host.line(`console.log('tick')`);
      host.log('tick');
      return undefined;
    }));
    const timer = helloText.slice(helloText.indexOf('() => {'), helloText.indexOf(', 12);'));
    host.line(`setTimeout(${timer}, 12);`);
    host.queue('timers', 'setTimeout', '() => {…}', timer, () => host.call('() => {…}', timer, () => {
      host.line(`queueMicrotask(() => console.log('micro'));`);
      host.queue('microtasks', 'queueMicrotask', `() => console.log('micro')`, `() => console.log('micro')`, () => host.call('() => …', `() => console.log('micro')`, () => {
        host.line(`console.log('micro')`);
        host.log('micro');
        return undefined;
      }));
      return undefined;
    }), { delay: 12 });
    host.line(`console.log('end');`);
    host.log('end');
  });
}

const lostText = `async function save() {
  await pause();
}

save();
`;

/** A rejection that nobody handles. */
export function lostTrace(): Trace {
  const host = new TinyHost(lostText, 'lost.ts');
  return host.run(() => {
    host.line('save();');
    host.async('save()', 'async function save() {\n  await pause();\n}', function* (): ReturnType<Parameters<TinyHost['async']>[2]> {
      host.line('await pause();');
      const pause = host.promise('pause()');
      host.queue('timers', 'setTimeout', 'reject', undefined, () => host.settle(pause, 'rejected', 'Error: no room'), { delay: 5 });
      yield { on: pause, at: 'await pause()' };
      return 'undefined';
    });
  });
}

const manyText = 'async function work(n: number) {\n  await pause(n);\n}\nwork(0);\n';

/** A long trace: async functions by the thousand, each awaiting a timer. `events` is a lower bound. */
export function manyTrace(events: number): Trace {
  const host = new TinyHost(manyText, 'many.ts');
  const calls = Math.ceil(events / 12);
  return host.run(() => {
    for (let n = 0; n < calls; n++) {
      host.line('work(0);');
      host.async(`work(${n})`, 'async function work(n: number) {\n  await pause(n);\n}', function* (): ReturnType<Parameters<TinyHost['async']>[2]> {
        host.line('await pause(n);');
        const pause = host.promise(`pause(${n})`);
        host.settle(pause, 'fulfilled', String(n));
        yield { on: pause, at: 'await pause(n)' };
        host.log(`worked ${n}`);
        return String(n);
      });
    }
  });
}
