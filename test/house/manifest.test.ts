/** Why this file exists: every command that the manifest promises exists in code, and every menu names a command. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readSources } from './imports';
import { missingTexts, unknownCommands, unregistered } from './manifest';
import type { Manifest } from './manifest';

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function readTexts(file: string): Readonly<Record<string, string>> {
  return fs.existsSync(file) ? readJson(file) as Readonly<Record<string, string>> : {};
}

describe('the manifest', () => {
  const manifest = readJson('package.json') as Manifest;
  // The extension names a command either itself or by a constant of the protocol.
  const extension = { ...readSources('src/extension'), protocol: fs.readFileSync('src/server/protocol.ts', 'utf8') };
  const planted: Manifest = {
    engines: { vscode: '^1.100.0' },
    contributes: {
      commands: [{ command: 'loopscope.real' }, { command: 'loopscope.promised' }],
      menus: { 'editor/title': [{ command: 'loopscope.real' }, { command: 'loopscope.gone' }] },
      keybindings: [{ command: 'loopscope.lost' }, { command: 'workbench.action.files.save' }],
    },
  };

  it('contributes commands, and each is registered', () => {
    assert.ok((manifest.contributes?.commands ?? []).length > 0);
    assert.deepEqual(unregistered(manifest, extension), []);
    assert.deepEqual(unregistered(planted, { a: "register('loopscope.real', f);" }), ['loopscope.promised']);
  });

  it('names existing commands in menus and keybindings', () => {
    assert.deepEqual(unknownCommands(manifest), []);
    assert.deepEqual(unknownCommands(planted), ['loopscope.gone', 'loopscope.lost']);
  });

  it('has its texts, in every language the same', () => {
    const english = readTexts('package.nls.json');
    assert.deepEqual(missingTexts(manifest, english), []);
    assert.deepEqual(missingTexts({ title: '%a.b%' }, {}), ['a.b']);
    for (const file of fs.readdirSync('.').filter(name => /^package\.nls\..+\.json$/.test(name))) {
      assert.deepEqual(Object.keys(readTexts(file)).sort(), Object.keys(english).sort(), file);
    }
  });

  it('asks for the VS Code whose types it is checked with', () => {
    const { devDependencies } = readJson('package.json') as { devDependencies: Readonly<Record<string, string>> };
    assert.equal(manifest.engines.vscode, `^${devDependencies['@types/vscode'] ?? ''}`);
  });
});
