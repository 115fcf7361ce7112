/** Why this file exists: what a verification found, as text for people. */
import type { Compared, Difference, Verification } from '../../verify/verification';

/** Ends with a line break. */
export function comparedText(file: string, found: Verification): string {
  if (found.kind === 'not-simulated') return `${file}: not run, since it is not simulated: ${found.message}\n`;
  const stopped = found.node.find(({ how }) => how !== 'ended');
  if (stopped !== undefined) return `${file}: different: real Node ${stoppedWords[stopped.how]}\n`;
  if (found.kind === 'equal') return `${file}: ${equalText(found)}\n`;
  const race = found.race ? `  Real Node itself printed different things in ${found.node.length} runs; none is the simulation's.\n` : '';
  return `${file}: different, ${found.difference === undefined ? '' : differenceText(found.difference)}${race}`;
}

const stoppedWords = {
  'ended': '',
  'timed-out': 'did not end within its time, and was stopped.',
  'printed-too-much': 'printed without end, and was stopped.',
} as const;

function equalText({ race, node, simulation }: Compared): string {
  if (race) return `a race: real Node printed different things in ${node.length} runs; the simulation's is one of them`;
  const lines = simulation.stdout.split('\n').length - 1;
  return `equal (${lines} ${lines === 1 ? 'line' : 'lines'}, exit code ${simulation.exitCode})`;
}

function differenceText({ stream, line, node, simulation, before, after }: Difference): string {
  if (stream === 'exit code') return `exit code: real Node ${node ?? ''}, simulation ${simulation ?? ''}\n`;
  const rows = [
    ...before.map((text) => `            | ${text}`),
    `  real Node | ${node ?? '(nothing more)'}`,
    ...after.node.map((text) => `            | ${text}`),
    `  simulated | ${simulation ?? '(nothing more)'}`,
    ...after.simulation.map((text) => `            | ${text}`),
  ];
  return `${stream}, line ${line}:\n${rows.join('\n')}\n`;
}
