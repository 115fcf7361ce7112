/**
 * Writes src/simulation/guest/node-places.json: where Node's own source throws and makes the errors of wrong calls, as the `node` that runs
 * this says it: it runs each line of scripts/node-places.txt as a program of its own, once as it is and once in an async function.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const calls = fs.readFileSync(path.join(root, 'scripts/node-places.txt'), 'utf8').trim().split('\n');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'node-places-'));
const atOnce = 4;

/** What Node prints of a program that fails. */
function run(text, name) {
  const home = path.join(folder, name);
  fs.mkdirSync(home);
  fs.writeFileSync(path.join(home, 'main.cjs'), `${text}\n`);
  return new Promise(resolve => {
    const child = spawn('timeout', ['10', process.execPath, 'main.cjs'], { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
    let printed = '';
    child.stderr.on('data', data => { printed += data; });
    child.on('close', () => { resolve(printed); });
  });
}

/** The name of what is called there: `new a.B(…)` is B. */
function calledAt(text, column) {
  return /^(?:new\s+)?(?:\(?require\('[^']*'\)\)?\.|\w+\.)*\(?([\w$]+)/.exec(text.slice(column - 1))?.[1] ?? '';
}

/** Place, line and column of the caret; words of the error; what was called. Undefined where it is no file of Node's. */
function read(text, printed) {
  const [, place, line, caret] = /^\n?(node:\S+)\n(.*)\n( *)\^+\n/.exec(printed) ?? [];
  if (place === undefined || /promises:391|node:(?:internal\/)?assert/.test(place)) return undefined;
  const rest = printed.slice(printed.indexOf('^\n') + 1).trim();
  const [first] = rest.split('\n');
  const code = /^\w* ?\[(ERR_\w+)\]/.exec(first)?.[1] ?? /\n {2}code: '(\w+)'/.exec(rest)?.[1] ?? '';
  const column = /at [^\n]*\/main\.cjs:1:(\d+)/.exec(rest)?.[1];
  if (column === undefined || /^(?:E[A-Z]+|MODULE_NOT_FOUND)$/.test(code)) return undefined; // files and modules know it themselves
  const words = first.replace(/^[^:]*: /, '').replace(/ Received .*| \["?.*|(?<= >=) .*|(?<=(?:argument|encoding|option): ?) .*/, '');
  return { code, called: calledAt(text, Number(column)), words, spot: `${place}:${caret.length}`, line };
}

/** Without the column of the caret. */
function placeOf(spot) {
  return spot.slice(0, spot.lastIndexOf(':'));
}

const found = new Map();
const lines = {};
const queue = calls.flatMap((text, i) => [[text, 'thrown', `${i}t`], [`(async () => { ${text} })()`, 'made', `${i}m`]]);

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [text, way, name] = next;
    const seen = read(text, await run(text, name));
    if (seen === undefined) continue;
    const { code, called, words, spot, line } = seen;
    const key = `${code} ${called} ${words}`;
    found.set(key, { code, called, words, ...found.get(key), [way]: spot });
    lines[placeOf(spot)] = line;
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
fs.rmSync(folder, { recursive: true });
/** The usual place of what is thrown need not be told. */
const usual = 'node:internal/errors:541:6';
const rows = [...found.values()].sort((a, b) => (`${a.code} ${a.called} ${a.words}` < `${b.code} ${b.called} ${b.words}` ? -1 : 1))
  .map(({ code, called, words, thrown, made }) => [code, called, words, thrown === usual ? undefined : thrown, made].map(each => each ?? ''));
const used = [...new Set(rows.flatMap(row => row.slice(3)).filter(spot => spot !== '').map(placeOf))].sort();
const text = `{ "lines": {\n${used.map(place => `  ${JSON.stringify(place)}: ${JSON.stringify(lines[place])}`).join(',\n')}\n}, "rows": [\n${
  rows.map(row => `  ${JSON.stringify(row)}`).join(',\n')}\n] }\n`;
fs.writeFileSync(path.join(root, 'src/simulation/guest/node-places.json'), text);
console.log(`${rows.length} errors at ${used.length} places`);
