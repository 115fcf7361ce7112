/**
 * Why this file exists: the part of the guest that brings `dns`, as far as no network is needed: `lookup` of localhost
 * and of addresses. Any other name ends the run. Node 20: lib/dns.js, lib/internal/dns/promises.js.
 */
import { endNow } from '../../ending';
import { handOver, newOperation } from '../../loop/pool';
import { offerModule } from '../../modules/builtin';
import { checkFunction, checkObject, codedError, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import { NativeTypeError, call, hide, named, type Callable } from '../../primordials';
import { callLabel, here } from '../../recorder';
import { nextTick } from '../../ticks';

interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What asking the system takes when it knows the answer. Modelled. */
const lookupMs = 0.3;

function familyOf(name: string): 0 | 4 | 6 {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(name) && name.split('.').every((part) => Number(part) < 256)) return 4;
  return name.includes(':') && /^[\da-f:.]+$/i.test(name) ? 6 : 0;
}

interface Wanted {
  readonly name: string;
  readonly all: boolean;
  readonly family: 0 | 4 | 6;
}

const families = [0, 4, 6, 'IPv4', 'IPv6', undefined];

function wantedOf(name: unknown, given: unknown): Wanted {
  if (name !== undefined && name !== null && name !== '' && typeof name !== 'string')
    throw invalidType('hostname', 'of type string', name);
  const options = typeof given === 'number' ? { family: given } : (given ?? {});
  checkObject(options, 'options');
  const { all, family } = options as { all?: unknown; family?: unknown }; // just checked
  if (!families.includes(family as never)) {
    const words = `The property 'options.family' must be one of: 0, 4, 6. Received ${String(family)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
  }
  const number = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : ((family ?? 0) as 0 | 4 | 6); // just looked at
  return { name: (name ?? ''), all: all === true, family: number };
}

/** Without a network only the machine itself has an address. */
function addressOf({ name, family }: Wanted): Address {
  if (name.toLowerCase() === 'localhost') return family === 6 ? { address: '::1', family: 6 } : { address: '127.0.0.1', family: 4 };
  return endNow({ kind: 'unsupported', message: `dns.lookup of '${name}' is not modelled yet`, site: here() });
}

function asked(wanted: Wanted, tell: (found: Address) => void, callback: Callable | undefined): void {
  const literal = familyOf(wanted.name);
  if (literal !== 0) {
    nextTick(() => { tell({ address: wanted.name, family: literal }); }, []);
    return;
  }
  const found = addressOf(wanted);
  handOver(newOperation(callLabel('lookup', [wanted.name])), {
    name: '',
    ms: lookupMs,
    run: () => undefined,
    told: () => { tell(found); },
    callback,
    isLast: true,
  });
}

function lookup(...given: unknown[]): object {
  const [name, options, last] = given;
  const callback = last ?? options;
  checkFunction(callback, 'callback');
  const wanted = wantedOf(name, typeof options === 'function' ? undefined : options);
  asked(wanted, (found) => {
    if (wanted.all) call(callback as Callable, undefined, null, [found]); // just checked
    else call(callback as Callable, undefined, null, found.address, found.family);
  }, callback as Callable);
  return {};
}

function lookupPromise(name: unknown, options?: unknown): object {
  const wanted = wantedOf(name, options);
  const { promise, resolve } = deferred();
  asked(wanted, (found) => { resolve(wanted.all ? [found] : found); }, undefined);
  return promise;
}

/** For sockets: the addresses of the machine itself. */
export function lookupAll(name: string, tell: (found: Address) => void): void {
  asked({ name, all: true, family: 0 }, tell, undefined);
}

hide(lookup, Symbol.for('nodejs.util.promisify.custom'), named(lookupPromise, 'lookup'));

const missing = [
  'lookupService', 'Resolver', 'getServers', 'setServers', 'getDefaultResultOrder', 'setDefaultResultOrder', 'resolve',
  'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs',
  'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTxt', 'reverse',
];
const promises = { lookup: named(lookupPromise, 'lookup', 2) };
const codes = { NODATA: 'ENODATA', NOTFOUND: 'ENOTFOUND', SERVFAIL: 'ESERVFAIL', TIMEOUT: 'ETIMEOUT' };
offerModule('dns', () => ({ lookup: named(lookup, 'lookup', 3), promises, ...codes, ADDRCONFIG: 1024, ALL: 256, V4MAPPED: 2048 }), missing);
offerModule('dns/promises', () => ({ ...promises, ...codes }), missing);
