// Predict: each nap lasts 100 ms. How many naps long is each way? In which order do they finish?
// Look for: the timers. One by one, there is never more than one; together, three wait at the same time.
// The calls start the work, not Promise.all: it only collects the results, in the order of the array.

async function nap(name: string, ms: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  console.log(`${name} wakes up`);
  return name;
}

async function oneByOne(): Promise<string[]> {
  const cat = await nap('cat', 100);
  const dog = await nap('dog', 100);
  const hen = await nap('hen', 100);
  return [cat, dog, hen];
}

function together(): Promise<string[]> {
  return Promise.all([nap('cat', 100), nap('dog', 60), nap('hen', 20)]);
}

async function measure(title: string, way: () => Promise<string[]>): Promise<void> {
  const start = Date.now();
  const names = await way();
  console.log(`${title}: ${names.join(', ')} in ${Math.round((Date.now() - start) / 100)} nap(s)`);
}

async function main(): Promise<void> {
  await measure('one by one', oneByOne);
  await measure('together', together);
}

void main();
