/** Why this file exists: what the manifest promises and the code must keep, as functions that tests can feed. */
import type { Sources } from './imports';

interface Entry {
  readonly command?: string;
  readonly alt?: string;
}

export interface Manifest {
  readonly activationEvents?: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly menus?: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings?: readonly Entry[];
  };
}

function contributed(manifest: Manifest): ReadonlySet<string> {
  return new Set(manifest.contributes?.commands?.map(({ command }) => command));
}

/** Contributed commands that the extension's source never names. */
export function unregistered(manifest: Manifest, extension: Sources): readonly string[] {
  const text = Object.values(extension).join('\n');
  return [...contributed(manifest)].filter(command => !text.includes(`'${command}'`));
}

/** Commands of menus and keybindings that the manifest does not contribute. */
export function unknownCommands(manifest: Manifest): readonly string[] {
  const { menus = {}, keybindings = [] } = manifest.contributes ?? {};
  const entries = [...Object.values(menus).flat(), ...keybindings];
  const named = entries.flatMap(({ command, alt }) => [command ?? [], alt ?? []].flat());
  return [...new Set(named)].filter(command => command.startsWith('loopscope.') && !contributed(manifest).has(command));
}

/** `%key%` placeholders anywhere in the manifest that the bundle of texts lacks. */
export function missingTexts(manifest: unknown, bundle: Readonly<Record<string, string>>): readonly string[] {
  const keys = [...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key);
  return keys.filter(key => !(key in bundle));
}
