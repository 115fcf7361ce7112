/** Why this file exists: the animation on show is saved as one page that plays anywhere, offline. */
import * as vscode from 'vscode';
import { renderPage } from '../player/page';
import type { Played } from './player-panel';

/** Asks where to, and writes the page there. */
export async function savePage(played: Played | undefined, extensionUri: vscode.Uri): Promise<void> {
  if (!played) {
    vscode.window.setStatusBarMessage('$(info) Run Visualize event loop first; then there is something to save.', 6000);
    return;
  }
  const uri = await vscode.window.showSaveDialog({ defaultUri: besideOf(played), filters: { 'Web page': ['html'] } });
  if (!uri) return;
  const [script, style] = await Promise.all(['player.js', 'player.css'].map(async (name) => {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name)));
  }));
  const page = renderPage({ trace: played.trace, title: played.title, script: script ?? '', style: style ?? '' });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(page));
  vscode.window.setStatusBarMessage(`$(check) Saved ${vscode.workspace.asRelativePath(uri)}`, 6000);
}

/** `load.html` beside the file that is played. */
function besideOf({ document, title }: Played): vscode.Uri {
  const name = `${title.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'animation'}.html`;
  const folder = document.uri.scheme === 'file' ? vscode.Uri.joinPath(document.uri, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name);
}
