/** Why this file exists: a value is shown beside a name only when the name truly holds it. */
import assert from 'node:assert/strict';
import { bindingsOf } from '../../../src/trace/bindings';
import { indexTrace } from '../../../src/trace/trace-index';
import { openSimulator, tracedText } from '../simulation/engine';

describe('trace: values of names', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function bound(text: string): Promise<Readonly<Record<string, string>>> {
    const index = indexTrace(await tracedText(simulator, text));
    return Object.fromEntries([...bindingsOf(index)].map(([frame, bindings]) => [index.frameLabel(frame), bindings.map(({ name, value }) => `${name} = ${value}`).join(', ')]));
  }

  it('knows arguments, what an await brought, and what a call returned', async () => {
    const program = `const sleep = (ms: number, value: string) => new Promise<string>((resolve) => setTimeout(() => resolve(value), ms));
function double(n: number): number { return n * 2; }
async function load(id: number, name = 'x', ...rest: string[]): Promise<string> {
  const twice = double(id);
  const user = await sleep(twice, 'a, "b"');
  return user;
}
async function plain(id: number, name: string) { const user = await sleep(id, name); return user; }
void plain(3, 'Ann');
void load(2);`;
    const found = await bound(program);
    assert.equal(found['plain(3, \'Ann\')'], `id = 3, name = 'Ann', user = 'Ann'`);
    assert.equal(found['double(2)'], 'n = 2');
    assert.equal(found['load(2)'], `twice = 4, user = 'a, "b"'`); // parameters with defaults are not counted off
  });

  it('says nothing of what is assigned again, of objects, and of what only holds a part', async () => {
    const program = `function count(n: number) { n += 1; return n; }
function same(user: { id: number }) { return user; }
function id<T>(value: T): T { return value; }
async function main(flag: boolean) {
  let changed = id(1);
  const sum = id(2) + id(3);
  const object = same({ id: 1 });
  const more = (await Promise.resolve(1)) + 1;
  const plus = await Promise.resolve(1) + 1;
  const nested = id(id(4));
  return [changed, sum, object, more, plus, nested, flag];
}
count(1);
void main(true);`;
    const found = await bound(program);
    assert.equal(found['main(true)'], 'flag = true');
    assert.equal(found['count(1)'], undefined);
  });
});
