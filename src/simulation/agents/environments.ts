/** Why this file exists: environment variables that threads share (SHARE_ENV), by the number of who had them first. */
import type { Question } from '../agent-messages';

type Values = Readonly<Record<string, string>>;

export interface Environments {
  /** Changed as asked, and what is there then. */
  of(question: Extract<Question, { op: 'env' }>): Values;
}

export function createEnvironments(): Environments {
  const all = new Map<number, Map<string, string>>();
  return {
    of({ group, all: values, change }) {
      const known = all.get(group) ?? new Map<string, string>();
      const own = values === undefined ? known : new Map(Object.entries(values));
      all.set(group, own);
      if (change !== undefined) {
        const [key, value] = change;
        if (value === null) own.delete(key);
        else own.set(key, value);
      }
      return Object.fromEntries(own);
    },
  };
}
