/**
 * Why this file exists: what stands behind a promise of a library: a timer, the network, the thread pool, a process,
 * an event.
 */
import type { AwaitedWhat } from '../explain/explanation';

const byModule: readonly (readonly [RegExp, RegExp, AwaitedWhat])[] = [
  [/^node:timers\/promises$/, /./, 'timer'],
  [/^global$/, /^(scheduler\.(wait|postTask|yield)|Scheduler\.(wait|postTask|yield))$/, 'timer'],
  [/^global$/, /^(fetch|Body\.|Response\.|Request\.|Window\.fetch|BodyMixin\.)/, 'network'],
  [
    /^(undici|undici-types|node-fetch|axios|got|ky|superagent|pg|mysql2|mongodb|mongoose|redis|ioredis|@prisma\/client|typeorm|sequelize|knex|nodemailer)/,
    /./,
    'network',
  ],
  [/^node:(http|https|http2|net|tls|dgram)$/, /./, 'network'],
  [/^node:dns/, /lookup$/, 'pool'],
  [/^node:dns/, /./, 'network'],
  [/^node:(fs|zlib|crypto)/, /./, 'pool'],
  [/^(fs-extra|bcrypt|sharp|argon2|@node-rs\/.*)$/, /./, 'pool'],
  [/^(node:child_process|execa|zx|tinyexec)$/, /./, 'process'],
  [/^node:(events|stream|readline)/, /./, 'event'],
  [/^global$/, /^Promise\.(all|allSettled|race|any)$/, 'collection'],
  [/^global$/, /^Promise\.(resolve|reject)$/, 'value'],
];

/** What a library function's promise waits for; `unknown` when the tables do not say. */
export function awaitedBehind(module: string, name: string): AwaitedWhat {
  for (const [modules, names, what] of byModule) if (modules.test(module) && names.test(name)) return what;
  return 'unknown';
}
