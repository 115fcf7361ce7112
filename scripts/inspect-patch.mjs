/**
 * The package that extracts Node's inspect guesses what only V8 knows (states of promises, targets of proxies, kinds of functions). The
 * guest knows: its own answers are put in place of the guesses. A guess that is not found fails the build, so that an update cannot
 * silently lose one.
 */
import fs from 'node:fs';
import path from 'node:path';

const replacements = [
  ['getPromiseDetails:()=>[g,void 0]', 'getPromiseDetails:__hooks.getPromiseDetails'],
  ['g=p("kPending"),h=p("kRejected")', 'g=__hooks.states.pending,h=__hooks.states.rejected'],
  ['getProxyDetails:y.getProxyDetails', 'getProxyDetails:__hooks.getProxyDetails'],
  ['previewEntries:t=>[[],!1]', 'previewEntries:__hooks.previewEntries'],
  ['isPromise:t=>A(t,"Promise")', 'isPromise:__hooks.isPromise'],
  ['isAsyncFunction:t=>"function"==typeof t&&a.toString.call(t).startsWith("async")', 'isAsyncFunction:__hooks.isAsyncFunction'],
  ['isGeneratorFunction:t=>"function"==typeof t&&a.toString.call(t).match(/^(async\\s+)?function *\\*/)', 'isGeneratorFunction:__hooks.isGeneratorFunction'],
  ['isNativeError:t=>t instanceof c&&A(t,"Error","EvalError","RangeError","ReferenceError","SyntaxError","TypeError","URIError","AggregateError")', 'isNativeError:__hooks.isNativeError'],
  ['isModuleNamespaceObject(t){try{return t&&"object"==typeof t&&"Module"===t[P]}catch{return!1}}', 'isModuleNamespaceObject:__hooks.isModuleNamespaceObject'],
  ['if(0!==s)for(let e=0;e<s;e++)u=`${t.stylize("Proxy(","special")}${u}${t.stylize(")","special")}`;return u}', 'return u}'], // Node 20–24 show a Proxy as its target
  ['t.exports=URL}', 't.exports=class URL{}}'],
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
        const arguments_ = text.replace(/isArgumentsObject\(t\)\{.*?return!1\},isBoxedPrimitive/s, () => 'isArgumentsObject:__hooks.isArgumentsObject,isBoxedPrimitive');
        if (arguments_ === text) throw new Error('scripts/inspect-patch.mjs: isArgumentsObject is not found in node-inspect-extracted');
        const hooks = path.join(root, 'src/simulation/guest/inspect-hooks.ts');
        return { contents: `const __hooks = require(${JSON.stringify(hooks)});\n${arguments_}`, loader: 'js' };
      });
    },
  };
}
