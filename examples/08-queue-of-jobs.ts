// Predict: the producer is quick, the two workers are slow. Who takes which job, and who finishes last?
// Look for: an async generator runs only when someone asks it. Each `for await` suspends its worker until a job is
// there. This file is an ES module (it imports and awaits at the top level), so its own body can be suspended too.
import { setTimeout as sleep } from 'node:timers/promises';

const jobs: string[] = [];
let open = true;

async function* take(): AsyncGenerator<string, void, undefined> {
  while (open || jobs.length > 0) {
    const job = jobs.shift();
    if (job === undefined) await sleep(15);
    else yield job;
  }
}

async function worker(name: string, pace: number): Promise<number> {
  let done = 0;
  for await (const job of take()) {
    console.log(`${name} takes ${job}`);
    await sleep(pace);
    done += 1;
  }
  return done;
}

jobs.push('copy', 'paste', 'print', 'scan', 'send');
const workers = [worker('Ann', 40), worker('Bob', 100)];
console.log('both workers have asked for a job');
await sleep(10);
open = false;
console.log('the queue is closed');

const [ann, bob] = await Promise.all(workers);
console.log(`Ann did ${ann}, Bob did ${bob}`);
