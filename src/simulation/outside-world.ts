/**
 * Why this file exists: what a run tells of the world outside: what it asked, what was made up, and which package could
 * not run.
 */
import { scenarioPathOf, type OutsideCall } from '../trace/scenario';
import type { Cast, Role } from './agents/cast';
import type { SimulationRequest } from './request';
import type { RunReport } from './run-report';

type Program = Cast & { readonly roles: readonly Role[] };

/** The package in which the run came to something that is not modelled, or asked for a service that is not there. */
export function packageThatFailed({ ending, unanswered }: RunReport, { roles, offsets }: Program): string | undefined {
  const place = ending?.kind === 'unsupported' ? ending.site : unanswered;
  if (place <= 0) return undefined;
  const who = offsets.findLastIndex((offset) => offset < place);
  const own = roles[who]?.program;
  if (own === undefined) return undefined;
  const site = own.sites[place - 1 - (offsets[who] ?? 0)];
  return site && own.blame(site.file);
}

/** Packages that are made up, of all agents. */
export function standInsOf({ roles }: Program): string[] {
  return [...new Set(roles.flatMap((each) => each.program.standIns))];
}

/** Modules of the host that any agent asks for. */
export function modelledIn({ roles }: Program): string[] {
  return [...new Set(roles.flatMap((each) => each.program.modelled))].sort();
}

/** Said once: that packages are made up, and where the reader says what they answer. */
export function madeUpWords(program: Program, { entry, scenarioFile }: SimulationRequest): string | undefined {
  const names = standInsOf(program);
  if (names.length === 0) return undefined;
  const where = (scenarioFile ?? scenarioPathOf(entry)).replace(/^.*\//, '');
  const [are, their] = names.length === 1 ? ['is', 'its'] : ['are', 'their'];
  return `${names.join(', ')} ${are} made up from ${their} types; say in ${where} what ${names.length === 1 ? 'it answers' : 'they answer'}.`;
}

/** Each key once, whichever agents asked it. */
export function outsideOf(report: RunReport): OutsideCall[] {
  const calls = new Map<string, OutsideCall>();
  for (const { site, ...asked } of report.outside) {
    const key = `${asked.kind} ${asked.key}`;
    const known = calls.get(key);
    const place = site > 0 ? { site: site - 1 } : {};
    calls.set(key, known === undefined ? { ...asked, ...place } : { ...known, count: known.count + asked.count });
  }
  return [...calls.values()];
}
