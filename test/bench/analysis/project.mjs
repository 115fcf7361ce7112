// The project that is checked: the TypeScript sources that ship in npm packages, put together in one folder under one tsconfig.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Packages whose archives hold their TypeScript sources; the versions are part of what is measured. */
const sources = {
  viem: '2.57.20', openai: '6.49.0', rxjs: '7.8.2', msw: '2.15.0', '@trpc/server': '11.25.2', '@trpc/client': '11.25.2',
};
const peers = { oxlint: '1.94.0', 'oxlint-tsgolint': '7.0.2008' };

const rules = ['no-floating-promises', 'no-misused-promises', 'await-thenable', 'return-await', 'require-await', 'promise-function-async'];

/** Installs what is needed (once, in the system's temporary folder) and answers where everything is; `only` names the packages to check. */
export function assemble(repository, only = Object.keys(sources)) {
  const base = path.join(os.tmpdir(), 'loopscope-bench-analysis');
  const manifest = JSON.stringify({ name: 'bench', private: true, type: 'module', dependencies: { ...sources, ...peers } }, undefined, 2);
  fs.mkdirSync(base, { recursive: true });
  const stamp = path.join(base, 'installed.json');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== manifest) {
    fs.writeFileSync(path.join(base, 'package.json'), manifest);
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: base, stdio: 'inherit' });
    fs.rmSync(path.join(base, 'project'), { recursive: true, force: true });
    fs.writeFileSync(stamp, manifest);
  }
  const folder = path.join(base, 'project');
  if (!fs.existsSync(folder)) for (const name of Object.keys(sources)) copySources(path.join(base, 'node_modules', name), path.join(folder, 'src', name));
  const folders = only.map(name => `src/${name}`);
  const files = folders.flatMap(each => sourcesBelow(path.join(folder, each))).sort();
  writeConfigs(folder, repository, folders);
  const lines = files.reduce((sum, file) => sum + fs.readFileSync(file, 'utf8').split('\n').length, 0);
  const checked = Object.fromEntries(only.map(name => [name, sources[name]]));
  return { base, folder, folders, files, lines, sources: checked, peers };
}

function isSource(name) {
  return /\.[cm]?tsx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

function copySources(from, to) {
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copySources(source, target);
    else if (isSource(entry.name)) {
      fs.mkdirSync(to, { recursive: true });
      fs.copyFileSync(source, target);
    }
  }
}

function sourcesBelow(folder) {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource).map(name => path.join(folder, name));
}

function writeConfigs(folder, repository, folders) {
  const write = (name, content) => { fs.writeFileSync(path.join(folder, name), content); };
  const compilerOptions = {
    target: 'es2022', module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom', 'dom.iterable'], strict: true, skipLibCheck: true,
    allowImportingTsExtensions: true, noEmit: true, types: ['node'], typeRoots: [path.join(repository, 'node_modules/@types')],
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: folders }, undefined, 2));
  const named = prefix => Object.fromEntries(rules.map(rule => [`${prefix}/${rule}`, 'warn']));
  write('.oxlintrc.json', JSON.stringify({ plugins: ['typescript'], categories: { correctness: 'off' }, rules: named('typescript') }, undefined, 2));
  write('eslint.config.mjs', `import tseslint from ${JSON.stringify(path.join(repository, 'node_modules/typescript-eslint/dist/index.js'))};
export default [{ files: ['src/**/*.ts', 'src/**/*.mts', 'src/**/*.cts', 'src/**/*.tsx'],
  plugins: { '@typescript-eslint': tseslint.plugin }, linterOptions: { reportUnusedDisableDirectives: 'off' },
  languageOptions: { parser: tseslint.parser, parserOptions: { project: './tsconfig.json', tsconfigRootDir: ${JSON.stringify(folder)} } },
  rules: ${JSON.stringify(named('@typescript-eslint'))} }];
`);
}
