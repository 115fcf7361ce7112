/** Why this file exists: the date that each response tells, on the clock of the run. */
import { clock } from '../../clock';
import { epoch } from '../../time';

export function utcDate(): string {
  return new Date(epoch.ms + clock.now()).toUTCString();
}
