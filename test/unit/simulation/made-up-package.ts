/** Why this file exists: packages of these types whose code cannot run, as files of a program. */
import { readFileSync } from 'node:fs';

/** Its code needs a module that is not modelled. */
export function packageOf(name: string, types: string, code?: string): Record<string, string> {
  const names = [...types.matchAll(/export declare \w+ (\w+)/g)].map(([, each = '']) => `exports.${each} = undefined;\n`);
  const manifest = { name, version: '1.0.0', main: 'index.js', types: 'index.d.ts' };
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${name}/index.js`]: code ?? `${names.join('')}require('http2').connect('x');\n`,
    [`node_modules/${name}/index.d.ts`]: types,
  };
}

/** One of test/fixtures/packages/types. */
export function fixturePackage(name: string): Record<string, string> {
  return packageOf(name, typesOf(name));
}

/** The types of Node, as far as these packages need them. */
export function nodeTypes(): Record<string, string> {
  return {
    'node_modules/@types/node/package.json': '{"name":"@types/node","types":"index.d.ts"}',
    'node_modules/@types/node/index.d.ts': typesOf('node'),
  };
}

function typesOf(name: string): string {
  return readFileSync(`test/fixtures/packages/types/${name}.d.ts`, 'utf8');
}
