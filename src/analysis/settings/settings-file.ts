/**
 * Why this file exists: `loopscope.json` is a project's own word on rules, for the editor, the terminal and CI alike.
 * This reads one into what it says, or into one line about what is wrong with it.
 */
import ts from 'typescript';
import { type RuleId, ruleIds, type RuleSettings, severities, type Severity } from '../finding';
import { directoryOf } from '../types/config';
import { type Matcher, matcherOf } from './globs';
import { resolvedFrom } from './relative-paths';

export const settingsFileName = 'loopscope.json';

/** Rules for the files that some globs match. */
interface Override {
  readonly matches: Matcher;
  readonly rules: RuleSettings;
}

export interface SettingsFile {
  readonly kind: 'settings';
  readonly path: string;
  readonly rules: RuleSettings;
  readonly isIgnored: Matcher;
  /** In the order of the file; a later one goes before an earlier one. */
  readonly overrides: readonly Override[];
  /** Absolute path of the baseline. */
  readonly baseline: string | undefined;
}

export interface Unusable {
  readonly kind: 'unusable';
  readonly path: string;
  /** One line that says what to do. */
  readonly message: string;
}

/** Thrown inside this file only, and caught where it ends. */
class Wrong extends Error {}

/** Reads the text of a `loopscope.json`; comments and trailing commas are allowed. */
export function readSettingsFile(path: string, text: string): SettingsFile | Unusable {
  // TypeScript says `any`; what it is, is looked at below.
  const read: { config?: unknown; error?: ts.Diagnostic } = ts.parseConfigFileTextToJson(path, text);
  if (read.error !== undefined) {
    const message = ts.flattenDiagnosticMessageText(read.error.messageText, ' ');
    return { kind: 'unusable', path, message: `Cannot read ${path}: ${message}` };
  }
  try {
    return settingsOf(path, read.config);
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    return { kind: 'unusable', path, message: `Cannot use ${path}: ${wrong.message}` };
  }
}

function settingsOf(path: string, json: unknown): SettingsFile {
  const { rules, ignore, overrides, baseline, ...others } = objectOf(json, 'the file');
  const unknown = Object.keys(others).find((name) => name !== '$schema');
  if (unknown !== undefined)
    throw new Wrong(`there is no setting "${unknown}"; settings are rules, ignore, overrides and baseline.`);
  const directory = directoryOf(path);
  return {
    kind: 'settings',
    path,
    rules: rulesOf(rules ?? {}),
    isIgnored: matcherOf(textsOf(ignore ?? [], 'ignore'), directory),
    overrides: listOf(overrides ?? [], 'overrides').map((each) => overrideOf(each, directory)),
    baseline: baseline === undefined ? undefined : resolvedFrom(directory, textOf(baseline, 'baseline')),
  };
}

function overrideOf(json: unknown, directory: string): Override {
  const { files, rules, ...others } = objectOf(json, 'an entry of overrides');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Wrong(`an entry of overrides has files and rules, not "${unknown}".`);
  return { matches: matcherOf(textsOf(files, 'files'), directory), rules: rulesOf(rules) };
}

function rulesOf(json: unknown): RuleSettings {
  const settings: Partial<Record<RuleId, Severity | 'off'>> = {};
  for (const [name, value] of Object.entries(objectOf(json, 'rules'))) {
    const rule = ruleIds.find((id) => id === name);
    if (rule === undefined) throw new Wrong(`there is no rule "${name}".`);
    settings[rule] = severityOf(name, value);
  }
  return settings;
}

function severityOf(rule: string, value: unknown): Severity | 'off' {
  // The editor's settings say `information`; both words are understood here.
  const severity = (['off', ...severities] as const).find((each) => each === (value === 'information' ? 'info' : value));
  if (severity === undefined) throw new Wrong(`rules.${rule} is one of "off", "${severities.join('", "')}".`);
  return severity;
}

function objectOf(json: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new Wrong(`${what} must be an object.`);
}

function listOf(json: unknown, what: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw new Wrong(`${what} must be a list.`);
}

function textsOf(json: unknown, what: string): readonly string[] {
  return listOf(json, what).map((each) => textOf(each, `an entry of ${what}`));
}

function textOf(json: unknown, what: string): string {
  if (typeof json === 'string' && json !== '') return json;
  throw new Wrong(`${what} must be a text.`);
}
