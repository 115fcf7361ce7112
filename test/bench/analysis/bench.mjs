/**
 * `npm run bench:analysis`: `loopscope check` beside typescript-eslint's typed async rules, oxlint with oxlint-tsgolint, and TypeScript 6
 * alone, on one project of TypeScript sources that ship in npm packages; and what a keystroke costs in the server. `-- oxlint loopscope`
 * runs only what holds a word, `--only rxjs,msw` checks only these packages, `--rounds N` (default 1) takes the best of more runs, `--write`
 * puts the table into ../README.md.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../../esbuild.mjs';
import { keystrokes } from './keystrokes.mjs';
import { measured } from './process-tree.mjs';
import { assemble } from './project.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
const { values, positionals: words } = parseArgs({
  allowPositionals: true, options: { rounds: { type: 'string', default: '1' }, only: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const rounds = Math.max(Number(values.rounds) || 1, 1);
const versionOf = name => JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const wanted = name => words.length === 0 || words.some(word => name.includes(word));

await build({ production: true });
const { base, folder, folders, files, lines, sources, peers } = assemble(root, values.only?.split(','));
const bin = path.join(base, 'node_modules/.bin');
const kept = path.join(base, 'node_modules/.cache/loopscope');
const check = [path.join(root, 'dist/cli.js'), 'check', '-p', 'tsconfig.json', '--format', 'json'];
const forget = () => { fs.rmSync(kept, { recursive: true, force: true }); };
const cases = [
  { name: 'loopscope check, cold', before: forget, run: [process.execPath, check] },
  { name: 'loopscope check, warm', before: () => {}, run: [process.execPath, check] },
  { name: `oxlint ${peers.oxlint} with oxlint-tsgolint ${peers['oxlint-tsgolint']}`, run: [path.join(bin, 'oxlint'), ['--type-aware', '-c', '.oxlintrc.json', ...folders]] },
  { name: `TypeScript ${versionOf('typescript')}, tsc --noEmit`, run: [process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']] },
  { name: `typescript-eslint ${versionOf('typescript-eslint')} with ESLint ${versionOf('eslint')}`,
    run: [process.execPath, ['--max-old-space-size=6144', path.join(root, 'node_modules/eslint/bin/eslint.js'), ...folders]] },
];

const seconds = ms => (ms === undefined ? '?' : (ms / 1000).toFixed(1));
const megabytes = bytes => (bytes === undefined ? '?' : String(Math.round(bytes / 2 ** 20)));
const rows = [];
for (const { name, before, run: [command, args] } of cases.filter(each => wanted(each.name))) {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    before?.();
    const load = os.loadavg()[0];
    runs.push({ ...await measured(command, args, { cwd: folder }), load });
  }
  const best = runs.reduce((a, b) => ((b.cpuMs ?? b.wallMs) < (a.cpuMs ?? a.wallMs) ? b : a));
  if (best.code !== 0 && best.code !== 1 && best.code !== 2) console.log(`${name} ended with ${best.code}`);
  rows.push(`| ${name} | ${seconds(best.wallMs)} | ${seconds(best.cpuMs)} | ${megabytes(best.peakBytes)} | ${best.load.toFixed(1)} |`);
  console.log(rows.at(-1));
}
const typed = [];
if (wanted('keystroke')) {
  for (const name of ['src/msw/src/core/utils/handleRequest.ts', 'src/openai/src/client.ts', 'src/viem/clients/createClient.ts']) {
    const { openMs, times, peakBytes } = await keystrokes(path.join(root, 'dist/server.js'), folder, name, 60);
    const at = share => times[Math.min(Math.floor(times.length * share), times.length - 1)].toFixed(0);
    typed.push(`| ${name.slice(4)} | ${seconds(openMs)} s | ${at(0.5)} ms | ${at(0.95)} ms | ${megabytes(peakBytes)} |`);
    console.log(typed.at(-1));
  }
}
const packages = Object.entries(sources).map(([name, version]) => `${name} ${version}`).join(', ');
const report = `${files.length.toLocaleString('en')} files, ${lines.toLocaleString('en')} lines: the TypeScript sources of ${packages}. Node ${process.versions.node}, `
  + `${os.platform()} ${os.arch()}, ${os.cpus().length} cores. Time on a busy machine says little: processor time is that of all processes of a command.

| | wall, s | processor, s | peak memory, MB | load before |
|---|---:|---:|---:|---:|
${rows.join('\n')}
${typed.length === 0 ? '' : `
| keystroke in (${os.loadavg()[0].toFixed(1)} load) | opened after | median | 95th percentile | peak memory, MB |
|---|---:|---:|---:|---:|
${typed.join('\n')}
`}`;
console.log(`\n${report}`);
if (values.write) {
  const file = path.join(here, '../README.md');
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/(<!-- analysis -->\n)[\s\S]*(<!-- end of analysis -->)/, (_, before, after) => `${before}\n${report}\n${after}`));
}
