/**
 * Why this file exists: what the reader's scenario says of the world outside, found by what the program asks; and what
 * was asked, with who answered, so that a scenario can be written from a run.
 */
import type {
  AnsweredBy,
  Answers,
  CallAnswer,
  CommandAnswer,
  EventAnswer,
  HttpAnswer,
  OutsideKind,
  Scenario,
} from '../../trace/scenario';
import { requestKey } from '../../trace/request-key';
import { SafeMap, bareList, isArray } from './primordials';
import { here, stack } from './recorder';

/** One entry of what the run asked for; the host makes `OutsideCall` of it. */
interface Asked {
  readonly kind: OutsideKind;
  readonly key: string;
  readonly by: AnsweredBy;
  count: number;
  /** From one on, 0 where it is not known. */
  readonly site: number;
  answer?: unknown;
}

let scenario: Scenario = {};
/** How many answers of a list were given. */
const turns = new SafeMap<string, number>();
const known = new SafeMap<string, Asked>();
export const askedOutside = bareList<Asked>();

export function defineScenario(given: Scenario): void {
  scenario = given;
}

/** What the scenario says of a call of a package that is stood in for; else `otherwise` answers. */
export function callAnswer(name: string, otherwise: AnsweredBy = 'made-up'): CallAnswer | undefined {
  const answer = found(scenario.calls, name, name);
  const saysWhat = answer !== undefined && ('returns' in answer || answer.fails !== undefined);
  return answered({ kind: 'call', key: name, by: saysWhat ? 'scenario' : otherwise, site: callSite() }, answer);
}

/** True where the scenario says something of exactly this. */
export function hasCallAnswer(name: string): boolean {
  return scenario.calls !== undefined && Object.hasOwn(scenario.calls, name);
}

/** What the scenario says of an event of a package that is stood in for, each time it is told; undefined: nothing. */
export function eventAnswers(name: string): readonly EventAnswer[] | undefined {
  const { events } = scenario;
  const given = events !== undefined && Object.hasOwn(events, name) ? events[name] : undefined;
  return given === undefined || isList(given) ? given : [given];
}

/** What listeners are given: a copy each time. */
export function valuesIn({ with: given = [] }: EventAnswer): readonly unknown[] {
  return JSON.parse(JSON.stringify(given)) as readonly unknown[];
}

/** Writes down that it was told. */
export function eventTold(name: string, answer: EventAnswer | undefined, site: number): void {
  answered({ kind: 'event', key: name, by: answer === undefined ? 'made-up' : 'scenario', site }, answer);
}

/** What the scenario says of a request; `url` is whole. */
export function httpAnswer(method: string, url: string, otherwise: AnsweredBy = 'nothing'): HttpAnswer | undefined {
  const answers = scenario.http;
  const key = answers && requestKey(answers, method, url);
  const answer = found(answers, key, `${method} ${url}`);
  const by = answer === undefined ? otherwise : 'scenario';
  return answered({ kind: 'http', key: key ?? `${method} ${url}`, by, site: here() }, answer);
}

/** What the scenario says of a command line: of the keys that it begins with, the longest. */
export function commandAnswer(argv: readonly string[], otherwise: AnsweredBy = 'nothing'): CommandAnswer | undefined {
  const line = argv.join(' ');
  const answers = scenario.commands;
  let key: string | undefined;
  for (const each of Object.keys(answers ?? {}))
    if ((line === each || line.startsWith(`${each} `)) && each.length > (key?.length ?? -1)) key = each;
  const answer = found(answers, key, line);
  const by = answer === undefined ? otherwise : 'scenario';
  return answered({ kind: 'command', key: key ?? line, by, site: here() }, answer);
}

/** Says what was answered where the scenario was silent: it is what a scenario begins with. */
export function rememberAnswer(kind: OutsideKind, key: string, answer: unknown): void {
  const entry = known.get(`${kind} ${key}`);
  if (entry !== undefined && entry.answer === undefined) entry.answer = answer;
}

/** Where the made-up function on top of the stack was called. */
function callSite(): number {
  const caller = stack[stack.length - 2];
  return caller === undefined ? here() : caller.at + 1;
}

function found<Answer>(
  answers: Answers<Answer> | undefined,
  key: string | undefined,
  asked: string,
): Answer | undefined {
  if (answers === undefined || key === undefined || !Object.hasOwn(answers, key)) return undefined;
  const given = answers[key];
  if (!isList(given)) return given;
  // Each address and each command line has its own turn.
  const counter = `${key} ${asked}`;
  const turn = turns.get(counter) ?? 0;
  turns.set(counter, turn + 1);
  return given[turn < given.length ? turn : given.length - 1];
}

/** A type guard of its own: Array.isArray does not narrow readonly lists. */
function isList<Answer>(given: Answer | readonly Answer[] | undefined): given is readonly Answer[] {
  return isArray(given);
}

/** Writes down that it was asked; answers the answer. */
function answered<Answer>(asked: Omit<Asked, 'count' | 'answer'>, answer: Answer | undefined): Answer | undefined {
  const name = `${asked.kind} ${asked.key}`;
  const entry = known.get(name);
  if (entry !== undefined) {
    entry.count++;
    return answer;
  }
  const made: Asked = { ...asked, count: 1 };
  if (asked.by === 'scenario') made.answer = answer;
  known.set(name, made);
  askedOutside[askedOutside.length] = made;
  return answer;
}
