/**
 * The package that extracts Node's inspect guesses what only V8 knows (states of promises, targets of proxies, kinds of functions). The
 * guest knows: its own answers are put in place of the guesses. A guess that is not found fails the build, so that an update cannot
 * silently lose one.
 */
import fs from 'node:fs';
import path from 'node:path';

const replacements = [
  // Every question of what kind a value is: the package asks `value.constructor`, which may be the program's getter.
  ['be=r(567)', 'be=__types'],
  ...['getPromiseDetails', 'previewEntries', 'getConstructorName', 'isError', 'pathToFileURL'].map(name => [`${name}:function(`, `${name}:__hooks.${name},unused_${name}:function(`]),
  ['getProxyDetails:a.getProxyDetails', 'getProxyDetails:__hooks.getProxyDetails'],
  ['TypedArrayPrototypeGetLength:(', 'TypedArrayPrototypeGetSymbolToStringTag:__hooks.typedArrayName,TypedArrayPrototypeGetLength:__hooks.typedArrayLength,unused_length:('],
  ['function un(t){', 'function un(t){return __hooks.hasBuiltInToString(t,Qe)}function unused_un(t){'],
  ['FunctionPrototypeToString:Function.prototype.call.bind(Function.prototype.toString)', 'FunctionPrototypeToString:__textOf'],
  // What a trap or a getter of the program throws, Node 20 passes on as it is.
  ['He.fail(e.stack)}', 'throw e}'],
  // A function of sloppy code has more than the engine says.
  ['ObjectGetOwnPropertyNames:Object.getOwnPropertyNames', 'ObjectGetOwnPropertyNames:__hooks.ownNames'],
  // Written by index, the list would meet a setter that the program put on Object.prototype.
  ['for(var e=arguments.length,r=new Array(e>1?e-1:0),n=1;n<e;n++)r[n-1]=arguments[n];return dn(t,r)', 'return dn(t,__hooks.afterFirst(arguments))'],
  // Node 20 looks here whether it is an URL, which a Proxy or a getter of the program sees.
  ['(e,t,a,l,u),0===a.length&&void 0===c)return d}else{', '(e,t,a,l,u),0===a.length&&void 0===c)return d}else{__hooks.lookForUrl(e);'],
  // The inside of a value is about to be shown, whatever its depth allows.
  ['n+=1,t.seen.push(e),t.currentDepth=n;', 'n+=1,t.seen.push(e),t.currentDepth=n;__hooks.inside.look(e);'],
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
        const guest = path.join(root, 'src/simulation/guest');
        const hooks = JSON.stringify(path.join(guest, 'inspect-hooks.ts'));
        const types = JSON.stringify(path.join(guest, 'modules/util/types.ts'));
        const texts = JSON.stringify(path.join(guest, 'function-text.ts'));
        const given = `const __hooks = require(${hooks}), __types = require(${types}).types, __textOf = require(${texts}).shownTextOf;`;
        return { contents: `${given}\n${text}`, loader: 'js' };
      });
    },
  };
}
