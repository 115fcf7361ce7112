/**
 * Why this file exists: `console.table`. Node 20: lib/internal/cli_table.js and lib/internal/console/constructor.js.
 */
import { inspect } from './inspect';
import { iteratesOver } from './collection-iterators';
import { isMap, isSet, previewEntries } from './inspect-hooks';
import { apply, bareList, createObject, isArray } from './primordials';
import { stringWidth } from './string-width';

const { repeat } = String.prototype;
const { keys: keysOf, hasOwn } = Object;
const { isView } = ArrayBuffer;

type Show = (value: unknown) => string;

/** A list of names, which is an array. */
export function isMadeOfMaps(value: unknown): value is readonly string[] {
  return isArray(value);
}

/** The table as text, or the value itself where it is none. */
export function tableOf(data: unknown, properties: readonly string[] | undefined, options: object): unknown {
  if (data === null || typeof data !== 'object') return data;
  const show: Show = (value) => {
    const isList = isArray(value) || isView(value);
    const isLarge = value !== null && typeof value === 'object' && !isList && keysOf(value).length > 2;
    return inspect(value, { depth: isLarge ? -1 : 0, maxArrayLength: 3, breakLength: Infinity, ...options });
  };
  return collectionTable(data, show) ?? objectTable(data as Record<string, unknown>, properties, show);
}

const [index, iteration, valueTitle] = ['(index)', '(iteration index)', 'Values'];

function collectionTable(data: object, show: Show): string | undefined {
  const isIterator = iteratesOver(data) !== undefined;
  if (!isIterator && !isMap(data) && !isSet(data)) return undefined;
  const [entries, isPairs] = isIterator
    ? (previewEntries(data, true) as readonly [unknown[], boolean])
    : [previewEntries(data) as unknown[], isMap(data)];
  const step = isPairs ? 2 : 1;
  const columns = [bareList<string>(), bareList<string>(), bareList<string>()] as const;
  for (let i = 0; i * step < entries.length; i++) {
    columns[0][i] = show(i);
    columns[1][i] = show(entries[i * step]);
    if (isPairs) columns[2][i] = show(entries[i * step + 1]);
  }
  return isPairs
    ? render([iteration, 'Key', valueTitle], columns, columns[0].length)
    : render([iteration, valueTitle], [columns[0], columns[1]], columns[0].length);
}

function objectTable(
  data: Record<string, unknown>,
  properties: readonly string[] | undefined,
  show: Show,
): string {
  const columns = createObject(null) as Record<string, string[]>;
  const values = bareList<string>();
  let hasPrimitives = false;
  const rows = keysOf(data);
  for (let i = 0; i < rows.length; i++) {
    const item = data[rows[i] ?? ''];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (isPrimitive && properties === undefined) {
      hasPrimitives = true;
      values[i] = show(item);
      continue;
    }
    const names = properties ?? keysOf(item as object);
    for (let n = 0; n < names.length; n++) {
      const name = String(names[n]);
      const column = (columns[name] ??= bareList<string>());
      // Node asks the row, and a primitive has none.
      column[i] = isPrimitive || !hasOwn(item, name) ? '' : show((item as Record<string, unknown>)[name]);
    }
  }
  const names = keysOf(columns);
  const head = [index, ...names, ...(hasPrimitives ? [valueTitle] : [])];
  const body = [rows, ...names.map((name) => columns[name] ?? []), ...(hasPrimitives ? [values] : [])];
  return render(head, body, rows.length);
}

function render(head: readonly string[], columns: readonly (readonly string[])[], rows: number): string {
  const widths = head.map((title, i) => {
    let widest = stringWidth(title);
    for (let r = 0; r < rows; r++) widest = Math.max(widest, stringWidth(columns[i]?.[r] ?? ''));
    return widest + 2;
  });
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => apply(repeat, '─', [width])).join(middle) + right;
  const row = (cell: (column: number) => string): string =>
    `│${widths.map((width, i) => pad(cell(i), width)).join('│')}│\n`;
  let text = `${line('┌', '┬', '┐')}\n${row((i) => head[i] ?? '')}${line('├', '┼', '┤')}\n`;
  for (let r = 0; r < rows; r++) text += row((i) => columns[i]?.[r] ?? '');
  return text + line('└', '┴', '┘');
}

function pad(text: string, width: number): string {
  return ` ${text}${apply(repeat, ' ', [width - stringWidth(text) - 1])}`;
}
