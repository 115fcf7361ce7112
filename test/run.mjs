/**
 * `npm test`: every check there is, in stages. `npm test -- unit lint` runs only those, `npm test -- test/unit/x.test.ts` only that
 * file, and what else is given goes to mocha (`npm test -- unit --grep timers`). A stage that fails does not hide the next one.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../esbuild.mjs';
import { packageExtension, vsixFile } from '../scripts/package.mjs';
import { bundleTests } from './bundle.mjs';
import { needChromium } from './host/chromium.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const isHost = file => /^test\/(integration|ui)\//.test(file);
const isApi = file => file.startsWith('test/integration/api/');
const isWorkbench = file => file.startsWith('test/integration/') && !isApi(file);
/** What each stage needs first and does; a stage answers its counts, or throws and counts as one failure. */
const stages = {
  build: { needs: [], run: () => build().then(() => none) },
  lint: { needs: [], run: () => check('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0']) },
  types: { needs: [], run: () => check('node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']) },
  unit: { needs: ['build'], run: () => mocha('unit', file => !isHost(file), 20_000, { MOCHA_DOTS: '1' }) },
  package: { needs: [], run: () => Promise.resolve(packageExtension()).then(() => none) },
  integration: { needs: ['package'], run: integration },
  ui: { needs: ['package'], run: () => withChromium(env => mocha('ui', file => file.startsWith('test/ui/'), 60_000, env)) },
};

const given = process.argv.slice(2);
const chosen = given.filter(word => word in stages);
const onlyFiles = given.filter(word => /\.test\.tsx?$/.test(word)).map(word => path.relative(root, path.resolve(word)).replaceAll(path.sep, '/'));
const forMocha = given.filter(word => !(word in stages) && !/\.test\.tsx?$/.test(word));
const none = { passed: 0, failed: 0 };

/** Every file below a folder, sorted; what tests read or write is no test. */
function below(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(entry => {
    const name = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [name];
    return ['node_modules', 'fixtures', 'output'].includes(entry.name) ? [] : below(name);
  });
}

/** Test files, all or those given on the command line. */
function testFiles(wanted) {
  return below('test').filter(name => /\.test\.tsx?$/.test(name)).filter(name => wanted(name) && (onlyFiles.length === 0 || onlyFiles.includes(name)));
}

/** Runs a script of ours or a tool's to its end; kills it after forty minutes. */
function node(args, env = {}) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    const timer = setTimeout(() => { console.log('No end after 40 minutes: stopped.'); child.kill('SIGKILL'); }, 2_400_000);
    child.once('exit', code => { clearTimeout(timer); resolve(code ?? 1); });
  });
}

async function check(tool, args) {
  return await node([tool, ...args]) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs mocha on bundles. Its reporter writes the counts at the end; without them it crashed. */
async function mocha(stage, wanted, timeout, env = {}) {
  const files = testFiles(wanted);
  if (files.length === 0) throw new Error('There are no such tests');
  const bundles = await bundleTests(files);
  const counts = countsFile(stage);
  const code = await node(['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', '--no-config', '--reporter', 'test/reporter.mjs',
    '--timeout', String(timeout), ...forMocha, ...bundles], { ...env, MOCHA_COUNTS: counts });
  return readCounts(counts, code);
}

function countsFile(stage) {
  const file = path.join(root, `dist/test/${stage}-${process.pid}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.rmSync(file, { force: true });
  return file;
}

function readCounts(file, code) {
  if (!fs.existsSync(file)) throw new Error(`mocha ended with exit code ${code} before its tests did`);
  const { passed, failed, pending } = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.rmSync(file);
  if (pending > 0) console.log(`${pending} tests are switched off`);
  return { passed, failed: failed || (code === 0 ? 0 : 1) };
}

async function withChromium(run) {
  const found = needChromium();
  console.log(`Chromium: ${found}`);
  return run({ CHROMIUM_PATH: found });
}

/** Tests inside the extension host first, then those that use the workbench as a person does. */
async function integration() {
  if (!fs.existsSync(vsixFile)) throw new Error('There is no .vsix to install (see the stage "package")');
  needChromium();
  const api = await inExtensionHost();
  const workbench = await withChromium(env => mocha('integration', isWorkbench, 120_000, env));
  return { passed: api.passed + workbench.passed, failed: api.failed + workbench.failed };
}

async function inExtensionHost() {
  const files = testFiles(isApi);
  if (files.length === 0) return none;
  const { runInExtensionHost } = await import('./host/api.mjs');
  await bundleTests(['test/host/api-entry.ts']);
  const counts = countsFile('api');
  const error = await runInExtensionHost(await bundleTests(files), counts).then(() => undefined, thrown => thrown);
  if (error) console.error(error.message);
  return fs.existsSync(counts) ? readCounts(counts, error ? 1 : 0) : { passed: 0, failed: 1 };
}

/** Without a choice all stages; with one those and what they need; files alone choose their stages. */
function plan() {
  const ofFiles = onlyFiles.map(file => (file.startsWith('test/ui/') ? 'ui' : isHost(file) ? 'integration' : 'unit'));
  const asked = [...chosen, ...(chosen.length > 0 ? [] : ofFiles)];
  if (asked.length === 0) return Object.keys(stages);
  const wanted = new Set(asked.flatMap(stage => [...stages[stage].needs, stage]));
  return Object.keys(stages).filter(stage => wanted.has(stage));
}

const total = { passed: 0, failed: 0 };
for (const stage of plan()) {
  console.log(`\n── ${stage} ──`);
  const started = performance.now();
  let counts;
  try {
    counts = await stages[stage].run();
  } catch (error) {
    if (!error.errors) console.error(error.message);
    counts = { passed: 0, failed: 1 };
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${stage}: ${counts.failed > 0 ? 'FAILED' : 'ok'}, ${counts.passed} passed, ${counts.failed} failed, ${seconds} s ──`);
}
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
