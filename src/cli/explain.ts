/** Why this file exists: `loopscope explain` prints what the editor's hover says about one place. */
import { existsSync } from 'node:fs';
import { openProject } from '../analysis/project';
import { parse } from './arguments';
import { absolute } from './paths';
import { Places } from './places';
import { UsageError } from './usage-error';

const help = `Usage: loopscope explain FILE:LINE:COL [OPTIONS]

Explains the await, call or function name that stands there, as Markdown. Lines and columns count from 1.

  -p, --project TSCONFIG   the tsconfig to use (else the file's nearest)
  --picture                adds the picture that the editor shows, as a data URI
  --help, --version

Exit code: 0 explained, 1 nothing there to explain, 2 misuse.
`;

export function explainCommand(args: string[]): number {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      project: { type: 'string', short: 'p' },
      picture: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const [place, ...others] = positionals;
  if (place === undefined || others.length > 0)
    throw new UsageError('Name one place: loopscope explain FILE:LINE:COL.');
  const match = /^(.+):(\d+):(\d+)$/.exec(place);
  if (match === null)
    throw new UsageError(`"${place}" is not a place; write it as FILE:LINE:COL, such as src/app.ts:12:5.`);
  const [, name = '', line = '', column = ''] = match;
  const file = absolute(name);
  if (!existsSync(file)) throw new UsageError(`Cannot find ${name}.`);
  const tsconfig = values.project === undefined ? undefined : absolute(values.project);
  const project = openProject({ root: absolute('.'), files: [file], ...(tsconfig === undefined ? {} : { tsconfig }) });
  // Reading the file as the project does comes first: it says plainly when it is a folder or binary.
  project.analyse(file);
  const offset = new Places().offset(file, Number(line), Number(column));
  if (offset === undefined) throw new UsageError(`${name} has no line ${line}, column ${column}.`);
  const explanation = project.explain(file, offset, { picture: values.picture });
  if (explanation === undefined) {
    process.stderr.write(
      `loopscope: nothing to explain at ${place}; point at an await, a call or a function's name.\n`,
    );
    return 1;
  }
  process.stdout.write(`${explanation.markdown}\n`);
  return 0;
}
