/**
 * Why this file exists: stderr is compared by its words: what the program wrote, and what Node says of an uncaught
 * error or a warning. Frames and positions are left out: Node runs the emitted files, the simulation the originals.
 */

const frame = /^\s+at .*?( \{)?$/;
/** `/folder/main.mjs:12`, before the line of source and its caret. */
const place = /^(file:\/\/)?(\/|node:|[A-Za-z]:\\)\S*:\d+$/;
const caret = /^\s*\^+\s*$/;
/** Node 20 alone calls JSON modules experimental; and the way to see more of a warning is told once a process. */
const left = /ExperimentalWarning: (Importing JSON modules|Import assertions|`--|Importing JSON)|^\(Use `node --trace/;

/** The lines that must be equal. */
export function stderrWords(stderr: string): string {
  const words: string[] = [];
  const lines = stderr.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const end = place.test(line) ? lines.slice(at, at + 8).findIndex((text) => caret.test(text)) : -1;
    if (end > 0) at += end;
    else if (frame.test(line)) words.push(...(line.endsWith(' {') ? ['{'] : []));
    else if (line.trim() !== '' && !left.test(line)) words.push(plainWords(line));
  }
  return words.join('\n');
}

function plainWords(line: string): string {
  return line.replace(/^\(node:\d+\)/, '(node)').replace(/^Node\.js v.*/, 'Node.js').trimEnd();
}
