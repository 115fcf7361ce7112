/** Why this file exists: names of temporary folders: made up, and the same in every run of a program. */
import { seededFrom } from '../../seeds';

let state: number | undefined;

/** The high bits of a linear congruential generator: names need no more. */
function next(most: number): number {
  state = (Math.imul(state ?? seededFrom(20_250_101), 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * most);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** As mkdtemp(3) makes them. */
export function seededText(length: number): string {
  return Array.from({ length }, () => letters[next(letters.length)]).join('');
}
