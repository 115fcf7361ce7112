/**
 * Why this file exists: a declaration in a library gets the name that the tables know it by: `node:fs` and
 * `readFileSync`.
 */
import ts from 'typescript';
import { canonicalModule } from '../known-apis/builtin-modules';
import type { LibraryTarget } from './questions';

/** What stands around a declaration, as far as it says where the declaration belongs. */
export type Enclosing =
  | { readonly kind: 'name'; readonly name: string }
  /** `declare module 'fs'` */
  | { readonly kind: 'ambient-module'; readonly name: string }
  /** `declare global` */
  | { readonly kind: 'global-augmentation' };

/**
 * The identity of a declaration from its own name and those around it, the innermost first; undefined for the user's
 * own declarations without a package.
 */
export function identityFrom(
  enclosing: Iterable<Enclosing>,
  file: { readonly path: string; readonly isModule: boolean },
): LibraryTarget | undefined {
  const names: string[] = [];
  for (const each of enclosing) {
    if (each.kind === 'name') names.unshift(each.name);
    else {
      const module = each.kind === 'ambient-module' ? canonicalModule(each.name) : 'global';
      return { kind: 'library', module, name: names.join('.') };
    }
  }
  const module = moduleOfFile(file.path, file.isModule);
  return module === undefined ? undefined : { kind: 'library', module, name: names.join('.') };
}

/** An interface such as `PromiseConstructor` is the type of a value, whose name says what is called. */
export function interfaceName(name: string): string {
  return name.replace(/Constructor$/, '');
}

/** The identity of a declaration in a declaration file that TypeScript 6 parsed. */
export function libraryIdentity(declaration: ts.Declaration): LibraryTarget | undefined {
  const file = declaration.getSourceFile();
  return identityFrom(around(declaration), { path: file.fileName, isModule: ts.isExternalModule(file) });
}

function* around(declaration: ts.Declaration): Iterable<Enclosing> {
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const enclosing = enclosingOf(node);
    if (enclosing !== undefined) yield enclosing;
  }
}

function enclosingOf(node: ts.Node): Enclosing | undefined {
  if (ts.isModuleDeclaration(node)) {
    if (ts.isStringLiteral(node.name)) return { kind: 'ambient-module', name: node.name.text };
    if ((node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return { kind: 'global-augmentation' };
    return { kind: 'name', name: node.name.text };
  }
  if (ts.isInterfaceDeclaration(node)) return { kind: 'name', name: interfaceName(node.name.text) };
  const named = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isVariableDeclaration(node);
  const member =
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node);
  if (!named && !member && !ts.isAccessor(node)) return undefined;
  const name = node.name;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))
    ? { kind: 'name', name: name.text }
    : undefined;
}

function moduleOfFile(path: string, isModule: boolean): string | undefined {
  const inPackage = packageOfPath(path);
  if (inPackage === 'typescript' || /\/lib\.[^/]*\.d\.ts$/.test(path)) return 'global';
  return inPackage === undefined || isModule ? inPackage : 'global';
}

/** `/x/node_modules/@types/foo__bar/index.d.ts` → `@foo/bar`; undefined outside of node_modules. */
export function packageOfPath(path: string): string | undefined {
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  const parts = path.slice(at + '/node_modules/'.length).split('/');
  const first = parts[0] ?? '';
  const second = parts[1] ?? '';
  if (first === '@types') return second.includes('__') ? `@${second.replace('__', '/')}` : second;
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/**
 * The identity that the text alone gives: `fs.readFileSync` when `fs` is imported from `node:fs`. It serves where the
 * types of a module
 * are not installed. `declarationOf` answers where the name is declared, in this file.
 */
export function identityByImport(
  expression: ts.Expression,
  declarationOf: (id: ts.Identifier) => ts.Node | undefined,
): LibraryTarget | undefined {
  const path: string[] = [];
  let root: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(root)) {
    path.unshift(root.name.text);
    root = root.expression;
  }
  if (ts.isIdentifier(root)) {
    const binding = importBinding(declarationOf(root));
    if (binding === undefined) return undefined;
    return named(binding.module, [...binding.path, ...path]);
  }
  const required = requiredModule(root);
  return required === undefined ? undefined : named(required, path);
}

function named(module: string, path: readonly string[]): LibraryTarget {
  // `import fs from 'fs'` names the module itself; `fs.promises` is a module of its own.
  const names = path[0] === 'default' && path.length > 1 ? path.slice(1) : path;
  if (module === 'node:fs' && names[0] === 'promises')
    return { kind: 'library', module: 'node:fs/promises', name: names.slice(1).join('.') };
  return { kind: 'library', module, name: names.join('.') };
}

function importBinding(node: ts.Node | undefined): { module: string; path: string[] } | undefined {
  if (node === undefined) return undefined;
  if (ts.isImportSpecifier(node))
    return bound(node.parent.parent.parent.moduleSpecifier, [(node.propertyName ?? node.name).text]);
  if (ts.isNamespaceImport(node)) return bound(node.parent.parent.moduleSpecifier, []);
  if (ts.isImportClause(node)) return bound(node.parent.moduleSpecifier, ['default']);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return bound(node.moduleReference.expression, []);
  if (ts.isVariableDeclaration(node)) {
    const module = requiredModule(node.initializer);
    return module === undefined ? undefined : { module, path: [] };
  }
  if (ts.isBindingElement(node) && ts.isVariableDeclaration(node.parent.parent)) {
    const module = requiredModule(node.parent.parent.initializer);
    const name = node.propertyName ?? node.name;
    return module === undefined || !ts.isIdentifier(name) ? undefined : { module, path: [name.text] };
  }
  return undefined;
}

function bound(specifier: ts.Expression, path: string[]): { module: string; path: string[] } | undefined {
  return ts.isStringLiteral(specifier) && !specifier.text.startsWith('.')
    ? { module: canonicalModule(specifier.text), path }
    : undefined;
}

function requiredModule(node: ts.Expression | undefined): string | undefined {
  if (
    node === undefined ||
    !ts.isCallExpression(node) ||
    !ts.isIdentifier(node.expression) ||
    node.expression.text !== 'require'
  )
    return undefined;
  const argument = node.arguments[0];
  return argument !== undefined && ts.isStringLiteral(argument) && !argument.text.startsWith('.')
    ? canonicalModule(argument.text)
    : undefined;
}
