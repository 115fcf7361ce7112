/** Why this file exists: what captions are made of, the same in every language and for every host. */
import type { Caption } from './caption';

export function say(headline: string, rule: string, mechanics: string): Caption {
  return { headline, rule: rule.trim(), mechanics };
}

/** Between backticks, which no code may close. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ')}\``;
}

/** How times are said, with at most two decimals: `12 ms`, `0.25 ms`; `unit` is the language's word. */
export function timesIn(unit: string): (ms: number) => string {
  return (ms) => `${String(Math.round(ms * 100) / 100)} ${unit}`;
}
