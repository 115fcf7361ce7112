/** Why this file exists: files change on the disk too, by other programs and by version control. */
import { DidChangeWatchedFilesNotification, type Connection, type FileEvent } from 'vscode-languageserver/node';
import type { AnalysisClient } from './analysis-client';
import type { Diagnostics } from './diagnostics';
import type { Documents } from './documents';
import { baseName, pathOfUri } from './paths';

const globs = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{loopscope*.json,tsconfig*.json,jsconfig*.json,package.json,package-lock.json}',
];

/** Asks the editor to say when files of interest change. */
export async function watchFiles(connection: Connection): Promise<void> {
  const watchers = globs.map((globPattern) => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

export interface WatchNeeds {
  readonly client: AnalysisClient;
  readonly documents: Documents;
  readonly diagnostics: Diagnostics;
}

/** Passes on what changed. An open document's text is the editor's, whatever the disk says. */
export function filesChanged(changes: readonly FileEvent[], { client, documents, diagnostics }: WatchNeeds): void {
  const paths = changes.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => pathOfUri(uri));
  const closed = paths.filter((path) => !path.includes('/node_modules/') && !documents.atPath(path));
  if (closed.length === 0) return;
  if (closed.some(isProjectFile)) client.outdate();
  else for (const path of closed) client.setText(path, undefined);
  diagnostics.refreshOthers();
}

function isProjectFile(path: string): boolean {
  return /^(?:tsconfig.*|jsconfig.*|package|package-lock)\.json$/.test(baseName(path));
}
