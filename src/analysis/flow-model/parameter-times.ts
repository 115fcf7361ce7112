/**
 * Why this file exists: a function that hands its parameter on to another calls it when that one does; this follows
 * the hands, through files and recursion.
 */
import type { TypeEngine } from '../types/questions';
import type { ParameterTime, ParameterUse } from './parameters';
import { edgeTarget } from './edge-target';
import type { EdgeTarget, FunctionSummary } from './summary';

type FunctionsOf = (
  target: EdgeTarget,
  engine: TypeEngine,
) => readonly { readonly fn: FunctionSummary; readonly engine: TypeEngine }[];

const never: ParameterTime = { now: false, later: undefined };

/** Answers of one state of the summaries. */
export class ParameterTimes {
  private readonly known = new Map<string, ParameterTime>();

  constructor(private readonly functionsOf: FunctionsOf) {}

  of(to: readonly EdgeTarget[], index: number, engine: TypeEngine): ParameterTime {
    const times = to
      .flatMap((target) => this.functionsOf(target, engine))
      .map(({ fn, engine: own }) => this.ofParameter(fn, index, own));
    return union(times);
  }

  /** Of each parameter of a function that it calls or hands on. */
  ofFunction(fn: FunctionSummary, engine: TypeEngine): readonly ParameterTime[] {
    return [...fn.parameters.keys()].map((index) => this.ofParameter(fn, index, engine));
  }

  private ofParameter(fn: FunctionSummary, index: number, engine: TypeEngine): ParameterTime {
    const key = `${fn.id} ${String(index)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // A function that hands it to itself adds nothing.
    this.known.set(key, never);
    const times = union((fn.parameters.get(index) ?? []).map((use) => this.ofUse(use, engine)));
    this.known.set(key, times);
    return times;
  }

  private ofUse(use: ParameterUse, engine: TypeEngine): ParameterTime {
    if (use.kind === 'called-now') return { now: true, later: undefined };
    if (use.kind === 'called-later') return { now: false, later: use.by };
    return this.of(
      use.to.flatMap((target) => edgeTarget(target) ?? []),
      use.index,
      engine,
    );
  }
}

function union(times: readonly ParameterTime[]): ParameterTime {
  return { now: times.some(({ now }) => now), later: times.find(({ later }) => later !== undefined)?.later };
}
