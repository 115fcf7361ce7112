/**
 * Why this file exists: one native server answers for all projects of a workspace; it is told the unsaved texts and
 * gives out the snapshot of now.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import ts from 'typescript';
import type { API, Project, Snapshot } from './client';
import { type Channel, EarlyRequests } from './early-requests';
import { request, ServerLost } from './failure';
import type { Client, Native } from './locate';
import type { VirtualConfig } from './virtual-config';
import { Watchdog } from './watchdog';

/** The client has no public word about its channel and its process; the contract test sees when that changes. */
interface WithChannel {
  readonly client: { readonly channel: Channel };
}

type Changes = NonNullable<Parameters<API['updateSnapshot']>[0]>;

export class NativeServer {
  readonly client: Client;
  private readonly api: API;
  private readonly channel: Channel;
  private readonly early: EarlyRequests;
  private readonly child: ChildProcess;
  private readonly watchdog: Watchdog;
  /** Unsaved texts and the tsconfigs that exist in memory only. */
  private readonly texts = new Map<string, string>();
  private readonly unopened = new Set<string>();
  private readonly unclosed = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly created = new Set<string>();
  private readonly deleted = new Set<string>();
  private snapshot: Snapshot | undefined;
  private version = 0;
  private lost: string | undefined;

  /** Throws when the process cannot be started. */
  constructor(native: Native, directory: string) {
    this.client = native.client;
    const { texts } = this;
    this.api = new native.client.API({
      cwd: directory,
      tsserverPath: native.executable,
      fs: {
        readFile: (file) => texts.get(file),
        // Undefined asks the disk.
        fileExists: (file) => (texts.has(file) ? true : undefined),
      },
    });
    this.channel = (this.api as unknown as WithChannel).client.channel;
    this.early = new EarlyRequests(this.channel);
    this.child = this.channel.child;
    this.child.on('error', (error) => {
      this.lost = error.message;
    });
    this.watchdog = new Watchdog(this.child.pid);
  }

  /** For tests: the process that answers. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Rises whenever what the server said before may no longer hold; ids of types and symbols die with it. */
  get snapshotVersion(): number {
    return this.version;
  }

  setText(file: string, text: string | undefined): void {
    if (text !== undefined && this.texts.get(file) === text) return;
    const before = this.texts.has(file) || existsSync(file);
    if (text === undefined) this.texts.delete(file);
    else this.texts.set(file, text);
    const after = text !== undefined || existsSync(file);
    this.note(file, before && text !== undefined, after);
  }

  /** The text of a file as the server reads it. */
  text(file: string): string | undefined {
    return this.texts.get(file) ?? ts.sys.readFile(file);
  }

  open(config: VirtualConfig): void {
    if (this.texts.has(config.path)) this.changed.add(config.path);
    else this.unopened.add(config.path);
    this.texts.set(config.path, config.text);
  }

  close(path: string): void {
    if (!this.texts.delete(path) || this.unopened.delete(path)) return;
    this.unclosed.add(path);
  }

  /** The project of a tsconfig that was opened, as of now. Throws `ServerLost`. */
  project(path: string): Project {
    this.bringUpToDate();
    const project = this.snapshot?.getProject(path);
    if (project === undefined) throw new ServerLost(`TypeScript 7 did not open ${path}.`);
    return project;
  }

  /** Does requests under the eyes of the watchdog. Throws `ServerLost` when the server died before or dies now. */
  working<A>(work: () => A): A {
    this.requireAlive();
    return this.watchdog.watching(() => {
      try {
        return work();
      } catch (error) {
        if (error instanceof ServerLost) this.lost = error.message;
        throw error;
      }
    });
  }

  /** The client keeps every syntax tree it was given; we keep the few that we need. */
  forgetTrees(): void {
    this.api.clearSourceFileCache();
  }

  /** Makes the one request of `work` without waiting for its answer; see `EarlyRequests`. */
  makeEarly(work: () => unknown): void {
    request(() => { this.early.make(work); });
  }

  dispose(): void {
    this.watchdog.dispose();
    this.lost ??= 'The project was closed.';
    // It has nothing to save, and would complain of its end.
    this.child.kill('SIGKILL');
    this.channel.close();
  }

  /** On the disk a file may have come or gone without our knowing: it is then as good as new. */
  private note(file: string, wasThere: boolean, isThere: boolean): void {
    if (!isThere) {
      this.created.delete(file);
      this.changed.delete(file);
      this.deleted.add(file);
      return;
    }
    this.deleted.delete(file);
    this.changed.add(file);
    if (!wasThere) this.created.add(file);
  }

  private bringUpToDate(): void {
    if (this.snapshot === undefined || this.isOutdated()) this.update(this.takeChanges());
  }

  private isOutdated(): boolean {
    const pending = [this.unopened, this.unclosed, this.changed, this.created, this.deleted];
    return pending.some((set) => set.size > 0);
  }

  /** What the server does not know; from now on it does. */
  private takeChanges(): Changes {
    const { unopened, unclosed, changed, created, deleted } = this;
    const changes = {
      openProjects: [...unopened],
      closeProjects: [...unclosed],
      fileChanges: { changed: [...changed], created: [...created], deleted: [...deleted] },
    };
    for (const set of [unopened, unclosed, changed, created, deleted]) set.clear();
    return changes;
  }

  private update(changes: Changes): void {
    const old = this.snapshot;
    this.snapshot = request(() => this.api.updateSnapshot(changes));
    this.version += 1;
    request(() => { this.early.forget(); });
    // The server keeps a registry of types for each.
    if (old !== undefined) request(() => { old.dispose(); });
  }

  /**
   * Once the process is gone, Node may give its descriptors to other files: nothing may be written then.
   */
  private requireAlive(): void {
    const { child } = this;
    const gone = child.exitCode !== null || child.signalCode !== null || child.stdin?.destroyed === true;
    if (gone) this.lost ??= 'TypeScript 7 ended.';
    if (this.lost !== undefined) throw new ServerLost(this.lost);
  }
}
