/** Why this file exists: a name that is imported becomes the read of a live binding, wherever it is used. */
import ts from 'typescript';
import { literal, probe } from './build';

const { factory } = ts;

/** The variable that stands for a module, and what is read of it. */
export function liveBinding(variable: string, name: string): ts.Expression {
  return factory.createElementAccessExpression(probe(variable), literal(name));
}

/** The lowered node where a node uses an imported name, else undefined; `referenceTo` says what stands for a name. */
export function readOfImport(
  node: ts.Node,
  visit: (child: ts.Node) => ts.Node,
  referenceTo: (identifier: ts.Identifier) => ts.Expression | undefined,
): ts.Node | undefined {
  if (ts.isIdentifier(node)) return referenceTo(node);
  if (ts.isShorthandPropertyAssignment(node)) return shorthand(node, visit, referenceTo(node.name));
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const callee = referenceTo(node.expression);
    if (callee === undefined) return undefined;
    const operands = node.arguments.map((each) => visit(each) as ts.Expression); // arguments stay expressions
    return factory.createCallExpression(detached(callee), undefined, operands);
  }
  if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag)) {
    const tag = referenceTo(node.tag);
    if (tag === undefined) return undefined;
    const template = visit(node.template) as ts.TemplateLiteral; // a template stays one
    return factory.createTaggedTemplateExpression(detached(tag), undefined, template);
  }
  return undefined;
}

function shorthand(
  node: ts.ShorthandPropertyAssignment,
  visit: (child: ts.Node) => ts.Node,
  value: ts.Expression | undefined,
): ts.Node | undefined {
  if (value === undefined) return undefined;
  const fallback = node.objectAssignmentInitializer;
  const whole = fallback ? factory.createAssignment(value, visit(fallback) as ts.Expression) : value; // stays one
  return factory.createPropertyAssignment(node.name, whole);
}

/** `(0, f)`: an imported function is called without a receiver. */
function detached(value: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(factory.createComma(literal(0), value));
}

/** What a name means there, as far as the checker knows. */
export function symbolOf(checker: ts.TypeChecker, identifier: ts.Identifier): ts.Symbol | undefined {
  const { parent } = identifier;
  return ts.isShorthandPropertyAssignment(parent) && parent.name === identifier
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(identifier);
}

/** True for the name of a property that is read, which is never an import. */
export function isPropertyName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return ts.isPropertyAccessExpression(parent) && parent.name === identifier;
}
