/**
 * Why this file exists: a finding may point into a file that is not open; its offsets become lines and columns by its
 * text on disk.
 */
import { readFile } from 'node:fs/promises';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from './documents';

/** Answers the document at a path, as the editor has it, else as the disk has it; undefined when there is none. */
export type Texts = (path: string) => Promise<TextDocument | undefined>;

export function textsOf(documents: Documents): Texts {
  return async (path) => documents.atPath(path)?.snapshot() ?? await fromDisk(documents.uriAt(path), path);
}

async function fromDisk(uri: string, path: string): Promise<TextDocument | undefined> {
  try {
    return TextDocument.create(uri, '', 0, await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
