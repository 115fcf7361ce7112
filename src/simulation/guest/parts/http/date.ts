/** Why this file exists: the date that each response tells, on the clock of the run. */
import { clock } from '../../clock';
import { epochMs } from '../../time';

export function utcDate(): string {
  return new Date(epochMs + clock.now()).toUTCString();
}
