/** Why this file exists: two outputs are compared, and where they part is shown with the lines around it. */
import { stderrWords } from './stderr-words';
import type { Difference, Printed } from './verification';

/** Lines shown before and after the first that differs. */
const around = 3;

/** A frame inside Node itself, of which the simulation has none. */
const nodeFrame = /^\s+at .*\(?node:[\w/]+:\d+:\d+\)?$/;

/** The first difference; stderr is compared by its words, and of stacks on stdout only the user's frames. */
export function differenceOf(node: Printed, simulation: Printed): Difference | undefined {
  return (
    differenceOfTexts('stdout', withoutNode(node.stdout), withoutNode(simulation.stdout)) ??
    differenceOfTexts('stderr', stderrWords(node.stderr), stderrWords(simulation.stderr)) ??
    differenceOfTexts('exit code', String(node.exitCode), String(simulation.exitCode))
  );
}

function withoutNode(text: string): string {
  return text.split('\n').filter((line) => !nodeFrame.test(line)).join('\n');
}

function differenceOfTexts(stream: Difference['stream'], node: string, simulation: string): Difference | undefined {
  if (node === simulation) return undefined;
  const [theirs, ours] = [node.split('\n'), simulation.split('\n')];
  let at = 0;
  while (theirs[at] === ours[at]) at += 1;
  return {
    stream,
    line: at + 1,
    node: theirs[at],
    simulation: ours[at],
    before: theirs.slice(Math.max(at - around, 0), at),
    after: { node: theirs.slice(at + 1, at + 1 + around), simulation: ours.slice(at + 1, at + 1 + around) },
  };
}
