/**
 * Why this file exists: `loopscope colors` answers the colour of every function and the boundaries it crosses, for
 * programs.
 */
import type { FlowFunction } from '../analysis/flow-model/flow-model';
import { parse } from './arguments';
import { openAsked } from './checked-files';
import { shown } from './paths';
import { Places } from './places';
import { startProgress } from './progress';

const help = `Usage: loopscope colors [PATH…] [-p TSCONFIG] [--since REV] --json

Prints the colour of every function and its boundaries as JSON: sync, async, generator, async-generator, callback, worker or either.
The module's own body is listed as <module>.

  -p, --project TSCONFIG   the tsconfig to use for every file (else each file's nearest)
  --since REV              only files that changed since this revision of git, and files that import them
  --no-cache               ask the type checker anew (else answers are kept in node_modules/.cache/loopscope)
  --json                   the only format, and the default
  --help, --version
`;

export function colorsCommand(args: string[]): number {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      project: { type: 'string', short: 'p' },
      since: { type: 'string' },
      'no-cache': { type: 'boolean', default: false },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const cache = !values['no-cache'];
  const { project, files } = openAsked({ paths: positionals, project: values.project, since: values.since, cache });
  const places = new Places();
  const progress = startProgress();
  // Who implements what is known once every file was read.
  for (const [index, file] of files.entries()) {
    progress.step(index, files.length, file);
    project.prepare(file);
  }
  const functions = files.flatMap((file, index) => {
    progress.step(index, files.length, file);
    return project.analyse(file).model.functions.map((fn) => described(fn, places));
  });
  progress.end();
  project.dispose();
  process.stdout.write(`${JSON.stringify({ functions }, undefined, 2)}\n`);
  return 0;
}

function described(fn: FlowFunction, places: Places): object {
  const { line, column } = places.of(fn.file, fn.nameRange);
  const boundaries = fn.boundaries.map(({ range, kind, callee, calleeColor }) => {
    const at = places.of(fn.file, range);
    return { line: at.line, column: at.column, kind, callee, calleeColor };
  });
  return { file: shown(fn.file), line, column, name: fn.name, color: fn.color, boundaries };
}
