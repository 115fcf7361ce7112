/** Why this file exists: what the package behind `url.parse` asks of `qs`, as Node's querystring does it. */
import { querystring } from './querystring';

type Coder = (value: unknown) => unknown;

export function parse(text: unknown): unknown {
  return (querystring['parse'] as Coder)(text); // or what the program put there
}

export function stringify(value: unknown): unknown {
  return (querystring['stringify'] as Coder)(value); // likewise
}
