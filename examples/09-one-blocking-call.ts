// Predict: the clock should tick every 20 ms. How many ticks come before "report ready"? And with the good report?
// Look for: while crunch() spins, the stack is never empty; timers grow old in their box although they are due.
// `async` does not make it run elsewhere. Cut into slices with a pause between, the same work lets others run.

function crunch(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end); // The mistake, on purpose: it blocks the thread.
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

async function badReport(): Promise<void> {
  crunch(50);
  console.log('bad report ready');
}

async function goodReport(): Promise<void> {
  for (let slice = 1; slice <= 3; slice += 1) {
    crunch(5);
    await pause();
  }
  console.log('good report ready');
}

async function besideClock(title: string, report: () => Promise<void>): Promise<void> {
  let ticks = 0;
  const clock = setInterval(() => {
    ticks += 1;
  }, 20);
  await report();
  clearInterval(clock);
  console.log(`${title}: the clock ${ticks === 0 ? 'stood still' : 'went on ticking'}`);
}

async function main(): Promise<void> {
  await besideClock('bad', badReport);
  await besideClock('good', goodReport);
}

void main();
