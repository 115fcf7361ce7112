// `npm start`: builds, then opens a VS Code with the extension on examples/. Ctrl+C ends everything it started.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../esbuild.mjs';
import { canShowWindows, desktopFlags, downloadDesktop, findDesktop } from '../test/host/desktop.mjs';
import { endGroup, killGroup, spawnGroup } from '../test/host/processes.mjs';
import { startServer, temporaryFolder, workbenchAddress } from '../test/host/server.mjs';
import { packageExtension } from './package.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const examples = path.join(root, 'examples');
const settings = { 'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'files.simpleDialog.enable': true };

const firstClick = `Open 02-hello-await.ts and click "▶ Visualize event loop" above a function, or press F1 and choose "Visualize event loop".`;

const endings = [];
let ending;
/** Ends what was started, in reverse, once. */
function end(code) {
  ending ??= (async () => {
    for (const ended of endings.reverse()) await ended();
    process.exit(code);
  })();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { end(0); });
// npm's shell may die of a signal without passing it on: then whoever started this is gone.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => { if (process.ppid !== parent) end(0); }, 300).unref();

function removeLater(folder) {
  endings.push(() => { fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }); });
  return folder;
}

/** Opens a window of its own profile; false when it ends at once, as where a library is missing. */
async function openDesktop(executable) {
  const data = removeLater(temporaryFolder());
  fs.mkdirSync(path.join(data, 'User'), { recursive: true });
  fs.writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
  const window = spawnGroup(executable, ['--new-window', '--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', ...desktopFlags,
    `--user-data-dir=${data}`, `--extensions-dir=${path.join(data, 'extensions')}`, `--extensionDevelopmentPath=${root}`, examples],
  { stdio: 'ignore', env });
  const gone = new Promise(resolve => { window.once('exit', resolve).once('error', resolve); });
  const early = await Promise.race([gone.then(() => true), new Promise(resolve => { setTimeout(resolve, 5000, false); })]);
  if (early) return false;
  process.once('exit', () => { killGroup(window.pid, 'SIGKILL'); });
  endings.push(() => endGroup(window));
  void gone.then(() => { end(0); }); // the window was closed
  return true;
}

/** Asks the system to show an address; where there is no screen, printing it must do. */
function openInBrowser(address) {
  if (!canShowWindows()) return;
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, address], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}

async function serve() {
  const vsix = packageExtension();
  const data = removeLater(temporaryFolder());
  const server = await startServer({ vsix, data, settings });
  endings.push(() => server.close());
  const address = workbenchAddress(server, examples);
  console.log(`\nVS Code (the one that npm brings, served on this machine only): ${address}`);
  openInBrowser(address);
  void server.exited.then(() => { end(1); });
}

/** An installed VS Code, else a downloaded one; false when there is neither or none can be shown. */
async function tryDesktop() {
  if (process.env.LOOPSCOPE_HOST === 'npm' || !canShowWindows()) return false;
  await build(); // the other way packages, which builds
  const found = findDesktop();
  if (found && await openDesktop(found)) {
    console.log(`\nVS Code (installed on this machine): ${found}`);
    return true;
  }
  console.log(found ? `${found} ended at once; looking for another VS Code.` : 'No VS Code is installed here; trying to download one …');
  const downloaded = await downloadDesktop(path.join(root, '.vscode-test'));
  if (!downloaded || !await openDesktop(downloaded)) return false;
  console.log(`\nVS Code (downloaded by @vscode/test-electron): ${downloaded}`);
  return true;
}

try {
  if (!await tryDesktop()) await serve();
  console.log(`${firstClick}\nCtrl+C ends it.`);
} catch (error) {
  if (!error.errors) console.error(error.message);
  end(1);
}
