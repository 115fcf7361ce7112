// Finds a Chromium for the tests; where none is installed and it is allowed to, it installs Debian's.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** Enough for a page on this machine, and nothing that asks the network. */
export const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(variable => process.env[variable] ?? [])
    .flatMap(folder => [path.join(folder, 'Google/Chrome/Application/chrome.exe'), path.join(folder, 'Microsoft/Edge/Application/msedge.exe')]),
}[process.platform] ?? [];

/** The executable on PATH with one of these names, or undefined. */
export function onPath(candidates) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return candidates.flatMap(name => folders.map(folder => path.join(folder, name))).find(file => fs.existsSync(file));
}

/** $CHROMIUM_PATH, the usual places, PATH, then what Playwright has installed. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!fs.existsSync(given)) throw new Error(`CHROMIUM_PATH names no file: ${given}`);
    return given;
  }
  return places.find(file => fs.existsSync(file)) ?? onPath(names) ?? [chromium.executablePath()].find(file => fs.existsSync(file));
}

/** Finds or installs one; else throws, saying what to install. */
export function needChromium() {
  const found = findChromium();
  if (found) return found;
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && onPath(['apt-get']);
  if (mayInstall) {
    console.log('No Chromium found: apt-get install chromium');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    try {
      execFileSync('apt-get', ['update', '-qq'], quiet);
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    } catch { /* said below */ }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error('No Chromium found. Install Chromium or Google Chrome (Debian: apt-get install chromium; any system: npx playwright-core install chromium), or set CHROMIUM_PATH.');
}

/** A headless Chromium, driven by Playwright. */
export async function launchChromium() {
  return chromium.launch({ executablePath: needChromium(), args: chromiumFlags });
}
