/**
 * Why this file exists: a command line of Node's own: which of its words are options of Node, which is the program, and
 * which are the program's. Such a process is an agent of its own (node-process.ts).
 */
import type { SpawnRequest } from '../../../agent-messages';
import { endNow } from '../../ending';
import { joined } from '../../module-errors';
import { get } from '../../primordials';
import { process } from '../../process';
import { here } from '../../recorder';

export interface NodeProgram {
  readonly kind: 'node';
  readonly program: SpawnRequest['program'];
  readonly execArgv: readonly string[];
  readonly args: readonly string[];
}

/** Options that say nothing about what the program does, as far as it is modelled. */
const known = /^--(?:no-)?(?:warnings|deprecation|enable-source-maps|trace-[\w-]+|unhandled-rejections=throw|stack-trace-limit=\d+|max-[\w-]+=\d+|expose-gc|experimental-[\w-]+)$/;

/** Undefined where it is another command. */
export function nodeProgram(file: string, words: readonly string[], cwd: string): NodeProgram | undefined {
  if (file !== 'node' && file !== get(process, 'execPath')) return undefined;
  if (cwd !== '/project') return unmodelled('A process of Node in another folder');
  const count = words.findIndex((word) => !known.test(word));
  const execArgv = count < 0 ? words : words.slice(0, count);
  const [first, second, ...rest] = words.slice(execArgv.length);
  if (first === '-e' || first === '--eval') {
    const args = rest[0] === '--' ? rest.slice(1) : rest;
    return { kind: 'node', program: { kind: 'eval', text: second ?? '' }, execArgv: [...execArgv, first, second ?? ''], args };
  }
  if (first === undefined || first === '-') return unmodelled('A program that Node reads from its standard input');
  if (first.startsWith('-')) return unmodelled(`Node's option ${first}`);
  const args = second === undefined ? [] : [second, ...rest];
  return { kind: 'node', program: { kind: 'file', path: joined(cwd, first) }, execArgv, args };
}

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}
