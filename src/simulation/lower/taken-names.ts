/** Why this file exists: a program that has a name of the probes would change its own counter; it is not run. */
import ts from 'typescript';

/** The first name of the program that the lowering uses itself, as a problem of the text. */
export function takenName(source: ts.SourceFile): { message: string; offset: number } | undefined {
  if (!/\$_|\\u/.test(source.text)) return undefined; // also where it is written with escapes
  const find = (node: ts.Node): ts.Identifier | undefined =>
    ts.isIdentifier(node) && node.text.startsWith('$_') && !isMemberName(node) ? node : ts.forEachChild(node, find);
  const name = find(source);
  if (name === undefined) return undefined;
  const message = `The name '${name.text}' is taken by the simulation, as all that begin with '$_' are: rename it to run this.`;
  return { message, offset: name.getStart(source) };
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isTypeElement(parent) || (ts.isClassElement(parent) && parent.name === node);
}
