/**
 * Why this file exists: hovers and lenses start the animation by the same command, whose argument is written and read
 * in one place.
 */
import type { Position } from 'vscode-languageserver-types';
import { visualizeCommand, type StartAt } from './protocol';

/** The argument of the visualize command. */
export interface VisualizeTarget {
  readonly uri: string;
  readonly at: StartAt;
}

/** A Markdown link target that plays the function around a position, else the file. */
export function visualizeLink(uri: string, position: Position): string {
  const target: VisualizeTarget = { uri, at: { kind: 'cursor', position } };
  return `command:${visualizeCommand}?${encodeURIComponent(JSON.stringify([target]))}`;
}
