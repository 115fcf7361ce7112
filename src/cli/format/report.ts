/** Why this file exists: what a check found, before it is put into words for one reader or another. */
import type { Finding } from '../../analysis/finding';
import type { Places } from '../places';

export interface SyntaxError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly syntaxErrors: readonly SyntaxError[];
  readonly files: number;
  /** Files that `--fix` changed. */
  readonly fixed: number;
  readonly functions: number;
  readonly ms: number;
  readonly places: Places;
}
