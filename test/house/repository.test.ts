/** Why this file exists: the repository reads the same on every machine. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { machinePaths, resolvedAddresses, unreasonedDisables } from './repository';

/** What is committed or would be. */
const files = listFiles().filter(file => !file.startsWith('test/house/') && fs.existsSync(file)); // not the words below
const texts = files.filter(file => /\.(m?[jt]sx?|json|md|css|html|svg|ya?ml|sh)$|(^|\/)(\.\w+|run)$/.test(file));

function listFiles(): readonly string[] {
  const git = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  try {
    return execFileSync('git', git, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\0').filter(Boolean);
  } catch { // an unpacked archive
    return below('.').map(file => file.slice(2));
  }
}

function below(folder: string): readonly string[] {
  const skipped = ['.git', '.vscode-test', 'node_modules', 'dist', 'output'];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const name = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [name];
    return skipped.includes(entry.name) ? [] : below(name);
  });
}

function offences(among: readonly string[], find: (text: string) => readonly string[]): readonly string[] {
  return among.flatMap(file => find(fs.readFileSync(file, 'utf8')).map(offence => `${file}: ${offence}`));
}

describe('what is committed', () => {
  it('names no folder of a machine', () => {
    assert.deepEqual(offences(texts, machinePaths), []);
    assert.equal(machinePaths("open('/tmp/a.ts'); cd /work/main; /home/me/x; \"/root/y\"").length, 4);
    assert.deepEqual(machinePaths('https://example.org/work/x src/tmp/a `${dir}/tmp/a` ./root/b'), []);
  });

  it('ties no lockfile to a registry', () => {
    const locks = files.filter(file => file.endsWith('package-lock.json'));
    assert.ok(locks.length >= 2);
    assert.deepEqual(offences(locks, resolvedAddresses), []);
    assert.equal(resolvedAddresses('"resolved": "https://example.org/a.tgz", "resolved": "shims/spdlog"').length, 1);
  });

  it('names no registry', () => {
    const registry = /registry\.npm(?:js|mirror)\.\w+|\bverdaccio\b/g;
    assert.deepEqual(offences(texts, text => text.match(registry) ?? []), []);
  });

  it('switches no check off without a reason', () => {
    const sources = texts.filter(file => /\.(m?[jt]s|tsx)$/.test(file) && !file.startsWith('test/fixtures/'));
    assert.deepEqual(offences(sources, unreasonedDisables), []);
    const planted = ['// eslint-disable-next-line no-var', '// eslint-disable-line x -- why', '// @ts-ignore: y', '// @ts-expect-error'];
    assert.deepEqual(planted.map(line => unreasonedDisables(line).length), [1, 0, 1, 1]);
  });
});
