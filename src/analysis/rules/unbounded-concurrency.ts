/** Why this file exists: a request or process for each of a list of any length, all at once, is too much for others. */
import { concurrencyFindings } from './concurrency-findings';
import type { Rule } from './rule';

export const unboundedConcurrency: Rule = {
  id: 'unbounded-concurrency',
  finds: 'requests or processes that are started for all of a list of any length at once',
  severity: 'info',
  check: (context) =>
    concurrencyFindings(unboundedConcurrency, context, ({ resource, callee }, source) => {
      if (resource === 'pool') return undefined;
      const what = resource === 'process' ? 'process' : 'request';
      const message =
        `\`${callee}\` starts a ${what} for each of \`${source}\`, all at once, however many there are: sockets, memory ` +
        'or the other side run out. Start a few at a time.';
      return { message, severity: resource === 'process' ? 'warning' : 'info' };
    }),
};
