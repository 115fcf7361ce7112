/** Why this file exists: `loopscope check` finds what is wrong in files and says so for people, programs and CI. */
import type { Finding } from '../analysis/finding';
import { openProject } from '../analysis/project';
import { parse } from './arguments';
import { github } from './format/github';
import { json } from './format/json';
import { pretty, syntaxLine } from './format/pretty';
import type { CheckReport, SyntaxError } from './format/report';
import { sarif } from './format/sarif';
import { absolute, filesNamed } from './paths';
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
  --help, --version

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
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const format = formatNamed(values.format);
  const maxWarnings = countNamed(values['max-warnings']);
  const rules = ruleSettings(values.rule);
  const tsconfig = values.project === undefined ? undefined : absolute(values.project);
  const files = filesNamed(positionals, tsconfig);
  const report = check(files, tsconfig, rules);
  process.stdout.write(format(report));
  // Programs read stdout; what does not parse is told beside it.
  if (format !== pretty) for (const error of report.syntaxErrors) process.stderr.write(`${syntaxLine(error)}\n`);
  return exitCode(report, maxWarnings);
}

function check(
  files: readonly string[],
  tsconfig: string | undefined,
  rules: ReturnType<typeof ruleSettings>,
): CheckReport {
  const start = performance.now();
  const places = new Places();
  const progress = startProgress();
  const project = openProject({ root: absolute('.'), files, rules, ...(tsconfig === undefined ? {} : { tsconfig }) });
  const findings: Finding[] = [];
  const syntaxErrors: SyntaxError[] = [];
  let functions = 0;
  for (const [index, file] of files.entries()) {
    progress.step(index, files.length, file);
    const analysis = project.analyse(file);
    findings.push(...analysis.findings);
    // The module's body is not a function to its reader.
    functions += analysis.model.functions.length - 1;
    for (const { range, message } of analysis.syntaxProblems)
      syntaxErrors.push({ file, message, ...places.of(file, range) });
  }
  progress.end();
  project.dispose();
  return { findings, syntaxErrors, files: files.length, functions, ms: Math.round(performance.now() - start), places };
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
