/** Why this file exists: what Node's stream code asks of `process`, for the package that brings that code. */
import { process } from '../../../process-object';

export function nextTick(callback: unknown, ...args: unknown[]): void {
  (process as unknown as { nextTick(...given: unknown[]): void }).nextTick(callback, ...args);
}

export const env = {};

/** What is piped into the standard streams does not end them. */
export let stdout: object | undefined;
export let stderr: object | undefined;

export function standardStreamsAre(streams: { readonly stdout: object; readonly stderr: object }): void {
  ({ stdout, stderr } = streams);
}
