/**
 * Why this file exists: the entry in VS Code's extension host: starts the server and ties commands to their parts, no
 * more.
 */
import * as vscode from 'vscode';
import { setWords } from '../base/words';
import { CallGraph } from './call-graph';
import { DocumentColors } from './document-colors';
import { explainAwait } from './explain-await';
import { FileStatus } from './file-status';
import { FunctionColors } from './function-colors';
import { createServer } from './language-client';
import { panelType, PlayerPanel } from './player-panel';
import { askForProgramLink, copyProgramLink, openProgramLink } from './program-link';
import { saveExport, savePage } from './save-page';
import { openScenario } from './scenario';
import { ServerStatus } from './server-status';
import { Verifier } from './verify';
import { Visualizer } from './visualize';
import { whyBlocking } from './why-blocking';

let stop: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  setWords(vscode.l10n.bundle ?? {});
  const channel = vscode.window.createOutputChannel('Loopscope', { log: true });
  const status = new ServerStatus();
  const server = createServer(context, channel, status);
  const panel = new PlayerPanel(context.extensionUri, {
    rerun: (values) => { run(visualizer.again(values)); },
    otherOrder: (nudges) => { run(visualizer.otherOrder(nudges)); },
    whatIf: (changes) => { run(visualizer.whatIf(changes)); },
    otherHost: (host) => { run(visualizer.otherHost(host)); },
    openScenario: () => { run(openScenario(panel.played)); },
    export: (name, content) => { run(saveExport(panel.played, name, content)); },
    save: () => { run(savePage(panel.played, context.extensionUri)); },
    link: () => { run(copyProgramLink(panel.played?.document)); },
    cancel: () => { visualizer.cancel(); },
    scenarioEdited: () => { visualizer.forgetChanges(); },
    edited: () => { run(visualizer.followEdit()); },
  });
  const visualizer = new Visualizer(server.client, panel, context.workspaceState);
  const verifier = new Verifier(server.client);
  /** What fails in a command is written down whole and said in one sentence. */
  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      channel.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      vscode.window.setStatusBarMessage('$(error) Loopscope failed here; its output channel says why.', 6000);
    });
  }
  const colors = new DocumentColors(server.client);
  const functionColors = new FunctionColors(colors);
  const graph = new CallGraph(server.client, colors);
  const commands: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'loopscope.visualize': (argument) => { run(visualizer.visualize(argument)); },
    'loopscope.explainAwait': () => { run(explainAwait()); },
    'loopscope.verify': () => { run(verifier.verify()); },
    'loopscope.exportPage': () => { run(savePage(panel.played, context.extensionUri)); },
    'loopscope.openScenario': () => { run(openScenario(panel.played)); },
    'loopscope.copyProgramLink': () => { run(copyProgramLink(vscode.window.activeTextEditor?.document)); },
    'loopscope.openProgramLink': (argument) => { run(askForProgramLink(argument)); },
    'loopscope.showFunctionColors': () => { run(functionColors.toggle()); },
    'loopscope.whyBlocking': (argument) => { run(whyBlocking(graph, argument)); },
    'loopscope.callGraph.refresh': () => { graph.refresh(); },
    'loopscope.callGraph.showFile': () => { graph.setScope('file'); },
    'loopscope.callGraph.showWorkspace': () => { graph.setScope('workspace'); },
    'loopscope.callGraph.showCallees': () => { graph.setDirection('callees'); },
    'loopscope.callGraph.showCallers': () => { graph.setDirection('callers'); },
    'loopscope.restartServer': () => { run(server.restart()); },
    'loopscope.showOutput': () => { channel.show(true); },
  };
  const registered = Object.entries(commands).map(([id, act]) => vscode.commands.registerCommand(id, act));
  const serializer = vscode.window.registerWebviewPanelSerializer(panelType, {
    deserializeWebviewPanel: (kept) => { panel.adopt(kept); return visualizer.resume(); },
  });
  const links = vscode.window.registerUriHandler({ handleUri: (link) => { run(openProgramLink(link)); } });
  context.subscriptions.push(channel, status, panel, visualizer, verifier, serializer, links, ...registered);
  context.subscriptions.push(colors, functionColors, graph, new FileStatus(colors));
  stop = () => server.client.dispose();
  run(server.client.start().then(() => { colors.start(); }));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
