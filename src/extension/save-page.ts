/** Why this file exists: the animation on show is saved as one page that plays anywhere, offline. */
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { ExportedContent } from '../player/messages';
import { renderPage } from '../player/page';
import type { Played } from './player-panel';

/** Asks where to, and writes the page there. */
export async function savePage(played: Played | undefined, extensionUri: vscode.Uri): Promise<void> {
  if (!played) {
    vscode.window.setStatusBarMessage(`$(info) ${t('Run Visualize event loop first; then there is something to save.')}`, 6000);
    return;
  }
  const uri = await vscode.window.showSaveDialog({ defaultUri: besideOf(played), filters: { [t('Web page')]: ['html'] } });
  if (!uri) return;
  const [script, style] = await Promise.all(['player.js', 'player.css'].map(async (name) => {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name)));
  }));
  const page = await renderPage({ trace: played.trace, title: played.title, script: script ?? '', style: style ?? '', language: vscode.env.language });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(page));
  vscode.window.setStatusBarMessage(`$(check) ${t('Saved {0}', vscode.workspace.asRelativePath(uri))}`, 6000);
}

/** Asks where to, and writes what the player has made there. */
export async function saveExport(played: Played | undefined, name: string, content: ExportedContent): Promise<void> {
  if (!played) return;
  const ending = /[^.]*$/.exec(name)?.[0] ?? '';
  const filters = { [ending.toUpperCase()]: [ending] };
  const uri = await vscode.window.showSaveDialog({ defaultUri: inFolderOf(played, name), filters });
  if (!uri) return;
  const bytes = 'text' in content ? new TextEncoder().encode(content.text) : Buffer.from(content.base64, 'base64');
  await vscode.workspace.fs.writeFile(uri, bytes);
  vscode.window.setStatusBarMessage(`$(check) ${t('Saved {0}', vscode.workspace.asRelativePath(uri))}`, 6000);
}

/** `load.html` beside the file that is played. */
function besideOf(played: Played): vscode.Uri {
  return inFolderOf(played, `${played.title.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'animation'}.html`);
}

function inFolderOf({ document }: Played, name: string): vscode.Uri {
  const folder = document.uri.scheme === 'file' ? vscode.Uri.joinPath(document.uri, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name);
}
