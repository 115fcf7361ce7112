/**
 * Why this file exists: which project answers for a file, and that every project knows the unsaved texts. Lives in the
 * analysis thread.
 */
import type { Project, ProjectOptions } from '../analysis/project-options';

export type OpenProject = (options: ProjectOptions) => Project;

/** Loose files' projects are kept for a few folders only; the least recently used goes first. */
const looseKept = 3;

export class Projects {
  readonly #openProject: OpenProject;
  readonly #open = new Map<string, Project>();
  readonly #texts = new Map<string, string>();
  #roots: readonly string[] = [];

  constructor(openProject: OpenProject) {
    this.#openProject = openProject;
  }

  /** The workspace's folders; projects of folders that are gone are dropped. */
  setRoots(roots: readonly string[]): void {
    this.#roots = roots.toSorted((a, b) => b.length - a.length);
    this.reload();
  }

  setText(path: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
    for (const project of this.#open.values()) project.update(path, text);
  }

  textOf(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** The project of the innermost workspace folder around a file; of the file's own folder when it lies in none. */
  of(path: string): Project {
    const root = this.#roots.find((candidate) => isInside(path, candidate)) ?? path.slice(0, path.lastIndexOf('/')) ;
    const known = this.#open.get(root);
    if (known) {
      this.#open.delete(root);
      this.#open.set(root, known);
      return known;
    }
    return this.#opened(root);
  }

  /** The folders whose projects are loaded. */
  loaded(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Forgets what is known of projects; they are opened anew when next asked. */
  reload(): void {
    for (const project of this.#open.values()) project.dispose();
    this.#open.clear();
  }

  #opened(root: string): Project {
    const project = this.#openProject({ root: root === '' ? '/' : root });
    for (const [path, text] of this.#texts) project.update(path, text);
    this.#open.set(root, project);
    this.#dropLoose();
    return project;
  }

  #dropLoose(): void {
    const loose = [...this.#open.keys()].filter((root) => !this.#roots.includes(root));
    for (const root of loose.slice(0, -looseKept)) {
      this.#open.get(root)?.dispose();
      this.#open.delete(root);
    }
  }
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(root.endsWith('/') ? root : `${root}/`);
}
