/**
 * Builds everything that ships into dist/: `node esbuild.mjs [--production] [--watch]`.
 *
 *   extension.js server.js cli.js simulator.js   CommonJS for Node, each a process or thread of its own
 *   player.js player.css                         one page for the webview and for exported animations
 *   guest.js                                     a script for the sandbox, from which the snapshot is made
 *   guest/                                       modules of Node's that only some programs need, likewise
 *   guest.snapshot                               the sandbox's memory with guest.js loaded
 *   patterns.js                                  the analysis of regular expressions, loaded when there is one to look at
 *   typescript/ quickjs.wasm                     what is loaded beside them at run time
 *   typescript-native/client.js                  how we speak to TypeScript 7's server; its binary is in node_modules, or beside it
 *                                                in a folder named after the platform (see scripts/package.mjs)
 *
 * Without --production there are source maps and no minifying. An entry that does not exist is skipped and named.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { loaderOf, writeCompileCache } from './scripts/compile-cache.mjs';
import { partNames, partOptions, sharedWithParts } from './scripts/guest-parts.mjs';
import { inspectPatch } from './scripts/inspect-patch.mjs';
import { typescriptByName } from './scripts/typescript-names.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');

/**
 * TypeScript (9 MB) is one file beside the bundles, not a part of each. The import becomes a small module that requires it, so that
 * `await import('typescript')` loads it only when it is reached.
 */
function typescriptBeside(file) {
  return {
    name: 'typescript-beside',
    setup(build) {
      build.onResolve({ filter: /^typescript$/ }, () => ({ path: 'typescript', namespace: 'beside' }));
      build.onResolve({ filter: /typescript\.js$/, namespace: 'beside' }, () => ({ path: file, external: true }));
      build.onLoad({ filter: /.*/, namespace: 'beside' }, () => ({ contents: loaderOf(file), resolveDir: root }));
    },
  };
}

/** The analysis of regular expressions is two thirds of what it would be bundled with (tables of Unicode): it is loaded when a pattern is looked at. */
const patternsBeside = {
  name: 'patterns-beside',
  setup(build) {
    build.onResolve({ filter: /^scslre$/ }, () => ({ path: 'scslre', namespace: 'patterns' }));
    build.onLoad({ filter: /.*/, namespace: 'patterns' }, () => ({ contents: `export const analyse = (...given) => require('./patterns.js').analyse(...given);` }));
    build.onResolve({ filter: /patterns\.js$/, namespace: 'patterns' }, () => ({ path: './patterns.js', external: true }));
  },
};

/** Options for a bundle that Node 20 runs; `typescript` is where it finds TypeScript, relative to itself or absolute. */
export function nodeOptions(typescript = './typescript/typescript.js') {
  return {
    bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'preact',
    external: ['vscode'],
    mainFields: ['module', 'main'], // prefer what can be bundled to CommonJS that requires at run time
    plugins: [typescriptBeside(typescript), typescriptByName],
  };
}

const node = { extension: 'src/extension/extension.ts', server: 'src/server/server.ts', cli: 'src/cli/main.ts', simulator: 'src/simulator/worker.ts', agent: 'src/simulator/agent.ts' };
const page = { player: 'src/player/main.tsx' };
const pageStyle = { player: 'media/player.css' };
const guest = { guest: 'src/simulation/guest/main.ts' };
const snapshot = 'src/simulation/build-snapshot.ts';

/** The entries that exist; the others are named once. */
function existing(entries) {
  const [there, missing] = [[], []];
  for (const [name, file] of Object.entries(entries)) (fs.existsSync(path.join(root, file)) ? there : missing).push([name, file]);
  for (const [, file] of missing) console.log(`esbuild: ${file} does not exist (skipped)`);
  return Object.fromEntries(there);
}

function bundles(production) {
  const common = { absWorkingDir: root, outdir: dist, minify: production, sourcemap: !production, ...(production ? { legalComments: 'none' } : {}) };
  const { cli, ...others } = existing(node);
  const besides = { ...nodeOptions(), ...common, plugins: [...nodeOptions().plugins, patternsBeside] };
  const browser = { bundle: true, platform: 'browser', target: ['es2022', 'chrome120'], logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'preact',
    loader: { '.ttf': 'dataurl', '.woff2': 'dataurl', '.svg': 'text' } };
  return [
    { ...besides, entryPoints: others },
    { ...besides, entryPoints: cli ? { cli } : {}, banner: { js: '#!/usr/bin/env node' } },
    { ...nodeOptions(), ...common, entryPoints: { patterns: 'scslre' } },
    { ...browser, ...common, entryPoints: existing(page), format: 'iife' },
    { ...browser, ...common, entryPoints: existing(pageStyle) },
    // The guest's names are what programs see (`fn.name`, stacks) and its text is evaluated in QuickJS: never minified, no maps.
    { bundle: true, platform: 'neutral', target: 'es2022', format: 'iife', logLevel: 'warning', charset: 'utf8', absWorkingDir: root, outdir: dist,
      mainFields: ['module', 'main'], plugins: [inspectPatch(root), sharedWithParts(root)], entryPoints: existing(guest),
      inject: ['src/simulation/guest/own-globals.ts'] }, // no copy can be replaced by the program
    ...partNames(root).map(part => partOptions(root, part)),
  ].filter(options => Object.keys(options.entryPoints).length > 0);
}

