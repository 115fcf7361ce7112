/**
 * Loading TypeScript is most of a cold start. V8 can keep what it compiled: the build writes that beside typescript.js, and whoever loads it
 * uses it if it was made by the same V8 (else it is refused, and TypeScript is loaded as ever). The build's text is ASCII, which is read
 * fastest as Latin-1.
 */
import { execFileSync } from 'node:child_process';
import { exportsByName } from './typescript-names.mjs';

/**
 * A module whose default is what `file` (relative to the bundle, or absolute) exports, by its cache where one fits. As CommonJS it would be
 * wrapped at each of some hundred imports, and every wrapping copies two thousand properties: half of a cold start.
 */
export function loaderOf(file) {
  return `
const { readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');
function load(name) {
  if (require.cache[name]) return require.cache[name].exports;
  let cachedData;
  try { cachedData = readFileSync(name + '.cache'); } catch { return require(name); }
  const script = new Script(wrap(readFileSync(name, 'latin1')), { filename: name, cachedData });
  if (script.cachedDataRejected) return require(name);
  const module = { exports: {}, id: name, filename: name, loaded: true, children: [], paths: [] };
  require.cache[name] = module;
  script.runInThisContext()(module.exports, createRequire(name), module, name, dirname(name));
  return module.exports;
}
const typescript = load(require.resolve(${JSON.stringify(file)}));
export default typescript;
${exportsByName('typescript')}`;
}

/** What is run apart: it compiles and emits a little, so that the cache holds the functions that every start needs. */
const maker = `
const fs = require('node:fs'), path = require('node:path'), { createRequire, wrap } = require('node:module'), { Script } = require('node:vm');
const name = process.argv[1];
const script = new Script(wrap(fs.readFileSync(name, 'utf8')), { filename: name });
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(name), module_, name, path.dirname(name));
const ts = module_.exports;
const text = 'enum E { A } interface I { x: number } class C<T> { #p = 1; async m(a: I, b = 2) { for (const x of [1]) await x; return { ...a, b }; } } const f = async () => { try { await new C().m({ x: E.A }); } catch (e) { console.log(\`\${e}\`); } finally { } }; function* g() { yield 1; } f(); export {};';
for (const module of [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS]) ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module, sourceMap: true } });
fs.writeFileSync(name + '.cache', script.createCachedData());`;

/** Writes \`file\`.cache; about a second. */
export function writeCompileCache(file) {
  execFileSync(process.execPath, ['-e', maker, file], { stdio: 'inherit' });
}
