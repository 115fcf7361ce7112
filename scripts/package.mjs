// Packages loopscope.vsix from a production build: what is installed in tests is what would be published.
// `--target linux-x64` (a target of vsce) makes the .vsix of one platform, which carries TypeScript 7's binary for it;
// without a target it runs everywhere, and TypeScript 6 answers.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const vsixFile = path.join(root, 'loopscope.vsix');

/** The platforms of Visual Studio Code that go by another name in npm; the binaries are static, so musl does not matter. */
const npmNames = { 'linux-armhf': 'linux-arm', 'alpine-x64': 'linux-x64', 'alpine-arm64': 'linux-arm64' };

/** dist/typescript-native/ gets the platform's binary with the declarations that it needs beside it, and loses any other. */
function carryNative(target) {
  const to = path.join(root, 'dist/typescript-native');
  for (const entry of fs.existsSync(to) ? fs.readdirSync(to, { withFileTypes: true }) : [])
    if (entry.isDirectory()) fs.rmSync(path.join(to, entry.name), { recursive: true });
  if (target === undefined || target === 'web') return;
  const platform = npmNames[target] ?? target;
  const from = path.join(root, `node_modules/@typescript/typescript-${platform}`);
  const wanted = manifest(path.join(root, 'node_modules/typescript-native')).version;
  if (!fs.existsSync(from) || manifest(from).version !== wanted)
    throw new Error(`TypeScript ${wanted} for ${platform} is not installed: npm pack @typescript/typescript-${platform}@${wanted}, and unpack it as ${from}`);
  fs.cpSync(path.join(from, 'lib'), path.join(to, platform), { recursive: true });
  fs.copyFileSync(path.join(from, 'LICENSE'), path.join(to, platform, 'LICENSE.txt'));
  fs.copyFileSync(path.join(from, 'NOTICE.txt'), path.join(to, platform, 'NOTICE.txt'));
}

function manifest(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/**
 * The README as it is shown inside VS Code, which renders no pictures from a relative place: without them, and the
 * pictures stay out of the package.
 */
function writePackagedReadme() {
  const lines = fs.readFileSync(path.join(root, 'README.md'), 'utf8').split('\n');
  const kept = lines.filter((line, n) => {
    const heads = lines.slice(n, n + 3).some(near => near.startsWith('|') && near.includes('](media/'));
    return !line.includes('](media/') && !(line.startsWith('|') && heads);
  });
  fs.mkdirSync(path.join(root, 'dist'), { recursive: true });
  fs.writeFileSync(path.join(root, 'dist/readme.md'), kept.join('\n').replaceAll(/\n{3,}/g, '\n\n'));
}

/** Runs vsce (which runs the production build and checks the engine's version) and answers the file. */
export function packageExtension(target) {
  carryNative(target);
  writePackagedReadme();
  fs.rmSync(vsixFile, { force: true }); // a stale one must not pass for this one
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', 'dist/readme.md', '--out', vsixFile,
    ...(target === undefined ? [] : ['--target', target])],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return vsixFile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--target');
  packageExtension(at < 0 ? undefined : process.argv[at + 1]);
}
