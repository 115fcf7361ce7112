/** Why this file exists: findings for programs; lines and columns count from 1. The shape is a contract. */
import type { FileEdit, Finding } from '../../analysis/finding';
import { shown } from '../paths';
import type { Places } from '../places';
import type { CheckReport } from './report';

export function json(report: CheckReport): string {
  const { files, functions, ms, places } = report;
  return `${JSON.stringify({ findings: report.findings.map((each) => finding(each, places)), files, functions, ms }, undefined, 2)}\n`;
}

function finding(each: Finding, places: Places): object {
  return {
    rule: each.rule,
    severity: each.severity,
    file: shown(each.file),
    ...places.of(each.file, each.range),
    message: each.message,
    related: each.related.map(({ file, range, message }) => {
      const { line, column } = places.of(file, range);
      return { file: shown(file), line, column, message };
    }),
    fixes: each.fixes.map(({ title, edits }) => ({ title, edits: edits.map((edit) => editOf(edit, places)) })),
  };
}

function editOf({ file, range, newText }: FileEdit, places: Places): object {
  return { file: shown(file), ...places.of(file, range), newText };
}
