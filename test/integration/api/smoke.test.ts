/** Why this file exists: inside a real extension host the installed extension activates and registers its commands. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('in the extension host', () => {
  const extension = vscode.extensions.getExtension('loopscope.loopscope');

  it('is installed from the .vsix', () => {
    assert.ok(extension);
    assert.match(extension.extensionPath.replaceAll('\\', '/'), /\/extensions\/loopscope\.loopscope-/);
  });

  it('registers every command that it contributes', async () => {
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as { contributes?: { commands?: readonly { command: string }[] } };
    const contributed = contributes?.commands?.map(({ command }) => command) ?? [];
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributed.length > 0);
    assert.deepEqual(contributed.filter(command => !registered.has(command)), []);
  });
});
