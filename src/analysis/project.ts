/**
 * Why this file exists: the analysis as every face uses it: open a folder, tell it edits, ask for a file. Summaries are
 * kept; an edit drops the summary of its file and of the files that import it, and every effect, which is recomputed.
 */
import { type CallNode, callsOf } from './call-graph';
import { Effects } from './flow-model/effects';
import { Importers } from './flow-model/importers';
import { resolved } from './flow-model/resolve';
import type { FileSummary } from './flow-model/summary';
import type { RuleQuestions } from './flow-model/begin-summary';
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
import { analysisOf } from './findings-of';
import { haveAllImports, ReadAhead } from './read-ahead';
import { ruleQuestions } from './rules/all';
import { type FileSettings, type GivenSettings, SettingsFiles } from './settings/file-settings';
import type { TypeEngine } from './types/questions';
import { Workspace } from './types/workspace';
import { UnreadFiles } from './unread-files';

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
  private readonly unread = new UnreadFiles(() => this.files());
  private readonly ahead: ReadAhead;
  private readonly settingsFiles = new SettingsFiles();
  private given: GivenSettings;
  private check: () => void = () => undefined;

  constructor(options: ProjectOptions) {
    this.workspace = new Workspace(options);
    this.ahead = new ReadAhead(this.workspace, options.onlyFindings !== true);
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
    this.unread.startOver(false);
    if (this.settingsFiles.forget(file)) return;
    if (/\/(tsconfig[^/]*|jsconfig|package)\.json$/.test(file)) {
      this.workspace.reload();
      this.unread.startOver(true);
      this.forgetAll();
      this.importers.clear();
      this.types.clear();
    } else {
      // A new file may be what an import that did not resolve was waiting for.
      if (!this.workspace.knows(file)) {
        this.forgetAll();
        this.unread.startOver(true);
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
      const analysis = this.withWholeEffects((effects) => analysisOf(summary, effects, settings, this.check));
      return { ...analysis, implementations, isWhole: !this.usedStale };
    });
  }

  prepare(file: string, options: PrepareOptions = {}): boolean {
    return this.checking(options, () => {
      if (this.isKnown(file)) return false;
      this.begin(file, false, options.forFindings === true);
      return this.summaryIfThere(file, undefined) !== undefined;
    });
  }

  prepareAll(files: readonly string[], options: PrepareOptions, step: (file: string) => void): void {
    const [isKnown, questionsOf] = [this.isKnown.bind(this), this.questionsOfRules.bind(this, options)];
    this.ahead.readAll(files.filter((file) => !isKnown(file)), questionsOf, (file) => {
      step(file);
      this.prepare(file, options);
    });
    if (haveAllImports(this.summaries.values(), isKnown)) this.workspace.rest();
  }

  settings(file: string): FileSettings {
    return this.settingsFiles.of(file, this.given);
  }

  imports(file: string): readonly string[] {
    return this.workspace.engineFor(file).imports(file);
  }

  prepareNext(options: AnalyseOptions = {}): PrepareProgress | undefined {
    const next = this.unread.next(this.isKnown.bind(this));
    if (next === undefined) return undefined;
    if (!this.prepare(next, options)) this.unread.skip(next);
    const [done, total] = [this.summaries.size - this.stale.size, this.unread.all.length];
    return { done, total, changesCallers: this.effectsOutdated };
  }

  calls(file: string, start: number, direction: CallDirection): readonly CallNode[] {
    this.begin(file, false);
    const summary = this.summary(file);
    return this.withWholeEffects((effects) => callsOf(start, direction, summary, this.summaries.values(), effects));
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

  private questionsOfRules({ forFindings }: PrepareOptions, file: string): RuleQuestions | undefined {
    if (forFindings !== true) return undefined;
    const { isIgnored, rules } = this.settings(file);
    return isIgnored ? undefined : ruleQuestions(rules);
  }

  private forgetAll(): void {
    this.ahead.forget();
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
    const more = this.questionsOfRules({ forFindings: this.forFindings && file === this.asked }, file);
    const before = more === undefined ? undefined : this.beforeEdit(file, more.rules);
    const begun = this.ahead.begin(engine, file, more);
    if (begun === undefined) return undefined;
    const summary = summarize(engine, file, begun, more?.rules ?? new Set(), before);
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
    if (before === undefined) this.importers.note(file, engine.imports(file));
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
    this.ahead.forget();
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
