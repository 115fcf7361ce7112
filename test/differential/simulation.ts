/** Why this file exists: how tests ask the simulation what programs print: through the command line, as users do. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Printed } from './oracle';

/** One line of `loopscope run --json`, as far as it is compared. */
export interface Simulated extends Printed {
  readonly exitCode: number;
  readonly outcome: string;
  readonly stderr: string;
  readonly racy: readonly { readonly line: number; readonly note: string }[];
}

export type Simulate = (files: readonly string[]) => Promise<readonly Simulated[]>;

const longestMs = 120_000;

/** Simulates files in one process of `dist/cli.js`. Rejects when it does not answer one line of JSON a file. */
export function simulateFiles(files: readonly string[]): Promise<readonly Simulated[]> {
  const args = [path.resolve('dist/cli.js'), 'run', ...files, '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { timeout: longestMs, maxBuffer: 1 << 28 }, (_error, stdout, stderr) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      if (lines.length === files.length) resolve(lines.map(parseLine));
      else reject(new Error(`loopscope run answered ${lines.length} lines for ${files.length} files: ${stdout}${stderr}`));
    });
  });
}

/** An `as` from JSON: the shape is the command line's contract, which has its own test. */
function parseLine(line: string): Simulated {
  return JSON.parse(line) as Simulated;
}
