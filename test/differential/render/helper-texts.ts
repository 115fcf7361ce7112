/** Why this file exists: the helpers that random programs are written with, each only in the files that use it. */
import { indent } from './writer';
import type { Helper, Writer } from './writer';

/** Prints nothing that differs between engines: no stacks, and of an engine's own errors only the name. */
const show = `function show(v: any): string {
  if (v instanceof AggregateError) return \`AggregateError(\${v.errors.map(show).join(' ')})\`;
  if (v instanceof Error) return v.constructor === Error ? v.message : v.name;
  if (Array.isArray(v)) return \`[\${v.map(show).join(' ')}]\`;
  if (typeof v === 'function') return 'function';
  if (typeof v !== 'object' || v === null) return String(v);
  if (v instanceof Promise) return 'promise';
  if ('then' in v) return 'thenable';
  return \`{\${Object.entries(v).map(([key, value]) => \`\${key}:\${show(value)}\`).join(' ')}}\`;
}`;

const log = `function log(label: string, ...values: any[]): void {
  console.log([label, ...values.map(show)].join(' '));
}`;

const texts: Readonly<Partial<Record<Helper, string>>> = {
  shared: 'let shared = 0;',
  sleep: 'const sleep = (ms: number, value?: any): Promise<any> => new Promise((resolve) => setTimeout(resolve, ms, value));',
  attempt: `function attempt(label: string, request: () => any): void {
  try {
    log(label, request());
  } catch (error) {
    log(label, 'threw', error);
  }
}`,
  tag: 'const tag = (strings: TemplateStringsArray, ...values: any[]): string => strings.raw.join(values.map(show).join());',
  iterate: `function iterate(label: string, count: number, async: boolean): any {
  let n = 0;
  const answer = (result: any): any => (async ? Promise.resolve(result) : result);
  const iterator = {
    next(value: any) {
      log(label, 'next', value);
      return answer({ value: ++n, done: n > count });
    },
    return(value: any) {
      log(label, 'return', value);
      return answer({ value, done: true });
    },
  };
  return { [async ? Symbol.asyncIterator : Symbol.iterator]: () => iterator };
}`,
  Subclass: `class Subclass extends Promise<any> {
${indent('static made = 0;\nconstructor(executor: any) {\n  super(executor);\n  Subclass.made += 1;\n}')}
}`,
  disposable: `function disposable(label: string, fails = false): any {
  return {
    open: true,
    [Symbol.dispose]() { log(label, 'disposed'); if (fails) throw label; },
    async [Symbol.asyncDispose]() { await null; log(label, 'disposed later'); if (fails) throw label; },
  };
}`,
  say: 'const say = (label: string, value: any): any => { log(label, value); return value; };',
  watched: `function watched(label: string, target: any): any {
  const traps = ['get', 'set', 'has', 'deleteProperty', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty'];
  const told = traps.map((trap) => [trap, (...all: any[]) => {
    log(label, trap, String(all[1]));
    return (Reflect as any)[trap](...all);
  }]);
  return new Proxy(target, Object.fromEntries(told));
}`,
  noted: `function noted(...all: any[]): any {
  const [first, second] = all;
  const kind = second !== null && typeof second === 'object' ? second.kind + ' ' + String(second.name) : typeof first + ' ' + String(second);
  log('noted', all.length, kind);
}`,
  circle: `function circle(value: any): any {
  const round: any = { value, list: [] };
  round.self = round;
  round.list.push(round, new Map([[round, 1]]));
  return round;
}`,
  // The compiler writes functions anew, so that Node has another text of them.
  untold: "const untold = (value: any): any => (typeof value === 'function' ? value.name : value);",
  proxied: 'const proxied = (value: any): any => (typeof value === "object" && value !== null ? new Proxy(value, { get() { log("get trap"); return 1; } }) : value);',
  hide: `function hide(object: any, keys: string[]): any {
  for (const key of keys) Object.defineProperty(object, key, { enumerable: false });
  return object;
}`,
  rejected: 'const rejected = (value: any): any => { const promise = Promise.reject(value); promise.catch(() => {}); return promise; };',
  still: `function still(error: any): any {
  error.stack = error.stack.split('\\n')[0] + '\\n    at fixed (file.ts:1:2)';
  return error;
}`,
};

/** Helpers that are Node's, by module and exported name; `*` is the whole module. */
const imports: Readonly<Partial<Record<Helper, readonly [string, string]>>> = {
  delay: ['node:timers/promises', 'setTimeout'],
  timers: ['node:timers/promises', '*'],
  EventEmitter: ['node:events', 'EventEmitter'],
  once: ['node:events', 'once'],
  promisify: ['node:util', 'promisify'],
  inspect: ['node:util', 'inspect'],
};

/** The lines before a file's own: what it imports of Node, and the helpers that it uses. */
export function preamble(writer: Writer): string[] {
  const used = [...writer.helpers].sort();
  const nodes = used.map((name) => importText(name, writer.module)).filter((text) => text !== '');
  return [...nodes, show, log, ...used.map((name) => texts[name] ?? '').filter((text) => text !== '')];
}

function importText(name: Helper, module: boolean): string {
  const [from, exported] = imports[name] ?? ['', ''];
  if (from === '') return '';
  if (exported === '*') return module ? `import * as ${name} from '${from}';` : `const ${name} = require('${from}');`;
  const [as, colon] = exported === name ? ['', ''] : [`${exported} as `, `${exported}: `];
  return module ? `import { ${as}${name} } from '${from}';` : `const { ${colon}${name} } = require('${from}');`;
}
