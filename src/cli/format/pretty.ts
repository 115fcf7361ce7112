/** Why this file exists: findings for people: where, what, the line itself, and the chain that proves it. */
import type { Finding, Severity } from '../../analysis/finding';
import { shown } from '../paths';
import type { CheckReport, SyntaxError } from './report';

const sgr: Readonly<Record<Severity | 'dim' | 'bold', string>> = {
  hint: '2',
  info: '36',
  warning: '33',
  error: '31',
  dim: '2',
  bold: '1',
};

function paint(text: string, style: keyof typeof sgr): string {
  const inColor = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return inColor ? `\x1b[${sgr[style]}m${text}\x1b[0m` : text;
}

export function pretty(report: CheckReport): string {
  const errors = report.syntaxErrors.map((error) => `${syntaxLine(error)}\n`);
  const findings = report.findings.map((finding) => findingText(finding, report));
  return `${[...errors, ...findings].join('\n')}${errors.length + findings.length > 0 ? '\n' : ''}${summary(report)}\n`;
}

export function syntaxLine({ file, line, column, message }: SyntaxError): string {
  return `${shown(file)}:${String(line)}:${String(column)} does not parse: ${message}`;
}

function findingText(finding: Finding, { places }: CheckReport): string {
  const at = places.of(finding.file, finding.range);
  const where = `${shown(finding.file)}:${String(at.line)}:${String(at.column)}`;
  const text = places.line(finding.file, at.line);
  const indent = /^\s*/.exec(text)?.[0].length ?? 0;
  const end = at.endLine === at.line ? at.endColumn : text.length + 1;
  const caret = `${' '.repeat(Math.max(at.column - 1 - indent, 0))}${'^'.repeat(Math.max(end - at.column, 1))}`;
  const chain = finding.related.map((place) => {
    const { line, column } = places.of(place.file, place.range);
    return paint(`    ${shown(place.file)}:${String(line)}:${String(column)} ${place.message}`, 'dim');
  });
  const lines = [
    `${paint(where, 'bold')} ${paint(finding.severity, finding.severity)} ${finding.message} ${paint(finding.rule, 'dim')}`,
    `    ${text.trim()}`,
    `    ${paint(caret, finding.severity)}`,
    ...chain,
  ];
  return `${lines.join('\n')}\n`;
}

function summary({ findings, files, fixed, functions, ms }: CheckReport): string {
  const counts = (['error', 'warning', 'info', 'hint'] as const)
    .map((severity) => ({ severity, count: findings.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity));
  const found = counts.length === 0 ? 'No findings' : counts.join(', ');
  const mended = fixed === 0 ? '' : `Fixed ${counted(fixed, 'file')}. `;
  return `${mended}${found} in ${counted(files, 'file')}, ${counted(functions, 'function')} (${(ms / 1000).toFixed(1)} s).`;
}

function counted(count: number, noun: string): string {
  const plural = noun === 'info' ? noun : `${noun}s`;
  return `${String(count)} ${count === 1 ? noun : plural}`;
}
