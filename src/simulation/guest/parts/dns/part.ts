/**
 * Why this file exists: the part of the guest that brings `dns`, as far as no network is needed: `lookup` of localhost
 * and of addresses. Of any other name the scenario knows. Node 20: lib/dns.js, lib/internal/dns/promises.js.
 */
import { callbackNames } from '../../modules/util/promisify';
import { endNow } from '../../ending';
import { handOver, newOperation } from '../../loop/pool';
import { offerModule } from '../../modules/builtin';
import { inNodeFrames } from '../../node-frames';
import { checkFunction, checkObject, codedError, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import { NativeTypeError, call, named, type Callable } from '../../primordials';
import { callLabel, here } from '../../recorder';
import { askScenario, familyOf, promisedQueries, queries } from './queries';
import { nextTick } from '../../ticks';

interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What asking the system takes when it knows the answer. Modelled. */
const lookupMs = 0.3;

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

/** Without a network only the machine itself has an address; the scenario knows others. */
function ownAddress({ name, family }: Wanted): Address | undefined {
  if (name.toLowerCase() !== 'localhost') return undefined;
  return family === 6 ? { address: '::1', family: 6 } : { address: '127.0.0.1', family: 4 };
}

type Tell = (error: Error | null, found: readonly Address[]) => void;

function askOthers({ name, family }: Wanted, tell: Tell): void {
  askScenario('lookup', name, 'getaddrinfo', (error, found) => {
    const texts = (Array.isArray(found) ? found : [found]).map((each) => (typeof each === 'string' ? each : (each as Address | undefined)?.address ?? ''));
    const all = texts.map((address): Address => ({ address, family: familyOf(address) === 6 ? 6 : 4 }));
    const fault = error === null ? null : Object.assign(error, { errno: -3008 });
    tell(fault, all.filter((each) => family === 0 || each.family === family));
  });
}

function asked(wanted: Wanted, tell: Tell, callback: Callable | undefined): void {
  const literal = familyOf(wanted.name);
  if (literal !== 0) {
    nextTick(() => { tell(null, [{ address: wanted.name, family: literal }]); }, []);
    return;
  }
  const found = ownAddress(wanted);
  if (found === undefined) {
    askOthers(wanted, tell);
    return;
  }
  handOver(newOperation(callLabel('lookup', [wanted.name])), {
    type: 'GETADDRINFOREQWRAP',
    name: '',
    ms: lookupMs,
    run: () => undefined,
    told: () => { tell(null, [found]); },
    callback,
    isLast: true,
  });
}

function lookup(...given: unknown[]): object {
  const [name, options, last] = given;
  const callback = last ?? options;
  checkFunction(callback, 'callback');
  const wanted = wantedOf(name, typeof options === 'function' ? undefined : options);
  asked(wanted, (error, found) => {
    const frame = wanted.all ? 'onlookupall [as oncomplete] (node:dns:122:26)' : 'onlookup [as oncomplete] (node:dns:111:26)';
    if (error !== null)
      call(callback as Callable, undefined, inNodeFrames(error, `GetAddrInfoReqWrap.${frame}`)); // just checked
    else if (wanted.all) call(callback as Callable, undefined, null, found);
    else call(callback as Callable, undefined, null, found[0]?.address, found[0]?.family);
  }, callback as Callable);
  return {};
}

function lookupPromise(name: unknown, options?: unknown): object {
  const wanted = wantedOf(name, options);
  const { promise, resolve, reject } = deferred();
  asked(wanted, (error, found) => {
    if (error !== null) reject(error);
    else resolve(wanted.all ? found : found[0]);
  }, undefined);
  return promise;
}

/** For sockets: the addresses of the machine itself. */
export function lookupAll(name: string, tell: (found: Address) => void): void {
  const wanted: Wanted = { name, all: true, family: 0 };
  if (familyOf(name) === 0 && ownAddress(wanted) === undefined)
    endNow({ kind: 'unsupported', message: `A connection to '${name}' is not modelled yet`, site: here() });
  asked(wanted, (_, [found]) => { if (found !== undefined) tell(found); }, undefined);
}

callbackNames.set(lookup, ['address', 'family']);

const codeNames =
  'NODATA FORMERR SERVFAIL NOTFOUND NOTIMP REFUSED BADQUERY BADNAME BADFAMILY BADRESP CONNREFUSED TIMEOUT FILE NOMEM ' +
  'DESTRUCTION BADSTR BADFLAGS NONAME BADHINTS NOTINITIALIZED LOADIPHLPAPI ADDRGETNETWORKPARAMS CANCELLED';
const codes = { ...Object.fromEntries(codeNames.split(' ').map((name) => [name, `E${name}`])), EOF: 'EOF' };
const flags = { ADDRCONFIG: 32, ALL: 16, V4MAPPED: 8 };
const missing = ['lookupService'];
const promises = { lookup: named(lookupPromise, 'lookup', 2), ...promisedQueries, ...codes };
offerModule('dns', () => ({ lookup: named(lookup, 'lookup', 3), ...queries, promises, ...codes, ...flags }), missing);
offerModule('dns/promises', () => promises, missing);
