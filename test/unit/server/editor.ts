/**
 * Why this file exists: server tests speak to the real process over stdio, as an editor would, on a folder of their
 * own.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter, type CodeAction, type CodeLens, type Diagnostic,
  type Hover, type Position, type ProtocolConnection, type PublishDiagnosticsParams, type Range,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { simulateMethod, type SimulateReply, type StartAt } from '../../../src/server/protocol';

const patienceMs = 20_000;

interface Waiter {
  readonly isEnough: (sent: PublishDiagnosticsParams) => boolean;
  readonly resolve: (sent: PublishDiagnosticsParams) => void;
}

export class TestEditor {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-server-')));
  readonly connection: ProtocolConnection;
  readonly process: ChildProcessWithoutNullStreams;
  /** All that was published, oldest first. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiters = new Set<Waiter>();

  private constructor(settings: unknown) {
    this.process = spawn(process.execPath, [path.resolve('dist/server.js'), '--stdio']);
    this.process.stderr.on('data', (data: Buffer) => { this.logged.push(data.toString()); });
    const { stdout, stdin } = this.process;
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (sent: PublishDiagnosticsParams) => { this.#hear(sent); });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => { this.logged.push(message); });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  /** Starts a server on a folder that holds `files`, by relative path. */
  static async start(files: Readonly<Record<string, string>>, settings: unknown = {}): Promise<TestEditor> {
    const editor = new TestEditor(settings);
    for (const [name, text] of Object.entries(files)) editor.write(name, text);
    const rootUri = pathToFileURL(editor.folder).toString();
    await editor.connection.sendRequest('initialize', {
      processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'test' }],
      capabilities: { workspace: { configuration: true, workspaceFolders: true }, textDocument: {} },
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  /** Writes a file to the disk. */
  write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
    writeFileSync(path.join(this.folder, name), text);
  }

  uri(name: string): string {
    return name.includes(':') ? name : pathToFileURL(path.join(this.folder, name)).toString();
  }

  async open(name: string, text: string, languageId = 'typescript'): Promise<void> {
    const document = TextDocument.create(this.uri(name), languageId, 1, text);
    this.#documents.set(document.uri, document);
    const textDocument = { uri: document.uri, languageId, version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async close(name: string): Promise<void> {
    this.#documents.delete(this.uri(name));
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(name) } });
  }

  /** Replaces the first occurrence of `old`, as an incremental edit. */
  async edit(name: string, old: string, text: string): Promise<void> {
    const document = this.document(name);
    const start = document.getText().indexOf(old);
    if (start < 0) throw new Error(`${JSON.stringify(old)} does not stand in ${name}`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
    const contentChanges = [{ range, text }];
    this.#documents.set(document.uri, TextDocument.update(document, contentChanges, document.version + 1));
    const textDocument = { uri: document.uri, version: document.version };
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  document(name: string): TextDocument {
    const document = this.#documents.get(this.uri(name));
    if (!document) throw new Error(`${name} is not open`);
    return document;
  }

  /** Where the first occurrence of `text` begins. */
  at(name: string, text: string): Position {
    return this.document(name).positionAt(this.document(name).getText().indexOf(text));
  }

  rangeOf(name: string, text: string): Range {
    const start = this.document(name).getText().indexOf(text);
    return { start: this.document(name).positionAt(start), end: this.document(name).positionAt(start + text.length) };
  }

  /** The diagnostics of the document's present version, once they are published. */
  async diagnostics(name: string): Promise<Diagnostic[]> {
    const { uri, version } = this.document(name);
    return (await this.until((sent) => sent.uri === uri && sent.version === version)).diagnostics;
  }

  /** The newest publication that is enough, past or to come. */
  until(isEnough: Waiter['isEnough']): Promise<PublishDiagnosticsParams> {
    const known = this.published.findLast(isEnough);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { isEnough, resolve };
      this.#waiters.add(waiter);
      setTimeout(() => { reject(new Error(`Nothing in ${patienceMs} ms. Log: ${this.logged.join('\n')}`)); }, patienceMs).unref();
    });
  }

  hover(name: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri: this.uri(name) }, position });
  }

  lenses(name: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: this.uri(name) } });
  }

  actions(name: string, range: Range, diagnostics: Diagnostic[] = []): Promise<CodeAction[]> {
    const textDocument = { uri: this.uri(name) };
    return this.connection.sendRequest('textDocument/codeAction', { textDocument, range, context: { diagnostics } });
  }

  simulate(name: string, at: StartAt, values?: Readonly<Record<string, string>>): Promise<SimulateReply> {
    return this.connection.sendRequest(simulateMethod, { uri: this.uri(name), at, ...(values ? { values } : {}) });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => { this.process.once('exit', resolve); });
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #hear(sent: PublishDiagnosticsParams): void {
    this.published.push(sent);
    for (const waiter of [...this.#waiters].filter(({ isEnough }) => isEnough(sent))) {
      this.#waiters.delete(waiter);
      waiter.resolve(sent);
    }
  }
}
