/**
 * Why this file exists: editors name files by URI; analysis and simulation name them by absolute path with forward
 * slashes.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';

const extensionOfLanguage: Readonly<Record<string, string>> = {
  typescript: '.ts', typescriptreact: '.tsx', javascript: '.js', javascriptreact: '.jsx',
};

const knownExtension = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/** Documents that are no files on this disk live under this folder, so that no real path can collide with theirs. */
const elsewhere = '/^';

/** The path that stands for a document, the same on every call; an unsaved one is given its language's extension. */
export function pathOfUri(uri: string, languageId = 'typescript'): string {
  if (uri.startsWith('file:')) return fileURLToPath(uri).replaceAll('\\', '/');
  const { protocol, host, pathname, hash } = new URL(uri);
  const document = `${elsewhere}/${protocol.slice(0, -1)}/${host}/${decodeURIComponent(pathname)}`.replaceAll(/\/{2,}/g, '/');
  // The cells of a notebook differ in the fragment alone; each is looked at by itself.
  const path = hash === '' ? document : `${document}/${hash.replaceAll(/\W+/g, '-')}`;
  return knownExtension.test(path) ? path : `${path}${extensionOfLanguage[languageId] ?? '.ts'}`;
}

/** The URI of a file on this disk. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).toString();
}

/** Whether a path stands for a document that is no file on this disk. */
export function isElsewhere(path: string): boolean {
  return path.startsWith(`${elsewhere}/`);
}

/** The last part of a path, as people name a file. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
