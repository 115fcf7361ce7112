/** Why this file exists: wires a connection to the server's parts; every request is caught here, at the edge. */
import {
  CodeActionKind, CodeLensRefreshRequest, DidChangeConfigurationNotification, InlayHintRefreshRequest, LSPErrorCodes,
  ResponseError, TextDocumentSyncKind,
  type CancellationToken, type Connection, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver/node';
import { Cancelled, ProjectError } from '../analysis/project-options';
import { setWords } from '../base/words';
import type { Simulator } from '../simulator/simulator';
import { Analyses } from './analyses';
import { AnalysisClient } from './analysis-client';
import { Background } from './background';
import { callsOf, functionsReply } from './call-graph';
import { codeActionsOf, fixAllKind } from './code-actions';
import { codeLensesOf } from './code-lenses';
import { Diagnostics } from './diagnostics';
import { Documents } from './documents';
import { hoverAt } from './hover';
import { inlayHintsOf } from './inlay-hints';
import { reasonOf, type Log } from './log';
import { pathOfUri } from './paths';
import {
  callsMethod, colorsOutdatedMethod, functionsMethod, parametersMethod, simulateMethod, statusMethod, verifyMethod,
  type CallsParams, type CallsReply, type FunctionsParams, type FunctionsReply, type ParametersReply, type Refused,
  type ServerStart, type SimulateParams, type SimulateReply, type StartParams, type StatusReply, type VerifyParams,
  type VerifyReply,
} from './protocol';
import { SettingsCache } from './settings';
import { parameters, simulate, type SimulateNeeds } from './simulate';
import { textsOf } from './texts';
import { verifyDocument } from './verify';
import { filesChanged, watchFiles } from './watched-files';

export interface Services {
  /** The bundle that runs the analysis thread. */
  readonly analysisScript: string;
  /** The folder of the rules' pages. */
  readonly pages: string;
  /** Starts the simulator's thread, when first asked. */
  readonly simulator: () => Simulator;
  readonly version: string;
}

/** The first diagnostics are not to compete with a thread that nobody has asked for yet. */
const simulatorDelayMs = 3000;

interface Parts {
  readonly connection: Connection;
  readonly services: Services;
  readonly log: Log;
  readonly documents: Documents;
  readonly settings: SettingsCache;
  readonly client: AnalysisClient;
  readonly analyses: Analyses;
  readonly diagnostics: Diagnostics;
  readonly editor: Editor;
  readonly lensesOutdated: () => void;
  readonly background: Background;
}

/** What the editor said at the start that it can do. */
interface Editor {
  can: InitializeParams['capabilities'];
}

/** Serves a connection until it is closed. */
export function serve(connection: Connection, services: Services): void {
  const parts = partsOf(connection, services);
  followEditor(parts);
  answerLanguageRequests(parts);
  answerOwnRequests(parts);
  parts.documents.listen(connection);
  connection.listen();
}

function partsOf(connection: Connection, services: Services): Parts {
  const log = connection.console;
  const documents = new Documents();
  const settings = new SettingsCache(connection);
  const client = new AnalysisClient(services.analysisScript, (message) => { log.warn(message); });
  const analyses = new Analyses(documents, client, settings);
  followTexts(documents, client);
  const editor: Editor = { can: {} };
  function lensesOutdated(): void {
    void connection.sendNotification(colorsOutdatedMethod);
    const { codeLens, inlayHint } = editor.can.workspace ?? {};
    const shown = [[codeLens, CodeLensRefreshRequest.type], [inlayHint, InlayHintRefreshRequest.type]] as const;
    for (const [can, type] of shown)
      if (can?.refreshSupport === true) void connection.sendRequest(type).catch(() => undefined);
  }
  const texts = textsOf(documents);
  const diagnostics = new Diagnostics({
    connection, documents, analyses, settings, texts, log, lensesOutdated, pages: services.pages,
  });
  const background = new Background({
    connection, documents, client, log,
    done: () => { diagnostics.refreshOthers(); },
    canShowProgress: () => editor.can.window?.workDoneProgress === true,
  });
  const followers = { analyses, diagnostics, lensesOutdated, background };
  return { connection, services, log, documents, settings, client, editor, ...followers };
}

function followTexts(documents: Documents, client: AnalysisClient): void {
  documents.onEvent((event) => {
    if (event.kind === 'closed') client.setText(event.path, undefined);
    else client.setText(event.document.path, event.document.snapshot().getText());
  });
}

/** Start, settings, folders and files: what the editor tells. */
function followEditor(parts: Parts): void {
  const { connection, settings, client, diagnostics, editor } = parts;
  connection.onInitialize((params) => {
    editor.can = params.capabilities;
    begin(params.initializationOptions, client);
    client.setRoots(rootsOf(params));
    if (editor.can.workspace?.configuration === true) settings.enableAsking();
    return initializeResult(parts.services.version);
  });
  connection.onInitialized(() => {
    setTimeout(() => { parts.services.simulator(); }, simulatorDelayMs).unref();
    void registerAtRun(parts).catch((error: unknown) => { parts.log.error(`Registering failed: ${reasonOf(error)}`); });
  });
  connection.onDidChangeConfiguration(() => {
    settings.forget();
    diagnostics.refreshOthers();
    parts.lensesOutdated();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => { filesChanged(changes, parts); });
  connection.onShutdown(async () => { await Promise.all([client.dispose(), parts.services.simulator().dispose()]); });
}

/** The extension says in which language to speak, and where to keep what was learnt; other editors say nothing. */
function begin(options: unknown, client: AnalysisClient): void {
  // The extension sends a `ServerStart`; what another editor sends is looked at.
  const { cacheDirectory, words } = (typeof options === 'object' && options !== null ? options : {}) as ServerStart;
  const known = typeof words === 'object' ? words : {};
  setWords(known);
  client.setStart({ words: known, ...(typeof cacheDirectory === 'string' ? { cacheDirectory } : {}) });
}

async function registerAtRun({ connection, client, diagnostics, editor: { can } }: Parts): Promise<void> {
  if (can.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: 'loopscope' });
  }
  if (can.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) await watchFiles(connection);
  if (can.workspace?.workspaceFolders !== true) return;
  connection.workspace.onDidChangeWorkspaceFolders(() => {
    void connection.workspace.getWorkspaceFolders().then((folders) => {
      client.setRoots((folders ?? []).map(({ uri }) => pathOfFolder(uri)));
      diagnostics.refreshOthers();
    });
  });
}

