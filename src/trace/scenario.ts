/**
 * Why this file exists: what the world outside a program answers: the reader's own words for it (a scenario), and what
 * a run asked and was answered. The simulation, the trace and the player speak of the same.
 */

/** One answer, or several that are given in turn; the last of them goes on. */
export type Answers<Answer> = Readonly<Record<string, Answer | readonly Answer[]>>;

/** The content of `<name>.scenario.json`. */
export interface Scenario {
  /** By `module.export`, `module.Class.method`: of packages that are stood in for. */
  readonly calls?: Answers<CallAnswer>;
  /** By `module.Class.event`: what their emitters and streams tell. A list is told one after the other. */
  readonly events?: Answers<EventAnswer>;
  /** By `GET https://host/path/:part`. */
  readonly http?: Answers<HttpAnswer>;
  /** By how the command line begins: `git status`. */
  readonly commands?: Answers<CommandAnswer>;
  /** Threads of the pool, as UV_THREADPOOL_SIZE says it. */
  readonly threads?: number;
  /** Files go through io_uring, past the pool, as UV_USE_IO_URING says it. */
  readonly ioUring?: boolean;
  /** What chance begins with: `Math.random`, random bytes, names of temporary folders. */
  readonly seed?: number;
  /** When the program starts: a date, or a date and a time with its zone. */
  readonly now?: string;
}

/** An error: its message, or more of it. */
export type Failure = string | { readonly name?: string; readonly message: string; readonly code?: string };

export interface CallAnswer {
  /** JSON. */
  readonly returns?: unknown;
  readonly latencyMs?: number;
  readonly fails?: Failure;
}

export interface EventAnswer {
  /** What listeners are given: JSON. */
  readonly with?: readonly unknown[];
  /** Since the event before it. */
  readonly latencyMs?: number;
  /** `error` is told instead. */
  readonly fails?: Failure;
}

export interface HttpAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body: JSON, or text. */
  readonly json?: unknown;
  readonly text?: string;
  readonly latencyMs?: number;
  /** The code of an error of the connection: `ECONNREFUSED`. */
  readonly fails?: string;
}

export interface CommandAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly latencyMs?: number;
  /** The code of an error of the start: `ENOENT`. */
  readonly fails?: string;
}

/** Who answered: the scenario, a value made from a type, a model of the command or host, or nobody. */
export type AnsweredBy = 'scenario' | 'made-up' | 'modelled' | 'nothing';

export type OutsideKind = 'call' | 'event' | 'http' | 'command';

export type Answer = CallAnswer | EventAnswer | HttpAnswer | CommandAnswer;

/** What a run asked of the world outside: once for each key and who answered. */
export interface OutsideCall {
  readonly kind: OutsideKind;
  /** As a scenario names it. */
  readonly key: string;
  readonly by: AnsweredBy;
  readonly count: number;
  /** Where it was asked first, an index into the trace's sites. */
  readonly site?: number;
  /** What was answered first, as a scenario would say it. */
  readonly answer?: Answer;
}

/** The section of a scenario that answers each kind. */
export const sectionOf = { call: 'calls', event: 'events', http: 'http', command: 'commands' } as const satisfies Record<
  OutsideKind,
  keyof Scenario
>;

/** A scenario with answers put in place of others, key by key. */
export function withChanges(scenario: Scenario, changes: Scenario): Scenario {
  const calls = { ...scenario.calls, ...changes.calls };
  const http = { ...scenario.http, ...changes.http };
  const commands = { ...scenario.commands, ...changes.commands };
  const events = { ...scenario.events, ...changes.events };
  const threads = changes.threads ?? scenario.threads;
  const ioUring = changes.ioUring ?? scenario.ioUring;
  const seed = changes.seed ?? scenario.seed;
  const now = changes.now ?? scenario.now;
  return {
    ...(Object.keys(calls).length > 0 && { calls }),
    ...(Object.keys(events).length > 0 && { events }),
    ...(Object.keys(http).length > 0 && { http }),
    ...(Object.keys(commands).length > 0 && { commands }),
    ...(threads !== undefined && { threads }),
    ...(ioUring !== undefined && { ioUring }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now }),
  };
}

/** The method of a key of `http`, '' for any, and its address. */
export function requestOf(key: string): { readonly method: string; readonly url: string } {
  const match = /^([A-Z]+)\s+(.*)$/.exec(key);
  return { method: match?.[1] ?? '', url: match?.[2] ?? key };
}

/** Where the scenario of a program is looked for: `main.scenario.json` beside `main.ts`. */
export function scenarioPathOf(entry: string): string {
  return entry.replace(/\.[mc]?[jt]sx?$/, '') + '.scenario.json';
}

/** A scenario that answers what a run asked, as it was answered: what nobody answered has an answer to be filled in. */
export function scenarioOf(outside: readonly OutsideCall[]): Scenario {
  const sections: Record<string, Record<string, object>> = {};
  for (const call of outside) (sections[sectionOf[call.kind]] ??= {})[call.key] = answerOf(call);
  return sections;
}

/** What was answered, else what there is to be said. */
export function answerOf({ kind, answer }: OutsideCall): Answer {
  const usual = { call: {}, event: {}, http: { status: 200, json: {}, latencyMs: 50 }, command: { stdout: '', exitCode: 0 } };
  return answer ?? usual[kind];
}
