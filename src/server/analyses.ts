/** Why this file exists: diagnostics, lenses and fixes of one version of a document share one analysis of it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Cancelled, type FileAnalysis } from '../analysis/project-options';
import type { AnalysisClient, Urgency } from './analysis-client';
import type { Documents, OpenDocument } from './documents';
import { ruleSettings } from './rule-settings';
import type { SettingsCache } from './settings';

/** An analysis, and the document exactly as it was analysed. */
export interface AnalysedDocument {
  readonly path: string;
  readonly document: TextDocument;
  readonly analysis: FileAnalysis;
}

interface Pending {
  readonly version: number;
  readonly stop: AbortController;
  readonly result: Promise<AnalysedDocument>;
}

export class Analyses {
  readonly #documents: Documents;
  readonly #client: AnalysisClient;
  readonly #settings: SettingsCache;
  readonly #byUri = new Map<string, Pending>();
  /** Edited since they were last looked at as a whole: the first answer may be a quick one. */
  readonly #edited = new Set<string>();

  constructor(documents: Documents, client: AnalysisClient, settings: SettingsCache) {
    this.#documents = documents;
    this.#client = client;
    this.#settings = settings;
    documents.onEvent((event) => {
      if (event.kind === 'closed') this.forget(event.uri);
      else {
        this.#stopOlder(event.document);
        this.#edited.add(event.document.uri);
      }
    });
  }

  /**
   * The analysis of a document as it is now; an edit meanwhile starts over with the newer text, as does `forget`.
   * Rejects with `Cancelled` when the document is closed.
   */
  async of(uri: string, urgency: Urgency): Promise<AnalysedDocument> {
    for (;;) {
      const open = this.#documents.get(uri);
      if (!open) throw new Cancelled();
      try {
        const analysed = await this.#at(open, urgency);
        if (this.#documents.get(uri)?.version === analysed.document.version) return analysed;
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
      }
    }
  }

  /** Forgets an analysis, because something that it depends on changed. */
  forget(uri: string): void {
    this.#edited.delete(uri);
    this.#byUri.get(uri)?.stop.abort();
    this.#byUri.delete(uri);
  }

  #at(open: OpenDocument, urgency: Urgency): Promise<AnalysedDocument> {
    const known = this.#byUri.get(open.uri);
    if (known?.version === open.version) return known.result;
    const stop = new AbortController();
    const result = this.#analyse(open, urgency, stop.signal);
    this.#byUri.set(open.uri, { version: open.version, stop, result });
    result.catch(() => { if (this.#byUri.get(open.uri)?.result === result) this.#byUri.delete(open.uri); });
    return result;
  }

  async #analyse(open: OpenDocument, urgency: Urgency, signal: AbortSignal): Promise<AnalysedDocument> {
    const document = open.snapshot();
    const { rules } = await this.#settings.of(open.uri);
    const isQuick = this.#edited.has(open.uri);
    const question = { kind: 'analyse', path: open.path, rules: ruleSettings(rules), isQuick } as const;
    const analysis = await this.#client.ask(question, urgency, signal);
    return { path: open.path, document, analysis };
  }

  #stopOlder(document: OpenDocument): void {
    if (this.#byUri.get(document.uri)?.version !== document.version) this.forget(document.uri);
  }
}
