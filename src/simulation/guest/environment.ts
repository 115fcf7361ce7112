/**
 * Why this file exists: `process.env`: text, whatever is assigned; and one environment for several threads, where a
 * worker is given SHARE_ENV: then the host keeps it.
 */
import { agent, ask } from './agents';
import { ring } from './loop/ring';
import { poolSize } from './loop/pool';
import { NativeProxy, NativeTypeError, toText } from './primordials';

type Values = Record<string, string>;

/** What this agent sees, and the agent after which the environment that it shares is called. */
const own: { values: Values; group: number | undefined } = { values: {}, group: undefined };

/** What others changed in it is there too. */
function refreshed(values: Values): Values {
  if (own.group === undefined || values !== own.values) return values;
  const { env = {} } = ask({ op: 'env', group: own.group });
  for (const key of Object.keys(values)) if (!Object.hasOwn(env, key)) Reflect.deleteProperty(values, key);
  return Object.assign(values, env);
}

function changed(values: Values, key: string, value: string | null): void {
  if (own.group !== undefined && values === own.values) ask({ op: 'env', group: own.group, change: [key, value] });
}

export function environment(given: Readonly<Values>): object {
  const values: Values = { ...given };
  own.values = values;
  poolSize.asked = () => values['UV_THREADPOOL_SIZE'];
  ring.asked = () => values['UV_USE_IO_URING'];
  return new NativeProxy(values, {
    get: (target, key) => Reflect.get(refreshed(target), key) as unknown,
    has: (target, key) => Reflect.has(refreshed(target), key),
    ownKeys: (target) => Reflect.ownKeys(refreshed(target)),
    getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(refreshed(target), key),
    deleteProperty(target, key) {
      if (typeof key === 'string') changed(target, key, null);
      return Reflect.deleteProperty(target, key);
    },
    set(target, key, value) {
      if (typeof key === 'symbol') throw new NativeTypeError('Cannot convert a Symbol value to a string');
      target[key] = toText(value);
      changed(target, key, target[key]);
      return true;
    },
  });
}

/** From now on others may have it too: the number that says which. */
export function shareEnvironment(): number {
  if (own.group === undefined) {
    ask({ op: 'env', group: agent.id, all: own.values });
    own.group = agent.id;
  }
  return own.group;
}

/** This agent is a worker that was given its parent's. */
export function joinEnvironment(group: number): void {
  own.group = group;
}