/** Copies `from` unless `to` is as new. */
function copyFile(from, to) {
  const source = fs.statSync(from);
  if (fs.existsSync(to) && fs.statSync(to).mtimeMs >= source.mtimeMs) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, to);
}

/** Minified, TypeScript loads in 117 ms instead of 163 ms and is 3.6 MB instead of 9.1 MB; about 0.6 s once, then only after an update. */
async function copyTypescript() {
  const lib = path.join(root, 'node_modules/typescript/lib');
  const to = path.join(dist, 'typescript');
  for (const name of fs.readdirSync(lib).filter(entry => /^lib(\..+)?\.d\.ts$/.test(entry))) copyFile(path.join(lib, name), path.join(to, name));
  copyFile(path.join(root, 'node_modules/typescript/LICENSE.txt'), path.join(to, 'LICENSE.txt'));
  const version = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/typescript/package.json'), 'utf8')).version;
  const stamp = `// TypeScript ${version}, minified\n`;
  const file = path.join(to, 'typescript.js');
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8').startsWith(stamp)) return;
  const { code } = await esbuild.transform(fs.readFileSync(path.join(lib, 'typescript.js'), 'utf8'),
    { minify: true, platform: 'node', target: 'node20', legalComments: 'none' });
  fs.writeFileSync(file, stamp + code);
  writeCompileCache(file);
}

/** The client is an ES module, which Node 20 cannot require; bundled apart, it is loaded only where the binary is. */
async function bundleNativeClient(production) {
  await esbuild.build({
    bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning', legalComments: 'none', absWorkingDir: root, minify: production,
    entryPoints: { client: 'src/analysis/types/native/client.ts' }, outdir: path.join(dist, 'typescript-native'),
    // We always say where the executable is; looking for it is what the client uses `import.meta` for.
    logOverride: { 'empty-import-meta': 'silent' },
  });
}

/** The sandbox's memory with the guest loaded, made ahead of time: `build-snapshot.ts` is run with dist/ as its argument. */
async function buildSnapshot() {
  const outfile = path.join(dist, 'build-snapshot.js');
  await esbuild.build({ ...nodeOptions(), absWorkingDir: root, entryPoints: [snapshot], outfile });
  execFileSync(process.execPath, [outfile, dist], { stdio: 'inherit' });
}

/** Builds once. */
export async function build({ production = false } = {}) {
  const started = performance.now();
  fs.mkdirSync(dist, { recursive: true });
  if (production) for (const name of fs.readdirSync(dist)) if (name.endsWith('.map')) fs.rmSync(path.join(dist, name));
  copyFile(path.join(root, 'node_modules/quickjs-wasi/quickjs.wasm'), path.join(dist, 'quickjs.wasm'));
  await Promise.all([copyTypescript(), bundleNativeClient(production), ...bundles(production).map(options => esbuild.build(options))]);
  if (fs.existsSync(path.join(dist, 'cli.js'))) fs.chmodSync(path.join(dist, 'cli.js'), 0o755);
  await buildSnapshot();
  console.log(`esbuild: built dist/${production ? ' for production' : ''} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function watch() {
  await build();
  const again = { name: 'again', setup: b => b.onEnd(async ({ errors }) => {
    if (errors.length > 0) return;
    if (b.initialOptions.entryPoints.guest) await buildSnapshot().catch(() => undefined); // it has printed why
    console.log(`esbuild: rebuilt ${Object.keys(b.initialOptions.entryPoints).join(', ')}`);
  }) };
  for (const options of bundles(false)) await (await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), again] })).watch();
  console.log('esbuild: watching');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = process.argv.slice(2);
  try {
    await (flags.includes('--watch') ? watch() : build({ production: flags.includes('--production') }));
  } catch (error) {
    if (!error.errors) console.error(error); // esbuild has printed its own
    process.exitCode = 1;
  }
}
