/** Why this file exists: source maps are read in the guest, when the first error asks where it is. */
import { apply, bareList } from './primordials';

const { indexOf } = String.prototype;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Source map v3: for each line, triples of generated column, source line and source column. One source only. */
export function decodeMappings(text: string): number[][] {
  const lines = bareList<number[]>();
  lines[0] = bareList();
  let column = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  let fields = bareList<number>();
  let value = 0;
  let shift = 0;
  const finish = (): void => {
    if (fields.length > 0) column += fields[0] ?? 0;
    if (fields.length >= 4) {
      sourceLine += fields[2] ?? 0;
      sourceColumn += fields[3] ?? 0;
      const row = lines[lines.length - 1];
      if (row !== undefined) {
        row[row.length] = column;
        row[row.length] = sourceLine;
        row[row.length] = sourceColumn;
      }
    }
    fields = bareList();
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === ',' || char === ';') {
      finish();
      if (char === ';') {
        lines[lines.length] = bareList();
        column = 0;
      }
      continue;
    }
    const digit = apply(indexOf, digits, [char]);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    fields[fields.length] = (value & 1) !== 0 ? -(value >> 1) : value >> 1;
    value = shift = 0;
  }
  finish();
  return lines;
}

