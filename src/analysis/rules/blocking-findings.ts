/** Why this file exists: direct blocking calls are told alike, whichever rule they belong to. */
import type { Finding } from '../finding';
import type { DirectBlocking, FileSummary, FunctionSummary } from '../flow-model/summary';
import { measuredPhrase } from '../known-apis/blocking';
import { asyncApiFixes } from './fixes/async-api';
import { type Place, placeOf, severityOf } from './place';
import type { Rule, RuleContext } from './rule';

/** The blocking calls of a file that a rule is about, where somebody waits for the loop. */
export function blockingFindings(
  rule: Rule['id'],
  { summary }: RuleContext,
  isAbout: (site: DirectBlocking) => boolean,
): readonly Finding[] {
  return summary.functions.flatMap((fn) => {
    const place = placeOf(fn, summary);
    if (place === undefined) return [];
    return fn.blocking.filter(isAbout).flatMap((site) => finding(rule, site, place, fn, summary) ?? []);
  });
}

function finding(
  rule: Rule['id'],
  site: DirectBlocking,
  place: Place,
  fn: FunctionSummary,
  summary: FileSummary,
): Finding | undefined {
  const severity = severityOf(site.api.tier, site.inLoop, place);
  if (severity === undefined) return undefined;
  return {
    rule,
    severity,
    file: summary.file,
    range: site.range,
    message: message(site, place),
    related: [{ file: summary.file, range: fn.nameRange, message: `Runs on the event loop: ${place.text}.` }],
    fixes: asyncApiFixes(site, summary),
  };
}

function message({ callee, api, inLoop }: DirectBlocking, place: Place): string {
  const details = [`${api.tier} cost`, measuredPhrase(api.measured ?? []), inLoop ? 'in a loop' : ''].filter(
    (part) => part !== '',
  );
  const instead = api.instead === undefined ? '' : ` Instead: ${api.instead}.`;
  return `\`${callee}\` blocks the event loop inside ${place.text}: nothing else runs until it returns (${details.join(', ')}).${instead}`;
}
