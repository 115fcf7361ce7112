/** Why this file exists: the moment of an `await` as a small picture: who has the stack before, during and after. */
import type { AwaitFacts } from './explanation';

// Middle tones that stand out on both white and near-black backgrounds.
const running = '#3b8eea';
const others = '#8f8f8f';
const waiting = '#c586c0';

const labels: Readonly<Record<AwaitFacts['what'], string>> = {
  timer: 'timer',
  network: 'network',
  pool: 'thread pool',
  process: 'other process',
  event: 'event',
  'async-function': 'callee',
  collection: 'all of them',
  value: 'nothing to wait for',
  unknown: 'awaited',
};

/** A data URI of an SVG image, 360 × 84: two lanes over time, the function's own and what happens meanwhile. */
export function awaitPicture(facts: AwaitFacts): string {
  const name = clip(facts.suspended ?? 'module');
  const gap = facts.what === 'value' ? 40 : 130;
  const resumed = 190 + gap;
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="84" viewBox="0 0 360 84" font-family="sans-serif" font-size="11">',
    text(4, 22, name, running),
    bar(90, 10, 100, running),
    `<path d="M190 18H${String(resumed)}" stroke="${waiting}" stroke-width="2" stroke-dasharray="4 3"/>`,
    bar(resumed, 10, 350 - resumed, running),
    text(4, 48, 'others', others),
    bar(190, 36, gap, others),
    text(4, 74, clip(labels[facts.what]), waiting),
    facts.what === 'value' ? '' : bar(188, 62, gap - 12, waiting),
    `<path d="M${String(resumed - 10)} 70L${String(resumed)} 28" stroke="${waiting}" fill="none"/>`,
    text(182, 8, 'await', waiting),
    '</svg>',
  ].join('');
  return `data:image/svg+xml;base64,${base64(svg)}`;
}

function bar(x: number, y: number, width: number, fill: string): string {
  return `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="16" rx="3" fill="${fill}"/>`;
}

function text(x: number, y: number, content: string, fill: string): string {
  return `<text x="${String(x)}" y="${String(y)}" fill="${fill}">${escape(content)}</text>`;
}

function clip(name: string): string {
  return name.length > 13 ? `${name.slice(0, 12)}…` : name;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `btoa` takes bytes, so the text goes through UTF-8 first. */
function base64(content: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(content)));
}
