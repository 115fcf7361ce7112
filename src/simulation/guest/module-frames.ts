/** Why this file exists: the frames of Node's loaders that several files name. Node 20.20: lib/internal/modules. */
export const importingModule = 'ModuleLoader.import (node:internal/modules/esm/loader:606:24)';
export const instantiating = 'ModuleJob.run (node:internal/modules/esm/module_job:320:5)';

/** Of CommonJS. */
export const file = 'node:internal/modules/cjs/loader';
export const loading = [`Module.load (${file}:1266:32)`, `Module._load (${file}:1091:12)`] as const;
