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
/** Classes that are mostly made with `new`. */
const classes = [
  'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError', 'SuppressedError',
  'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Proxy', 'Boolean', 'BigInt', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView',
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array',
  'BigInt64Array', 'BigUint64Array', 'AbortController', 'Event', 'EventTarget', 'CustomEvent', 'EventEmitter', 'AsyncLocalStorage', 'AsyncResource',
  'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'MessageChannel', 'BroadcastChannel', 'Worker', 'Blob', 'Response', 'Request', 'Headers',
  'ReadableStream', 'WritableStream', 'TransformStream', 'DisposableStack', 'AsyncDisposableStack',
];

const variables = [...globals, ...classes, ...builtIns.flatMap((owner) => (typeof owner === 'function' ? [owner.name] : []))];
const members = builtIns.flatMap((owner) => [
  ...Object.getOwnPropertyNames(owner),
  ...Object.getOwnPropertyNames((owner as { prototype?: object }).prototype ?? {}),
]);

/** Names that are called as functions, and as methods, and probably are some. */
export interface CallableNames {
  readonly variables: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
}

/** Those of a file, and what the language and the hosts have. */
export function callableNames(source: ts.SourceFile): CallableNames {
  const found = { variables: new Set(variables), members: new Set([...globals, ...members]) };
  const visit = (node: ts.Node): void => {
    const name = functionNamed(node);
    if (name !== undefined) {
      found.members.add(name);
      if (!ts.isClassElement(node) && !ts.isPropertyAssignment(node)) found.variables.add(name);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function functionNamed(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name?.text;
  if (ts.isImportSpecifier(node) || ts.isImportClause(node)) return node.name?.text;
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
