/**
 * Why this file exists: whether calling a function blocks, through whom, across files and recursion. The shortest chain
 * of each cost is
 * found by relaxing distances over the functions that can be reached, from those that call a blocking API themselves.
 */
import type { TypeEngine } from '../types/questions';
import type { BlockingEffect, ChainLink, CostTier } from './flow-model';
import {
  type DirectBlocking,
  type Edge,
  type FileSummary,
  type FunctionId,
  functionId,
  type FunctionSummary,
} from './summary';

/** Answers the summary of a file, asking `engine` first, which already knows the file. */
export type SummaryOf = (file: string, engine: TypeEngine) => FileSummary | undefined;

const tiers: readonly CostTier[] = ['high', 'medium', 'low'];

interface Step {
  readonly distance: number;
  readonly via:
    { readonly kind: 'direct'; readonly site: DirectBlocking } | { readonly kind: 'edge'; readonly edge: Edge };
}

interface Reached {
  readonly fn: FunctionSummary;
  readonly callers: Set<FunctionId>;
  readonly best: Map<CostTier, Step>;
}

/** Whole-program blocking effects over summaries; throw it away when a summary changes. */
export class Effects {
  private readonly reached = new Map<FunctionId, Reached>();

  constructor(private readonly summaryOf: SummaryOf) {}

  /** How calling `fn` blocks, the costliest first; empty when it is not known to. */
  of(fn: FunctionSummary, engine: TypeEngine): readonly BlockingEffect[] {
    this.reach(fn, engine);
    return tiers.flatMap((tier) => this.effect(fn.id, tier) ?? []);
  }

  /** The effect of following one edge: its target must run now, not be awaited or iterated. */
  through(edge: Edge, from: FileSummary): BlockingEffect | undefined {
    const target = this.target(edge, from.engine);
    if (target === undefined || !conducts(target.fn)) return undefined;
    const effect = this.of(target.fn, target.engine)[0];
    return effect === undefined ? undefined : { ...effect, chain: [linkOf(from.file, edge), ...effect.chain] };
  }

  /** The function that starts at an offset of a file. */
  functionAt(file: string, start: number, engine: TypeEngine): FunctionSummary | undefined {
    return this.summaryOf(file, engine)?.byId.get(functionId(file, start));
  }

  private target(edge: Edge, engine: TypeEngine): { fn: FunctionSummary; engine: TypeEngine } | undefined {
    const summary = this.summaryOf(edge.target.file, engine);
    const fn = summary?.byId.get(edge.target.id);
    return summary === undefined || fn === undefined ? undefined : { fn, engine: summary.engine };
  }

  /** Finds every function that may run inside `root`, then relaxes the distances of the new ones. */
  private reach(root: FunctionSummary, rootEngine: TypeEngine): void {
    if (this.reached.has(root.id)) return;
    const found: Reached[] = [];
    const open: { fn: FunctionSummary; engine: TypeEngine }[] = [{ fn: root, engine: rootEngine }];
    this.reached.set(root.id, { fn: root, callers: new Set(), best: new Map() });
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { fn, engine } = next;
      const entry = this.reached.get(fn.id);
      if (entry !== undefined) found.push(entry);
      for (const edge of fn.edges) {
        const target = this.target(edge, engine);
        if (target === undefined || !conducts(target.fn)) continue;
        const known = this.reached.get(target.fn.id);
        if (known !== undefined) known.callers.add(fn.id);
        else {
          this.reached.set(target.fn.id, { fn: target.fn, callers: new Set([fn.id]), best: new Map() });
          open.push(target);
        }
      }
    }
    this.relax(found);
  }

  private relax(found: readonly Reached[]): void {
    const queue = new Set(found.map((entry) => entry.fn.id));
    for (const id of queue) {
      queue.delete(id);
      const entry = this.reached.get(id);
      if (entry !== undefined && this.improve(entry)) for (const caller of entry.callers) queue.add(caller);
    }
  }

  private improve(entry: Reached): boolean {
    let improved = false;
    function offer(tier: CostTier, step: Step): void {
      if (step.distance >= (entry.best.get(tier)?.distance ?? Infinity)) return;
      entry.best.set(tier, step);
      improved = true;
    }
    for (const site of entry.fn.blocking) offer(site.api.tier, { distance: 1, via: { kind: 'direct', site } });
    for (const edge of entry.fn.edges) {
      const target = this.reached.get(edge.target.id);
      if (target === undefined || !conducts(target.fn)) continue;
      for (const [tier, step] of target.best) offer(tier, { distance: step.distance + 1, via: { kind: 'edge', edge } });
    }
    return improved;
  }

  private effect(id: FunctionId, tier: CostTier): BlockingEffect | undefined {
    const chain: ChainLink[] = [];
    for (let entry = this.reached.get(id); entry !== undefined;) {
      const via = entry.best.get(tier)?.via;
      if (via === undefined) return undefined;
      if (via.kind === 'edge') {
        chain.push(linkOf(entry.fn.file, via.edge));
        entry = this.reached.get(via.edge.target.id);
        continue;
      }
      const { api } = via.site;
      chain.push(linkOf(entry.fn.file, via.site));
      return {
        api: { module: api.module, name: api.name },
        class: api.class,
        tier: api.tier,
        measured: api.measured ?? [],
        chain,
      };
    }
    return undefined;
  }
}

function linkOf(file: string, site: Edge | DirectBlocking): ChainLink {
  return { file, range: site.range, callee: site.callee };
}

/**
 * True when calling the function runs its body at once; an async one is reported where it stands, a generator runs
 * when iterated.
 */
export function conducts(fn: FunctionSummary): boolean {
  return fn.color !== 'async' && fn.color !== 'generator' && fn.color !== 'async-generator';
}
