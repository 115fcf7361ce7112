/** Why this file exists: what a worker runs is lowered when it is asked for: a file of the project, or text. */
import type { Question, WorkerStart } from '../agent-messages';
import type { LateModule } from '../late-modules';
import { insidePath, outsidePath } from '../lower/inside-paths';
import { lowerProgram, type LoweredProgram, type Roots } from '../lower/program';
import { resolveSpecifier } from '../lower/resolve';
import type { Sliced } from '../lower/start';
import type { ReadText, SimulationRefused } from '../request';
import type { HostKind } from '../../trace/trace';

/** What a worker starts with: its program, or why it has none. */
export interface WorkerProgram {
  readonly program: LoweredProgram;
  readonly fault: WorkerStart['fault'];
  readonly path: string;
}

type Spawn = Extract<Question, { op: 'spawn' }>;

export interface WorkerPrograms {
  /** Every worker has one of its own: what it makes of text while it runs. */
  readonly programFor: (question: Spawn) => WorkerProgram;
}

/** The roots are the main program's: all agents see the same files. */
export function workerPrograms(
  roots: Roots,
  read: ReadText,
  late: readonly LateModule[],
  host: HostKind,
  standIns: ReadonlySet<string>,
): WorkerPrograms {
  const root = roots.home;
  const known = new Map<string, WorkerProgram>();

  function made({ program, process }: Spawn): WorkerProgram {
    const isProcess = process !== undefined;
    if (program.kind === 'module') return lowered(`${root}[worker data].mjs`, program.text);
    if (program.kind === 'eval') return lowered(`${root}${isProcess ? '[eval].cjs' : '[worker eval].cjs'}`, program.text);
    const how = isProcess ? 'require' : 'import';
    const found = resolveSpecifier(outsidePath(program.path, root), `${root}main.js`, how, read);
    const text = found.kind === 'file' ? read(found.path) : undefined;
    if (found.kind === 'file' && text !== undefined) return lowered(found.path, text, isProcess);
    return faulty(program.path, { code: 'MODULE_NOT_FOUND', message: `Cannot find module '${program.path}'`, head: '' });
  }

  function lowered(path: string, text: string, isProcess = false): WorkerProgram {
    const file = { path, text };
    const whole: Sliced = { entry: file, original: file, placeOf: (range) => range, isQuiet: () => false };
    const program = lowerProgram(whole, read, late, roots, host, standIns);
    if (!('kind' in program)) return { program, fault: null, path: insidePath(path, root) };
    const words = program.message.replace(/^.*SyntaxError: /, '');
    const isMissing = program.message.startsWith('Cannot find');
    const code = isProcess ? 'ERR_MODULE_NOT_FOUND' : 'MODULE_NOT_FOUND';
    return faulty(path, { code: isMissing ? code : null, message: words, head: headOf(program) });
  }

  /** Where the text does not parse, as Node prints it. */
  function headOf({ file, line, column = 1 }: SimulationRefused): string {
    if (file === undefined || line === undefined) return '';
    const text = read(file)?.split('\n')[line - 1] ?? '';
    return `${insidePath(file, root)}:${line}\n${text}\n${' '.repeat(column - 1)}^\n`;
  }

  /** A program that does nothing stands in its place: the worker tells of its fault. */
  function faulty(path: string, fault: WorkerStart['fault']): WorkerProgram {
    const file = { path: `${root}[no program].cjs`, text: '' };
    const empty: Sliced = { entry: file, original: file, placeOf: (range) => range, isQuiet: () => false };
    const program = lowerProgram(empty, read, [], roots, host);
    if ('kind' in program) throw new Error(program.message); // an empty text is a program
    return { program, fault, path };
  }

  return {
    programFor(question) {
      const key = JSON.stringify([question.program, question.process !== undefined]);
      const first = known.get(key) ?? made(question);
      known.set(key, first);
      return { ...first, program: first.program.again() };
    },
  };
}
