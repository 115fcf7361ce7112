/** Why this file exists: Node's pool has four threads; many jobs at once make everything else that needs one wait. */
import { concurrencyFindings } from './concurrency-findings';
import type { Rule } from './rule';

export const threadpoolExhaustion: Rule = {
  id: 'threadpool-exhaustion',
  finds: 'jobs of the thread pool that are started for all of a list of any length at once',
  severity: 'hint',
  check: (context) =>
    concurrencyFindings(threadpoolExhaustion, context, ({ resource, callee }, source) => {
      if (resource !== 'pool') return undefined;
      const message =
        `\`${callee}\` takes a thread of Node's pool for each of \`${source}\`. The pool has four, shared by files, ` +
        '`dns.lookup`, `crypto` and `zlib`: whoever comes later waits for all of these. Start a few at a time.';
      return { message, severity: 'hint' };
    }),
};
