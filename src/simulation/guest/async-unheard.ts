/** Why this file exists: what async hooks cannot be told of as Node tells it ends the run while a hook is enabled. */
import { hearing } from './async-ids';
import { endNow } from './ending';
import { here } from './recorder';

export function refuseUnheard(what: string): void {
  if (hearing.by === undefined) return;
  endNow({ kind: 'unsupported', message: `What async_hooks.createHook hears of ${what} is not modelled yet`, site: here() });
}
