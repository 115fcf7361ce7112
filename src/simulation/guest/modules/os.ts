/** Why this file exists: the part of `node:os` that is the same on every Linux machine. */
import { named } from '../primordials';

const answers: Readonly<Record<string, unknown>> = {
  arch: 'x64',
  platform: 'linux',
  type: 'Linux',
  machine: 'x86_64',
  endianness: 'LE',
  tmpdir: '/tmp',
  homedir: '/home/user',
};

export const osModule: Record<string, unknown> = { EOL: '\n', devNull: '/dev/null' };
for (const [name, answer] of Object.entries(answers)) osModule[name] = named(() => answer, name, 0);
