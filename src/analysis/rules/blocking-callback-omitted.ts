/**
 * Why this file exists: some functions answer through their callback and block when it is left out; no `Sync` in the
 * name says so.
 */
import { blockingFindings } from './blocking-findings';
import type { Rule } from './rule';

export const blockingCallbackOmitted: Rule = {
  id: 'blocking-callback-omitted',
  finds: 'a function that blocks because its callback is left out, in an async function or a callback of the loop',
  severity: 'by-cost',
  check: (context) => {
    return blockingFindings('blocking-callback-omitted', context, ({ api }) => api.form === 'callback-omitted');
  },
};
