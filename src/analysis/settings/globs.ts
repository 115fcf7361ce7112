/** Why this file exists: globs of `loopscope.json` count from its folder, and mean the same on every system. */
import picomatch from 'picomatch/posix';

/** Asked with an absolute path, with forward slashes. */
export type Matcher = (file: string) => boolean;

/** A glob without a slash matches at any depth, as `.gitignore` has it; one that ends in a slash, all below it. */
export function matcherOf(globs: readonly string[], directory: string): Matcher {
  if (globs.length === 0) return () => false;
  const matches = picomatch(globs.map(spelledOut), { dot: true });
  const prefix = directory.endsWith('/') ? directory : `${directory}/`;
  return (file) => file.startsWith(prefix) && matches(file.slice(prefix.length));
}

function spelledOut(glob: string): string {
  const from = glob.replace(/^\.?\//, '');
  const below = from.endsWith('/') ? `${from}**` : from;
  return glob.includes('/') && !/^[^/]+\/$/.test(glob) ? below : `**/${below}`;
}
