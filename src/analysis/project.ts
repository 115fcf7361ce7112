/**
 * Why this file exists: the analysis as every face uses it: open a folder, tell it edits, ask for a file. Summaries are
 * kept; an edit
 * drops the summary of its file and of the files that import it, and every effect, which is recomputed from summaries
 * alone.
 */
import { buildModel } from './flow-model/build-model';
import { Effects } from './flow-model/effects';
import type { FileSummary } from './flow-model/summary';
import { summarize } from './flow-model/summarize';
import type { ExplainOptions, Explanation } from './explain/explanation';
import { explainAt } from './explain/explain-at';
import type { Finding, RuleSettings } from './finding';
import {
  type AnalyseOptions,
  Cancelled,
  type FileAnalysis,
  type Project,
  ProjectError,
  type ProjectOptions,
} from './project-options';
import { runRules } from './rules/all';
import { newFindings } from './settings/baseline';
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

class AnalysisProject implements Project {
  private readonly workspace: Workspace;
  private readonly summaries = new Map<string, FileSummary>();
  /** By file, the files that import it. */
  private readonly importers = new Map<string, Set<string>>();
  private effects: Effects;
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
    if (this.settingsFiles.forget(file)) return;
    if (/\/(tsconfig[^/]*|jsconfig|package)\.json$/.test(file)) {
      this.workspace.reload();
      this.summaries.clear();
      this.importers.clear();
    } else {
      // A new file may be what an import that did not resolve was waiting for.
      if (!this.workspace.knows(file)) this.summaries.clear();
      this.workspace.update(file, text);
      this.forget(file);
    }
    this.effects = this.newEffects();
  }

  analyse(file: string, options: AnalyseOptions = {}): FileAnalysis {
    return this.checking(options, () => {
      const summary = this.summary(file);
      const model = buildModel(summary, this.effects, this.check);
      const settings = this.settings(file);
      return {
        file,
        model,
        findings: settings.isIgnored ? [] : this.findings(summary, settings),
        syntaxProblems: syntaxProblems(summary.engine, file),
        ...(settings.problem === undefined ? {} : { settingsProblem: settings.problem }),
      };
    });
  }

  settings(file: string): FileSettings {
    return this.settingsFiles.of(file, this.given);
  }

  imports(file: string): readonly string[] {
    return this.workspace.engineFor(file).imports(file);
  }

  explain(file: string, offset: number, options: ExplainOptions = {}): Explanation | undefined {
    return explainAt(this.summary(file), this.effects, offset, options);
  }

  dispose(): void {
    this.workspace.dispose();
    this.summaries.clear();
  }

  private findings(summary: FileSummary, { rules, baseline }: FileSettings): readonly Finding[] {
    const found = runRules(summary, this.effects, rules, this.check);
    return newFindings(found, summary.source.text, baseline);
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

  private summary(file: string): FileSummary {
    const summary = this.summaryOf(file, undefined);
    if (summary === undefined) throw new ProjectError(`Cannot read ${file}.`);
    return summary;
  }

  private summaryOf(file: string, preferred: TypeEngine | undefined): FileSummary | undefined {
    const known = this.summaries.get(file);
    if (known !== undefined) return known;
    this.check();
    const engine = this.workspace.engineFor(file, preferred);
    const summary = summarize(engine, file);
    if (summary === undefined) return undefined;
    this.summaries.set(file, summary);
    for (const imported of engine.imports(file)) {
      const importers = this.importers.get(imported);
      if (importers === undefined) this.importers.set(imported, new Set([file]));
      else importers.add(file);
    }
    return summary;
  }

  /** A script without imports shares its names with every file: then nothing is kept. */
  private forget(file: string): void {
    const summary = this.summaries.get(file);
    if (summary?.isScript === true) this.summaries.clear();
    const open = [file];
    const seen = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.summaries.delete(next);
      for (const importer of this.importers.get(next) ?? []) {
        if (seen.has(importer)) continue;
        seen.add(importer);
        open.push(importer);
      }
    }
  }

  private newEffects(): Effects {
    return new Effects((file, engine) => this.summaryOf(file, engine));
  }
}
