/**
 * Why this file exists: the entry in VS Code's extension host: starts the server and ties commands to their parts, no
 * more.
 */
import * as vscode from 'vscode';
import { explainAwait } from './explain-await';
import { createServer } from './language-client';
import { panelType, PlayerPanel } from './player-panel';
import { savePage } from './save-page';
import { ServerStatus } from './server-status';
import { Visualizer } from './visualize';

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Loopscope', { log: true });
  const status = new ServerStatus();
  const server = createServer(context, channel, status);
  const panel = new PlayerPanel(context.extensionUri, {
    rerun: (values) => { run(visualizer.again(values)); },
    save: () => { run(savePage(panel.played, context.extensionUri)); },
    cancel: () => { visualizer.cancel(); },
  });
  const visualizer = new Visualizer(server.client, panel, context.workspaceState);
  /** What fails in a command is written down whole and said in one sentence. */
  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      channel.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      vscode.window.setStatusBarMessage('$(error) Loopscope failed here; its output channel says why.', 6000);
    });
  }
  const commands: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'loopscope.visualize': (argument) => { run(visualizer.visualize(argument)); },
    'loopscope.explainAwait': () => { run(explainAwait()); },
    'loopscope.exportPage': () => { run(savePage(panel.played, context.extensionUri)); },
    'loopscope.restartServer': () => { run(server.restart()); },
    'loopscope.showOutput': () => { channel.show(true); },
  };
  const registered = Object.entries(commands).map(([id, act]) => vscode.commands.registerCommand(id, act));
  const serializer = vscode.window.registerWebviewPanelSerializer(panelType, {
    deserializeWebviewPanel: (kept) => { panel.adopt(kept); return visualizer.resume(); },
  });
  context.subscriptions.push(channel, status, panel, visualizer, serializer, ...registered);
  stop = () => server.client.dispose();
  run(server.client.start());
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
