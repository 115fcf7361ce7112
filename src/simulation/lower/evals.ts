/**
 * Why this file exists: text that becomes code while the program runs. A direct `eval` stays one, so that its text sees
 * the variables around it; the runtime has text that needs it lowered before the engine reads it.
 */
import ts from 'typescript';
import { callProbe, literal, probe } from './build';
import { isDirectEval, isVariable } from './identifiers';
import type { Lowering } from './lowering';
import type { Scope } from './scope';
import { isWritten } from './written';
import { isStrict } from './strictness';

const { factory } = ts;

/** What text must know of the code it stands in. */
export interface TextContext {
  readonly isStrict: boolean;
  readonly renamesArguments: boolean;
  readonly renamesNewTarget: boolean;
  readonly renamesSuper: boolean;
}

/** One number for the runtime to hand back: bits in the order of the fields. */
function flagsOf(context: TextContext): number {
  const { isStrict: strict, renamesArguments, renamesNewTarget, renamesSuper } = context;
  return [strict, renamesArguments, renamesNewTarget, renamesSuper].reduce(
    (sum, isSet, i) => sum + (isSet ? 2 ** i : 0),
    0,
  );
}

export function contextOf(flags: number): TextContext {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  return { isStrict: has(1), renamesArguments: has(2), renamesNewTarget: has(4), renamesSuper: has(8) };
}

/**
 * True when a variable of the file is called `eval`, or it is written to, which sloppy code may do: then its calls are
 * what they say.
 */
export function declaresEval(source: ts.SourceFile): boolean {
  if (!source.text.includes('eval')) return false;
  const find = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === 'eval' && (isDeclared(node) || isWritten(node))) ||
    (ts.forEachChild(node, find) ?? false);
  return find(source);
}

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent);
  return declares && parent.name === node;
}

/**
 * `eval(text)` → `eval($_ev(text, flags))`, in a module with what it may name of its imports, as JSON; any other use of
 * the name is the runtime's own function, `$_ge`.
 */
export function lowerEval(lowering: Lowering, node: ts.Node, scope: Scope): ts.Node | undefined {
  if (lowering.redefinesEval) return undefined;
  if (isDirectEval(node)) return directEval(lowering, node, scope);
  return ts.isIdentifier(node) && node.text === 'eval' && isVariable(node) ? probe('ge') : undefined;
}

function directEval(lowering: Lowering, node: ts.CallExpression, scope: Scope): ts.Node {
  const [text, ...others] = node.arguments.map((each) => lowering.walk.expression(lowering, each, scope));
  if (text === undefined || node.arguments.some((each) => ts.isSpreadElement(each)))
    return factory.updateCallExpression(node, node.expression, undefined, text ? [text, ...others] : []);
  const flags = flagsOf({ ...scope, isStrict: isStrict(lowering, node) });
  const visible = lowering.modules.visibleImports(node);
  const imports = visible.length === 0 ? [] : [literal(JSON.stringify(visible))];
  const probed = callProbe('ev', text, flags, ...imports);
  return factory.updateCallExpression(node, node.expression, undefined, [probed, ...others]);
}
