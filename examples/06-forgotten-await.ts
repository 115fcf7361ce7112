// Predict: does `catch` see the failed save? What is printed before "saved everything"?
// Look for: in careless() the promise of save(2) is awaited by nobody. Its error passes by `try`, stays in the
// promise, and is reported once ticks and microtasks are done. Without the listener below Node would end here, code 1.

process.on('unhandledRejection', (reason) => {
  console.log(`lost: ${reason instanceof Error ? reason.message : 'something'}`);
});

async function save(id: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (id % 2 === 0) throw new Error(`no room for ${id}`);
  console.log(`saved ${id}`);
}

async function careless(): Promise<void> {
  try {
    await save(1);
    save(2); // The mistake, on purpose: a floating promise.
    console.log('saved everything');
  } catch {
    console.log('careless() saw the error');
  }
}

async function careful(): Promise<void> {
  try {
    await save(1);
    await save(2);
    console.log('saved everything');
  } catch (error) {
    console.log(`careful() saw the error: ${error instanceof Error ? error.message : 'something'}`);
  }
}

async function main(): Promise<void> {
  await careless();
  await new Promise((resolve) => setTimeout(resolve, 60));
  await careful();
}

void main();
