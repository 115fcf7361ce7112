/** Why this file exists: the same call is told as loudly as its place deserves. */
import assert from 'node:assert/strict';
import { analyse } from './samples';

const blocking = `import { pbkdf2Sync } from 'node:crypto';\n`;
const digest = `pbkdf2Sync('a', 'b', 600_000, 32, 'sha256')`;

function severityOf(text: string, name = 'sample.ts'): string | undefined {
  return analyse(text, name).findings.find(({ rule }) => rule === 'blocking-call-in-async')?.severity;
}

describe('the severity of a blocking call', () => {
  it('is that of its cost where others wait', () => {
    assert.equal(severityOf(`${blocking}export async function f() { return ${digest}; }`), 'warning');
    assert.equal(severityOf(`${blocking}setInterval(() => { ${digest}; }, 10);`), 'warning');
    const cheap = `import { existsSync } from 'node:fs';\nexport async function f() { return existsSync('a'); }`;
    assert.equal(severityOf(cheap), 'hint');
    assert.equal(severityOf(cheap.replace('return', 'for (;;)')), 'info');
  });

  it('is a hint where nobody waits yet, or nobody else', () => {
    assert.equal(severityOf(`${blocking}async function f() { return ${digest}; }\nvoid f();`), 'hint');
    assert.equal(severityOf(`${blocking}export async function f() { return ${digest}; }`, 'a.test.ts'), 'hint');
    assert.equal(severityOf(`${blocking}export async function f() { return ${digest}; }`, 'vite.config.ts'), 'hint');
    const script = `#!/usr/bin/env node\n${blocking}export async function f() { return ${digest}; }`;
    assert.equal(severityOf(script), 'hint');
    assert.equal(severityOf(`#!/usr/bin/env node\n${blocking}setInterval(() => { ${digest}; }, 10);`), 'warning');
  });

  it('is none outside of the loop', () => {
    assert.equal(severityOf(`${blocking}export function f() { return ${digest}; }`), undefined);
    assert.equal(severityOf(`${blocking}export const key = ${digest};`), undefined);
    const worker = `import { parentPort } from 'node:worker_threads';\n${blocking}`;
    assert.equal(severityOf(`${worker}parentPort?.on('message', () => { ${digest}; });`), undefined);
  });
});
