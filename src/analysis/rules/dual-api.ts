/** Why this file exists: an async function that also takes a callback answers twice, and its errors twice or never. */
import { rangeOf } from '../syntax';
import { found, type Rule } from './rule';
import { callbackParameters, callOf, isErrorFirst } from './state/callbacks';
import { isAsync } from './state/own-nodes';

export const dualApi: Rule = {
  id: 'dual-api',
  finds: 'an async function that answers through a callback as well',
  severity: 'info',
  check: (context) =>
    context.summary.functions.flatMap(({ sites: { node } }) => {
      if (!isAsync(node)) return [];
      return callbackParameters(node, context).flatMap(({ name, declared, mentions }) => {
        const answer = mentions.map(callOf).find((call) => call !== undefined && isErrorFirst(call));
        if (answer === undefined) return [];
        const message =
          `This async function answers through its promise and through \`${name}\`: a caller that uses one of them ` +
          'does not hear what the other says, and an error may be told twice. Keep one.';
        const related = [{ file: context.summary.file, range: rangeOf(answer), message: `\`${name}\` is told here.` }];
        return [found(dualApi, context, declared, message, { related })];
      });
    }),
};