function rootsOf({ workspaceFolders }: InitializeParams): string[] {
  return (workspaceFolders ?? []).map(({ uri }) => pathOfFolder(uri));
}

function pathOfFolder(uri: string): string {
  return pathOfUri(uri.endsWith('/') ? uri.slice(0, -1) : uri, 'folder');
}

function initializeResult(version: string): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      hoverProvider: true,
      codeLensProvider: { resolveProvider: false },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      inlayHintProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: 'Loopscope', version },
  };
}

function answerLanguageRequests(parts: Parts): void {
  const { connection, documents, settings, analyses, client } = parts;
  const texts = textsOf(documents);
  connection.onHover(({ textDocument, position }, token) => guarded(parts, 'The hover', token, undefined, async (signal) => {
    const open = documents.get(textDocument.uri);
    return open && (await settings.of(open.uri)).hover ? await hoverAt(open, position, client, signal) : undefined;
  }));
  connection.onCodeLens(({ textDocument: { uri } }, token) => guarded(parts, 'The lenses', token, [], async () => {
    if (!documents.get(uri) || !(await settings.of(uri)).codeLens) return [];
    const { analysis, document } = await analyses.of(uri, 2);
    return codeLensesOf(analysis.model, document);
  }));
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) => guarded(parts, 'The inlay hints', token, [], async () => {
    const { inlayHints } = await settings.of(uri);
    if (!documents.get(uri) || inlayHints === 'off') return [];
    const { analysis, document } = await analyses.of(uri, 2);
    return inlayHintsOf(analysis.model, document, range, inlayHints);
  }));
  connection.onCodeAction(({ textDocument: { uri }, range, context }, token) => guarded(parts, 'The quick fixes', token, [], async () => {
    if (!documents.get(uri) || !(await settings.of(uri)).enable) return [];
    return await codeActionsOf(await analyses.of(uri, 0), range, context, { documents, texts });
  }));
}

