/**
 * Why this file exists: `console.table`. Node 20–24: lib/internal/cli_table.js and lib/internal/console/constructor.js.
 */
import { inspect } from './inspect';

const indexHeader = '(index)';
const valuesHeader = 'Values';

function cell(value: unknown): string {
  return inspect(value, {
    maxArrayLength: 3,
    breakLength: Infinity,
    depth: typeof value === 'object' && value !== null ? 0 : 1,
  });
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number): string {
  return ` ${text}${' '.repeat(width - widthOf(text) - 1)}`;
}

function render(head: readonly string[], columns: readonly (readonly string[])[]): string {
  const rows = Math.max(...columns.map((column) => column.length));
  const widths = head.map((title, i) => Math.max(widthOf(title), ...(columns[i] ?? []).map(widthOf)) + 2);
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const row = (cells: readonly string[]): string => `│${cells.map((text, i) => pad(text, widths[i] ?? 0)).join('│')}│`;
  const body = Array.from({ length: rows }, (_, i) => row(columns.map((column) => column[i] ?? '')));
  return [line('┌', '┬', '┐'), row(head), line('├', '┼', '┤'), ...body, line('└', '┴', '┘')].join('\n');
}

/** Prints tabular data, or anything else as `console.log` does. */
export function consoleTable(data: unknown, chosen: unknown, log: (value: unknown) => void): void {
  if (data === null || typeof data !== 'object') {
    log(data);
    return;
  }
  const index: string[] = [];
  const values: string[] = [];
  const columns = new Map<string, string[]>();
  if (Array.isArray(chosen)) for (const name of chosen) columns.set(String(name), []);
  let primitives = false;
  const entries: [string, unknown][] =
    data instanceof Map || data instanceof Set
      ? [...data].map((value, i) => [String(i), value])
      : Object.keys(data).map((key) => [key, (data as Record<string, unknown>)[key]]);
  entries.forEach(([key, value], i) => {
    index.push(key);
    if (value === null || typeof value !== 'object') {
      primitives = true;
      values[i] = cell(value);
      return;
    }
    for (const name of Object.keys(value)) {
      if (Array.isArray(chosen) && !columns.has(name)) continue;
      const column = columns.get(name) ?? [];
      columns.set(name, column);
      column[i] = cell((value as Record<string, unknown>)[name]);
    }
  });
  const fill = (column: readonly string[]): string[] => index.map((_, i) => column[i] ?? '');
  const head = [indexHeader, ...columns.keys(), ...(primitives ? [valuesHeader] : [])];
  log(render(head, [index, ...[...columns.values()].map(fill), ...(primitives ? [fill(values)] : [])]));
}
