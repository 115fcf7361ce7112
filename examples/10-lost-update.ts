// Predict: two deposits of 50 on a balance of 100. What is the balance without the mutex, and with it?
// Look for: both deposits read 100 before either writes: between read and write stands an `await`, and there another
// function may run. With the mutex the second waits until the first has finished. (This file is an ES module.)

let balance = 100;

function askTheBank(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

async function deposit(name: string, amount: number): Promise<void> {
  const before = balance;
  console.log(`${name} reads ${before}`);
  await askTheBank();
  balance = before + amount;
  console.log(`${name} writes ${balance}`);
}

/** Runs tasks one after another, each after the one before has settled. */
class Mutex {
  private last: Promise<void> = Promise.resolve();

  run(task: () => Promise<void>): Promise<void> {
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }
}

await Promise.all([deposit('Ann', 50), deposit('Bob', 50)]);
console.log(`without a mutex: ${balance}`);

balance = 100;
const mutex = new Mutex();
await Promise.all([mutex.run(() => deposit('Ann', 50)), mutex.run(() => deposit('Bob', 50))]);
console.log(`with a mutex: ${balance}`);

export {};
