/**
 * What TypeScript exports are getters of one object with two thousand entries: V8 looks each `ts.isBlock` up anew, 27 ns of a walk that
 * asks dozens of each node. In the bundles every name that is used is a variable, read from that object once.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const names = Object.keys(createRequire(import.meta.url)('typescript'));

/** Follows the module that has TypeScript's exports for its default: the same exports by name; those that nobody uses are dropped. */
export function exportsByName(typescript) {
  const lines = names.map(name => `export const ${name} = /* @__PURE__ */ named(${JSON.stringify(name)});`);
  return `function named(name) { return ${typescript}[name]; }\n${lines.join('\n')}`;
}

/** Our own source imports the default, as its types want it; the bundler is shown the names. */
export const typescriptByName = {
  name: 'typescript-by-name',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (path.includes('node_modules') || !text.includes(imported)) return undefined;
      const contents = text.replace(imported, `import * as ts from 'typescript';`).replace(/^(\s*)const \{ (\w+) \} = ts;$/m, '$1const $2 = ts.$2;');
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

const imported = `import ts from 'typescript';`;
