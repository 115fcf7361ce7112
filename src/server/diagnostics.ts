/**
 * Why this file exists: findings appear as one types, a moment after the last key, and never for a text that is no
 * longer there.
 */
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { Cancelled, ProjectError } from '../analysis/project-options';
import type { Analyses } from './analyses';
import type { Documents } from './documents';
import { diagnosticsOf } from './finding-to-diagnostic';
import { reasonOf, type Log } from './log';
import type { SettingsCache } from './settings';
import type { Texts } from './texts';

export interface DiagnosticsDelays {
  /** Milliseconds from the last edit of a document to the analysis of it. */
  readonly edited: number;
  /** … and to the analysis of the other open documents, which may call what was edited. */
  readonly others: number;
}

export const defaultDelays: DiagnosticsDelays = { edited: 10, others: 600 };

export interface DiagnosticsNeeds {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly analyses: Analyses;
  readonly settings: SettingsCache;
  readonly texts: Texts;
  readonly pages: string;
  readonly log: Log;
  /** Lenses are out of date although their document did not change: what it calls did. */
  readonly lensesOutdated: () => void;
}

export class Diagnostics {
  readonly #needs: DiagnosticsNeeds;
  readonly #delays: DiagnosticsDelays;
  #implementations: number | undefined;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #problem: string | undefined;
  readonly #published = new Map<string, { readonly version: number | undefined; readonly content: string }>();

  constructor(needs: DiagnosticsNeeds, delays = defaultDelays) {
    this.#needs = needs;
    this.#delays = delays;
    needs.documents.onEvent((event) => {
      if (event.kind === 'closed') { this.#clear(event.uri); return; }
      this.schedule(event.document.uri, this.#delays.edited);
      this.refreshOthers(event.document.uri);
    });
  }

  /** Analyses and publishes a document after a delay; asking again starts the delay anew. */
  schedule(uri: string, delay: number): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(uri, setTimeout(() => { this.#timers.delete(uri); void this.#publish(uri); }, delay));
  }

  /** Looks again at every open document but `uri`: what they call may have changed. */
  refreshOthers(uri?: string): void {
    for (const other of this.#needs.documents.all()) if (other.uri !== uri) this.#refresh(other.uri);
  }

  #refresh(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(uri, setTimeout(() => {
      this.#timers.delete(uri);
      this.#needs.analyses.forget(uri);
      void this.#publish(uri);
    }, this.#delays.others));
  }

  async #publish(uri: string): Promise<void> {
    try {
      const { enable } = await this.#needs.settings.of(uri);
      if (!enable) { this.#send(uri, undefined, []); return; }
      const analysed = await this.#needs.analyses.of(uri, 1);
      if (!analysed.analysis.isWhole) this.#refresh(uri);
      this.#noteImplementations(uri, analysed.analysis.implementations);
      const diagnostics = await diagnosticsOf(analysed, this.#needs.texts, this.#needs.pages);
      if (this.#needs.documents.get(uri)?.version !== analysed.document.version) return;
      this.#tellProblem(analysed.analysis.settingsProblem);
      this.#send(uri, analysed.document.version, diagnostics);
    } catch (error) {
      if (error instanceof Cancelled) return;
      if (error instanceof ProjectError) this.#needs.log.info(`${uri}: ${error.message}`);
      else this.#needs.log.error(`Diagnostics of ${uri} failed: ${reasonOf(error)}`);
    }
  }

  /** Other documents may call what this one was found to implement. */
  #noteImplementations(uri: string, known: number): void {
    if (this.#implementations !== undefined && this.#implementations !== known) this.refreshOthers(uri);
    this.#implementations = known;
  }

  /** What the editor already shows is not sent again, unless the text has changed since. */
  #send(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void {
    const content = JSON.stringify(diagnostics);
    const last = this.#published.get(uri);
    const isSameVersion = last !== undefined && last.version === version;
    if (isSameVersion && last.content === content) return;
    this.#published.set(uri, { version, content });
    if (isSameVersion) this.#needs.lensesOutdated();
    const sent = { uri, diagnostics: [...diagnostics], ...(version === undefined ? {} : { version }) };
    void this.#needs.connection.sendDiagnostics(sent);
  }

  /** A `loopscope.json` that cannot be used is told once, not at every key. */
  #tellProblem(problem: string | undefined): void {
    if (problem !== undefined && problem !== this.#problem) this.#needs.log.warn(problem);
    this.#problem = problem;
  }

  #clear(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#published.delete(uri);
    void this.#needs.connection.sendDiagnostics({ uri, diagnostics: [] });
  }
}
