/**
 * Why this file exists: text that the program turns into code while it runs (`eval`, `new Function` and their like) is
 * lowered as its files are. Its places are those of nobody: they count as the place that ran it.
 */
import { parse } from 'acorn';
import ts from 'typescript';
import { keyVariables } from './branding';
import { treeOf } from './file-tree';
import { contextOf, declaresEval } from './evals';
import { liveBinding, readOfImport, symbolOf } from './imported-reads';
import { isVariable } from './identifiers';
import { programAround } from './one-file-program';
import { commonJsModules, dynamicImport, newFacts, type ModuleLowering, type VisibleImport } from './modules';
import { plainScope } from './scope';
import { handedOverNames } from './received';
import type { SiteTable } from './sites';
import { saysStrict } from './strictness';
import { patternFault } from './pattern-fault';
import { syntaxWords } from './syntax-words';
import { takenName } from './taken-names';
import { walk } from './transform';

/** What the runtime is told: the code and what it must know of its functions, or what is wrong with the text. */
export type LoweredText =
  | { readonly code: string; readonly names: readonly string[]; readonly texts: readonly (string | null)[] }
  | { readonly error: string }
  /** It has a name of the probes: the run ends. */
  | { readonly taken: string };

/** Instead of the flags of a text: it is a pattern and its flags, as JSON, and only what is wrong with it is asked. */
const askAboutPattern = -1;

/** Instead of flags: the text, its flags and what it may name of imports, as JSON (guest/text-code.ts). */
const withImports = -3;

interface Asked {
  readonly text: string;
  readonly flags: number;
  readonly imports: readonly VisibleImport[];
}

/** `flags`: see evals.ts. `table` grows by the places of the text. */
export function lowerText(text: string, flags: number, table: SiteTable): LoweredText {
  if (flags === askAboutPattern) {
    const [pattern, ofPattern] = JSON.parse(text) as [string, string]; // the runtime wrote it: guest/text-code.ts
    return { error: patternFault(pattern, ofPattern) ?? '' };
  }
  const { imports, ...own } = flags === withImports
    ? (JSON.parse(text) as Asked) // as above
    : { text, flags, imports: [] };
  return loweredText(own.text, own.flags, imports, table);
}

function loweredText(
  text: string,
  flags: number,
  imports: readonly VisibleImport[],
  table: SiteTable,
): LoweredText {
  const context = contextOf(flags);
  try {
    const sourceType = /\bnew\s*\.\s*target\b/.test(text) ? 'commonjs' : 'script';
    parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      strict: context.isStrict,
      allowSuperOutsideMethod: true,
      checkPrivateFields: false, // the class around the text may declare them: the engine looks
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { error: syntaxWords(error, text) };
  }
  const source = treeOf('text.js', text, 'commonjs');
  const taken = takenName(source);
  if (taken !== undefined) return { taken: taken.message };
  const first = table.sites.length;
  const code = printed(source, context, table, modulesOf(source, imports));
  const own = table.sites.splice(first);
  // The text has no file: its places are shown as the start of the program.
  table.sites.push(...own.map((site) => ({ ...site, file: 0, start: 0, end: 0 })));
  return { code, names: own.map((site) => site.name ?? ''), texts: table.texts.slice(first) };
}

/** What the text itself declares hides what the module around it imports. */
function modulesOf(source: ts.SourceFile, imports: readonly VisibleImport[]): ModuleLowering {
  const facts = newFacts();
  const plain = commonJsModules(facts);
  if (imports.length === 0) return plain;
  const checker = programAround(source, { alwaysStrict: false }).getTypeChecker();
  const referenceTo = (node: ts.Identifier): ts.Expression | undefined => {
    const found = imports.find((each) => each.name === node.text);
    const isUse = isVariable(node) || ts.isShorthandPropertyAssignment(node.parent);
    if (found === undefined || node.pos < 0 || !isUse) return undefined;
    const isDeclared = symbolOf(checker, node)?.declarations !== undefined;
    return isDeclared ? undefined : liveBinding(found.variable, found.imported);
  };
  const isHidden = (node: ts.Node, { name }: VisibleImport): boolean =>
    checker.getSymbolsInScope(node, ts.SymbolFlags.Value).some((each) => each.name === name);
  return {
    ...plain,
    visibleImports: (node) => imports.filter((each) => !isHidden(ts.getOriginalNode(node), each)),
    expression: (node, visit) => readOfImport(node, visit, referenceTo) ?? dynamicImport(node, facts, visit),
  };
}

function printed(
  source: ts.SourceFile,
  context: ReturnType<typeof contextOf>,
  table: SiteTable,
  modules: ModuleLowering,
): string {
  const isStrict = context.isStrict || saysStrict(source.statements);
  const transformer: ts.TransformerFactory<ts.SourceFile> = (transformation) => (root) => {
    const lowering = {
      source,
      file: 0,
      table,
      context: transformation,
      walk,
      modules,
      isQuiet: () => true, // a probe would change the value that the text completes with
      isStrict,
      redefinesEval: declaresEval(source),
      keys: [],
      givenNames: new Map<ts.Node, ts.Expression>(),
      callable: undefined,
      handedOver: handedOverNames(source),
      receivers: new Map<number, number>(),
    };
    const statements = walk.statements(lowering, root.statements, { ...plainScope, ...context }, true);
    const first = saysStrict(root.statements) ? [ts.factory.createExpressionStatement(ts.factory.createStringLiteral('use strict'))] : [];
    return ts.factory.updateSourceFile(root, [...first, ...keyVariables(lowering), ...statements]);
  };
  const result = ts.transform(source, [transformer]);
  const [lowered] = result.transformed;
  return lowered === undefined ? '' : ts.createPrinter({ removeComments: true }).printFile(lowered);
}
