/** Why this file exists: a link that carries a program is copied, followed, and refused where it carries none. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

// `let n = 1;\n`, packed.
const good = 'vscode://loopscope.loopscope/typescript#y0ktUchTsFUwtOYCAA';
const text = "const later = async () => 'ä ✓';\nvoid later().then(console.log);\n";

function playerTabs(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('loopscope.player'));
}

async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}

describe('a link that carries a program', function () {
  this.timeout(40_000);

  it('is copied, and plays the same text where it is followed', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: text });
    await vscode.window.showTextDocument(document);
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('loopscope.copyProgramLink');
    let link = '';
    await eventually(() => {
      void vscode.env.clipboard.readText().then((copied) => { link = copied; });
      return link !== '';
    }, 'nothing was copied');
    assert.match(link, /^[\w-]+:\/\/loopscope\.loopscope\/typescript#[\w-]+$/);
    await vscode.commands.executeCommand('loopscope.openProgramLink', link);
    await eventually(() => playerTabs().length > 0, 'no player was opened');
    const texts = vscode.workspace.textDocuments.filter((each) => each.isUntitled && each.getText() === text);
    assert.equal(texts.length, 2, 'a new text beside the first');
  });

  it('opens nothing where it carries none', async () => {
    const count = (): number => vscode.workspace.textDocuments.length;
    const before = count();
    await vscode.commands.executeCommand('loopscope.openProgramLink', 'vscode://loopscope.loopscope/typescript#nonsense');
    await vscode.commands.executeCommand('loopscope.openProgramLink', 'vscode://loopscope.loopscope/exe#AAAA');
    await vscode.commands.executeCommand('loopscope.openProgramLink', good);
    await eventually(() => count() > before, 'the good link opened nothing');
    assert.equal(count(), before + 1);
  });
});
