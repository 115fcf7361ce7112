/**
 * Why this file exists: questions to servers of names: `resolve4` and its like, `reverse`, `Resolver`. There is no
 * network: the scenario answers, by `dns.resolve4(example.com)` or for all names by `dns.resolve4`. Node 20:
 * lib/internal/dns/callback_resolver.js, promises.js, utils.js.
 */
import type { Failure } from '../../../../trace/scenario';
import { endNow } from '../../ending';
import { inspect } from '../../inspect';
import { outsideAnswers } from '../../loop/answers';
import { checkFunction, checkString, codedError, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import { NativeError, NativeTypeError, call, isArray, isCallable, named, type Callable } from '../../primordials';
import { callAnswer, hasCallAnswer } from '../../scenario';
import { here } from '../../recorder';

/** What a server takes to answer where the scenario does not say. Modelled. */
const usualMs = 20;

/** Each with the name that Node's functions have, which errors name too. */
const kinds: Readonly<Record<string, readonly [method: string, query: string]>> = {
  A: ['resolve4', 'queryA'], AAAA: ['resolve6', 'queryAaaa'], ANY: ['resolveAny', 'queryAny'], CAA: ['resolveCaa', 'queryCaa'],
  CNAME: ['resolveCname', 'queryCname'], MX: ['resolveMx', 'queryMx'], NAPTR: ['resolveNaptr', 'queryNaptr'],
  NS: ['resolveNs', 'queryNs'], PTR: ['resolvePtr', 'queryPtr'], SOA: ['resolveSoa', 'querySoa'], SRV: ['resolveSrv', 'querySrv'],
  TXT: ['resolveTxt', 'queryTxt'],
};

type Tell = (error: Error | null, found?: unknown) => void;

/** What the scenario says of a name, told when it comes; where it is silent the run ends. */
export function askScenario(method: string, name: string, syscall: string, tell: Tell): void {
  const own = `dns.${method}(${name})`;
  const key = hasCallAnswer(own) ? own : `dns.${method}`;
  const answer = callAnswer(key, 'nothing');
  if (answer === undefined) {
    const message = `dns.${method} of '${name}' asks the network: the scenario can answer it, as "${key}" of "calls"`;
    endNow({ kind: 'unsupported', message, site: here() });
  }
  outsideAnswers.after(answer.latencyMs ?? usualMs, `${method} ${name}`, () => {
    if (answer.fails !== undefined) tell(faultOf(answer.fails, name, syscall));
    else tell(null, JSON.parse(JSON.stringify(answer.returns ?? [])));
  });
}

/** `fails` is the code of the error, or more of it. */
function faultOf(fails: Failure, hostname: string, syscall: string): Error {
  const code = typeof fails === 'string' ? fails : (fails.code ?? fails.message);
  return Object.assign(new NativeError(`${syscall} ${code} ${hostname}`), { errno: undefined, code, syscall, hostname });
}

interface Query {
  readonly method: string;
  readonly query: string;
}

function begin({ method, query }: Query, name: unknown, tell: Tell): object {
  checkString(name, 'name');
  askScenario(method, name as string, query, tell); // just checked
  return {};
}

/** With a callback, after options if there are any. */
function withCallback(about: Query): Callable {
  return named((name: unknown, options: unknown, last?: unknown) => {
    checkString(name, 'name');
    const callback = isCallable(options) ? options : last;
    checkFunction(callback, 'callback');
    return begin(about, name, (error, found) => {
      if (error !== null) call(callback as Callable, undefined, error); // just checked
      else call(callback as Callable, undefined, null, found);
    });
  }, about.query, 2);
}

function withPromise(about: Query): Callable {
  return named((name: unknown) => {
    const { promise, resolve, reject } = deferred();
    begin(about, name, (error, found) => {
      if (error === null) resolve(found);
      else reject(error);
    });
    return promise;
  }, about.query, 2);
}

type Methods = Readonly<Record<string, Callable>>;

function methodsOf(make: (about: Query) => Callable): Methods {
  const own = Object.entries(kinds).map(([kind, [method, query]]) => [kind, method, make({ method, query })] as const);
  const byKind = Object.fromEntries(own.map(([kind, , f]) => [kind, f]));
  const resolve = (name: unknown, kind?: unknown, ...rest: unknown[]): unknown => {
    if (isCallable(kind)) return call(byKind['A'] as Callable, undefined, name, kind); // it is in the table
    const wanted = kind ?? 'A';
    const known = typeof wanted === 'string' && Object.hasOwn(byKind, wanted) ? byKind[wanted] : undefined;
    if (typeof wanted !== 'string') throw invalidType('rrtype', 'of type string', wanted);
    if (known === undefined)
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'rrtype' is invalid. Received ${inspect(wanted)}`);
    return call(known, undefined, name, ...rest);
  };
  const reverse = make({ method: 'reverse', query: 'getHostByAddr' });
  return { resolve, ...Object.fromEntries(own.map(([, method, f]) => [method, f])), reverse };
}

const byCallback = methodsOf(withCallback);
const byPromise = methodsOf(withPromise);

const isAddress = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[?[\da-f:.]*:[\da-f:.]*\]?)(?::\d+)?$/i;

/** Modelled: one server on the machine itself. */
let servers = ['127.0.0.1'];

function setServers(given: unknown): void {
  if (!isArray(given)) throw invalidType('servers', 'an instance of Array', given);
  const wanted = given.map(String);
  const wrong = wanted.find((each) => !isAddress.test(each));
  if (wrong !== undefined) throw codedError(NativeTypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${wrong}`);
  servers = wanted.map((each) => each.replace(/^\[(.*)\](?::53)?$/, '$1').replace(/^([\d.]+):53$/, '$1'));
}

const settings = {
  getServers: (): string[] => [...servers],
  setServers,
};

function resolverOf(methods: Methods): new () => object {
  class Resolver {
    cancel(): void {
      // NOT MODELLED: what is under way goes on.
    }
  }
  for (const [name, f] of Object.entries({ ...methods, ...settings }))
    Object.defineProperty(Resolver.prototype, name, { value: f, writable: true, configurable: true });
  return named(Resolver, 'Resolver', 0);
}

const orders = ['verbatim', 'ipv4first', 'ipv6first'];
let order = 'verbatim';

function setDefaultResultOrder(given: unknown): void {
  if (typeof given !== 'string' || !orders.includes(given)) {
    const all = orders.map((each) => `'${each}'`).join(', ');
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'dnsOrder' must be one of: ${all}. Received ${inspect(given)}`);
  }
  order = given;
}

const common = {
  getServers: named(settings.getServers, 'bound getServers', 0),
  setServers: named(setServers, 'defaultResolverSetServers', 1),
  getDefaultResultOrder: named(() => order, 'getDefaultResultOrder', 0),
  setDefaultResultOrder: named(setDefaultResultOrder, 'setDefaultResultOrder', 1),
};

export const queries = { ...byCallback, ...common, Resolver: resolverOf(byCallback) };
export const promisedQueries = { ...byPromise, ...common, Resolver: resolverOf(byPromise) };
