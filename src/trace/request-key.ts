/** Why this file exists: which key of a scenario's `http` means a request: `GET https://api.example.com/users/:id`. */
import { requestOf, type Answers } from './scenario';

/** The key as it is written, else the first that fits. A key without a query fits any; one without a method too. */
export function requestKey(answers: Answers<unknown>, method: string, url: string): string | undefined {
  const exact = `${method} ${url}`;
  if (Object.hasOwn(answers, exact)) return exact;
  return Object.keys(answers).find((key) => {
    const wanted = requestOf(key);
    return (wanted.method === '' || wanted.method === method) && fits(wanted.url, url);
  });
}

function fits(wanted: string, url: string): boolean {
  const [base, query] = parted(url);
  const [wantedBase, wantedQuery] = parted(wanted);
  if (wantedQuery !== undefined && wantedQuery !== query) return false;
  const [parts, wantedParts] = [partsOf(base), partsOf(wantedBase)];
  if (wantedParts[wantedParts.length - 1] === '*') {
    if (parts.length < wantedParts.length) return false;
    return wantedParts.every((each, i) => i === wantedParts.length - 1 || fitsPart(each, parts[i] ?? ''));
  }
  return parts.length === wantedParts.length && wantedParts.every((each, i) => fitsPart(each, parts[i] ?? ''));
}

function fitsPart(wanted: string, part: string): boolean {
  return wanted === part || (wanted.startsWith(':') && wanted.length > 1 && part !== '');
}

/** The address without its fragment, and its query. */
function parted(url: string): readonly [base: string, query?: string] {
  const whole = url.split('#')[0] ?? '';
  const at = whole.indexOf('?');
  return at < 0 ? [whole] : [whole.slice(0, at), whole.slice(at + 1)];
}

/** Host and folders; a slash at the end of nothing else is none. */
function partsOf(base: string): string[] {
  return base.replace(/^(https?:\/\/[^/]+)\/$/, '$1').split('/');
}
