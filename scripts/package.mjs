// Packages loopscope.vsix from a production build: what is installed in tests is what would be published.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const vsixFile = path.join(root, 'loopscope.vsix');

/** Runs vsce (which runs the production build and checks the engine's version) and answers the file. */
export function packageExtension() {
  fs.rmSync(vsixFile, { force: true }); // a stale one must not pass for this one
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsixFile],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return vsixFile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) packageExtension();
