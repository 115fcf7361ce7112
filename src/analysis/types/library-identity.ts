/**
 * Why this file exists: a declaration in a library gets the name that the tables know it by: `node:fs` and
 * `readFileSync`.
 */
import ts from 'typescript';
import { canonicalModule } from '../known-apis/builtin-modules';
import type { LibraryTarget } from './questions';

/** The identity of a declaration in a declaration file; undefined for the user's own declarations without a package. */
export function libraryIdentity(declaration: ts.Declaration): LibraryTarget | undefined {
  const names: string[] = [];
  let module: string | undefined;
  let node: ts.Node = declaration;
  for (; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
      module = canonicalModule(node.name.text);
      break;
    }
    if (ts.isModuleDeclaration(node) && (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) {
      module = 'global';
      break;
    }
    const name = nameOf(node);
    if (name !== undefined) names.unshift(name);
  }
  if (ts.isSourceFile(node)) module = moduleOfFile(node);
  return module === undefined ? undefined : { kind: 'library', module, name: names.join('.') };
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node) || ts.isConstructSignatureDeclaration(node)) return undefined;
  if (ts.isInterfaceDeclaration(node)) return node.name.text.replace(/Constructor$/, '');
  if (ts.isModuleDeclaration(node)) return node.name.text;
  const named = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isVariableDeclaration(node);
  const member =
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node);
  if (!named && !member && !ts.isAccessor(node)) return undefined;
  const name = node.name;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

function moduleOfFile(file: ts.SourceFile): string | undefined {
  const inPackage = packageOfPath(file.fileName);
  if (inPackage === 'typescript' || /\/lib\.[^/]*\.d\.ts$/.test(file.fileName)) return 'global';
  if (inPackage === undefined) return undefined;
  return inPackage === 'node' || !ts.isExternalModule(file) ? (isGlobalScript(file) ? 'global' : inPackage) : inPackage;
}

function isGlobalScript(file: ts.SourceFile): boolean {
  return !ts.isExternalModule(file);
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
 * are not installed. `symbolOf` answers the local symbol of an identifier, aliases unresolved.
 */
export function identityByImport(
  expression: ts.Expression,
  symbolOf: (id: ts.Identifier) => ts.Symbol | undefined,
): LibraryTarget | undefined {
  const path: string[] = [];
  let root: ts.Expression = expression;
  while (ts.isPropertyAccessExpression(root)) {
    path.unshift(root.name.text);
    root = root.expression;
  }
  if (ts.isIdentifier(root)) {
    const binding = importBinding(symbolOf(root));
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

function importBinding(symbol: ts.Symbol | undefined): { module: string; path: string[] } | undefined {
  const node = symbol?.declarations?.[0];
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
