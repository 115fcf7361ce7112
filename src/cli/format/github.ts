/** Why this file exists: findings as the annotations that GitHub shows in a pull request. */
import type { Severity } from '../../analysis/finding';
import { shown } from '../paths';
import type { CheckReport } from './report';

const levels: Readonly<Record<Severity, string>> = {
  hint: 'notice',
  info: 'notice',
  warning: 'warning',
  error: 'error',
};

export function github(report: CheckReport): string {
  return report.findings
    .map((finding) => {
      const { line, column, endLine, endColumn } = report.places.of(finding.file, finding.range);
      const where = { file: shown(finding.file), line, col: column, endLine, endColumn, title: finding.rule };
      const properties = Object.entries(where).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      return `::${levels[finding.severity]} ${properties.join(',')}::${escapeData(finding.message)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
