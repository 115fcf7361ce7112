/**
 * Why this file exists: the two pages that hold the player: one file that plays offline, and the editor's webview.
 * Both forbid by their Content-Security-Policy whatever they do not bring themselves.
 */
import { compactTrace, expandTrace } from '../trace/compact';
import { parseTrace } from '../trace/parse';
import type { Trace } from '../trace/trace';
import { packBytes, unpackBytes } from './packing';

/** Id of the element that holds the trace of an exported page. */
export const traceElementId = 'loopscope-trace';
/** Class of the elements that hold other legal orders of the same program. */
export const otherOrderClass = 'loopscope-other-order';
/** The type of an element that holds the bytes of a trace, packed. */
const packedType = 'application/loopscope-trace+deflate';

export interface PageParts {
  readonly trace: Trace;
  /** Other legal orders of the same program, which the reader may play. */
  readonly others?: readonly Trace[];
  /** The text of dist/player.js and dist/player.css. */
  readonly script: string;
  readonly style: string;
  readonly title: string;
  /** The language of the player's words, as a tag: `en`, `ru`; else the one of whoever reads the page. */
  readonly language?: string;
}

/** One self-contained page: it loads nothing from outside, and nothing in the trace can become markup or script. */
export async function renderPage({ trace, others = [], script, style, title, language }: PageParts): Promise<string> {
  const nonce = newNonce();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escapeHtml(language ?? 'en')}"${language === undefined ? ' data-language="readers"' : ''}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Loopscope</title>
<style nonce="${nonce}">${escapeStyle(style)}</style>
</head>
<body data-standalone>
<div id="player"></div>
<noscript>This animation needs JavaScript.</noscript>
${await dataElement(trace, `id="${traceElementId}" data-title="${escapeHtml(title)}"`)}
${(await Promise.all(others.map(other => dataElement(other, `class="${otherOrderClass}"`)))).join('\n')}
<script nonce="${nonce}">${escapeScript(script)}</script>
</body>
</html>
`;
}

/**
 * Longer traces are packed, by their events or by the letters of their JSON: the page is much shorter and opens sooner,
 * and what is short can be read by people.
 */
const longestPlain = { events: 2000, letters: 200_000 };

async function dataElement(trace: Trace, attributes: string): Promise<string> {
  const json = trace.events.length <= longestPlain.events ? JSON.stringify(trace) : '';
  const isShort = json !== '' && json.length <= longestPlain.letters;
  if (isShort || parseTrace(trace).kind === 'refused') { // what is refused is still the page's to tell
    return `<script type="application/json" ${attributes}>${escapeJson(json || JSON.stringify(trace))}</script>`;
  }
  return `<script type="${packedType}" ${attributes}>${await packBytes(compactTrace(trace))}</script>`;
}

/** What such an element of a page holds, still to be checked; undefined when it cannot be read. */
export async function readDataElement(element: Element): Promise<unknown> {
  try {
    const text = element.textContent;
    return element.getAttribute('type') === packedType ? expandTrace(await unpackBytes(text)) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface WebviewParts {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly language?: string;
}

/** The page of the editor's webview; traces come as messages. */
export function webviewHtml({ scriptUri, styleUri, cspSource, nonce, language = 'en' }: WebviewParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src ${cspSource} data:; font-src ${cspSource}`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Loopscope</title>
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
</head>
<body>
<div id="player"></div>
<script nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

/** For text and for attributes in double quotes. */
function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, character => entities[character] ?? character);
}

/** JSON has `<` only inside strings; written as an escape it cannot end the element. */
function escapeJson(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

/**
 * In our own bundle `</script` and `<!--` stand only inside strings and regular expressions, where the backslash
 * changes nothing.
 */
function escapeScript(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}

function escapeStyle(style: string): string {
  return style.replace(/<\/(style)/gi, '<\\/$1');
}
