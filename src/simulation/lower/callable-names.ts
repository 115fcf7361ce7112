/**
 * Why this file exists: of `f(g())` the engine says that something is no function, but not which of the two. Names that
 * the file gives to functions, and those of the language's own, are the less likely ones.
 */
import ts from 'typescript';

const builtIns: readonly object[] = [
  Array,
  Object,
  Promise,
  Map,
  Set,
  String,
  Number,
  Math,
  JSON,
  Reflect,
  Date,
  Symbol,
  Function,
  RegExp,
];
const globals = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'nextTick', 'log', 'error', 'require'];

const known: ReadonlySet<string> = new Set([
  ...globals,
  ...builtIns.flatMap((owner) => [
    ...(typeof owner === 'function' ? [owner.name] : []),
    ...Object.getOwnPropertyNames(owner),
    ...Object.getOwnPropertyNames((owner as { prototype?: object }).prototype ?? {}),
  ]),
]);

/** Names that are called as functions or methods and probably are some. */
export function callableNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set(known);
  const visit = (node: ts.Node): void => {
    const name = functionNamed(node);
    if (name !== undefined) names.add(name);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function functionNamed(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name?.text;
  if (ts.isImportSpecifier(node)) return node.name.text;
  if (ts.isMethodDeclaration(node)) return textOf(node.name);
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyAssignment(node) && !ts.isPropertyDeclaration(node))
    return undefined;
  const value = node.initializer;
  const isFunction = value && (ts.isFunctionLike(value) || ts.isClassExpression(value));
  return isFunction ? textOf(node.name) : undefined;
}

function textOf(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}
