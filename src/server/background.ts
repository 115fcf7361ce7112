/**
 * Why this file exists: who implements an interface, and who calls a function, is known once the project's files were
 * read. That is done one file at a time, whenever nobody waits for anything else, and is never waited for.
 */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { Cancelled, ProjectError } from '../analysis/project-options';
import { t } from '../base/words';
import type { AnalysisClient } from './analysis-client';
import type { Documents } from './documents';
import { reasonOf, type Log } from './log';

/** Milliseconds after the last event until reading begins. */
const calmMs = 1500;
/** Fewer files than this are read in the time that it takes to read the message. */
const worthTelling = 20;

export interface BackgroundNeeds {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly client: AnalysisClient;
  readonly log: Log;
  /** The project is known as a whole now, and it says something else about callers. */
  readonly done: () => void;
  readonly canShowProgress: () => boolean;
}

export class Background {
  readonly #needs: BackgroundNeeds;
  #timer: NodeJS.Timeout | undefined;
  #round = 0;
  /** The reader stopped it: it does not begin again by itself. */
  #isStopped = false;

  constructor(needs: BackgroundNeeds) {
    this.#needs = needs;
    needs.documents.onEvent(() => { this.schedule(); });
  }

  /** Begins anew after a moment of calm. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => { void this.#read(this.#round); }, calmMs);
    this.#timer.unref();
  }

  async #read(round: number): Promise<void> {
    const paths = this.#needs.documents.all().map(({ path }) => path);
    let progress: WorkDoneProgressServerReporter | undefined;
    let changed = false;
    try {
      for (const path of paths) {
        for (;;) {
          if (round !== this.#round) return;
          const read = await this.#needs.client.ask({ kind: 'prepare', path }, 2);
          if (read === undefined) break;
          if (read.isFull) {
            this.#needs.log.info(`Read ${String(read.done)} of ${String(read.total)} files of the project; the rest when asked for: memory is short.`);
            break;
          }
          changed ||= read.changesCallers;
          if (read.total - read.done > worthTelling) progress ??= await this.#progress();
          progress?.report(Math.floor((100 * read.done) / read.total), `${String(read.done)}/${String(read.total)}`);
        }
      }
    } catch (error) {
      if (!(error instanceof Cancelled) && !(error instanceof ProjectError)) this.#needs.log.warn(reasonOf(error));
    } finally {
      progress?.done();
    }
    if (changed) this.#needs.done();
  }

  async #progress(): Promise<WorkDoneProgressServerReporter | undefined> {
    if (!this.#needs.canShowProgress()) return undefined;
    const progress = await this.#needs.connection.window.createWorkDoneProgress();
    progress.begin(t('Loopscope reads the project'), 0, undefined, true);
    progress.token.onCancellationRequested(() => {
      this.#isStopped = true;
      this.#round += 1;
    });
    return progress;
  }
}
