// Desktop VS Code: where it is installed, how one is downloaded, and whether this machine can show it at all.
import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { onPath } from './chromium.mjs';

/** Electron needs a display; on Linux there may be none. */
export function canShowWindows() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** As root Chromium's sandbox does not start. */
export const desktopFlags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const application = name => [`/Applications/${name}.app`, path.join(process.env.HOME ?? '/', `Applications/${name}.app`)];
const installed = {
  linux: ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code', '/usr/share/code-insiders/code-insiders'],
  darwin: ['Visual Studio Code', 'Visual Studio Code - Insiders'].flatMap(application)
    .flatMap(app => ['Code', 'Electron', 'Code - Insiders'].map(name => path.join(app, 'Contents/MacOS', name))),
  win32: [['LOCALAPPDATA', 'Programs/Microsoft VS Code/Code.exe'], ['ProgramFiles', 'Microsoft VS Code/Code.exe']]
    .flatMap(([variable, file]) => (process.env[variable] ? [path.join(process.env[variable], file)] : [])),
}[process.platform] ?? [];

/** The program behind the `code` command: the command itself hands over to a window that nobody could end. */
function behindCommand() {
  const command = onPath(process.platform === 'win32' ? ['code.cmd'] : ['code', 'code-insiders']);
  if (!command || command.includes('remote-cli')) return []; // inside a remote window's terminal `code` is another thing
  const bin = path.dirname(fs.realpathSync(command));
  const [app, contents] = [path.dirname(bin), path.resolve(bin, '../../..')];
  return [path.join(app, 'code'), path.join(app, 'code-insiders'), path.join(app, 'Code.exe'),
    path.join(contents, 'MacOS/Code'), path.join(contents, 'MacOS/Electron')];
}

/** The executable of an installed VS Code: $VSCODE_EXECUTABLE, the `code` command's, the usual places; or undefined. */
export function findDesktop() {
  const given = process.env.VSCODE_EXECUTABLE;
  if (given && !fs.existsSync(given)) throw new Error(`VSCODE_EXECUTABLE names no file: ${given}`);
  return given ?? [...behindCommand(), ...installed].find(file => fs.existsSync(file) && fs.statSync(file).isFile());
}

/** One that @vscode/test-electron downloads to .vscode-test, or undefined where that cannot be reached. */
export async function downloadDesktop(cachePath, timeout = 5000) {
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath, timeout, reporter: new SilentReporter() });
  } catch {
    return undefined;
  }
}
