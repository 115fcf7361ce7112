/**
 * Why this file exists: the entry of the language server's process, and of its analysis thread, which runs the same
 * bundle. It speaks over Node's IPC or over stdio, as the command line says.
 */
import path from 'node:path';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { openProject } from '../analysis/project';
import { invariant } from '../base/invariant';
import { createSimulator } from '../simulator/create-simulator';
import type { AnalysisThreadData } from './analysis-messages';
import { runAnalysisThread } from './analysis-thread';
import { serve } from './serve';

declare const __dirname: string;
declare const __filename: string;

if (isMainThread) main();
else thread();

function main(): void {
  serve(createConnection(ProposedFeatures.all), {
    analysisScript: __filename,
    pages: path.join(__dirname, '../media/rules'),
    simulator: once(() => createSimulator(`${__dirname}/simulator.js`)),
    version,
  });
}

/** Makes it when first asked, and answers the same ever after. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function thread(): void {
  invariant(parentPort, 'a thread has a parent');
  // The main thread starts this script with AnalysisThreadData and nothing else.
  runAnalysisThread(parentPort, workerData as AnalysisThreadData, openProject);
}
