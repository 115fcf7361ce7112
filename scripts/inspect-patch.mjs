/**
 * The package that extracts Node's inspect guesses what only V8 knows (states of promises, targets of proxies, kinds of functions). The
 * guest knows: its own answers are put in place of the guesses. A guess that is not found fails the build, so that an update cannot
 * silently lose one.
 */
import fs from 'node:fs';
import path from 'node:path';

/** Functions of the package whose place one of ours takes; its own stays behind under another name. */
const guesses = ['isMap', 'isSet', 'getPromiseDetails', 'previewEntries', 'isPromise', 'isAsyncFunction', 'isGeneratorFunction', 'isNativeError', 'isModuleNamespaceObject',
  'isArgumentsObject'];

const replacements = [
  ...guesses.map(name => [`${name}:function(`, `${name}:__hooks.${name},unused_${name}:function(`]),
  ['getProxyDetails:a.getProxyDetails', 'getProxyDetails:__hooks.getProxyDetails'],
  ['pathToFileURL:function(', 'pathToFileURL:__hooks.pathToFileURL,unused_pathToFileURL:function('],
  ['Symbol("kPending")', '__hooks.states.pending'],
  ['Symbol("kRejected")', '__hooks.states.rejected'],
];

/** An esbuild plugin for the guest's bundle. */
export function inspectPatch(root) {
  return {
    name: 'inspect-patch',
    setup(build) {
      build.onLoad({ filter: /node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, ({ path: file }) => {
        let text = fs.readFileSync(file, 'utf8');
        for (const [guess, answer] of replacements) {
          if (text.split(guess).length !== 2) throw new Error(`scripts/inspect-patch.mjs: not found once in node-inspect-extracted: ${guess}`);
          text = text.replace(guess, () => answer);
        }
        const hooks = path.join(root, 'src/simulation/guest/inspect-hooks.ts');
        return { contents: `const __hooks = require(${JSON.stringify(hooks)});\n${text}`, loader: 'js' };
      });
    },
  };
}
