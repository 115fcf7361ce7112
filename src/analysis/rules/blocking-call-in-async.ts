/**
 * Why this file exists: a library call that blocks, made where other work waits on the loop, stops all of that work.
 */
import { blockingFindings } from './blocking-findings';
import type { Rule } from './rule';
import { waitsForAsync } from './sync-wait-on-async';

export const blockingCallInAsync: Rule = {
  id: 'blocking-call-in-async',
  finds: 'a call that blocks the thread, in an async function or a callback of the loop',
  severity: 'by-cost',
  check: (context) => {
    return blockingFindings('blocking-call-in-async', context, (site) => {
      return site.api.form !== 'callback-omitted' && !waitsForAsync(site);
    });
  },
};
