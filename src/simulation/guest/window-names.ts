/** Why this file exists: what a page's classic script declares at its top is given to the window: parts/browser. */
type Ways = readonly [read: () => unknown, set: (value: unknown) => void];

export type DeclaredNames = Readonly<Record<string, Ways>>;

export const windowNames: { declare(names: DeclaredNames): void } = { declare: () => undefined };

/** $_wn: a page's script hands them out. */
export function onWindowNames(names: DeclaredNames): void {
  windowNames.declare(names);
}
