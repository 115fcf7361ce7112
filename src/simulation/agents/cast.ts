/**
 * Why this file exists: what all agents of a run report becomes one report: one list of files and places, one list of
 * notes. The places of a worker's program come after those of the ones before it.
 */
import type { Site, TraceFile } from '../../trace/trace';
import type { LoweredProgram } from '../lower/program';
import type { RunReport } from '../run-report';

/** One agent of a run and what it reports. */
export interface Role {
  readonly agent: number;
  readonly program: Pick<LoweredProgram, 'files' | 'sites' | 'standIns' | 'modelled' | 'blame'>;
  readonly report: RunReport;
}

export interface Cast {
  readonly files: readonly TraceFile[];
  readonly sites: readonly Site[];
  /** What is added to the places of each role. */
  readonly offsets: readonly number[];
}

export function castOf(roles: readonly Role[]): Cast {
  const files: TraceFile[] = [];
  const sites: Site[] = [];
  const offsets: number[] = [];
  for (const { program } of roles) {
    offsets.push(sites.length);
    const numbers = program.files.map((file) => {
      const known = files.findIndex((each) => each.path === file.path && each.text === file.text);
      return known >= 0 ? known : files.push(file) - 1;
    });
    for (const site of program.sites) sites.push({ ...site, file: numbers[site.file] ?? 0 });
  }
  return { files, sites, offsets };
}

/** The places of a report, which count from one, as all roles count them. */
export function moved(report: RunReport, offset: number): RunReport {
  const at = (site: number): number => (site > 0 ? site + offset : 0);
  return {
    ...report,
    notes: report.notes.map((each) => ({ ...each, site: at(each.site) })),
    unanswered: at(report.unanswered) || report.unanswered,
    outside: report.outside.map((each) => ({ ...each, site: at(each.site) })),
    ending: report.ending && { ...report.ending, site: at(report.ending.site) },
  };
}
