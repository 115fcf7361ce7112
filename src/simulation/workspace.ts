/**
 * Why this file exists: what a run may see of the host's files: the program's own folder, and nothing else. The face
 * gives it; the guest asks for one place at a time (guest/outside.ts).
 */

/** What is there: nothing, a file of so many bytes, or a folder with its names, each with whether it is a folder. */
export type Seen =
  | null
  | { readonly kind: 'file'; readonly size: number }
  | { readonly kind: 'folder'; readonly names: readonly (readonly [name: string, isFolder: boolean])[] };

/** Paths are relative to the program's folder, with forward slashes; '' is the folder itself. */
export interface Workspace {
  look(path: string): Seen;
  /** Undefined: too large, or no longer there. */
  read(path: string): Uint8Array | undefined;
}

/** Opens the folder of a program: an absolute path with forward slashes, and one at its end. */
export type OpenWorkspace = (root: string) => Workspace;
