/**
 * Why this file exists: which settings hold for a file: those that were given with the question, then the nearest
 * `loopscope.json` above the file, then those of the person.
 */
import type { RuleSettings } from '../finding';
import { directoryOf, readText } from '../types/config';
import { type Baseline, baselineFileName, emptyBaseline, readBaseline } from './baseline';
import { readSettingsFile, type SettingsFile, settingsFileName, type Unusable } from './settings-file';

/** What a face says, around what files say. */
export interface GivenSettings {
  /** A person's own; a `loopscope.json` goes before them. */
  readonly rules: RuleSettings;
  /** Given with the question itself: they go before a `loopscope.json`. */
  readonly forced: RuleSettings;
  /** Absolute path; goes before that of a `loopscope.json`. False: none at all. */
  readonly baseline: string | false | undefined;
}

export interface FileSettings {
  readonly isIgnored: boolean;
  readonly rules: RuleSettings;
  readonly baseline: Baseline;
  /** Why the nearest `loopscope.json` or the baseline cannot be used; what it says then does not count. */
  readonly problem: string | undefined;
}

/** Reads and keeps the settings files around the files that are asked for. */
export class SettingsFiles {
  private readonly byDirectory = new Map<string, SettingsFile | Unusable | undefined>();
  private readonly baselines = new Map<string, Baseline | string>();

  of(file: string, given: GivenSettings): FileSettings {
    const nearest = this.nearest(directoryOf(file));
    const found = nearest?.kind === 'settings' ? nearest : undefined;
    const baseline = this.baseline(given.baseline ?? found?.baseline);
    const problems = [
      ...(nearest?.kind === 'unusable' ? [nearest.message] : []),
      ...(typeof baseline === 'string' ? [baseline] : []),
    ];
    return {
      isIgnored: found?.isIgnored(file) === true,
      rules: { ...given.rules, ...(found === undefined ? {} : rulesFor(file, found)), ...given.forced },
      baseline: typeof baseline === 'string' ? emptyBaseline : baseline,
      problem: problems[0],
    };
  }

  /** Forgets what was read when the file that changed is one of these; answers whether it is. */
  forget(file: string): boolean {
    if (!file.endsWith(`/${settingsFileName}`) && !file.endsWith(`/${baselineFileName}`) && !this.baselines.has(file))
      return false;
    this.byDirectory.clear();
    this.baselines.clear();
    return true;
  }

  private nearest(directory: string): SettingsFile | Unusable | undefined {
    if (this.byDirectory.has(directory)) return this.byDirectory.get(directory);
    const path = `${directory === '/' ? '' : directory}/${settingsFileName}`;
    const text = readText(path);
    const above = directoryOf(directory);
    const inherited = text !== undefined || above === directory ? undefined : this.nearest(above);
    const found = text === undefined ? inherited : readSettingsFile(path, text);
    this.byDirectory.set(directory, found);
    return found;
  }

  private baseline(path: string | false | undefined): Baseline | string {
    if (path === undefined || path === false) return emptyBaseline;
    const known = this.baselines.get(path) ?? readBaseline(path, readText(path));
    this.baselines.set(path, known);
    return known;
  }
}

function rulesFor(file: string, { rules, overrides }: SettingsFile): RuleSettings {
  return overrides.reduce((all, each) => (each.matches(file) ? { ...all, ...each.rules } : all), rules);
}
