/** Why this file exists: the reader's settings, read from the editor once a file and kept until they change. */
import type { Connection } from 'vscode-languageserver/node';
import { defaultLimits } from '../simulation/request';

export type RuleSetting = 'off' | 'hint' | 'information' | 'warning' | 'error';

/** What is written into the code: nothing, where it suspends, colours of functions, or both. */
export type InlayHintSetting = 'off' | 'awaits' | 'colors' | 'all';

export interface Settings {
  readonly enable: boolean;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly codeLens: boolean;
  readonly hover: boolean;
  readonly inlayHints: InlayHintSetting;
  readonly maxSteps: number;
  /** Milliseconds of real time that one simulation may take. */
  readonly timeout: number;
}

export const defaultSettings: Settings = {
  enable: true, rules: {}, codeLens: true, hover: true, inlayHints: 'off', maxSteps: defaultLimits.steps, timeout: defaultLimits.wallMs,
};

const inlayHintSettings: ReadonlySet<unknown> = new Set<InlayHintSetting>(['off', 'awaits', 'colors', 'all']);
const ruleSettings: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);

export class SettingsCache {
  readonly #connection: Connection;
  readonly #byUri = new Map<string, Promise<Settings>>();
  #canAsk = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** An editor that cannot be asked for settings gets the defaults. */
  enableAsking(): void {
    this.#canAsk = true;
  }

  forget(): void {
    this.#byUri.clear();
  }

  of(uri: string): Promise<Settings> {
    if (!this.#canAsk) return Promise.resolve(defaultSettings);
    const known = this.#byUri.get(uri);
    if (known) return known;
    const asked = this.#connection.workspace.getConfiguration({ scopeUri: uri, section: 'loopscope' }).then(readSettings);
    this.#byUri.set(uri, asked);
    asked.catch(() => this.#byUri.delete(uri));
    return asked;
  }
}

/** What the editor sent, taken for what it is: each wrong value falls back to its default. */
export function readSettings(sent: unknown): Settings {
  const { enable, rules, codeLens, hover, inlayHints, simulation } = record(sent);
  const { maxSteps, timeout } = record(simulation);
  return {
    enable: enable !== false,
    rules: Object.fromEntries(Object.entries(record(rules)).filter(isRuleSetting)),
    codeLens: codeLens !== false,
    hover: hover !== false,
    inlayHints: isInlayHintSetting(inlayHints) ? inlayHints : defaultSettings.inlayHints,
    maxSteps: positive(maxSteps) ?? defaultSettings.maxSteps,
    timeout: positive(timeout) ?? defaultSettings.timeout,
  };
}

function isInlayHintSetting(value: unknown): value is InlayHintSetting {
  return inlayHintSettings.has(value);
}

function isRuleSetting(entry: [string, unknown]): entry is [string, RuleSetting] {
  return ruleSettings.has(entry[1]);
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
