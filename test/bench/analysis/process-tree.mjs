// What a command costs: wall time, and on Linux the processor time and the peak memory of all its processes, by sampling /proc.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const everyMs = 50;
const ticksPerSecond = 100; // USER_HZ, fixed on Linux

/** Runs a command to its end and answers `{ wallMs, cpuMs, peakBytes, code, output }`; the last two figures of cost are undefined elsewhere. */
export async function measured(command, args, options) {
  const started = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', data => output.push(data));
  child.stderr.on('data', () => {});
  const tree = watch(child.pid);
  const code = await new Promise((resolve, reject) => { child.once('error', reject); child.once('close', resolve); });
  const wallMs = performance.now() - started;
  return { wallMs, ...tree.stop(), code, output: Buffer.concat(output).toString('utf8') };
}

/** Follows a process and its descendants until it is stopped. */
export function watch(pid) {
  let peak = 0;
  const ticks = new Map();
  function sample() {
    let bytes = 0;
    for (const each of descendants(pid)) {
      const found = read(each);
      if (!found) continue;
      bytes += found.bytes;
      ticks.set(each, found.ticks);
    }
    peak = Math.max(peak, bytes);
  }
  const timer = fs.existsSync('/proc/self/stat') ? setInterval(sample, everyMs) : undefined;
  return {
    current: () => read(pid)?.bytes,
    stop() {
      clearInterval(timer);
      if (!timer) return { cpuMs: undefined, peakBytes: undefined };
      const all = [...ticks.values()].reduce((sum, each) => sum + each, 0);
      return { cpuMs: all * 1000 / ticksPerSecond, peakBytes: peak };
    },
  };
}

function descendants(pid) {
  const found = [pid];
  for (const each of found) {
    try {
      for (const task of fs.readdirSync(`/proc/${each}/task`)) {
        found.push(...fs.readFileSync(`/proc/${each}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
      }
    } catch {} // it ended meanwhile
  }
  return found;
}

function read(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { ticks: Number(fields[11]) + Number(fields[12]), bytes: Number(fields[21]) * 4096 };
  } catch {
    return undefined;
  }
}
