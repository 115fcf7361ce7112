// The VS Code server that npm brings: installs a .vsix into it and serves the workbench on 127.0.0.1.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hostNode, installHost, vscodeFolder } from './install.mjs';
import { endGroup, killGroup, spawnGroup } from './processes.mjs';

/** A quiet workbench: nothing that fetches, asks or gets in the way. */
export const quietSettings = {
  'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'chat.disableAIFeatures': true,
  'workbench.enableExperiments': false, 'workbench.tips.enabled': false, 'telemetry.telemetryLevel': 'off', 'update.mode': 'none',
  'extensions.autoCheckUpdates': false, 'extensions.autoUpdate': false, 'extensions.ignoreRecommendations': true,
  'git.enabled': false, 'typescript.disableAutomaticTypeAcquisition': true, 'files.simpleDialog.enable': true,
};

/** A new folder of its own under the system's temporary folder. */
export function temporaryFolder() {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-host-')));
}

function environment(extra) { // what an editor's own terminal sets would turn the server into something else
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_(?!TEST)|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}', ...extra };
}

/**
 * Starts the server. A built VS Code obeys extensionDevelopmentPath and extensionTestsPath only with `testMode`, which also hides
 * notifications: UI tests go without it and use the installed .vsix. `trustAll: false` leaves Workspace Trust on.
 */
export async function startServer({ settings = {}, env = {}, vsix, testMode = false, trustAll = true, port = 0, data = temporaryFolder() } = {}) {
  installHost();
  const user = path.join(data, 'data/User');
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const logFile = path.join(data, 'server.log');
  const log = fs.openSync(logFile, 'a');
  const base = [path.join(vscodeFolder, 'out/server-main.js'), '--accept-server-license-terms', '--server-data-dir', data, '--telemetry-level', 'off'];
  const options = { env: environment(env), cwd: data };
  if (vsix) execFileSync(hostNode(), [...base, '--install-extension', vsix, '--force'], { ...options, stdio: ['ignore', log, log] });
  const child = spawnGroup(hostNode(), [...base, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token',
    '--disable-getting-started-override', ...(trustAll ? ['--disable-workspace-trust'] : []), ...(testMode ? ['--enable-smoke-test-driver'] : [])],
  { ...options, stdio: ['ignore', 'pipe', log] });
  const kill = () => killGroup(child.pid, 'SIGKILL');
  process.once('exit', kill);
  const exited = new Promise(resolve => { child.once('exit', resolve); });
  const listening = new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', data_ => {
      fs.writeSync(log, data_);
      const found = /agent listening on (\d+)/.exec(out += data_);
      if (found) resolve(Number(found[1]));
    });
    child.once('error', reject);
    void exited.then(code => { reject(new Error(`the VS Code server exited with ${code}, see ${logFile}`)); });
  });
  return {
    port: await listening, data, exited,
    log: () => fs.readFileSync(logFile, 'utf8'),
    close: async () => {
      process.off('exit', kill);
      await endGroup(child);
      fs.closeSync(log);
    },
  };
}

/** The workbench's address for a folder; `payload` is VS Code's own, e.g. [['extensionTestsPath', file]]. */
export function workbenchAddress(server, folder, payload = []) {
  const remote = payload.map(([key, value]) => [key, /Path$/.test(key) ? `vscode-remote://127.0.0.1:${server.port}${value}` : value]);
  const query = new URLSearchParams({ folder, ...(remote.length > 0 ? { payload: JSON.stringify(remote) } : {}) });
  return `http://127.0.0.1:${server.port}/?${query}`;
}
