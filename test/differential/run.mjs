// Compares the simulation with real Node on many random programs: node test/differential/run.mjs --count 5000 --seed 1.
// Needs a build (npm run build). Programs that differ are made smaller and kept in test/output/differential/.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleTests } from '../bundle.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'));
const [bundle] = await bundleTests(['test/differential/run.ts']);
await import(pathToFileURL(bundle).href);
