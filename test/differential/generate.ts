/** Why this file exists: a seed in, a random program out, the same one every time. */
import fc from 'fast-check';
import { programs } from './arbitraries';
import type { Program } from './program';
import { reduce } from './reduce';

/** Unbiased: fast-check would make the first run of a property a small one. */
const once = { numRuns: 1, unbiased: true } as const;

/** The program of a seed. */
export function generate(seed: number): Program {
  let found: Program | undefined;
  fc.assert(fc.property(programs, (program) => {
    found = program;
  }), { ...once, seed });
  if (found === undefined) throw new Error(`seed ${seed} gave no program`);
  return found;
}

/** The smallest program like that of the seed for which `fails` still holds, as far as it gets within the time. */
export async function shrink(
  seed: number, fails: (program: Program) => Promise<boolean>, timeMs: number,
): Promise<Program> {
  let smallest = generate(seed);
  const [half, end] = [Date.now() + timeMs / 2, Date.now() + timeMs];
  const property = fc.asyncProperty(programs, async (program) => {
    if (Date.now() > half || !(await fails(program))) return true;
    smallest = program;
    return false;
  });
  await fc.check(property, { ...once, seed });
  return reduce(smallest, fails, end);
}
