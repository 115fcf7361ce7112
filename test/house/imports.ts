/** Why this file exists: reads which file imports what, for the tests of who may import whom. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Texts by path, relative to the repository, with forward slashes. Tests plant their own. */
export type Sources = Readonly<Record<string, string>>;

export interface Import {
  readonly from: string;
  /** The file, relative to the repository without extension, or the package as written. */
  readonly to: string;
  readonly isPackage: boolean;
  /** Nothing of it is there at run time. */
  readonly typeOnly: boolean;
}

/** The TypeScript of a folder. */
export function readSources(folder: string): Sources {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name));
  return Object.fromEntries(names.map(name => {
    const file = `${folder}/${name.replaceAll(path.sep, '/')}`;
    return [file, fs.readFileSync(file, 'utf8')];
  }));
}

/** Every import of every file: static, re-exported, dynamic, `require` and `import('x')` types. */
export function readImports(sources: Sources): readonly Import[] {
  return Object.entries(sources).flatMap(([file, text]) => {
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
    return importsOf(tree).map(({ name, typeOnly }) => {
      const isPackage = !name.startsWith('.');
      const to = isPackage ? name : path.posix.join(path.posix.dirname(file), name);
      return { from: file, to, isPackage, typeOnly };
    });
  });
}

interface Named {
  readonly name: string;
  readonly typeOnly: boolean;
}

function importsOf(node: ts.Node): readonly Named[] {
  const own = importOf(node);
  const inside: Named[] = own ? [own] : [];
  ts.forEachChild(node, child => { inside.push(...importsOf(child)); });
  return inside;
}

function importOf(node: ts.Node): Named | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, erased(node.importClause));
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node)) return named(literalOf(node.argument), true);
  return ts.isCallExpression(node) && isLoader(node.expression) ? named(node.arguments[0], false) : undefined;
}

function literalOf(type: ts.TypeNode): ts.Node | undefined {
  return ts.isLiteralTypeNode(type) ? type.literal : undefined;
}

function isLoader(callee: ts.Expression): boolean {
  const isRequire = ts.isIdentifier(callee) && callee.text === 'require';
  return isRequire || callee.kind === ts.SyntaxKind.ImportKeyword;
}

/** `import type`, or braces in which every name is a type. */
function erased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.every(element => element.isTypeOnly);
}

function named(specifier: ts.Node | undefined, typeOnly: boolean): Named | undefined {
  return specifier && ts.isStringLiteral(specifier) ? { name: specifier.text, typeOnly } : undefined;
}
