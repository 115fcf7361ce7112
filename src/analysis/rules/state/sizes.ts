/** Why this file exists: whether a list may be of any length, from where it comes. */
import ts from 'typescript';
import { skipOuter } from '../../syntax';
import type { RuleContext } from '../rule';
import { bindingsOf } from './bindings';

/**
 * A list that comes from outside: a parameter, a property of one, or what was awaited. Undefined where it is written
 * out, cut to a length, or where nothing is known.
 */
export function unboundedSource(given: ts.Expression, context: RuleContext): string | undefined {
  const node = skipOuter(given);
  if (ts.isAwaitExpression(node)) return node.expression.getText();
  if (ts.isCallExpression(node)) return throughCall(node, context);
  if (ts.isArrayLiteralExpression(node)) {
    const [only, ...others] = node.elements;
    return others.length === 0 && only !== undefined && ts.isSpreadElement(only)
      ? unboundedSource(only.expression, context)
      : undefined;
  }
  if (ts.isPropertyAccessExpression(node)) return unboundedParameter(node.expression, context) && node.getText();
  if (!ts.isIdentifier(node)) return undefined;
  const binding = bindingsOf(context.summary.source).of(node);
  if (binding?.isParameter === true) return isRest(binding.declared) ? undefined : node.text;
  const declaration = binding?.declared.parent;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  return declaration.initializer === undefined ? undefined : unboundedSource(declaration.initializer, context);
}

function unboundedParameter(given: ts.Expression, { summary: { source } }: RuleContext): string | undefined {
  const node = skipOuter(given);
  const binding = ts.isIdentifier(node) ? bindingsOf(source).of(node) : undefined;
  return binding?.isParameter === true ? binding.name : undefined;
}

/** What is filtered or mapped is as long as it was at most; what is cut has a length. */
function throughCall(node: ts.CallExpression, context: RuleContext): string | undefined {
  const callee = skipOuter(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [first] = node.arguments;
  if (/^(Object\.(keys|values|entries)|Array\.from)$/.test(callee.getText()))
    return first === undefined ? undefined : unboundedSource(first, context);
  const keeps = /^(filter|map|flat|flatMap|sort|toSorted|reverse|concat|values|keys|entries)$/.test(callee.name.text);
  return keeps ? unboundedSource(callee.expression, context) : undefined;
}

/** Arguments are written out by whoever calls. */
function isRest(declared: ts.Identifier): boolean {
  return ts.isParameter(declared.parent) && declared.parent.dotDotDotToken !== undefined;
}
