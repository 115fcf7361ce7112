// Predict: who speaks first, Vasya or the last line of the file? Who comes back first?
// Look for: the body of hello starts at once, inside the call. At `await` its frame leaves the stack and parks
// among the suspended functions with its locals; meanwhile the other code runs. Nothing is blocked.

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function hello(name: string, pause: number): Promise<string> {
  console.log(`hello, ${name}`);
  await sleep(pause);
  console.log(`how are you, ${name}?`);
  await sleep(pause);
  return `bye, ${name}`;
}

function say(farewell: string): void {
  console.log(farewell);
}

hello('Vasya', 100).then(say, console.error);
hello('Petya', 30).then(say, console.error);

console.log('the end of the file is not the end of the program');
