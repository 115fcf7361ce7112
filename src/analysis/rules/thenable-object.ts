/**
 * Why this file exists: whatever has a callable `then` is taken for a promise: `await` and `import()` call it, and wait
 * for ever when it calls nobody back.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { found, type Rule, type RuleContext } from './rule';
import { containsAny } from './shapes/functions';

const { SyntaxKind } = ts;

export const thenableObject: Rule = {
  id: 'thenable-object',
  finds: 'an object, class or module with a function `then` that is no promise',
  severity: 'warning',
  check: (context) => [
    ...context.nodes.of(SyntaxKind.MethodDeclaration).flatMap((node) => checkMember(node, node, context)),
    ...context.nodes
      .of(SyntaxKind.PropertyAssignment, SyntaxKind.PropertyDeclaration)
      .flatMap((node) => (isFunction(node.initializer) ? checkMember(node, node.initializer, context) : [])),
    ...exported(context).map((name) => found(thenableObject, context, name, moduleMessage)),
  ],
};

const moduleMessage =
  'A module that exports `then` is taken for a promise: `import()` calls it, and whoever awaits the import may wait for ever.';

type Member = ts.MethodDeclaration | ts.PropertyAssignment | ts.PropertyDeclaration;
type FunctionNode = ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

function checkMember(member: Member, fn: FunctionNode, context: RuleContext): readonly Finding[] {
  if (!isNamedThen(member.name) || fn.body === undefined || callsBack(fn)) return [];
  if (isDeclaredThenable(member.parent)) return [];
  const isStatic = ts.isClassElement(member) && (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  const who = isStatic ? 'The class' : 'The object';
  const message = `${who} is taken for a promise: \`await\` calls this \`then\`, which never calls back, and waits for ever.`;
  return [found(thenableObject, context, member.name, message)];
}

function isNamedThen(name: ts.PropertyName): boolean {
  return (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === 'then';
}

/** What uses its first parameter means to be awaited. */
function callsBack({ parameters, body }: FunctionNode): boolean {
  const [first] = parameters;
  if (first === undefined || body === undefined) return false;
  if (!ts.isIdentifier(first.name) || first.dotDotDotToken !== undefined) return true;
  const { text } = first.name;
  return containsAny(body, (node) => ts.isIdentifier(node) && (node.text === text || node.text === 'arguments'));
}

/** A class that says that it is a promise, or extends something that may be one. */
function isDeclaredThenable(owner: ts.Node): boolean {
  return ts.isClassLike(owner) && (owner.heritageClauses?.length ?? 0) > 0;
}

function isFunction(node: ts.Node | undefined): node is ts.ArrowFunction | ts.FunctionExpression {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

/** `export function then`, `export const then`, `export { x as then }`. */
function exported({ nodes }: RuleContext): readonly ts.Node[] {
  const declared = [
    ...nodes.of(SyntaxKind.FunctionDeclaration).filter(isExported),
    ...nodes
      .of(SyntaxKind.VariableStatement)
      .filter(isExported)
      .flatMap((each) => each.declarationList.declarations.filter(({ initializer }) => isFunction(initializer))),
    ...nodes.of(SyntaxKind.ExportSpecifier).filter((each) => !each.isTypeOnly && !each.parent.parent.isTypeOnly),
  ];
  return declared.flatMap(({ name }) => (name?.getText() === 'then' ? [name] : []));
}

function isExported(node: ts.FunctionDeclaration | ts.VariableStatement): boolean {
  return ts.getModifiers(node)?.some((each) => each.kind === SyntaxKind.ExportKeyword) === true;
}
