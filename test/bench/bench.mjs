/**
 * `npm run bench`: how long things take, as ratios to a fixed piece of plain Node work (measure.mjs) that is timed beside each of them.
 * `npm run bench -- fib awaits` measures only cases whose group or name holds a word; `--rounds N` (default 21); `--write` puts the table
 * into README.md here. Nothing is asserted: figures are for people who compare two states of the code.
 */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../esbuild.mjs';
import { bundleTests } from '../bundle.mjs';
import { analysisCases } from './cases/analysis.mjs';
import { cliCases } from './cases/cli.mjs';
import { simulationCases } from './cases/simulation.mjs';
import { traceCases } from './cases/trace.mjs';
import { measure, median, yardstick } from './measure.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.resolve(here, '../../dist');
const { values, positionals: words } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '21' }, write: { type: 'boolean', default: false } } });
const rounds = Math.max(Number(values.rounds) || 21, 1);

function wanted(title, name) {
  return words.length === 0 || words.some(word => `${title} ${name}`.toLowerCase().includes(word.toLowerCase()));
}

function shown(value) {
  return value >= 100 ? value.toFixed(0) : value >= 0.01 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** 0.043 ms is 43 µs. */
function time(ms) {
  return ms >= 1 ? `${shown(ms)} ms` : `${shown(ms * 1000)} µs`;
}

function row({ name, ratio, ms }) {
  return `| ${name} | ${shown(ratio)} | ${time(ms)} |`;
}

function loads() {
  return os.loadavg()[0].toFixed(1);
}

await build();
const [bundle] = await bundleTests(['test/bench/parts.ts']);
const parts = createRequire(import.meta.url)(bundle);
for (let n = 0; n < 5; n++) yardstick(); // warm
const loadBefore = loads();
const units = [];
const tables = [];
for (const group of [cliCases, simulationCases, traceCases, analysisCases]) {
  const { title, cases, end } = await group(parts, dist);
  const rows = [];
  for (const each of cases.filter(({ name }) => wanted(title, name))) {
    const result = await measure(each, { rounds });
    units.push(result.unitMs);
    rows.push(row(result));
    console.log(`${title}: ${result.name}: ${shown(result.ratio)} (${time(result.ms)}, ${result.rounds} rounds)`);
  }
  await end?.();
  if (rows.length > 0) tables.push(`| ${title} | ratio | time |\n|---|---:|---:|\n${rows.join('\n')}\n`);
}
const conditions = `Node ${process.versions.node}, ${os.platform()} ${os.arch()}, ${os.cpus().length} cores; load average ${loadBefore} before, ${loads()} after; `
  + `one unit of plain work took ${time(median(units))}; medians of up to ${rounds} rounds.`;
const report = `${conditions}\n\n${tables.join('\n')}`;
console.log(`\n${report}`);
if (values.write) {
  const file = path.join(here, 'README.md');
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/(<!-- results -->\n)[\s\S]*(<!-- end -->)/, (_, before, after) => `${before}\n${report}\n${after}`));
}
