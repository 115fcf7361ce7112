/**
 * Why this file exists: the analysis as every face uses it: open a folder, tell it edits, ask for a file. Summaries are
 * kept; an edit drops the summary of its file and of the files that import it, and every effect, which is recomputed.
 */
import { type CallNode, calleesOf, callersOf } from './call-graph';
import { buildModel } from './flow-model/build-model';
import { Effects } from './flow-model/effects';
import { Importers } from './flow-model/importers';
import { resolved } from './flow-model/resolve';
import type { FileSummary } from './flow-model/summary';
import { summarize } from './flow-model/summarize';
import { TypeIndex } from './flow-model/type-index';
import type { ExplainOptions, Explanation } from './explain/explanation';
import { explainAt } from './explain/explain-at';
import type { RuleId, RuleSettings } from './finding';
import {
  type AnalyseOptions,
  type CallDirection,
  Cancelled,
  type FileAnalysis,
  type PrepareOptions,
  type PrepareProgress,
  type Project,
  ProjectError,
  type ProjectOptions,
} from './project-options';
import { findingsOf } from './findings-of';
import { ruleQuestions } from './rules/all';
import { type FileSettings, type GivenSettings, SettingsFiles } from './settings/file-settings';
import { syntaxProblems } from './types/syntax-problems';
import type { TypeEngine } from './types/questions';
import { Workspace } from './types/workspace';

export { Cancelled, ProjectError };
export type { AnalyseOptions, FileAnalysis, Project, ProjectOptions };

/** Opens a folder. Throws `ProjectError` when `options.tsconfig` cannot be used. */
export function openProject(options: ProjectOptions): Project {
  return new AnalysisProject(options);
}

/** One count for all projects of a thread, so that answers of different projects can be compared. */
let implementations = 0;

class AnalysisProject implements Project {
  private readonly workspace: Workspace;
  private readonly summaries = new Map<string, FileSummary>();
  private readonly importers = new Importers();
  private readonly types = new TypeIndex();
  private effects: Effects;
  /** Known as they were before something that they import was edited. */
  private readonly stale = new Set<string>();
  /** As they were before they were edited, for the next quick answer. */
  private readonly before = new Map<string, FileSummary>();
  private isQuick = false;
  private asked: string | undefined;
  /** The file that is asked about was summarized from what was known before its edit. */
  private isAskedQuick = false;
  /** The findings of the file that is asked about are wanted. */
  private forFindings = false;
  /** A stale file was looked at since the last whole effects. */
  private usedStale = false;
  private effectsOutdated = false;
  /** Not asked for again until something changes. */
  private readonly unreadable = new Set<string>();
  private listed: readonly string[] | undefined;
  /** So many of the listed files were known since the last change. */
  private readUpTo = 0;
  private readonly settingsFiles = new SettingsFiles();
  private given: GivenSettings;
  private check: () => void = () => undefined;

  constructor(options: ProjectOptions) {
    this.workspace = new Workspace(options);
    this.given = { rules: options.rules ?? {}, forced: options.forcedRules ?? {}, baseline: options.baseline };
    this.effects = this.newEffects();
  }

  files(): readonly string[] {
    return this.workspace.files();
  }

  configure(rules: RuleSettings): void {
    this.given = { ...this.given, rules };
  }

  update(file: string, text: string | undefined): void {
    this.unreadable.clear();
    this.readUpTo = 0;
    if (this.settingsFiles.forget(file)) return;
    if (/\/(tsconfig[^/]*|jsconfig|package)\.json$/.test(file)) {
      this.workspace.reload();
      this.listed = undefined;
      this.forgetAll();
      this.importers.clear();
      this.types.clear();
    } else {
      // A new file may be what an import that did not resolve was waiting for.
      if (!this.workspace.knows(file)) {
        this.forgetAll();
        this.listed = undefined;
      }
      this.workspace.update(file, text);
      this.forget(file);
    }
    this.effects = this.newEffects();
  }

  analyse(file: string, options: AnalyseOptions = {}): FileAnalysis {
    return this.checking(options, () => {
      this.begin(file, options.isQuick === true, true);
      const summary = this.summary(file);
      const settings = this.settings(file);
      return this.withWholeEffects((effects) => {
        const whole = resolved(summary, effects);
        return {
          file,
          model: buildModel(whole, effects, this.check),
          findings: settings.isIgnored ? [] : findingsOf(whole, effects, settings, this.check),
          syntaxProblems: syntaxProblems(summary.engine, file),
          implementations,
          isWhole: !this.usedStale,
          ...(settings.problem === undefined ? {} : { settingsProblem: settings.problem }),
        };
      });
    });
  }

  prepare(file: string, options: PrepareOptions = {}): boolean {
    return this.checking(options, () => {
      if (this.isKnown(file)) return false;
      this.begin(file, false, options.forFindings === true);
      return this.summaryIfThere(file, undefined) !== undefined;
    });
  }

  settings(file: string): FileSettings {
    return this.settingsFiles.of(file, this.given);
  }

  imports(file: string): readonly string[] {
    return this.workspace.engineFor(file).imports(file);
  }

