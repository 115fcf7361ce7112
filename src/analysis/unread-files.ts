/** Why this file exists: the files of a project that were not read yet, one after the other, in the background. */

export class UnreadFiles {
  /** Not asked for again until something changes. */
  private readonly unreadable = new Set<string>();
  /** Listing them reads folders, so it is done once until a file is new. */
  private listed: readonly string[] | undefined;
  /** So many of the listed files were known since the last change. */
  private readUpTo = 0;

  constructor(private readonly list: () => readonly string[]) {}

  get all(): readonly string[] {
    return (this.listed ??= this.list());
  }

  next(isKnown: (file: string) => boolean): string | undefined {
    const { all } = this;
    let next = all[this.readUpTo];
    while (next !== undefined && (isKnown(next) || this.unreadable.has(next))) next = all[(this.readUpTo += 1)];
    return next;
  }

  skip(file: string): void {
    this.unreadable.add(file);
  }

  /** Some file was edited; with `isListChanged` there may be others. */
  startOver(isListChanged: boolean): void {
    this.unreadable.clear();
    this.readUpTo = 0;
    if (isListChanged) this.listed = undefined;
  }
}
