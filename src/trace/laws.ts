/**
 * Why this file exists: what must hold in every trace, whatever program made it. Tests run it over examples and
 * generated programs; a violation is a bug of the simulation, never of the user's code. It keeps its own books and
 * does not trust `fold.ts`.
 */
import { newCommonBooks } from './laws-agents';
import { checkEvent, newLedger, type Ledger } from './laws-ledger';
import type { AgentId, Trace } from './trace';

/**
 * Tells every law that a trace breaks, in words; at most `limit` of them. An empty list means that the trace is sound.
 */
export function brokenLaws(trace: Trace, limit = 20): readonly string[] {
  const broken = brokenSites(trace);
  const all = newCommonBooks();
  const ledgers = new Map<AgentId, Ledger>();
  for (const [step, event] of trace.events.entries()) {
    const { agent = 0 } = event;
    const ledger = ledgers.get(agent) ?? newLedger(trace, all);
    ledgers.set(agent, ledger);
    for (const words of checkEvent(ledger, event)) broken.push(`step ${String(step)} (${event.kind}): ${words}`);
    if (broken.length >= limit) return broken.slice(0, limit);
  }
  broken.push(...brokenEnd(trace));
  if (comesToItsEnd(trace) && ledgers.get(0)?.isInExit !== true) broken.push('the program ended without its phase exit');
  return broken.slice(0, limit);
}

/** Whether it ran until it ended, by itself or by its own doing, and is recorded until then. */
function comesToItsEnd({ events, notes, outcome }: Trace): boolean {
  const isWhole = events.length > 0 && !notes.some(note => note.kind === 'recording-thinned');
  return isWhole && (outcome.kind === 'completed' || outcome.kind === 'uncaught');
}

function brokenSites(trace: Trace): string[] {
  const broken: string[] = [];
  for (const [id, site] of trace.sites.entries()) {
    const length = trace.files[site.file]?.text.length;
    if (length === undefined) broken.push(`site ${String(id)} lies in file ${String(site.file)}, which is not there`);
    else if (site.start < 0 || site.start > site.end || site.end > length) broken.push(`site ${String(id)} lies outside its file's text`);
  }
  return broken;
}

function brokenEnd(trace: Trace): string[] {
  const broken: string[] = [];
  const ended = trace.events.findIndex(event => event.kind === 'program-ended');
  const last = trace.events.at(-1);
  if (ended >= 0 && ended < trace.events.length - 1) broken.push(`${String(trace.events.length - 1 - ended)} events come after the program's end`);
  if (ended < 0 && trace.outcome.kind === 'completed') broken.push('the outcome is completed, but the program has no end');
  if (last?.kind === 'program-ended' && last.exitCode !== trace.exitCode) broken.push('the exit code of the end is not the exit code of the trace');
  if (last !== undefined && last.at > trace.virtualMs) broken.push('the last event is later than the virtual time of the whole run');
  return broken;
}
