/**
 * Why this file exists: a comment that ignores a finding must say which and why, so that the next reader can judge
 * whether it still holds. That a comment has nothing to ignore is found where findings are left out (`suppress`).
 */
import type { Finding } from '../finding';
import { type Directive, directivesOf, directiveWord, isRule } from '../suppress/directives';
import type { Rule } from './rule';

export const ignoreComment: Rule = {
  id: 'ignore-comment',
  finds: 'a comment that ignores a finding without a reason, under a wrong name, or in vain',
  severity: 'warning',
  check: ({ summary: { source, file } }) => {
    if (!source.text.includes(directiveWord)) return [];
    return directivesOf(source).flatMap((directive) => {
      return problemsOf(directive).map((message): Finding => {
        return { rule: 'ignore-comment', severity: 'warning', file, range: directive.range, message, related: [], fixes: [] };
      });
    });
  },
};

function problemsOf({ rules, reason }: Directive): readonly string[] {
  if (rules.length === 0) return [`This comment names no rule to ignore: write \`${directiveWord} RULE: REASON\`.`];
  const unknown = rules.filter((rule) => !isRule(rule)).map((rule) => `There is no rule \`${rule}\` to ignore.`);
  const silent = `Say why this is ignored: \`${directiveWord} ${rules.join(', ')}: REASON\`.`;
  return reason === '' ? [...unknown, silent] : unknown;
}
