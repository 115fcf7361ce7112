/** Why this file exists: the command line's front door: it finds the command, and catches once whatever goes wrong. */
import { ProjectError } from '../analysis/project-options';
import { UsageError } from './usage-error';
import { version } from '../../package.json';

type Command = (args: string[]) => number | Promise<number>;

/** Loaded when used: `run` needs no type checker, `check` no sandbox. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check')).checkCommand,
  colors: async () => (await import('./colors')).colorsCommand,
  explain: async () => (await import('./explain')).explainCommand,
  run: async () => (await import('./run')).runCommand,
  trace: async () => (await import('./trace')).traceCommand,
  verify: async () => (await import('./verify')).verifyCommand,
};

const help = `loopscope: see how asynchronous TypeScript flows

Usage: loopscope COMMAND [OPTIONS]

  check [PATH…]          find lost promises and calls that block the event loop
  colors [PATH…]         print the colour of every function and its boundaries, as JSON
  explain FILE:LINE:COL  explain the await, call or function that stands there
  run FILE…              simulate, and print what the program prints
  trace FILE             simulate, and write what happened as a trace or a page that plays it
  verify FILE…           run for real with Node, after asking, and compare

  --help, --version      also after a command: loopscope check --help
`;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--version' || name === '-v' || args.includes('--version')) return print(`${version}\n`);
  if (name === '--help' || name === '-h' || name === 'help') return print(help);
  if (name === undefined)
    throw new UsageError('Name a command: check, colors, explain, run, trace or verify (loopscope --help says more).');
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined)
    throw new UsageError(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  return (await load())(args);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function failed(error: unknown): number {
  if (error instanceof UsageError || error instanceof ProjectError) {
    process.stderr.write(`loopscope: ${error.message}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`loopscope: this is a fault of Loopscope, please report it: ${message.split('\n')[0] ?? ''}\n`);
  return ownFaultExitCode;
}

/** EX_SOFTWARE of sysexits.h: a fault of ours, not of what was asked. */
const ownFaultExitCode = 70;

// A reader that closes early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The exit code is set, not forced, so that everything printed reaches a pipe.
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = failed(error);
  },
);
