/** Why this file exists: which engine answers: TypeScript 7 where its binary is, else TypeScript 6. */
import { ProjectError } from '../project-options';
import { withCache } from './cache/cached-engine';
import { keptName } from './cache/kept';
import type { ConfigFile } from './config';
import { withFallback } from './fallback';
import { locateNative } from './native/locate';
import { NativeServer } from './native/server';
import { TypeScript7 } from './native/typescript-7';
import type { EngineChoice, TypeEngine } from './questions';
import { openTypeScript6 } from './typescript-6';

/** Overrides the choice, for tests and for comparing. */
export const engineVariable = 'LOOPSCOPE_ENGINE';

/** Opens the engines of one workspace; they share one native server. */
export class Engines {
  private readonly choice: EngineChoice;
  private server: NativeServer | undefined;
  /** No binary, or it does not start: not tried again. */
  private unavailable = false;

  constructor(
    private readonly directory: string,
    choice: EngineChoice | undefined,
    /** Where answers are kept between two starts; undefined: nowhere. */
    private readonly cacheDirectory?: string,
  ) {
    this.choice = choice ?? choiceNamed(process.env[engineVariable]) ?? 'auto';
  }

  /** `typescript-7` does not fall back; it throws `ProjectError` where there is no native server. */
  open(config: ConfigFile): TypeEngine {
    if (this.cacheDirectory === undefined || config.path === undefined) return this.start(config);
    const file = `${this.cacheDirectory}/${keptName(config.path)}`;
    const id = this.choice === 'typescript-6' ? 'typescript-6' : 'typescript-7';
    return withCache(config, file, id, () => this.start(config));
  }

  private start(config: ConfigFile): TypeEngine {
    if (this.choice === 'typescript-6') return openTypeScript6(config);
    const server = this.startServer();
    if (server === undefined) {
      if (this.choice === 'auto') return openTypeScript6(config);
      throw new ProjectError('TypeScript 7 is not installed here; choose another engine.');
    }
    const native = new TypeScript7(config, server);
    return this.choice === 'auto' ? withFallback(config, native) : native;
  }

  /** For tests: the process that answers. */
  get serverPid(): number | undefined {
    return this.server?.pid;
  }

  dispose(): void {
    this.server?.dispose();
    this.server = undefined;
  }

  private startServer(): NativeServer | undefined {
    if (this.server !== undefined || this.unavailable) return this.server;
    const native = locateNative();
    try {
      this.server = native && new NativeServer(native, this.directory);
    } catch {
      this.server = undefined;
    }
    this.unavailable = this.server === undefined;
    return this.server;
  }
}

function choiceNamed(name: string | undefined): EngineChoice | undefined {
  return name === 'typescript-6' || name === 'typescript-7' || name === 'auto' ? name : undefined;
}
