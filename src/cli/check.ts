/** Why this file exists: `loopscope check` finds what is wrong in files and says so for people, programs and CI. */
import { readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type { Finding } from '../analysis/finding';
import { baselineFileName, baselineText } from '../analysis/settings/baseline';
import { applyFixes } from './apply-fixes';
import { parse } from './arguments';
import { openAsked, type Opened } from './checked-files';
import { github } from './format/github';
import { json } from './format/json';
import { pretty, syntaxLine } from './format/pretty';
import type { CheckReport, SyntaxError } from './format/report';
import { sarif } from './format/sarif';
import { absolute, shown } from './paths';
import { Places } from './places';
import { startProgress } from './progress';
import { ruleSettings } from './rule-options';
import { UsageError } from './usage-error';

const help = `Usage: loopscope check [PATH…] [OPTIONS]

Finds lost promises and calls that block the event loop. PATH is a file or a folder; without one, the working directory is checked.

  -p, --project TSCONFIG     the tsconfig to use for every file (else each file's nearest)
  --format FORMAT            pretty (default), json, sarif or github
  --rule ID=SEVERITY         off, hint, info, warning or error; may be given more than once
  --max-warnings N           exit 0 with at most N warnings (errors still exit 1)
  --since REV                only files that changed since this revision of git, and files that import them
  --baseline FILE            leave out the findings that this file lists
  --write-baseline           list the findings of today in the baseline (${baselineFileName}), and exit 0
  --no-cache                 ask the type checker anew (else answers are kept in node_modules/.cache/loopscope)
  --fix                      apply the fixes that change nothing the program does
  --help, --version

The nearest loopscope.json above a file holds for it: rules, ignore, overrides, baseline.

Exit code: 0 clean, 1 findings at or above warning (or a file that does not parse), 2 misuse.
`;

const formats = { pretty, json, sarif, github } as const;

export function checkCommand(args: string[]): number {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      project: { type: 'string', short: 'p' },
      format: { type: 'string', default: 'pretty' },
      rule: { type: 'string', multiple: true, default: [] },
      'max-warnings': { type: 'string' },
      since: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      'no-cache': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  optimiseLate();
  collectLate();
  const format = formatNamed(values.format);
  const maxWarnings = countNamed(values['max-warnings']);
  const forcedRules = ruleSettings(values.rule);
  const baseline = values.baseline === undefined ? undefined : absolute(values.baseline);
  const { project, since } = values;
  const asked = { paths: positionals, project, since, cache: !values['no-cache'] };
  const options = { forcedRules, onlyFindings: true } as const;
  if (values['write-baseline']) return writeBaseline(openAsked(asked, { ...options, baseline: false }), baseline);
  const report = check(openAsked(asked, { ...options, ...(baseline === undefined ? {} : { baseline }) }), values.fix);
  process.stdout.write(format(report));
  // Programs read stdout; what does not parse is told beside it.
  if (format !== pretty) for (const error of report.syntaxErrors) process.stderr.write(`${syntaxLine(error)}\n`);
  return exitCode(report, maxWarnings);
}

/**
 * A process that ends in seconds gains little from code that V8 optimises, and pays for it: a function must run for
 * nine times as long as usual before it is.
 */
function optimiseLate(): void {
  setFlagsFromString('--interrupt-budget=600000');
}

/**
 * A third of the native server's time is Go collecting garbage, when the heap has doubled. With a heap of four times
 * what is in use it is a tenth, and all processes together still take less than TypeScript 6 does alone. A machine
 * (or a container) of less than 8 GB keeps Go's own measure, and so does whoever set it.
 */
function collectLate(): void {
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  if (memory >= 8 * 2 ** 30) process.env['GOGC'] ??= '300';
}

function check({ project, files }: Opened, fix: boolean): CheckReport {
  const start = performance.now();
  const places = new Places();
  const progress = startProgress();
  // Who implements what is known once every file was read.
  let read = 0;
  project.prepareAll(files, { forFindings: true }, (file) => {
    progress.step(read, files.length, file);
    read += 1;
  });
  const findings: Finding[] = [];
  const syntaxErrors: SyntaxError[] = [];
  let functions = 0;
  let fixed = 0;
  for (const [index, file] of files.entries()) {
    progress.step(index, files.length, file);
    const { analysis, changed } = fix ? applyFixes(file, project) : { analysis: project.analyse(file), changed: false };
    findings.push(...analysis.findings);
    if (changed) fixed += 1;
    // The module's body is not a function to its reader.
    functions += analysis.model.functions.length - 1;
    for (const { range, message } of analysis.syntaxProblems)
      syntaxErrors.push({ file, message, ...places.of(file, range) });
  }
  progress.end();
  project.dispose();
  const ms = Math.round(performance.now() - start);
  return { findings, syntaxErrors, files: files.length, fixed, functions, ms, places };
}

function writeBaseline(opened: Opened, path = absolute(baselineFileName)): number {
  const { findings } = check(opened, false);
  const text = baselineText(path, findings, (file) => readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  writeFileSync(path, text);
  const [count, ending] = [findings.length, findings.length === 1 ? '' : 's'];
  process.stderr.write(`Wrote ${count} finding${ending} to ${shown(path)}; check --baseline ${shown(path)} leaves them out.\n`);
  return 0;
}

function formatNamed(name: string): (report: CheckReport) => string {
  if (Object.hasOwn(formats, name)) return formats[name as keyof typeof formats];
  throw new UsageError(`There is no format "${name}". Formats: ${Object.keys(formats).join(', ')}.`);
}

function countNamed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`--max-warnings needs a whole number, not "${text}".`);
}

function exitCode(report: CheckReport, maxWarnings: number | undefined): number {
  function count(severity: Finding['severity']): number {
    return report.findings.filter((each) => each.severity === severity).length;
  }
  const tooMany = count('warning') > (maxWarnings ?? 0);
  return count('error') > 0 || tooMany || report.syntaxErrors.length > 0 ? 1 : 0;
}
