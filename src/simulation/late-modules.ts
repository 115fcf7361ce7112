/**
 * Why this file exists: a module whose name only the running program knows (`import(name)`, `require(name)`) is found
 * when the program asks for it. What is not there it is told at once; a file that is there is lowered with the rest,
 * and the program runs again from its start, step for step the same up to there.
 */
import { insidePath, outsidePath } from './lower/inside-paths';
import { resolveSpecifier, type How, type Resolution } from './lower/resolve';
import type { ReadText } from './request';
import type { Workspace } from './workspace';

/** A file that the program asked for, to be lowered with it. */
export interface LateModule {
  /** The file that asked. */
  readonly from: string;
  readonly specifier: string;
  readonly how: How;
  readonly path: string;
}

/** Instead of the flags of a text: it says as JSON which module is meant (guest/computed-names.ts). */
export const askForModule = -2;

/** What the guest is told. A file that was found is not there yet: the run ends, to begin again with it. */
export type LateAnswer = Exclude<Resolution, { kind: 'file' }> | { readonly kind: 'later' } | { readonly kind: 'refused'; readonly why: string };

/** Each costs a run. */
const mostLate = 100;

/** Paths are those that the program sees; `place` is what its specifier names, when that is a path. */
interface Asked extends Pick<LateModule, 'from' | 'specifier' | 'how'> {
  readonly place?: string;
}

/** Answers what one run asks; `late` grows by what it found. */
export function lateModules(
  home: string,
  read: ReadText,
  workspace: Workspace,
  late: LateModule[],
): (question: string) => LateAnswer {
  const seen = readerOf(home, read, workspace);
  return (question) => {
    const { place, ...asked } = JSON.parse(question) as Asked; // guest/computed-names.ts wrote it
    const from = outsidePath(asked.from, home);
    const meant = place === undefined ? asked.specifier : outsidePath(place, home);
    const found = resolveSpecifier(meant, from, asked.how, seen);
    if (found.kind === 'file') {
      if (late.length === mostLate) return { kind: 'refused', why: `more than ${mostLate} modules whose names are computed are not modelled` };
      late.push({ ...asked, from, path: found.path });
      return { kind: 'later' };
    }
    const hidden = resolveSpecifier(meant, from, asked.how, read);
    if (hidden.kind !== 'file') return found;
    const why = `a module whose name is computed is not modelled outside the program's folder: ${insidePath(hidden.path, home)}`;
    return { kind: 'refused', why };
  };
}

/** A running program sees its own folder alone; around it only what says how files there are meant is looked at. */
function readerOf(home: string, read: ReadText, workspace: Workspace): ReadText {
  return (path) => {
    if (/\/(?:package|tsconfig)\.json$/.test(path)) return read(path);
    return path.startsWith(home) && workspace.look(path.slice(home.length))?.kind === 'file' ? read(path) : undefined;
  };
}
