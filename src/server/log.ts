/**
 * Why this file exists: what goes wrong is written to the output channel, whole; people are shown one sentence, if
 * anything.
 */
import type { RemoteConsole } from 'vscode-languageserver/node';

export type Log = Pick<RemoteConsole, 'error' | 'warn' | 'info'>;

/** All that is known of an error, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
