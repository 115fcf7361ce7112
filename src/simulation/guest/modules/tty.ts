/** Why this file exists: `node:tty`: no descriptor is a terminal, as where output is piped. Node 20: lib/tty.js. */
import { named } from '../primordials';

/** `ReadStream` and `WriteStream` are missing: there is no terminal to open. */
export const ttyModule: Record<string, unknown> = { isatty: named((_fd: unknown) => false, 'isatty', 1) };
