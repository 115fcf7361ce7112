/**
 * Why this file exists: a link may carry a whole run in its fragment, which no server ever sees: the trace, packed and
 * written in the letters that links may have. Any page of the player opens it.
 */
import { pack, unpack } from '../packing';

const prefix = '#run=';
/** What mail programs and chats leave whole. */
export const longestFragment = 30_000;

/** The fragment of a value and its title, `#` included; undefined when it would be too long. */
export async function fragmentOf(title: string, value: unknown): Promise<string | undefined> {
  const text = await pack(JSON.stringify({ title, trace: value }));
  const fragment = prefix + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return fragment.length > longestFragment ? undefined : fragment;
}

/** What a fragment carries; undefined when it carries no run. The trace in it is still to be checked. */
export async function runInFragment(fragment: string): Promise<{ title: string; trace: unknown } | undefined> {
  if (!fragment.startsWith(prefix)) return undefined;
  try {
    const text = await unpack(fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'));
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('trace' in value)) return undefined;
    return { title: 'title' in value && typeof value.title === 'string' ? value.title : '', trace: value.trace };
  } catch {
    return undefined;
  }
}
