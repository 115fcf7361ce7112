/**
 * Why this file exists: a folder holds several tsconfigs, and files outside of any; this finds the engine that knows a
 * file.
 */
import { ProjectError } from '../project-options';
import {
  type ConfigFile,
  directoryExists,
  inferredConfig,
  isSourceFileName,
  nearestConfig,
  readConfig,
  readText,
  sourceFilesBelow,
} from './config';
import { Engines } from './open-engine';
import type { EngineChoice, TypeEngine } from './questions';

export interface WorkspaceOptions {
  readonly root: string;
  readonly tsconfig?: string | undefined;
  readonly files?: readonly string[] | undefined;
  readonly engine?: EngineChoice | undefined;
  readonly cacheDirectory?: string | undefined;
}

/** The engines of a folder, opened as files are asked for. */
export class Workspace {
  private readonly engines = new Map<string, TypeEngine | ProjectError>();
  private readonly owners = new Map<string, TypeEngine>();
  /** Undefined: cannot be used. */
  private readonly configs = new Map<string, ConfigFile | undefined>();
  private readonly overlay = new Map<string, string>();
  private inferred: TypeEngine | undefined;
  private readonly engineSource: Engines;

  constructor(private readonly options: WorkspaceOptions) {
    this.engineSource = new Engines(options.root, options.engine, options.cacheDirectory);
    // A tsconfig that was asked for by name must be right; one that was found may be broken, and its files are analysed
    // all the same.
    if (options.tsconfig !== undefined) {
      const engine = this.open(options.tsconfig);
      if (engine instanceof ProjectError) throw engine;
    }
  }

  files(): readonly string[] {
    const { files, tsconfig, root } = this.options;
    if (files !== undefined) return files;
    if (tsconfig === undefined) return sourceFilesBelow(root);
    const engine = this.open(tsconfig);
    return engine instanceof ProjectError ? [] : engine.files();
  }

  update(file: string, text: string | undefined): void {
    // A new file may be one that a tsconfig's patterns include.
    if (!this.knows(file)) this.configs.clear();
    if (text === undefined) this.overlay.delete(file);
    else this.overlay.set(file, text);
    for (const engine of this.opened()) engine.update(file, text);
  }

  /**
   * `preferred` is asked first, so that one program answers for a file and what it calls. Throws `ProjectError` for a
   * file that cannot be read.
   */
  engineFor(file: string, preferred?: TypeEngine): TypeEngine {
    if (preferred?.sourceFile(file) !== undefined) return preferred;
    const known = this.owners.get(file);
    if (known !== undefined) return known;
    if (!this.overlay.has(file)) requireText(file);
    const engine = this.owner(file);
    this.owners.set(file, engine);
    return engine;
  }

  /** True when some engine has read the file already. */
  knows(file: string): boolean {
    return this.opened().some((engine) => engine.knows(file));
  }

  /** Forgets which tsconfig owns what: one of them changed. */
  reload(): void {
    this.dispose();
    this.engines.clear();
    this.owners.clear();
    this.configs.clear();
    this.inferred = undefined;
  }

  save(): void {
    for (const engine of this.opened()) engine.save?.();
  }

  /**
   * All that is wanted is known: the checkers end, for they would go on collecting garbage. What is asked all the same
   * starts them again.
   */
  rest(): void {
    const engines = this.opened();
    if (!engines.every((engine) => engine.rest !== undefined)) return;
    for (const engine of engines) engine.rest?.();
    this.engineSource.dispose();
  }

  dispose(): void {
    for (const engine of this.opened()) engine.dispose();
    this.engineSource.dispose();
  }

  private owner(file: string): TypeEngine {
    const asked = this.options.tsconfig === undefined ? undefined : this.open(this.options.tsconfig);
    const config = this.options.tsconfig ?? nearestConfig(file);
    const engine = config === undefined ? undefined : this.ownerAmong(config, file, new Set());
    if (engine !== undefined) return engine;
    if (asked !== undefined && !(asked instanceof ProjectError)) {
      asked.add(file);
      return asked;
    }
    this.inferred ??= this.start(inferredConfig(this.options.root, []));
    this.inferred.add(file);
    return this.inferred;
  }

  /** The tsconfig itself, or one that it references, whichever has the file. */
  private ownerAmong(path: string, file: string, seen: Set<string>): TypeEngine | undefined {
    if (seen.has(path)) return undefined;
    seen.add(path);
    const config = this.read(path);
    if (config === undefined) return undefined;
    const lists = config.fileNames.includes(file);
    if (!lists) {
      for (const reference of config.references) {
        const owner = this.ownerAmong(reference, file, seen);
        if (owner !== undefined) return owner;
      }
    }
    if (!lists && config.fileNames.length === 0) return undefined;
    const engine = this.open(path);
    if (engine instanceof ProjectError) return undefined;
    if (lists) engine.add(file);
    return lists || engine.sourceFile(file) !== undefined ? engine : undefined;
  }

  private read(path: string): ConfigFile | undefined {
    if (!this.configs.has(path)) {
      const config = attempt(() => readConfig(path));
      this.configs.set(path, config instanceof ProjectError ? undefined : config);
    }
    return this.configs.get(path);
  }

  private open(path: string): TypeEngine | ProjectError {
    let engine = this.engines.get(path);
    if (engine === undefined) {
      engine = attempt(() => this.start(readConfig(path)));
      this.engines.set(path, engine);
    }
    return engine;
  }

  private start(config: ConfigFile): TypeEngine {
    const engine = this.engineSource.open(config);
    for (const [file, text] of this.overlay) engine.update(file, text);
    return engine;
  }

  private opened(): readonly TypeEngine[] {
    const engines = [...this.engines.values()].flatMap((engine) => (engine instanceof ProjectError ? [] : [engine]));
    return this.inferred === undefined ? engines : [...engines, this.inferred];
  }
}

function attempt<A>(work: () => A): A | ProjectError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
}

function requireText(file: string): void {
  if (directoryExists(file)) throw new ProjectError(`${file} is a folder; name a file.`);
  const text = readText(file);
  if (text === undefined) throw new ProjectError(`Cannot read ${file}.`);
  if (text.includes('\0')) throw new ProjectError(`${file} is a binary file; name a TypeScript or JavaScript file.`);
  if (!isSourceFileName(file)) throw new ProjectError(`${file} is not TypeScript or JavaScript.`);
}
