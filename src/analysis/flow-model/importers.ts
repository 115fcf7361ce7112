/** Why this file exists: an edit of a file concerns whoever imports it, and whoever imports those. */

export class Importers {
  /** By file, the files that import it. */
  private readonly byImported = new Map<string, Set<string>>();

  note(file: string, imported: readonly string[]): void {
    for (const each of imported) {
      const importers = this.byImported.get(each);
      if (importers === undefined) this.byImported.set(each, new Set([file]));
      else importers.add(file);
    }
  }

  /** The file itself and all that import it, over others or not. */
  reached(file: string): ReadonlySet<string> {
    const seen = new Set([file]);
    // What is added while a set is walked is walked too.
    for (const each of seen) for (const importer of this.byImported.get(each) ?? []) seen.add(importer);
    return seen;
  }

  clear(): void {
    this.byImported.clear();
  }
}
