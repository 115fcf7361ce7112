// Bundles tests into dist/test/, one file each, so that mocha on Node 20 runs TypeScript.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { nodeOptions } from '../esbuild.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

/** In a bundle, tests still know where their own source stands: `import.meta.url` is the test file's. */
const ownPlace = {
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /[\\/]test[\\/].*\.(ts|tsx|mjs)$/ }, ({ path: file }) => {
      if (file.includes('node_modules')) return undefined;
      const text = fs.readFileSync(file, 'utf8')
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
      return { contents: text, loader: file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/** Bundles files given relative to the repository; answers the bundles, absolute, in the same order. */
export async function bundleTests(files) {
  const options = nodeOptions(path.join(dist, 'typescript/typescript.js'));
  const entryPoints = files.map(file => ({ in: path.join(root, file), out: path.relative('test', file).replace(/\.tsx?$/, '') }));
  await esbuild.build({
    ...options, absWorkingDir: root, entryPoints, outdir: path.join(dist, 'test'), sourcemap: 'linked',
    // What ships finds its neighbours beside itself, in dist/; so does the same source inside a test.
    define: { __dirname: JSON.stringify(dist) },
    loader: { '.css': 'text' },
    external: [...options.external, 'mocha', 'eslint', 'esbuild', 'playwright-core', '@vscode/test-electron', 'axe-core'],
    plugins: [...options.plugins, ownPlace],
  });
  return entryPoints.map(({ out }) => path.join(dist, 'test', `${out}.js`));
}
