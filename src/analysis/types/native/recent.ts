/** Why this file exists: what is large and cheap to fetch again is kept for the most recently used only. */

/** At most `limit` values by name; the least recently used goes first. */
export class Recent<V> {
  private readonly values = new Map<string, V>();

  constructor(private readonly limit: number) {}

  /** The value kept under a name, else what `make` makes, which is kept unless it is undefined. */
  get(name: string, make: () => V | undefined): V | undefined {
    const value = this.values.get(name) ?? make();
    this.values.delete(name);
    if (value === undefined) return undefined;
    this.values.set(name, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.limit && oldest !== undefined) this.values.delete(oldest);
    return value;
  }

  delete(name: string): void {
    this.values.delete(name);
  }

  clear(): void {
    this.values.clear();
  }
}
