/**
 * Why this file exists: whether calling a function blocks, through whom, across files and recursion. The shortest chain
 * of each cost is
 * found by relaxing distances over the functions that can be reached, from those that call a blocking API themselves.
 */
import type { TypeEngine } from '../types/questions';
import { colorOfParameters } from './color';
import type { BlockingEffect, ChainLink, Color, CostTier } from './flow-model';
import { ParameterTimes } from './parameter-times';
import type { ParameterTime } from './parameters';
import {
  type DirectBlocking,
  type Edge,
  type EdgeTarget,
  type FileSummary,
  type FunctionId,
  functionId,
  type FunctionSummary,
} from './summary';
import type { TypeIndex } from './type-index';

/** Answers the summary of a file, asking `engine` first, which already knows the file. */
export type SummaryOf = (file: string, engine: TypeEngine) => FileSummary | undefined;

const tiers: readonly CostTier[] = ['high', 'medium', 'low'];

interface Step {
  readonly distance: number;
  readonly via:
    | { readonly kind: 'direct'; readonly site: DirectBlocking }
    | { readonly kind: 'edge'; readonly edge: Edge; readonly to: FunctionId };
}

/** A function, and the engine that knows its file. */
export interface Target {
  readonly fn: FunctionSummary;
  readonly engine: TypeEngine;
}

interface Reached {
  readonly fn: FunctionSummary;
  /** The functions that each edge may run. */
  readonly edges: readonly { readonly edge: Edge; readonly to: readonly Target[] }[];
  readonly callers: Set<FunctionId>;
  readonly best: Map<CostTier, Step>;
}

/** Whole-program blocking effects over summaries; throw it away when a summary changes. */
export class Effects {
  private readonly reached = new Map<FunctionId, Reached>();
  private readonly parameters: ParameterTimes;

  /** `types` says who implements what, as far as files were summarized. */
  constructor(
    readonly summaryOf: SummaryOf,
    private readonly types: TypeIndex,
  ) {
    this.parameters = new ParameterTimes((target, engine) => this.functions(target, engine));
  }

  /** How calling `fn` blocks, the costliest first; empty when it is not known to. */
  of(fn: FunctionSummary, engine: TypeEngine): readonly BlockingEffect[] {
    this.reach({ fn, engine });
    return tiers.flatMap((tier) => this.effect(fn.id, tier) ?? []);
  }

  /** The effect of following one edge: its target must run now, not be awaited or iterated. */
  through(edge: Edge, from: FileSummary): BlockingEffect | undefined {
    const targets = this.targets(edge, from.engine);
    const found = targets.flatMap((target) => this.of(target.fn, target.engine)[0] ?? []);
    const [effect] = found.sort(
      (a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || a.chain.length - b.chain.length,
    );
    if (effect === undefined) return undefined;
    const certain = effect.certain && found.length === targets.length;
    return { ...effect, certain, chain: [linkOf(from.file, edge), ...effect.chain] };
  }

  /** The function that starts at an offset of a file. */
  functionAt(file: string, start: number, engine: TypeEngine): FunctionSummary | undefined {
    return this.summaryOf(file, engine)?.byId.get(functionId(file, start));
  }

  /** When what is given to a parameter of one of these functions is called. */
  parameterTime(to: readonly EdgeTarget[], index: number, engine: TypeEngine): ParameterTime {
    return this.parameters.of(to, index, engine);
  }

  /** A function that only hands its callback on has the colour of what it hands it to. */
  colorOf(fn: FunctionSummary, { engine }: Pick<FileSummary, 'engine'>): Color {
    const asked = (fn.color === 'sync' || fn.color === 'callback') && fn.parameters.size > 0;
    if (!asked) return fn.color;
    const found = colorOfParameters(this.parameters.ofFunction(fn, engine));
    return found === 'sync' ? fn.color : found;
  }

  /** The functions that an edge runs before the next statement. */
  targets(edge: Edge, engine: TypeEngine): readonly Target[] {
    const { given } = edge;
    if (given !== undefined && !this.parameters.of(given.to, given.index, engine).now) return [];
    return this.functions(edge.target, engine).filter(({ fn }) =>
      conducts(fn) || (edge.iterates === true && fn.color === 'generator'),
    );
  }

  /** The functions that a target stands for, as far as files are known. */
  functions(target: EdgeTarget, engine: TypeEngine): readonly Target[] {
    const places = target.kind === 'function' ? [target] : this.types.implementations(target.owner, target.name);
    return places.flatMap(({ file, id }) => {
      const summary = this.summaryOf(file, engine);
      const fn = summary?.byId.get(id);
      return summary === undefined || fn === undefined ? [] : [{ fn, engine: summary.engine }];
    });
  }

  /** Finds every function that may run inside `root`, then relaxes the distances of the new ones. */
  private reach(root: Target): void {
    if (this.reached.has(root.fn.id)) return;
    const found: Reached[] = [];
    const open: Target[] = [root];
    const callers = new Map<FunctionId, Set<FunctionId>>([[root.fn.id, new Set()]]);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { fn, engine } = next;
      const edges = fn.edges.map((edge) => ({ edge, to: this.targets(edge, engine) }));
      const entry: Reached = { fn, edges, callers: callers.get(fn.id) ?? new Set(), best: new Map() };
      this.reached.set(fn.id, entry);
      found.push(entry);
      for (const target of edges.flatMap(({ to }) => to)) {
        const known = this.reached.get(target.fn.id)?.callers ?? callers.get(target.fn.id);
        if (known !== undefined) known.add(fn.id);
        else {
          callers.set(target.fn.id, new Set([fn.id]));
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
    for (const { edge, to } of entry.edges) {
      for (const { fn } of to) {
        const via = { kind: 'edge', edge, to: fn.id } as const;
        const best = this.reached.get(fn.id)?.best ?? [];
        for (const [tier, step] of best) offer(tier, { distance: step.distance + 1, via });
      }
    }
    return improved;
  }

  private effect(id: FunctionId, tier: CostTier): BlockingEffect | undefined {
    const chain: ChainLink[] = [];
    let certain = true;
    for (let entry = this.reached.get(id); entry !== undefined;) {
      const via = entry.best.get(tier)?.via;
      if (via === undefined) return undefined;
      if (via.kind === 'edge') {
        chain.push(linkOf(entry.fn.file, via.edge));
        certain &&= this.allBlock(entry, via.edge);
        entry = this.reached.get(via.to);
        continue;
      }
      const { api } = via.site;
      chain.push(linkOf(entry.fn.file, via.site));
      return {
        api: { module: api.module, name: api.name },
        class: api.class,
        tier: api.tier,
        measured: api.measured ?? [],
        certain,
        chain,
      };
    }
    return undefined;
  }

  /** Whichever implementation runs at the place of an edge, it blocks. */
  private allBlock(entry: Reached, { target, node }: Edge): boolean {
    if (target.kind === 'function') return true;
    const alternatives = entry.edges.filter(({ edge }) => edge.node === node).flatMap(({ to }) => to);
    return alternatives.every(({ fn }) => (this.reached.get(fn.id)?.best.size ?? 0) > 0);
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
