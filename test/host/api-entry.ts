/**
 * Why this file exists: runs mocha inside the extension host, where `vscode` can be imported. VS Code calls `run`.
 * What it prints and how many passed go to files, since the exit code of an extension host that crashed says nothing.
 */
import fs from 'node:fs';
import { format } from 'node:util';

/** Runs the bundled files named in $LOOPSCOPE_TEST_FILES; rejects when a test fails. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const { default: CountingReporter } = await import('../reporter.mjs');
  const log = process.env['LOOPSCOPE_TEST_LOG'] ?? '';
  Object.assign(Mocha.reporters.Base, {
    consoleLog: (...args: readonly unknown[]) => fs.appendFileSync(log, `${format(...args)}\n`),
  });
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: CountingReporter });
  for (const file of JSON.parse(process.env['LOOPSCOPE_TEST_FILES'] ?? '[]') as readonly string[]) mocha.addFile(file);
  const failures = await new Promise<number>(resolve => { mocha.run(resolve); });
  if (failures > 0) throw new Error(`${failures} failed`);
}