function answerOwnRequests(parts: Parts): void {
  const { connection, documents, client, analyses, services: { version, simulator } } = parts;
  const needs: SimulateNeeds = { ...parts, get simulator() { return simulator(); } };
  connection.onRequest(simulateMethod, (params: SimulateParams, token: CancellationToken) => {
    return guarded<SimulateReply>(parts, 'The simulation', token, ours, (signal) => simulate(params, needs, signal));
  });
  connection.onRequest(parametersMethod, (params: StartParams, token: CancellationToken) => {
    return guarded<ParametersReply>(parts, 'Making up values', token, ours, () => parameters(params, needs));
  });
  const texts = textsOf(documents);
  connection.onRequest(functionsMethod, ({ uri }: FunctionsParams, token: CancellationToken) => {
    return guarded<FunctionsReply>(parts, 'Colours', token, noFunctions, async (signal) => {
      if (documents.get(uri)) {
        const { analysis, document } = await analyses.of(uri, 2);
        return functionsReply(analysis, document, document.version);
      }
      const path = pathOfUri(uri);
      const document = await texts(path);
      if (!document) return noFunctions;
      return functionsReply(await client.ask({ kind: 'analyse', path, rules: {}, isQuick: false }, 2, signal), document, undefined);
    });
  });
  connection.onRequest(callsMethod, (params: CallsParams, token: CancellationToken) => {
    const path = documents.get(params.uri)?.path ?? pathOfUri(params.uri);
    return guarded<CallsReply>(parts, 'The call graph', token, { calls: [] }, (signal) => {
      return callsOf(params, path, { client, documents, texts }, signal);
    });
  });
  connection.onRequest(verifyMethod, (params: VerifyParams, token: CancellationToken) => {
    return guarded<VerifyReply>(parts, 'The real run', token, ours, (signal) => verifyDocument(params, needs, signal));
  });
  connection.onRequest(statusMethod, (token: CancellationToken) => {
    const alone: StatusReply = { pid: process.pid, version, documents: documents.all().length, projects: [] };
    return guarded(parts, 'The status', token, alone, async (signal) => ({
      ...alone, projects: await client.ask({ kind: 'projects' }, 0, signal),
    }));
  });
}

const noFunctions: FunctionsReply = { version: undefined, functions: [], awaits: 0, findings: 0 };
const ours: Refused = { kind: 'refused', message: 'Loopscope failed here, and that is its own fault; its output channel says more.' };

/** Answers a request: a cancelled one with LSP's code for it, one that fails with `fallback` and a line in the log. */
async function guarded<T>(
  { log }: Parts, what: string, token: CancellationToken, fallback: T, work: (signal: AbortSignal) => Promise<T>,
): Promise<T | ResponseError> {
  const stop = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => { reject(new Cancelled()); });
  });
  const registration = token.onCancellationRequested(() => { stop.abort(new Cancelled()); });
  // A token that was cancelled before its request was read never tells.
  if (token.isCancellationRequested) stop.abort(new Cancelled());
  try {
    return await Promise.race([cancelled, work(stop.signal)]);
  } catch (error) {
    if (stop.signal.aborted || error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
    if (error instanceof ProjectError) log.info(`${what}: ${error.message}`);
    else log.error(`${what} failed: ${reasonOf(error)}`);
    return fallback;
  } finally {
    registration.dispose();
  }
}
