/**
 * Why this file exists: what a colour looks like: a theme colour, an icon of the call graph, and a mark in the gutter.
 * Each has a shape or a letter of its own, for whom colours look alike; the tones are those of Okabe and Ito.
 */
import * as vscode from 'vscode';
import type { ColoredFunction } from '../server/protocol';

export type Color = ColoredFunction['color'];
/** A function that blocks is marked as such, whatever its colour. */
export type Mark = Color | 'blocking';

interface Look {
  /** The contributed theme colour. */
  readonly theme: string;
  readonly codicon: string;
  readonly letter: string;
  readonly dark: string;
  readonly light: string;
}

export const looks: Readonly<Record<Mark, Look>> = {
  sync: { theme: 'loopscope.sync', codicon: 'circle-outline', letter: 'S', dark: '#9e9e9e', light: '#6e6e6e' },
  async: { theme: 'loopscope.async', codicon: 'clock', letter: 'A', dark: '#56b4e9', light: '#0072b2' },
  generator: { theme: 'loopscope.generator', codicon: 'list-ordered', letter: 'G', dark: '#3cc49a', light: '#00805e' },
  'async-generator': {
    theme: 'loopscope.asyncGenerator', codicon: 'layers', letter: 'AG', dark: '#7fd6d1', light: '#0a7a7a',
  },
  callback: { theme: 'loopscope.callback', codicon: 'call-incoming', letter: 'C', dark: '#e69f00', light: '#9a6a00' },
  worker: { theme: 'loopscope.worker', codicon: 'server-process', letter: 'W', dark: '#cc79a7', light: '#a0467a' },
  either: { theme: 'loopscope.either', codicon: 'question', letter: '?', dark: '#f0e442', light: '#7a7200' },
  blocking: { theme: 'loopscope.blocking', codicon: 'flame', letter: '!', dark: '#ff8a4c', light: '#c04a00' },
};

export function markOf({ color, blocks }: ColoredFunction): Mark {
  return blocks.length > 0 ? 'blocking' : color;
}

/** A square with the letter of a mark, for the gutter. */
export function gutterIcon(mark: Mark, theme: 'dark' | 'light'): vscode.Uri {
  const { letter } = looks[mark];
  const fill = looks[mark][theme];
  const ink = theme === 'dark' ? '#1e1e1e' : '#ffffff';
  const size = letter.length > 1 ? 8 : 11;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">`
    + `<rect x="2" y="2" width="12" height="12" rx="3" fill="${fill}"/><text x="8" y="${letter.length > 1 ? 11 : 12}" `
    + `font-family="sans-serif" font-weight="bold" font-size="${size}" text-anchor="middle" fill="${ink}">${letter}</text></svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}
