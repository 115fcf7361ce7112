/**
 * Why this file exists: what frames, promises and tasks are called on a screen. A label that the trace gives is kept;
 * where it gives none, the program's own text is the name.
 */
import type { PromiseOrigin, SiteId, TaskOrigin, Trace } from './trace';

/** The few words in labels that are ours, not the program's. */
export interface LabelWords {
  /** What is made within a call: `new Promise in load(2)`. */
  readonly inside: (what: string, call: string) => string;
  readonly resume: (call: string) => string;
  readonly asyncFunction: string;
  readonly awaitedValue: string;
  readonly module: string;
  readonly callback: string;
}

export const labelWordsInEnglish: LabelWords = {
  inside: (what, call) => `${what} in ${call}`, resume: call => `resume ${call}`, asyncFunction: 'async function',
  awaitedValue: 'the awaited value', module: 'the module', callback: 'a callback',
};

/** A site's text on one line; a body in braces becomes `{…}`. */
export function shortCode(text: string, limit: number): string {
  const flat = text.replace(/\s+/g, ' ').trim().replace(/;$/, '');
  const body = /^(?:[^{}'"`]*?(?:=>|\))\s*(?::[^{]*)?)\{/.exec(flat)?.[0];
  const short = body === undefined || flat.length <= 40 ? flat : `${body}…}`;
  return short.length > limit ? `${short.slice(0, limit - 1)}…` : short;
}

/** What was shortened already, by site and limit: the few sites of a program are named at thousands of steps. */
const shortened = new WeakMap<Trace, Map<number, string>>();
const usualLimit = 48;

/** The text of a site, shortened. */
export function siteCode(trace: Trace, id: SiteId | undefined, limit = usualLimit): string {
  const site = id === undefined ? undefined : trace.sites[id];
  const text = site === undefined ? undefined : trace.files[site.file]?.text;
  if (id === undefined || site === undefined || text === undefined) return '';
  const known = shortened.get(trace) ?? new Map<number, string>();
  shortened.set(trace, known);
  const key = id * 1000 + limit;
  const code = known.get(key) ?? shortCode(text.slice(site.start, Math.min(site.end, site.start + 2000)), limit);
  known.set(key, code);
  return code;
}

/** A call: `load(2)`; an anonymous function by its text, the main script by its file. */
export function callLabel(trace: Trace, label: string, site: SiteId): string {
  const found = trace.sites[site];
  if (found?.kind === 'module') return found.name ?? label.replace(/\(\)$/, '');
  if (label !== '' && !label.startsWith('(anonymous)')) return label;
  const code = siteCode(trace, site);
  return code === '' ? label : code;
}

/**
 * A callback that waits: by its label, or by its text. What only a call tells of (`setTimeout(resolve, 20)`) is named
 * by what was handed over, and by the call in which that happened: many may wait at the same line.
 */
export function callbackLabel(
  trace: Trace, label: string, site: SiteId | undefined, origin: TaskOrigin, maker: string | undefined,
  words: LabelWords,
): string {
  if (label !== '' && !label.startsWith('(anonymous)')) return label;
  const code = siteCode(trace, site).replace(/^(?:return|void|await)\s+/, '');
  if (site !== undefined && trace.sites[site]?.kind === 'function') return code === '' ? origin : code;
  const given = handedOver.exec(code)?.[1];
  const what = given ?? code;
  if (code === '') return origin;
  return maker === undefined ? what : words.inside(what, maker);
}

/** The name that a call hands to a queue: `resolve` of `setTimeout(resolve, 20)`. */
const handedOver = /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)\(([\w$.]+)/;

/** A promise that a library function made for its caller: by that call, where the line holds nothing else. */
export function awaitedCall(trace: Trace, site: SiteId | undefined): string | undefined {
  const code = siteCode(trace, site).replace(/^(?:return|void)\s+/, '').replace(/^await\s+/, '');
  return /^[\w$.]+\([^()]*\)$/.test(code) ? code : undefined;
}

/** A promise without a label or a call of its own: by how it was made, and in which call. */
export function promiseWords(origin: PromiseOrigin, maker: string | undefined, words: LabelWords): string {
  function inside(what: string): string {
    return maker === undefined ? what : words.inside(what, maker);
  }
  switch (origin) {
    case 'constructor': return inside('new Promise');
    case 'then': case 'catch': case 'finally': return `.${origin}(…)`;
    case 'resolve': case 'reject': case 'all': case 'allSettled': case 'any': case 'race': case 'try': return `Promise.${origin}(…)`;
    case 'withResolvers': return inside('Promise.withResolvers()');
    case 'async-function': return inside(words.asyncFunction);
    case 'async-generator': return 'next()';
    case 'await': return words.awaitedValue;
    case 'module': return words.module;
    case 'internal': return words.callback;
  }
}
