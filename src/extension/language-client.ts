/** Why this file exists: starts the language server as a process of its own and keeps it alive. */
import * as vscode from 'vscode';
import {
  CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, TransportKind, type CloseHandlerResult,
  type ErrorHandler,
} from 'vscode-languageclient/node';
import { visualizeCommand, type ServerStart } from '../server/protocol';
import { documentSelector } from './languages';
import { RestartPolicy } from './restart-policy';
import type { ServerStatus } from './server-status';

export interface ServerHandle {
  readonly client: LanguageClient;
  /** Starts it, also when it has given up. */
  restart(): Promise<void>;
}

/** The server is not started yet: `client.start()` does it. `channel` is where both sides write what went wrong. */
export function createServer(
  context: vscode.ExtensionContext, channel: vscode.LogOutputChannel, status: ServerStatus,
): ServerHandle {
  const policy = new RestartPolicy();
  const module = context.asAbsolutePath('dist/server.js');
  const transport = TransportKind.ipc;
  const debug = { module, transport, options: { execArgv: ['--nolazy', '--inspect=6029'] } };
  const client = new LanguageClient('loopscope', 'Loopscope', { run: { module, transport }, debug }, {
    documentSelector,
    diagnosticCollectionName: 'loopscope',
    outputChannel: channel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: { enabledCommands: [visualizeCommand] }, supportHtml: false },
    initializationOptions: serverStart(context),
    errorHandler: errorHandler(policy, status, channel),
  });
  context.subscriptions.push(client.onDidChangeState(({ newState }) => { status.show(newState); }));
  return {
    client,
    restart: async () => {
      policy.forget();
      status.revive();
      await (client.isRunning() ? client.restart() : client.start());
    },
  };
}

/** A workspace that is not saved anywhere has no folder of its own. */
function serverStart({ storageUri, globalStorageUri }: vscode.ExtensionContext): ServerStart {
  const cacheDirectory = (storageUri ?? globalStorageUri).fsPath.replaceAll('\\', '/');
  const words = vscode.l10n.bundle;
  return { cacheDirectory, ...(words === undefined ? {} : { words }) };
}

function errorHandler(policy: RestartPolicy, status: ServerStatus, channel: vscode.LogOutputChannel): ErrorHandler {
  return {
    error: (error) => {
      channel.error(`The connection to the server failed: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => afterDeath(policy, status, channel),
  };
}

async function afterDeath(
  policy: RestartPolicy, status: ServerStatus, channel: vscode.LogOutputChannel,
): Promise<CloseHandlerResult> {
  const delay = policy.died(performance.now());
  if (delay === undefined) {
    status.giveUp();
    return { action: CloseAction.DoNotRestart, handled: true, message: 'The server died too often; it stays down until it is restarted by hand.' };
  }
  channel.warn(`The server ended; it starts again in ${delay} ms.`);
  await new Promise((resolve) => { setTimeout(resolve, delay); });
  return { action: CloseAction.Restart, handled: true };
}
