/**
 * Why this file exists: a library call that blocks, made where other work waits on the loop, stops all of that work.
 */
import type { Finding } from '../finding';
import type { DirectBlocking, FileSummary, FunctionSummary } from '../flow-model/summary';
import { measuredPhrase } from '../known-apis/blocking';
import { asyncApiFixes } from './fixes/async-api';
import { type Place, placeOf, severityOf } from './place';
import type { Rule } from './rule';

export const blockingCallInAsync: Rule = {
  id: 'blocking-call-in-async',
  finds: 'a call that blocks the thread, in an async function or a callback of the loop',
  severity: 'by-cost',
  check: ({ summary }) =>
    summary.functions.flatMap((fn) => {
      const place = placeOf(fn, summary);
      return place === undefined ? [] : fn.blocking.flatMap((site) => finding(site, place, fn, summary) ?? []);
    }),
};

function finding(site: DirectBlocking, place: Place, fn: FunctionSummary, summary: FileSummary): Finding | undefined {
  const severity = severityOf(site.api.tier, site.inLoop, place);
  if (severity === undefined) return undefined;
  return {
    rule: 'blocking-call-in-async',
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
