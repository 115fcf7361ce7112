// Runs bundled tests inside a real extension host, with the packaged .vsix installed: a desktop VS Code where one can be shown, else
// the one that npm brings. The development folder that VS Code wants beside the tests is an empty extension.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { launchChromium } from './chromium.mjs';
import { canShowWindows, desktopFlags, downloadDesktop, findDesktop } from './desktop.mjs';
import { quietSettings, startServer, temporaryFolder, workbenchAddress } from './server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const vsix = path.join(root, 'loopscope.vsix');

/** An extension that does nothing, and a copy of examples/ that tests may edit. */
function prepare(data, files, counts) {
  const extension = path.join(data, 'nothing');
  const folder = path.join(data, 'workspace');
  fs.mkdirSync(extension, { recursive: true });
  fs.writeFileSync(path.join(extension, 'package.json'), JSON.stringify({ name: 'nothing', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } }));
  fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
  fs.mkdirSync(path.join(data, 'node_modules'));
  fs.symlinkSync(path.join(root, 'node_modules/@types'), path.join(data, 'node_modules/@types'), 'junction'); // as above examples/
  const log = path.join(data, 'tests.log');
  const env = { LOOPSCOPE_TEST_FILES: JSON.stringify(files), LOOPSCOPE_TEST_LOG: log, MOCHA_COUNTS: counts };
  return { extension, folder, log, env, tests: path.join(root, 'dist/test/host/api-entry.js') };
}

async function onDesktop(executable, data, { extension, folder, env, tests }) {
  const profile = [`--user-data-dir=${path.join(data, 'user')}`, `--extensions-dir=${path.join(data, 'extensions')}`];
  const user = path.join(data, 'user/User');
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify(quietSettings));
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  execFileSync(cli, [...args, ...profile, ...desktopFlags, '--install-extension', vsix, '--force'],
    { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  await runTests({ vscodeExecutablePath: executable, extensionDevelopmentPath: extension, extensionTestsPath: tests, extensionTestsEnv: env,
    reuseMachineInstall: true, launchArgs: [folder, ...profile, ...desktopFlags, '--disable-workspace-trust', '--skip-welcome'] });
}

async function onServer(data, { extension, folder, env, tests }, timeout) {
  const server = await startServer({ vsix, data, env, testMode: true });
  let browser, timer;
  try {
    browser = await launchChromium();
    const page = await (await browser.newContext()).newPage();
    const printed = [];
    await page.exposeFunction('codeAutomationLog', (type, args) => { printed.push(`[${type}] ${util.format(...args)}`); });
    const exit = new Promise((resolve, reject) => {
      timer = setTimeout(() => { reject(new Error(`no result after ${timeout} ms\n${printed.slice(-15).join('\n')}`)); }, timeout);
      void server.exited.then(code => { reject(new Error(`the VS Code server exited early with ${code}`)); });
      page.on('crash', () => { reject(new Error('the browser tab crashed')); });
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(workbenchAddress(server, folder, [['extensionDevelopmentPath', extension], ['extensionTestsPath', tests]]));
    const code = await exit;
    const died = /Extension Host Process exited with (?!code: 0, signal: null).*/.exec(server.log())?.[0];
    if (died || code !== 0) throw new Error(died ?? printed.slice(-15).join('\n'));
  } finally {
    clearTimeout(timer);
    await browser?.close();
    await server.close();
  }
}

/** $VSCODE_EXECUTABLE or one that can be downloaded, where windows can be shown. */
async function desktop() {
  if (process.env.LOOPSCOPE_HOST === 'npm' || !canShowWindows()) return undefined;
  return (process.env.VSCODE_EXECUTABLE && findDesktop()) ?? await downloadDesktop(path.join(root, '.vscode-test'));
}

/** Runs the bundled files; `counts` names the file that mocha's counts go to. Throws when anything failed or crashed. */
export async function runInExtensionHost(files, counts, timeout = 180_000) {
  const data = temporaryFolder();
  const prepared = prepare(data, files, counts);
  const executable = await desktop();
  console.log(`Extension host: ${executable ? `desktop VS Code, ${executable}` : 'the VS Code that npm brings'}`);
  try {
    await (executable ? onDesktop(executable, data, prepared) : onServer(data, prepared, timeout));
  } finally {
    if (fs.existsSync(prepared.log)) process.stdout.write(fs.readFileSync(prepared.log, 'utf8'));
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
