// The programs that are simulated: each says what it prints, so that a wrong answer is never measured as a fast one.

const thirty = `
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

interface Order {
  readonly id: number;
  readonly items: readonly string[];
}

async function load(id: number): Promise<Order> {
  await sleep(id * 10);
  return { id, items: ['tea', 'milk'].slice(0, id) };
}

async function report(ids: readonly number[]): Promise<string> {
  const orders = await Promise.all(ids.map(load));
  let text = '';
  for (const order of orders) {
    text += \`\${order.id}:\${order.items.length} \`;
    await null;
  }
  return text.trim();
}

setTimeout(() => console.log('timer'), 5);
process.nextTick(() => console.log('tick'));
report([1, 2]).then((text) => console.log(text), console.error);
console.log('end of the script');
`;

const more = `
class Queue<T> {
  private readonly waiting: T[] = [];
  private readonly takers: ((value: T) => void)[] = [];

  put(value: T): void {
    const taker = this.takers.shift();
    if (taker) taker(value);
    else this.waiting.push(value);
  }

  take(): Promise<T> {
    const value = this.waiting.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => this.takers.push(resolve));
  }
}

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

async function sumUp(queue: Queue<number>): Promise<void> {
  let sum = 0;
  for await (const each of numbers(5)) sum += each + await queue.take();
  console.log('sum', sum);
}

const queue = new Queue<number>();
void sumUp(queue);
for (let i = 0; i < 5; i++) setTimeout(() => queue.put(i), i);
`;

export const programs = {
  empty: { text: '', prints: '' },
  thirtyLines: { text: thirty, prints: 'end of the script\ntick\ntimer\n1:1 2:2\n' },
  sixtyLines: { text: thirty + more, prints: 'end of the script\ntick\ntimer\nsum 20\n1:1 2:2\n' },
  loop: { text: 'let sum = 0;\nfor (let i = 0; i < 1_000_000; i++) sum += i;\nconsole.log(sum);\n', prints: '499999500000\n' },
  fib: {
    text: 'function fib(n: number): number {\n  return n < 2 ? n : fib(n - 1) + fib(n - 2);\n}\nconsole.log(fib(24));\n',
    prints: '46368\n',
  },
  awaits: {
    text: 'async function main(): Promise<void> {\n  let sum = 0;\n  for (let i = 0; i < 20_000; i++) sum += await i;\n  console.log(sum);\n}\nvoid main();\n',
    prints: '199990000\n',
  },
  awaitsInTurns: {
    text: 'async function main(count: number): Promise<void> {\n  let sum = 0;\n  for (let i = 0; i < count; i++) sum += await i;\n  console.log(sum);\n}\nvoid main(10_000);\nvoid main(10_000);\n',
    prints: '49995000\n49995000\n',
  },
};

/** A file of about so many lines: the same functions over and over, under other names. */
export function longFile(lines) {
  const parts = [];
  for (let n = 0; parts.join('\n').split('\n').length < lines; n++) parts.push((thirty + more).replace(/\b(sleep|Order|load|report|Queue|numbers|sumUp|queue)\b/g, `$1${n}`));
  return parts.join('\n').split('\n').slice(0, lines).join('\n');
}
