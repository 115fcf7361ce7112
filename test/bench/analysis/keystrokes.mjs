// How long after a keystroke the open file's diagnostics are there, as an editor sees it: from `didChange` to `publishDiagnostics`.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { watch } from './process-tree.mjs';

const require = createRequire(import.meta.url);
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-languageserver-protocol/node');

/** Types a comment, letter by letter, into the middle of a file; answers milliseconds, sorted, and the peak memory. */
export async function keystrokes(server, folder, name, count) {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const tree = watch(child.pid);
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }) => waiting.get(`${uri} ${version}`)?.());
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => ({})));
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const rootUri = pathToFileURL(folder).toString();
  const capabilities = { workspace: { configuration: true, workspaceFolders: true }, textDocument: {} };
  await connection.sendRequest('initialize', { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'bench' }], capabilities });
  await connection.sendNotification('initialized', {});
  const file = path.join(folder, name);
  const uri = pathToFileURL(file).toString();
  const text = fs.readFileSync(file, 'utf8');
  const published = version => new Promise(resolve => { waiting.set(`${uri} ${version}`, resolve); });
  const opened = performance.now();
  const first = published(1);
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } });
  await first;
  const openMs = performance.now() - opened;
  const line = text.slice(0, text.indexOf('\n', text.length >> 1)).split('\n').length;
  const times = [];
  for (let each = 0; each < count; each++) {
    const version = each + 2;
    const at = { line, character: each === 0 ? 0 : each + 2 };
    const typed = each === 0 ? '// x\n' : 'x';
    const done = published(version);
    const start = performance.now();
    const place = each === 0 ? { line, character: 0 } : at;
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version }, contentChanges: [{ range: { start: place, end: place }, text: typed }],
    });
    await done;
    times.push(performance.now() - start);
    await new Promise(resolve => { setTimeout(resolve, 150); });
  }
  const { peakBytes } = tree.stop();
  child.kill('SIGKILL');
  connection.dispose();
  return { openMs, times: times.sort((a, b) => a - b), peakBytes };
}
