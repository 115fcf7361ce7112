/** Why this file exists: what a person said to ignore is left out; what was ignored in vain is itself a finding. */
import type ts from 'typescript';
import { lineStarts, positionAt, type TextRange } from '../../base/text';
import type { Finding, Fix, RuleId, RuleSettings } from '../finding';
import { type Directive, directivesOf, directiveWord, isAlone, isRule } from './directives';

const own: RuleId = 'ignore-comment';

/** The findings of a file that no comment ignores, and hints at comments that have nothing to ignore. */
export function applyIgnores(
  findings: readonly Finding[],
  source: ts.SourceFile,
  settings: RuleSettings,
): readonly Finding[] {
  if (!source.text.includes(directiveWord)) return findings;
  const directives = directivesOf(source);
  const starts = lineStarts(source.text);
  const used = new Map<Directive, Set<string>>();
  const left = findings.filter((finding) => {
    const { line } = positionAt(starts, finding.range.start);
    const directive = directives.find((each) => each.line === line && each.rules.includes(finding.rule));
    if (directive !== undefined) used.set(directive, (used.get(directive) ?? new Set<string>()).add(finding.rule));
    return directive === undefined;
  });
  if (settings[own] === 'off') return left;
  const idle = directives.flatMap((directive) => {
    const named = directive.rules.filter((rule) => isRule(rule) && settings[rule] !== 'off');
    const idleRules = named.filter((rule) => used.get(directive)?.has(rule) !== true);
    return idleRules.map((rule) => idleFinding(directive, rule, source));
  });
  return [...left, ...idle];
}

function idleFinding(directive: Directive, rule: string, source: ts.SourceFile): Finding {
  return {
    rule: own,
    severity: 'hint',
    file: source.fileName,
    range: directive.range,
    message: `\`${rule}\` finds nothing on the next line, so there is nothing to ignore.`,
    related: [],
    fixes: [without(directive, rule, source)],
  };
}

/** Takes a rule off a comment, or the comment away with its last one. */
function without({ range, rules }: Directive, rule: string, source: ts.SourceFile): Fix {
  const { text, fileName: file } = source;
  const others = rules.filter((each) => each !== rule);
  const written = text.slice(range.start, range.end);
  if (others.length > 0) {
    const newText = written.replace(/(loopscope-ignore-next-line\s+)[\w\s,-]+?(?=\s*(?::|\*\/|$))/, `$1${others.join(', ')}`);
    return { title: `Do not name \`${rule}\` here`, edits: [{ file, range, newText }], preferred: true, harmless: true };
  }
  return { title: 'Remove this comment', edits: [{ file, range: removable(range, text), newText: '' }], preferred: true, harmless: true };
}

/** The comment's whole line where it stands alone, else the comment and the blanks before it. */
function removable(range: TextRange, text: string): TextRange {
  const starts = lineStarts(text);
  if (!isAlone(text, starts, range)) return { start: text.slice(0, range.start).trimEnd().length, end: range.end };
  const { line } = positionAt(starts, range.start);
  const last = positionAt(starts, range.end).line;
  return { start: starts[line - 1] ?? 0, end: starts[last] ?? text.length };
}
