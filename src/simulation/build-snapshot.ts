/**
 * Why this file exists: the build runs it to keep the engine's memory with the guest loaded: loading the guest takes
 * ten times as long as reading that memory. `node build-snapshot.js DIST`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGuest } from './sandbox';

async function build(dist: string): Promise<void> {
  const module = await WebAssembly.compile(readFileSync(join(dist, 'quickjs.wasm')));
  const snapshot = await loadGuest(module, readFileSync(join(dist, 'guest.js'), 'utf8'));
  writeFileSync(join(dist, 'guest.snapshot'), snapshot);
}

void build(process.argv[2] ?? '');