  prepareNext(options: AnalyseOptions = {}): PrepareProgress | undefined {
    // Listing them reads folders, so it is done once until a file is new.
    const files = (this.listed ??= this.files());
    let next = files[this.readUpTo];
    while (next !== undefined && (this.isKnown(next) || this.unreadable.has(next))) next = files[(this.readUpTo += 1)];
    if (next === undefined) return undefined;
    if (!this.prepare(next, options)) this.unreadable.add(next);
    return { done: this.summaries.size - this.stale.size, total: files.length, changesCallers: this.effectsOutdated };
  }

  calls(file: string, start: number, direction: CallDirection): readonly CallNode[] {
    this.begin(file, false);
    const summary = this.summary(file);
    return this.withWholeEffects((effects) => {
      const fn = effects.functionAt(file, start, summary.engine);
      if (fn === undefined) return [];
      if (direction === 'callees') return calleesOf(fn, summary, effects);
      return callersOf(fn, [...this.summaries.values()], effects);
    });
  }

  explain(file: string, offset: number, options: ExplainOptions = {}): Explanation | undefined {
    this.begin(file, true);
    const summary = this.summary(file);
    return this.withWholeEffects((effects) => explainAt(resolved(summary, effects), effects, offset, options));
  }

  save(): void {
    this.workspace.save();
  }

  dispose(): void {
    this.workspace.dispose();
    this.forgetAll();
  }

  private forgetAll(): void {
    this.summaries.clear();
    this.before.clear();
    this.stale.clear();
  }

  private isKnown(file: string): boolean {
    return this.summaries.has(file) && !this.stale.has(file);
  }

  /** What was found out in a hurry is not good enough for a whole answer. */
  private begin(file: string, isQuick: boolean, forFindings = false): void {
    if (!isQuick && this.usedStale) {
      this.usedStale = false;
      this.effectsOutdated = true;
    }
    this.isQuick = isQuick;
    this.isAskedQuick = false;
    this.asked = file;
    this.forFindings = forFindings;
  }

  private checking<A>(options: AnalyseOptions, work: () => A): A {
    this.check = () => {
      if (options.isCancelled?.() === true) throw new Cancelled();
    };
    try {
      return work();
    } catch (error) {
      // Effects may be half relaxed when the work is cut short; summaries are whole or absent.
      if (error instanceof Cancelled) this.effects = this.newEffects();
      throw error;
    } finally {
      this.check = () => undefined;
    }
  }

  /**
   * Following calls may summarize further files, whose types implement what was asked about before: then once more. It
   * ends, because each round knows more files.
   */
  private withWholeEffects<A>(work: (effects: Effects) => A): A {
    for (;;) {
      if (this.effectsOutdated) this.effects = this.newEffects();
      const answer = work(this.effects);
      if (!this.effectsOutdated) return answer;
    }
  }

  private summary(file: string): FileSummary {
    const summary = this.summaryOf(file, undefined);
    if (summary === undefined) throw new ProjectError(`Cannot read ${file}.`);
    return summary;
  }

  private summaryOf(file: string, preferred: TypeEngine | undefined): FileSummary | undefined {
    const known = this.summaries.get(file);
    if (known !== undefined && !this.stale.has(file)) return known;
    if (known !== undefined && this.isQuick && (file !== this.asked || this.isAskedQuick)) {
      this.usedStale = true;
      return known;
    }
    this.check();
    const engine = this.workspace.engineFor(file, preferred);
    const looksFor = this.forFindings && file === this.asked ? this.settings(file) : undefined;
    const more = looksFor?.isIgnored === false ? ruleQuestions(looksFor.rules) : undefined;
    const before = more === undefined ? undefined : this.beforeEdit(file, more.rules);
    const summary = summarize(engine, file, more, before);
    if (summary === undefined) return undefined;
    this.summaries.set(file, summary);
    if (before === undefined) this.stale.delete(file);
    else {
      this.stale.add(file);
      this.usedStale = true;
      this.isAskedQuick = true;
    }
    // Who implements a method was asked before this file was known.
    if (this.types.set(file, summary.types)) {
      this.effectsOutdated = true;
      implementations += 1;
    }
    this.importers.note(file, engine.imports(file));
    return summary;
  }

  /** What a quick answer may start from: the file as it was, if all that is asked now was asked then. */
  private beforeEdit(file: string, rules: ReadonlySet<RuleId>): FileSummary | undefined {
    const before = this.isQuick && file === this.asked ? this.before.get(file) : undefined;
    this.before.delete(file);
    return before !== undefined && [...rules].every((rule) => before.askedFor.has(rule)) ? before : undefined;
  }

  /** A script without imports shares its names with every file: then nothing is kept. */
  private forget(file: string): void {
    const summary = this.summaries.get(file);
    if (summary?.isScript === true) this.forgetAll();
    if (summary !== undefined) this.before.set(file, summary);
    this.summaries.delete(file);
    this.stale.delete(file);
    for (const each of this.importers.reached(file)) if (this.summaries.has(each)) this.stale.add(each);
  }

  private newEffects(): Effects {
    this.effectsOutdated = false;
    return new Effects((file, engine) => this.summaryIfThere(file, engine), this.types);
  }

  /** An implementation may have been deleted since it was noted. */
  private summaryIfThere(file: string, preferred: TypeEngine | undefined): FileSummary | undefined {
    try {
      return this.summaryOf(file, preferred);
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      this.types.remove(file);
      return undefined;
    }
  }
}
