/** Why this file exists: what `new Worker` is given, and what it refuses. Node 20: lib/internal/worker.js. */
import type { SpawnRequest } from '../../../agent-messages';
import { endNow } from '../../ending';
import { inspect } from '../../inspect';
import { joined } from '../../module-errors';
import { codedError, invalidType, received } from '../../node-errors';
import { NativeError, NativeTypeError, isArray, isObject } from '../../primordials';
import { process } from '../../process-object';
import { here } from '../../recorder';

export interface Options {
  readonly eval?: unknown;
  readonly argv?: unknown;
  readonly env?: unknown;
  readonly execArgv?: unknown;
  readonly workerData?: unknown;
  readonly stdin?: unknown;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
  readonly resourceLimits?: unknown;
  readonly transferList?: unknown;
  readonly name?: unknown;
}

export const SHARE_ENV: symbol = Symbol.for('nodejs.worker_threads.SHARE_ENV');

export function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

type Program = SpawnRequest['program'];

function isUrl(value: unknown): value is { readonly href: string; readonly protocol: string } {
  return isObject(value) && typeof (value as { href?: unknown }).href === 'string' && typeof (value as { protocol?: unknown }).protocol === 'string';
}

export function programOf(given: unknown, options: Options): Program {
  if (options.eval) {
    if (typeof given === 'string') return { kind: 'eval', text: given };
    const message = `The property 'options.eval' must be false when 'filename' is not a string. Received ${inspect(options.eval)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', message);
  }
  if (isUrl(given)) {
    if (given.protocol === 'data:') return { kind: 'module', text: textOfData(given.href) };
    if (given.protocol !== 'file:')
      throw codedError(NativeTypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
    return { kind: 'file', path: decodeURIComponent(given.href.replace(/^file:\/\//, '').replace(/[?#].*$/, '')) };
  }
  if (typeof given !== 'string') throw invalidType('filename', 'of type string or an instance of URL', given);
  if (given.startsWith('/')) return { kind: 'file', path: joined('/', given) };
  if (/^\.\.?[\\/]/.test(given)) return { kind: 'file', path: joined('/project', given) };
  const rest = given.startsWith('file://')
    ? ` Wrap file:// URLs with \`new URL\`.`
    : given.startsWith('data:text/javascript')
      ? ` Wrap data: URLs with \`new URL\`.`
      : '';
  const message = `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'.${rest} Received "${given}"`;
  throw codedError(NativeTypeError, 'ERR_WORKER_PATH', message);
}

/** The text of a module that is written as a URL. */
function textOfData(href: string): string {
  const [, head = '', data = ''] = /^data:([^,]*),(.*)$/s.exec(href) ?? [];
  if (!/^(?:text|application)\/javascript(?:;|$)/i.test(head)) return unmodelled(`A worker of the type ${head}`);
  const plain = decodeURIComponent(data.replace(/[?#].*$/s, ''));
  const text = /;base64$/i.test(head) ? decodeURIComponent(percents(plain)) : plain;
  if (/\bimport\.meta\b|\b(?:from|import)\s*\(?\s*['"]\.{0,2}\//.test(text))
    return unmodelled('A worker from a data: URL that asks for its own place');
  return text;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 as bytes, each written as a URL writes it. */
function percents(base64: string): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const letter of base64) {
    const value = letters.indexOf(letter);
    if (value < 0) continue; // what fills up, and white space
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += `%${((bits >> count) & 255).toString(16).padStart(2, '0')}`;
  }
  return text;
}

export function environmentOf(options: Options): Record<string, string> {
  const { env } = options;
  if (env === SHARE_ENV) return {}; // the host keeps it
  if (env !== undefined && env !== null && typeof env !== 'object') {
    const message =
      'The "options.env" property must be of type object or one of undefined, null, or worker_threads.SHARE_ENV. ' +
      `Received ${received(env)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_TYPE', message);
  }
  const from = (env ?? (process as unknown as { env: object }).env) as Record<string, unknown>;
  const texts: Record<string, string> = {};
  for (const key of Object.keys(from)) texts[key] = String(from[key]);
  return texts;
}

export function listOf(options: Options, key: 'argv' | 'execArgv'): readonly string[] | undefined {
  const given = options[key];
  if (!given) return undefined;
  if (!isArray(given)) throw invalidType(`options.${key}`, 'an instance of Array', given);
  return given.map(String);
}

/** Node's options that change nothing that is modelled; those of the whole process, which a worker cannot have. */
const harmless = /^--(?:(?:no-)?(?:warnings|deprecation|enable-source-maps|trace-[\w-]+|experimental-[\w-]+)|unhandled-rejections=throw)$/;
const ofProcess = /^--(?:max-|stack-|expose-|harmony|jitless|title|v8-|zero-fill|secure-heap|cpu-|heap-)/;

/** What the worker's `process.execArgv` is, where it is not its parent's. */
export function execArgvOf(options: Options): readonly string[] | undefined {
  const given = listOf(options, 'execArgv') ?? [];
  const refused = given.filter((each) => ofProcess.test(each));
  if (refused.length > 0) {
    const message = `Initiated Worker with invalid execArgv flags: ${refused.join(', ')}`;
    throw codedError(NativeError, 'ERR_WORKER_INVALID_EXEC_ARGV', message);
  }
  const unknown = given.find((each) => !harmless.test(each));
  return unknown === undefined ? given : unmodelled(`Node's option ${unknown} for a worker`);
}

/** What V8 would have without limits. Modelled: what it would take of a machine with 16 GB. */
const usual = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 4144, codeRangeSizeMb: 0, stackSizeMb: 4 };

export interface Limits {
  readonly maxYoungGenerationSizeMb: number;
  readonly maxOldGenerationSizeMb: number;
  readonly codeRangeSizeMb: number;
  readonly stackSizeMb: number;
}

/** Limits as they hold, in V8's order. */
export function limitsOf({ resourceLimits }: Options): Limits {
  const given = isObject(resourceLimits) ? (resourceLimits as Partial<Record<keyof Limits, unknown>>) : {};
  const of = (name: keyof Limits): number => {
    const value = given[name];
    return typeof value === 'number' ? value : usual[name];
  };
  return {
    maxYoungGenerationSizeMb: of('maxYoungGenerationSizeMb'),
    maxOldGenerationSizeMb: Math.max(of('maxOldGenerationSizeMb'), 2),
    codeRangeSizeMb: of('codeRangeSizeMb'),
    stackSizeMb: of('stackSizeMb'),
  };
}

export function memoryOf(options: Options): number | null {
  const limits = options.resourceLimits;
  if (!isObject(limits)) return null;
  const most = (limits as { maxOldGenerationSizeMb?: unknown }).maxOldGenerationSizeMb;
  return typeof most === 'number' ? Math.max(most, 2) : null;
}

