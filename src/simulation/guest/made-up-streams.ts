/**
 * Why this file exists: streams of a package that is stood in for bring two plausible values and end, or what the
 * scenario says of their `data`.
 */
import type { EventAnswer } from '../../trace/scenario';
import { outsideAnswers } from './loop/answers';
import { errorOf, usualMs } from './made-up-events';
import { SafeWeakMap, call, get, isCallable } from './primordials';
import { fulfillPromise, newPromise } from './promise';
import { here } from './recorder';
import { eventAnswers, eventTold, rememberAnswer, valuesIn } from './scenario';

/** Values that a stream brings where the scenario does not say. */
type MakeValues = () => readonly unknown[];

interface Source {
  readonly key: string;
  readonly site: number;
  readonly values: readonly unknown[];
  readonly answers: readonly (EventAnswer | undefined)[];
  brought: number;
}

/** Where the next value goes. */
interface Sink {
  bring(value: unknown): void;
  end(): void;
  fail(error: Error): void;
}

function newSource(name: string, make: MakeValues): Source {
  const key = `${name}.data`;
  const given = eventAnswers(key);
  const made = make();
  const [only] = given ?? [];
  // One that says no value is about all of them.
  const isOfAll = given?.length === 1 && only?.with === undefined && only?.fails === undefined;
  const answers = given === undefined || isOfAll ? made.map(() => only) : given;
  const values = answers.map((each, i) => (each?.with === undefined ? made[i] : valuesIn(each)[0]));
  return { key, site: here(), values, answers, brought: 0 };
}

function bringNext(source: Source, sink: Sink): void {
  const { key, values, answers, site } = source;
  if (source.brought >= values.length) {
    sink.end();
    return;
  }
  const place = source.brought++;
  const answer = answers[place];
  const latencyMs = answer?.latencyMs ?? usualMs;
  outsideAnswers.after(latencyMs, key, () => {
    eventTold(key, answer, site);
    if (answer === undefined) rememberAnswer('event', key, { latencyMs });
    if (answer?.fails === undefined) sink.bring(values[place]);
    else sink.fail(errorOf(answer.fails));
  });
}

const known = new SafeWeakMap<object, Source>();

/** `_read` of a stream of Node's. */
export function reads(stream: object, name: string, make: MakeValues): void {
  const source = known.get(stream) ?? newSource(name, make);
  known.set(stream, source);
  bringNext(source, {
    bring: (value) => { tell(stream, 'push', value); },
    end: () => { tell(stream, 'push', null); },
    fail: (error) => { tell(stream, 'destroy', error); },
  });
}

/** The source of a web stream. */
export function sourceOf(name: string, make: MakeValues): object {
  let source: Source | undefined;
  return {
    pull(controller: object): object {
      const pulled = newPromise({ origin: 'constructor', label: name });
      const done = (method: string, ...values: readonly unknown[]): void => {
        tell(controller, method, ...values);
        fulfillPromise(pulled, undefined);
      };
      bringNext((source ??= newSource(name, make)), {
        bring: (value) => { done('enqueue', value); },
        end: () => { done('close'); },
        fail: (error) => { done('error', error); },
      });
      return pulled;
    },
  };
}

function tell(target: object, method: string, ...values: readonly unknown[]): void {
  const own = get(target, method);
  if (isCallable(own)) call(own, target, ...values);
}
