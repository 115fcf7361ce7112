/**
 * Why this file exists: the scenario beside a program: what the world outside answers. It is shown, and made, where
 * there is none, of what the run on show has asked.
 */
import * as vscode from 'vscode';
import { t } from '../base/words';
import { scenarioOf, scenarioPathOf } from '../trace/scenario';
import type { OutsideCall } from '../trace/scenario';
import { isUnderstood } from './languages';
import type { Played } from './player-panel';

const sentenceMs = 6000;

export function scenarioUriOf({ uri }: vscode.TextDocument): vscode.Uri {
  return uri.with({ path: scenarioPathOf(uri.path) });
}

/** The text of the scenario where it is open: it may not be saved yet. */
export function openScenarioText(document: vscode.TextDocument): string | undefined {
  const wanted = scenarioUriOf(document).toString();
  return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === wanted)?.getText();
}

/** Of the run on show, else of the file in the editor. */
export async function openScenario(played: Played | undefined): Promise<void> {
  const document = played?.document ?? activeProgram();
  if (document?.uri.scheme !== 'file') {
    vscode.window.setStatusBarMessage(`$(info) ${t('Open a TypeScript or JavaScript file that is saved; its scenario stands beside it.')}`, sentenceMs);
    return;
  }
  const uri = scenarioUriOf(document);
  if (!(await exists(uri))) {
    const text = `${JSON.stringify(beginning(played?.trace.outside), null, 2)}\n`;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
}

/** What was asked, with what was answered; of nothing, the three sections. */
function beginning(outside: readonly OutsideCall[] = []): object {
  return outside.length > 0 ? scenarioOf(outside) : { calls: {}, http: {}, commands: {} };
}

function activeProgram(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isUnderstood(document) ? document : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
