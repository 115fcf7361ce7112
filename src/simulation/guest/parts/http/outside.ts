/**
 * Why this file exists: services outside, as the scenario has them: each request gets its answer after its latency,
 * over a connection as any other. Nothing leaves the sandbox.
 */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { nextMoment, poolRateAt } from '../../loop/nudges';
import { outsideTold, type OutsideCall } from '../../loop/outside-races';
import { startNow } from '../../loop/races';
import { happensAt, foreignCaller } from '../../loop/watched';
import { SafeWeakMap } from '../../primordials';
import { sourceAt } from '../../program-modules';
import { here } from '../../recorder';
import { httpAnswer } from '../../scenario';
import type { HttpAnswer } from '../../../../trace/scenario';
import { Buffer } from '../buffer/part';
import { Endpoint, isFaultCode, isHere, type Outside } from '../net/part';
import { statusCodes } from './constants';
import { Parser } from './parser';

/** What an answer takes of which the scenario says no time, and the way there and back. Modelled. */
const [usualMs, wayMs] = [50, 1];
const atStart: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

export interface Expected {
  readonly answer: HttpAnswer;
  /** When it is to be answered, where that can be. */
  readonly at: number;
  readonly call: OutsideCall;
}

/** What each request will be answered: it is known when it is made. */
const expected = new SafeWeakMap<object, Expected>();

export function expectedOf(req: object): Expected | undefined {
  return expected.get(req);
}

interface Going {
  readonly req: { readonly method: string };
  readonly host: string;
  readonly url: string;
  readonly askedAt: number;
}

/** For a request to somebody else: how a connection there begins. Ends the run where nobody answers. */
export function outsideFor({ req, host, url, askedAt }: Going): Outside | undefined {
  if (isHere(host)) return undefined;
  const answer = httpAnswer(req.method, url);
  if (answer === undefined) return unknown(`${req.method} ${url}`);
  const start = startNow(nextMoment());
  const ms = answer.latencyMs ?? usualMs * poolRateAt(start.moment);
  const sureMs = answer.latencyMs ?? 0;
  const call: OutsideCall = { start, ms: ms - sureMs, sureMs };
  expected.set(req, { answer, at: askedAt + ms, call });
  const { fails } = answer;
  const isAtStart = fails !== undefined && atStart.includes(fails) && isFaultCode(fails);
  const fault = isAtStart ? fails : undefined;
  return { peer: newService(), connectMs: fault === undefined ? Math.min(wayMs, ms) : ms, fault };
}

function unknown(asked: string): never {
  const file = sourceAt(0).path.replace(/^.*\//, '').replace(/\.\w+$/, '.scenario.json');
  const message = `${asked} goes outside, where nothing is ever asked. What is answered can be said in ${file}: ` +
    `{ "http": { ${JSON.stringify(asked)}: { "json": {} } } }`;
  return endNow({ kind: 'unsupported', message, site: here() });
}

/** Answers of each connection, in the order of its requests. */
const answersOf = new SafeWeakMap<Endpoint, Expected[]>();

export function expectOn(peer: Endpoint | undefined, answer: Expected): void {
  if (peer !== undefined) answersOf.get(peer)?.push(answer);
}

/** The other side of a connection: it reads requests and writes what the scenario says. */
function newService(): Endpoint {
  const end = new Endpoint('data', false, foreignCaller());
  answersOf.set(end, []);
  let method = '';
  const parser = new Parser('request', {
    head: (head) => {
      ({ method } = head);
      return false;
    },
    body: () => undefined,
    complete: () => {
      const next = answersOf.get(end)?.shift();
      if (next !== undefined) happensAt(Math.max(next.at, clock.now() + wayMs), () => { answered(end, next, method); });
    },
  }, true);
  end.onArrival = () => {
    for (let bytes = end.take(Infinity); bytes !== undefined; bytes = end.take(Infinity)) parser.execute(bytes);
    if (end.hasEnded) end.leave();
  };
  return end;
}

function answered(end: Endpoint, { answer, call }: Expected, method: string): void {
  if (end.isClosed || end.peer === undefined) return;
  outsideTold(call, 'A service outside');
  if (answer.fails !== undefined) {
    end.isClosed = true;
    if (answer.fails === 'ECONNRESET' || answer.fails === 'EPIPE') end.peer.fail('ECONNRESET');
    else end.peer.end();
    return;
  }
  const { status = 200, headers = {}, json, text } = answer;
  const body = Buffer.from(json === undefined ? (text ?? '') : JSON.stringify(json));
  const said = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const fields = [`HTTP/1.1 ${status} ${statusCodes[status] ?? ''}`];
  if (!said.has('content-type')) fields.push(`content-type: ${json === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'}`);
  for (const [name, value] of Object.entries(headers)) fields.push(`${name}: ${value}`);
  if (!said.has('content-length') && !said.has('transfer-encoding')) fields.push(`content-length: ${body.length}`);
  const head = Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1');
  end.peer.receive(method === 'HEAD' || status === 204 || status === 304 ? head : Buffer.concat([head, body]));
}
