/**
 * Why this file exists: a link may carry a whole run in its fragment, which no server ever sees: the trace, packed and
 * written in the letters that links may have. Any page of the player opens it.
 */

const prefix = '#run=';
/** What mail programs and chats leave whole. */
export const longestFragment = 30_000;

type Packing = CompressionStream | DecompressionStream;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: Packing): Promise<Uint8Array> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/** The fragment of a value and its title, `#` included; undefined when it would be too long. */
export async function fragmentOf(title: string, value: unknown): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify({ title, trace: value }));
  const packed = await through(bytes, new CompressionStream('deflate-raw'));
  const text = btoa(Array.from(packed, byte => String.fromCharCode(byte)).join(''));
  const fragment = prefix + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return fragment.length > longestFragment ? undefined : fragment;
}

/** What a fragment carries; undefined when it carries no run. The trace in it is still to be checked. */
export async function runInFragment(fragment: string): Promise<{ title: string; trace: unknown } | undefined> {
  if (!fragment.startsWith(prefix)) return undefined;
  try {
    const text = atob(fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = await through(Uint8Array.from(text, letter => letter.charCodeAt(0)), new DecompressionStream('deflate-raw'));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== 'object' || value === null || !('trace' in value)) return undefined;
    return { title: 'title' in value && typeof value.title === 'string' ? value.title : '', trace: value.trace };
  } catch {
    return undefined;
  }
}
