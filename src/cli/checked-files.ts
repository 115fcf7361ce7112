/** Why this file exists: `check` and `colors` agree on which files are meant, and open them as one project. */
import { openProject } from '../analysis/project';
import type { Project, ProjectOptions } from '../analysis/project-options';
import { cacheFolder } from './cache-folder';
import { absolute, filesNamed } from './paths';
import { changedSince } from './since';
import { UsageError } from './usage-error';

export interface Asked {
  readonly paths: readonly string[];
  readonly project: string | undefined;
  readonly since: string | undefined;
  /** False: nothing is read from what an earlier run kept, and nothing is kept. */
  readonly cache: boolean;
}

export interface Opened {
  readonly project: Project;
  /** Without those that a `loopscope.json` ignores. */
  readonly files: readonly string[];
}

/** Opens what is asked for. */
export function openAsked(asked: Asked, options: Partial<ProjectOptions> = {}): Opened {
  const tsconfig = asked.project === undefined ? undefined : absolute(asked.project);
  const named = filesNamed(asked.paths, tsconfig);
  const cacheDirectory = asked.cache ? cacheFolder() : undefined;
  const project = openProject({
    root: absolute('.'),
    files: named,
    ...options,
    ...(tsconfig === undefined ? {} : { tsconfig }),
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  });
  const files = named.filter((file) => {
    const { isIgnored, problem } = project.settings(file);
    if (problem !== undefined) throw new UsageError(problem);
    return !isIgnored;
  });
  return { project, files: asked.since === undefined ? files : changedSince(asked.since, files, project) };
}
