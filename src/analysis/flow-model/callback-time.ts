/** Why this file exists: when a library function calls what it is given, asked by several parts of the flow model. */
import { type CallbackApi, callbackApi } from '../known-apis/callbacks';
import type { CallTarget } from '../types/questions';

/** When the callbacks of these functions run, as the first library function among them does it. */
export function callbackTimeOf(targets: readonly CallTarget[]): CallbackApi | undefined {
  for (const target of targets) {
    if (target.kind === 'library') return callbackApi(target.module, target.name);
  }
  return undefined;
}
