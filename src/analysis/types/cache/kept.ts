/**
 * Why this file exists: what is kept of one tsconfig's files between two starts, and how it lies on the disk: one file,
 * written whole and moved into place, with a digest that tells whether it is as it was written.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { QuestionKind } from '../questions';
import { digestOf } from './fingerprint';

/** By kind of question, rows of four numbers: start, end and kind of a node, and the index of its answer. */
export type KeptAnswers = Partial<Record<QuestionKind, readonly number[]>>;

export interface KeptFile {
  /** Digest of the text that the answers are about. */
  readonly digest: string;
  readonly isModule: boolean;
  /** Its types reach every file: a script, a declaration file, or an augmentation of what is global. */
  readonly isGlobal: boolean;
  /** The project's own files that it imports. */
  readonly imports: readonly string[];
  /** The last part of every specifier, for files that may come to stand for one. */
  readonly specifiers: readonly string[];
  readonly answers: KeptAnswers;
}

export interface Kept {
  readonly fingerprint: string;
  /** Every answer once; a row names it by its place. */
  readonly answers: readonly unknown[];
  readonly files: Readonly<Record<string, KeptFile>>;
}

/** The name of the file that keeps a tsconfig's answers. */
export function keptName(configPath: string): string {
  const words = configPath.split('/').slice(-3, -1).join('-').replace(/[^\w-]+/g, '_');
  return `${words}-${digestOf(configPath).replace(/\W/g, '').slice(0, 12)}.json`;
}

/** Undefined where nothing is kept, or where it is not as it was written. Never throws. */
export function readKept(file: string, fingerprint: string): Kept | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== digestOf(body)) return undefined;
    // The digest says that these are the bytes that `writeKept` wrote, and the fingerprint that this build did.
    const kept = JSON.parse(body) as Kept;
    return kept.fingerprint === fingerprint ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be written is not kept: the next start is a cold one. */
export function writeKept(file: string, kept: Kept): void {
  const partial = `${file}.${String(process.pid)}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const body = JSON.stringify(kept);
    writeFileSync(partial, `${digestOf(body)}\n${body}`);
    renameSync(partial, file);
  } catch {
    rmSync(partial, { force: true });
  }
}
