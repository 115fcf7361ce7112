/**
 * The guest in pieces. Its core is in every run; a part (`src/simulation/guest/parts/<name>/part.ts`) only where the program may ask for
 * it. A part is a bundle of its own that shares the core: what it imports of the guest outside its folder is not bundled again but taken
 * from the core that is already in the sandbox, and of another part only its `part.ts` can be imported.
 *
 *   dist/guest/<name>.js   `// needs: …` (the parts before it), then a function of the core's modules and the other parts
 */
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { placesIn } from './stream-frames.mjs';
import { streamPatch } from './stream-patch.mjs';

const guestFolder = 'src/simulation/guest';
const partFolder = `${guestFolder}/parts`;
const asyncFile = `${guestFolder}/lowered-async.ts`;

const slashed = file => file.replaceAll(path.sep, '/');

export function partNames(root) {
  return fs.readdirSync(path.join(root, partFolder), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
}

function sourcesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(file) : /\.ts$/.test(entry.name) ? [file] : [];
  });
}

/** The core's modules that parts import, as paths below the guest without their extension. */
function sharedModules(root) {
  const guest = path.join(root, guestFolder);
  const found = new Set([path.join(root, asyncFile), path.join(guest, 'own-globals.ts'), path.join(guest, 'placed-lines.ts')].map(file => nameOf(root, file)));
  for (const file of sourcesBelow(path.join(root, partFolder))) {
    for (const [, specifier] of fs.readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?! type\b)[^;]*?\bfrom '(\.[^']+)';/gms)) {
      const target = `${path.resolve(path.dirname(file), specifier)}.ts`;
      const name = nameOf(root, target);
      if (!name.startsWith('..') && !name.startsWith('parts/') && fs.existsSync(target)) found.add(name);
    }
  }
  return [...found].sort();
}

function nameOf(root, file) {
  return slashed(path.relative(path.join(root, guestFolder), file)).replace(/\.ts$/, '');
}

/** For the core's bundle: `shared.ts` holds every module that a part imports. */
export function sharedWithParts(root) {
  return {
    name: 'shared-with-parts',
    setup(build) {
      build.onLoad({ filter: /[\\/]simulation[\\/]guest[\\/]shared\.ts$/ }, ({ path: file }) => {
        const names = sharedModules(root);
        const imports = names.map((name, i) => `import * as m${i} from ${JSON.stringify(`./${name}`)};`);
        const members = names.map((name, i) => `${JSON.stringify(name)}: m${i}`);
        const contents = `${imports.join('\n')}\nexport const shared = { ${members.join(', ')} };`;
        return { contents, loader: 'ts', watchFiles: [file, ...sourcesBelow(path.join(root, partFolder))] };
      });
    },
  };
}

/** What a file exports, types left out. */
async function exportsOf(file) {
  const options = { entryPoints: [file], write: false, metafile: true, format: 'esm', outdir: path.dirname(file), logLevel: 'silent' };
  const { metafile } = await esbuild.build(options);
  return Object.values(metafile.outputs)[0].exports;
}

async function takenFrom(holder, file) {
  const names = (await exportsOf(file)).filter(name => name !== 'default');
  return { contents: `const from = ${holder};\n${names.map(name => `export const ${name} = from.${name};`).join('\n')}`, loader: 'js' };
}

/** For a part's bundle: the core's modules and other parts are taken, not bundled. */
function takenFromCore(root, part, needs) {
  return {
    name: 'taken-from-core',
    setup(build) {
      build.onLoad({ filter: /[\\/]simulation[\\/]guest[\\/].*\.ts$/ }, ({ path: file }) => {
        const name = nameOf(root, file);
        const [, other, door] = /^parts\/([^/]+)\/(.*)$/.exec(name) ?? [];
        if (other === part || name === 'parts/globals') return undefined;
        if (other === undefined) return takenFrom(`$core[${JSON.stringify(name)}]`, file);
        if (door !== 'part') throw new Error(`the part ${part} imports ${name}: of another part only part.ts can be imported`);
        needs.add(other);
        return takenFrom(`$parts[${JSON.stringify(other)}]`, file);
      });
    },
  };
}

/** The helpers that esbuild writes for async functions make promises in their own way: ours keep the order of the language. */
function withOwnAsync(text, part) {
  return ['__async', '__await', '__asyncGenerator'].reduce((code, name) => {
    if (!new RegExp(`\\b${name}\\(`).test(code)) return code;
    const helper = new RegExp(`^  var ${name} = .*?(?=^  (?:var|//|let|const|function|class) )`, 'ms');
    if (!helper.test(code)) throw new Error(`the helper ${name} is not found in the part ${part}`);
    return code.replace(helper, () => `  var ${name} = $core["lowered-async"].${name.slice(2)};\n`);
  }, text);
}

/** What libraries ask for by name: it is there already, or is Node's own and made here. */
const aliases = {
  tr46: 'url/domain', qs: 'url/old-querystring', buffer: 'buffer/part', events: 'stream/library/events', 'string_decoder/': 'buffer/part',
  'process/': 'stream/library/process', 'abort-controller': 'stream/library/abort-controller',
};

function madeHere(root) {
  const fileOf = name => path.join(root, partFolder, `${name}.ts`);
  return {
    name: 'made-here',
    setup(build) {
      build.onResolve({ filter: /^[\w-]+\/?$/ }, ({ path: name, importer }) =>
        (importer.includes('node_modules') && Object.hasOwn(aliases, name) ? { path: fileOf(aliases[name]) } : undefined));
      build.onResolve({ filter: /(?:ours\/errors|\/errors|util\/inspect)$/ }, ({ path: name, importer }) => {
        if (!importer.includes('readable-stream')) return undefined;
        return { path: fileOf(`stream/library/${name.endsWith('errors') ? 'errors' : 'inspect'}`) };
      });
    },
  };
}

/** Where Node's streams make the calls that this text makes. */
function placed(part, code) {
  return `$core["placed-lines"].placeLines(${JSON.stringify(part)}, ${JSON.stringify(placesIn(`${code}})`))});\n`;
}

/** Options for the bundle of a part; its text is written when it is made, so that what it needs stands in front of it. */
export function partOptions(root, part) {
  const needs = new Set();
  const write = {
    name: 'write-part',
    setup(build) {
      build.onStart(() => needs.clear());
      build.onEnd(({ outputFiles, errors }) => {
        if (errors.length > 0) return;
        const { path: file, text } = outputFiles[0];
        fs.mkdirSync(path.dirname(file), { recursive: true });
        const code = `// needs: ${[...needs].join(' ')}\n(function ($core, $parts) {\n${withOwnAsync(text, part)}`;
        fs.writeFileSync(file, `${code}${part === 'stream' ? placed(part, code) : ''}return $part;\n})`);
      });
    },
  };
  return {
    bundle: true, platform: 'neutral', target: 'es2022', format: 'iife', globalName: '$part', logLevel: 'warning', charset: 'utf8',
    absWorkingDir: root, outdir: path.join(root, 'dist/guest'), write: false, mainFields: ['module', 'main'],
    supported: { 'async-await': false, 'async-generator': false, 'for-await': false },
    entryPoints: { [part]: `${partFolder}/${part}/part.ts` }, inject: [`${guestFolder}/own-globals.ts`, `${partFolder}/globals.ts`],
    plugins: [madeHere(root), streamPatch, takenFromCore(root, part, needs), write],
  };
}
