/** Why this file exists: how numbers are said, the same in every language but for the words around them. */

/** Whole milliseconds, or two decimals below ten. */
export function roundMs(at: number): number {
  return at < 10 ? Math.round(at * 100) / 100 : Math.round(at);
}

export function msText(unit: string): (at: number) => string {
  return at => `${roundMs(at)} ${unit}`;
}

/** English: one and many. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
