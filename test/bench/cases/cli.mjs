// Whole processes, from the shell's point of view.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { programs } from '../programs.mjs';

export function cliCases(_parts, dist) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-bench-'));
  const file = path.join(folder, 'program.ts');
  const nothing = path.join(folder, 'nothing.js');
  fs.writeFileSync(file, programs.thirtyLines.text);
  fs.writeFileSync(nothing, '');
  const cli = path.join(dist, 'cli.js');
  return {
    title: 'whole processes',
    cases: [
      { name: 'node, with an empty program, for comparison', run: () => ended([nothing], '') },
      { name: 'loopscope run, 30 lines', run: () => ended([cli, 'run', file], programs.thirtyLines.prints) },
      { name: 'loopscope check, the same file', run: () => ended([cli, 'check', file], undefined) },
    ],
    end: () => { fs.rmSync(folder, { recursive: true, force: true }); },
  };
}

function ended(args, prints) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status === null || status > 1 || (prints !== undefined && stdout !== prints)) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
}
