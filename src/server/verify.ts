/** Why this file exists: the editor's request to run a document for real and compare it with the simulation. */
import path from 'node:path';
import { verify } from '../verify/verify';
import type { VerifyParams, VerifyReply } from './protocol';
import { limitsOf, type SimulateNeeds } from './simulate';

/** VS Code's own executable is not the user's Node: theirs is the one on the PATH. */
const node = 'node';

/** Executes the document's code as the editor has it, in its own folder. Rejects with `signal`'s reason. */
export async function verifyDocument(
  { uri }: VerifyParams, { documents, settings, simulator }: SimulateNeeds, signal: AbortSignal,
): Promise<VerifyReply> {
  const open = documents.get(uri);
  if (!open || !uri.startsWith('file:')) {
    return { kind: 'refused', message: 'Only TypeScript and JavaScript files on this disk can be run.' };
  }
  const limits = limitsOf(await settings.of(uri));
  const request = { entry: open.path, overlay: documents.overlay(), limits, node, cwd: path.dirname(open.path) };
  try {
    const found = await verify(simulator, request, signal);
    if (found.kind === 'not-simulated') return { kind: 'refused', message: `Not run, since it is not simulated: ${found.message}` };
    return { kind: 'verified', found };
  } catch (error) {
    if (isNotThere(error)) return { kind: 'refused', message: 'There is no "node" on the PATH to run the file with.' };
    throw error;
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
