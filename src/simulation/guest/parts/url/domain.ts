/**
 * Why this file exists: names of hosts in other scripts, for `whatwg-url`, which asks for them as `tr46`. Node has the
 * tables of UTS #46; here a name is folded by Unicode's compatibility forms, which is the same for all letters of
 * today's languages.
 */
import * as punycode from 'punycode/punycode.es6.js';

function folded(domain: string): string {
  return domain.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll(/[\u00AD\u200B\u2060\uFE00-\uFE0F]/g, '').replaceAll('\u3002', '.');
}

/** Null where a name is none. */
export function toASCII(domain: string): string | null {
   
  if (/^[\x00-\x7F]*$/.test(domain) && !/(?:^|\.)xn--/i.test(domain)) return domain.toLowerCase();
  try {
    const labels = folded(domain).split('.');
    for (const label of labels) if (label.startsWith("xn--")) punycode.decode(label.slice(4));
    return labels.map((label) => punycode.toASCII(label)).join('.');
  } catch {
    return null;
  }
}

export function toUnicode(domain: string): string {
  try {
    return punycode.toUnicode(folded(domain));
  } catch {
    return domain;
  }
}
