/**
 * Why this file exists: **Run for real and compare**: the one command that executes the user's code. It asks each time,
 * and does nothing in a workspace that is not trusted.
 */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { t } from '../base/words';
import { verifyMethod, type VerifyParams, type VerifyReply } from '../server/protocol';
import type { Compared } from '../verify/verification';
import { isUnderstood } from './languages';

const scheme = 'loopscope-compared';
const sentenceMs = 6000;

export class Verifier implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  constructor(client: LanguageClient) {
    this.#client = client;
    const provider = { provideTextDocumentContent: (uri: vscode.Uri) => this.#texts.get(uri.toString()) };
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** Runs the document of the active editor. */
  async verify(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isUnderstood(document)) {
      say('info', t('Open a TypeScript or JavaScript file first.'));
      return;
    }
    if (!vscode.workspace.isTrusted) {
      say('workspace-untrusted', t('Nothing is executed in an untrusted workspace.'));
      return;
    }
    const name = vscode.workspace.asRelativePath(document.uri);
    if (!(await isAllowed(name))) return;
    const reply = await this.#ask(document, name);
    if (reply?.kind === 'refused') void vscode.window.showWarningMessage(reply.message);
    else if (reply) await this.#show(reply.found, document, name);
  }

  /** Undefined when the reader cancelled. */
  async #ask(document: vscode.TextDocument, name: string): Promise<VerifyReply | undefined> {
    const options = { location: vscode.ProgressLocation.Notification, title: t('Running {0} with real Node', name), cancellable: true };
    const params: VerifyParams = { uri: document.uri.toString() };
    return await vscode.window.withProgress(options, async (_, token) => {
      try {
        return await this.#client.sendRequest<VerifyReply>(verifyMethod, params, token);
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      }
    });
  }

  async #show(found: Compared, document: vscode.TextDocument, name: string): Promise<void> {
    void vscode.window.showInformationMessage(sentence(found, name));
    if (found.kind === 'equal') return;
    const [first] = found.node;
    if (!first) return;
    const left = this.#keep(document, t('real Node'), first);
    const right = this.#keep(document, t('simulated'), found.simulation);
    await vscode.commands.executeCommand('vscode.diff', left, right, t('{0}: real Node ↔ simulated', name), { preview: true });
  }

  #keep(document: vscode.TextDocument, side: string, printed: Compared['simulation']): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `${document.uri.path} (${side})`, query: String(this.#texts.size) });
    this.#texts.set(uri.toString(), `${printed.stdout}──── stderr\n${printed.stderr}──── exit code ${printed.exitCode}\n`);
    return uri;
  }
}

function say(icon: string, text: string): void {
  vscode.window.setStatusBarMessage(`$(${icon}) ${text}`, sentenceMs);
}

async function isAllowed(name: string): Promise<boolean> {
  const run = t('Run');
  const detail = t('This executes the file and what it imports, outside of the sandbox and with your rights.');
  const question = t('Run {0} with real Node?', name);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, run)) === run;
}

function sentence({ kind, race, node, simulation }: Compared, name: string): string {
  const stopped = node.some(({ how }) => how !== 'ended');
  if (stopped) return t('{0}: real Node did not come to an end and was stopped.', name);
  if (kind === 'equal' && race) {
    return t("{0}: a race. Real Node printed different things in {1} runs; the simulation's is one of them.", name, node.length);
  }
  if (kind === 'equal') return t('{0}: equal. Lines that real Node prints as well: {1}.', name, simulation.stdout.split('\n').length - 1);
  return race ? t('{0}: different, and real Node itself differs from run to run.', name) : t('{0}: different.', name);
}
