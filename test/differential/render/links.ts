/** Why this file exists: what the files of a random program export, and how one takes another in. */
import type { ImportLink } from '../program';
import { count, fresh, indent, label, pickFrom } from './writer';
import type { Writer } from './writer';

/** A file as the others see it. */
export interface FileFace {
  /** As it is written in an import: `./f1.mjs`. */
  readonly specifier: string;
  readonly format: 'module' | 'commonjs' | 'json';
  /** Whether its text may use `import` and `export`. */
  readonly syntax: boolean;
  readonly index: number;
}

export interface LinkTexts {
  /** Imports and re-exports; before everything else. */
  readonly head: readonly string[];
  /** What stands among the statements. */
  readonly body: readonly string[];
  /** Expressions that read what was imported. */
  readonly reads: readonly string[];
}

export function renderLinks(
  writer: Writer, links: readonly ImportLink[], from: FileFace, faces: readonly FileFace[],
): LinkTexts {
  const all = links.map((link) => renderLink(writer, link, from, faces));
  return {
    head: all.flatMap(({ head }) => head),
    body: all.flatMap(({ body }) => body),
    reads: all.flatMap(({ reads }) => reads),
  };
}

const nothing: LinkTexts = { head: [], body: [], reads: [] };

function renderLink(writer: Writer, link: ImportLink, from: FileFace, faces: readonly FileFace[]): LinkTexts {
  // Node 20 cannot require an ES module; import() reaches every file.
  const may = faces.filter((face) => link.kind === 'dynamic' || from.format === 'module' || face.format !== 'module');
  const to = pickFrom(may, link.pick);
  if (to === undefined) return nothing;
  const kind = allowed(link.kind, from, to);
  count(writer, `link ${kind}`);
  count(writer, `link ${from.format} to ${to.format}`);
  if (from.index === to.index) count(writer, 'link to itself');
  return kind === 'dynamic' ? dynamic(writer, from, to) : kind === 'require' ? required(writer, to) : declared(writer, kind, to);
}

/** The nearest kind that both files allow. */
function allowed(kind: ImportLink['kind'], from: FileFace, to: FileFace): ImportLink['kind'] {
  if (kind === 'dynamic') return kind;
  if (!from.syntax) return 'require';
  if (kind === 'require') return from.format === 'module' ? 'namespace' : kind;
  if (to.format === 'json') return from.format === 'module' ? 'default' : 'require';
  return kind;
}

function declared(writer: Writer, kind: Exclude<ImportLink['kind'], 'dynamic' | 'require'>, to: FileFace): LinkTexts {
  const n = to.index;
  const from = `'${to.specifier}'${to.format === 'json' ? " with { type: 'json' }" : ''};`;
  const name = fresh(writer, 'i');
  switch (kind) {
    case 'side-effect': return { ...nothing, head: [`import ${from}`] };
    case 'namespace': return { ...nothing, head: [`import * as ${name} from ${from}`], reads: readsOf(name, n) };
    case 'default': return { ...nothing, head: [`import ${name} from ${from}`], reads: [name, `typeof ${name}`] };
    case 'named': {
      const [live, bump] = [`${name}a`, `${name}b`];
      return { ...nothing, head: [`import { live${n} as ${live}, bump${n} as ${bump} } from ${from}`], reads: [live, `${bump}()`, live] };
    }
    case 're-export': return { ...nothing, head: [`export { live${n} as ${name}, bump${n} as ${name}b } from ${from}`] };
    case 'star': return { ...nothing, head: [`export * from ${from}`] };
  }
}

function readsOf(name: string, n: number): string[] {
  return [`${name}.live${n}`, `${name}.bump${n}()`, `Object.keys(${name}).sort()`, `${name}.late${n}`, `typeof ${name}.default`, `${name}.same`, `'late${n}' in ${name}`];
}

function required(writer: Writer, to: FileFace): LinkTexts {
  const name = fresh(writer, 'r');
  const reads = to.format === 'json' ? [`${name}.from`, `require('${to.specifier}') === ${name}`] : readsOf(name, to.index);
  return { ...nothing, body: [`const ${name} = require('${to.specifier}');`], reads };
}

function dynamic(writer: Writer, from: FileFace, to: FileFace): LinkTexts {
  const attributes = to.format === 'json' ? ", { with: { type: 'json' } }" : '';
  const load = `import('${to.specifier}'${attributes})`;
  const name = fresh(writer, 'n');
  const reads = readsOf(name, to.index).slice(0, 4);
  const done = `(${name}: any) => {\n${indent(reads.map((read) => `try { log(${label(writer)}, ${read}); } catch (e) { log(${label(writer)}, e); }`).join('\n'))}\n}`;
  const twice = from.format === 'module' && to.format === 'module' ? `\nlog(${label(writer)}, ${load} === ${load});` : '';
  return { ...nothing, body: [`${load}.then(${done}, (e: any) => log(${label(writer)}, e.code ?? e));${twice}`] };
}

/** What every file gives the others; `before` its statements and `after` them. */
export function exportTexts(writer: Writer, { index: n, syntax }: FileFace): { before: string[]; after: string[] } {
  if (syntax) {
    return {
      before: [
        `export let live${n}: any = 0;`, `export function bump${n}(): any {\n  log(${label(writer)}, live${n});\n  return ++live${n};\n}`,
        `export default 'default ${n}';`, `export const same = ${n};`, `export class Shop${n} { static open = ${n}; }`,
      ],
      after: [`export const late${n} = 'late ${n}';`, `live${n} += 10;`],
    };
  }
  return {
    before: [`exports.live${n} = 0;`, `exports.bump${n} = (): any => ++exports.live${n};`, `exports.same = ${n};`, `module.exports.Shop${n} = class { static open = ${n}; };`],
    after: [`exports.late${n} = 'late ${n}';`, `exports.live${n} += 10;`],
  };
}
