/**
 * Why this file exists: a call through an interface, an abstract method or a base class runs whatever implements it;
 * this is the project's index of who does.
 */
import type { TypePlace } from '../types/questions';
import type { FunctionId } from './summary';

/** A class, an interface, or an object that is written where its type is named. */
export interface DeclaredType {
  readonly place: TypePlace;
  /** What it extends or implements, as far as that is the project's own. */
  readonly bases: readonly TypePlace[];
  /** By name, the functions that it has for members. */
  readonly members: ReadonlyMap<string, FunctionId>;
}

export interface Implementation {
  readonly file: string;
  readonly id: FunctionId;
}

/** The types of the files that were summarized so far. */
export class TypeIndex {
  private readonly types = new Map<string, DeclaredType>();
  private readonly subtypes = new Map<string, Set<string>>();
  private readonly byFile = new Map<string, readonly string[]>();

  /** Puts the types of a file in place of what was known of it; true when that may change who implements what. */
  set(file: string, types: readonly DeclaredType[]): boolean {
    const before = this.byFile.get(file) ?? [];
    if (before.length === 0 && types.length === 0) return false;
    const bases = before.some((key) => (this.types.get(key)?.bases.length ?? 0) > 0);
    this.remove(file);
    this.byFile.set(file, types.map(({ place }) => keyOf(place)));
    for (const type of types) {
      const key = keyOf(type.place);
      this.types.set(key, type);
      for (const base of type.bases) {
        const known = this.subtypes.get(keyOf(base));
        if (known === undefined) this.subtypes.set(keyOf(base), new Set([key]));
        else known.add(key);
      }
    }
    return bases || types.some((type) => type.bases.length > 0);
  }

  remove(file: string): void {
    for (const key of this.byFile.get(file) ?? []) {
      for (const base of this.types.get(key)?.bases ?? []) this.subtypes.get(keyOf(base))?.delete(key);
      this.types.delete(key);
    }
    this.byFile.delete(file);
  }

  clear(): void {
    this.types.clear();
    this.subtypes.clear();
    this.byFile.clear();
  }

  /** The functions that may run for a member of `owner`: those of all that extends or implements it. */
  implementations(owner: TypePlace, name: string): readonly Implementation[] {
    const found = new Map<FunctionId, Implementation>();
    const open = [keyOf(owner)];
    const seen = new Set(open);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      for (const subtype of this.subtypes.get(key) ?? []) {
        if (seen.has(subtype)) continue;
        seen.add(subtype);
        open.push(subtype);
        const implementation = this.member(subtype, name, new Set());
        if (implementation !== undefined) found.set(implementation.id, implementation);
      }
    }
    return [...found.values()];
  }

  /** A member of the type itself, else one that it inherits. */
  private member(key: string, name: string, seen: Set<string>): Implementation | undefined {
    const type = this.types.get(key);
    if (type === undefined || seen.has(key)) return undefined;
    seen.add(key);
    const id = type.members.get(name);
    if (id !== undefined) return { file: fileOf(id), id };
    for (const base of type.bases) {
      const inherited = this.member(keyOf(base), name, seen);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }
}

function keyOf({ file, start }: TypePlace): string {
  return `${file}#${String(start)}`;
}

function fileOf(id: FunctionId): string {
  return id.slice(0, id.lastIndexOf('#'));
}
