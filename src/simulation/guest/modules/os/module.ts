/**
 * Why this file exists: `node:os`. What is the same on every Linux is so here; the rest is that of a modelled machine:
 * four processors, 16 GB, nobody else on it, no network but its own loopback. Node 20: lib/os.js.
 */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { checkInteger, codedError, invalidType } from '../../node-errors';
import { NativeError, createObject, hide, named } from '../../primordials';
import { process } from '../../process-object';
import { here } from '../../recorder';
import { constants } from './constants';

const gigabyte = 1024 ** 3;
/** Modelled: it has been up for a day when the program starts. */
const upForMs = 86_400_000;
const processors = 4;

const cpu = { model: 'Modelled processor', speed: 2400, times: { user: 3_600_000, nice: 0, sys: 1_200_000, idle: 81_600_000, irq: 0 } };

const loopback = [
  { address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' },
  {
    address: '::1', netmask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', family: 'IPv6', mac: '00:00:00:00:00:00',
    internal: true, cidr: '::1/128', scopeid: 0,
  },
];

const user = { uid: 1000, gid: 1000, username: 'user', homedir: '/home/user', shell: '/bin/sh' };

function copies<T extends object>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

class SystemError extends NativeError {}
hide(SystemError.prototype, 'name', 'SystemError');
named(SystemError, 'SystemError');

function priorityFault(call: string, code: string, words: string): never {
  throw codedError(SystemError, 'ERR_SYSTEM_ERROR', `A system error occurred: ${call} returned ${code} (${words})`);
}

let priority = 0;

/** Of this process alone. */
function isOwn(pid: number): boolean {
  return pid === 0 || pid === (process as unknown as { pid: number }).pid;
}

function getPriority(pid: unknown): number {
  const given = pid ?? 0;
  checkInteger(given, 'pid', -2_147_483_648, 2_147_483_647);
  if (!isOwn(given as number)) priorityFault('uv_os_getpriority', 'ESRCH', 'no such process'); // just checked
  return priority;
}

function setPriority(first: unknown, second?: unknown): void {
  const [pid, wanted] = second === undefined ? [0, first] : [first, second];
  checkInteger(pid, 'pid', -2_147_483_648, 2_147_483_647);
  checkInteger(wanted, 'priority', -20, 19);
  if (!isOwn(pid as number)) priorityFault('uv_os_setpriority', 'ESRCH', 'no such process'); // both just checked
  if ((wanted as number) < priority) priorityFault('uv_os_setpriority', 'EACCES', 'permission denied');
  priority = wanted as number;
}

function userInfo(options: { readonly encoding?: unknown } = {}): object {
  if (typeof options !== 'object') throw invalidType('options', 'of type object', options);
  if (options.encoding === 'buffer')
    return endNow({ kind: 'unsupported', message: 'os.userInfo in bytes is not modelled yet', site: here() });
  return Object.assign(createObject(null) as object, user);
}

/** Those that can be written as text: `${os.hostname}` is what it answers. */
const answers: Readonly<Record<string, readonly [name: string, answer: () => unknown]>> = {
  arch: ['arch', () => 'x64'],
  availableParallelism: ['getAvailableParallelism', () => processors],
  endianness: ['endianness', () => 'LE'],
  freemem: ['getFreeMem', () => 8 * gigabyte],
  homedir: ['wrappedFn', () => homeOf(process as unknown as { env: Record<string, string | undefined> })],
  hostname: ['wrappedFn', () => 'localhost'],
  platform: ['platform', () => 'linux'],
  release: ['getOSRelease', () => '6.1.0'],
  tmpdir: ['tmpdir', () => temporaryOf(process as unknown as { env: Record<string, string | undefined> })],
  totalmem: ['getTotalMem', () => 16 * gigabyte],
  type: ['getOSType', () => 'Linux'],
  uptime: ['wrappedFn', () => Math.floor((upForMs + clock.read()) / 10) / 100],
  version: ['getOSVersion', () => '#1 SMP PREEMPT_DYNAMIC'],
  machine: ['getMachine', () => 'x86_64'],
};

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
}

function homeOf({ env }: Surroundings): string {
  return env['HOME'] ?? user.homedir;
}

function temporaryOf({ env }: Surroundings): string {
  const path = [env['TMPDIR'], env['TMP'], env['TEMP']].find(Boolean) ?? '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function makeModule(): Record<string, unknown> {
  const module: Record<string, unknown> = {
    cpus: named(() => copies(processors, () => ({ ...cpu, times: { ...cpu.times } })), 'cpus', 0),
    getPriority: named(getPriority, 'getPriority', 1),
    loadavg: named(() => [0, 0, 0], 'loadavg', 0),
    networkInterfaces: named(() => ({ lo: loopback.map((each) => ({ ...each })) }), 'networkInterfaces', 0),
    setPriority: named(setPriority, 'setPriority', 2),
    userInfo: named(userInfo, 'userInfo', 1),
    constants,
    EOL: '\n',
    devNull: '/dev/null',
  };
  for (const [key, [name, answer]] of Object.entries(answers)) {
    const ask = named(() => answer(), name, 0);
    hide(ask, Symbol.toPrimitive, ask);
    module[key] = ask;
  }
  return module;
}

export const osModule = makeModule();
