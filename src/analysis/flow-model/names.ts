/** Why this file exists: every function gets a name a person recognises, and a place to draw at. */
import ts from 'typescript';
import type { TextRange } from '../../base/text';
import { calleeName, type FunctionNode, rangeOf } from '../syntax';
import type { FunctionKind } from './flow-model';

export interface FunctionName {
  readonly name: string;
  readonly nameRange: TextRange;
}

export function functionKind(node: FunctionNode): FunctionKind {
  if (ts.isSourceFile(node)) return 'module';
  if (ts.isArrowFunction(node)) return 'arrow';
  if (ts.isMethodDeclaration(node)) return 'method';
  if (ts.isGetAccessor(node)) return 'getter';
  if (ts.isSetAccessor(node)) return 'setter';
  if (ts.isClassStaticBlockDeclaration(node)) return 'static-block';
  return ts.isConstructorDeclaration(node) || ts.isClassLike(node) ? 'constructor' : 'function';
}

/** Its own name, the name it is bound to, or what it is handed to: `map callback`. */
export function functionName(node: FunctionNode): FunctionName {
  if (ts.isSourceFile(node)) return { name: '<module>', nameRange: { start: 0, end: 0 } };
  const owner = ownerName(node);
  if (ts.isConstructorDeclaration(node))
    return { name: `new ${owner ?? 'class'}`, nameRange: keyword(node, 'constructor') };
  if (ts.isClassLike(node))
    return {
      name: `new ${node.name?.text ?? 'class'}`,
      nameRange: node.name === undefined ? keyword(node, 'class') : rangeOf(node.name),
    };
  if (ts.isClassStaticBlockDeclaration(node))
    return { name: `${owner ?? 'class'} static block`, nameRange: keyword(node, 'static') };
  if (node.name !== undefined) {
    const text = ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) ? node.name.text : node.name.getText();
    return { name: owner === undefined ? text : `${owner}.${text}`, nameRange: rangeOf(node.name) };
  }
  return boundName(node);
}

function boundName(node: FunctionNode): FunctionName {
  const parent = node.parent;
  const named = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  if (named) return { name: parent.name.getText(), nameRange: rangeOf(parent.name) };
  if (ts.isBinaryExpression(parent) && parent.right === node)
    return { name: calleeName(parent.left), nameRange: rangeOf(parent.left) };
  if (ts.isExportAssignment(parent)) return { name: 'default', nameRange: firstToken(node) };
  const taker =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node ? parent : undefined;
  if (taker !== undefined)
    return { name: `${calleeName(taker.expression).split('.').at(-1) ?? ''} callback`, nameRange: firstToken(node) };
  return { name: '(anonymous)', nameRange: firstToken(node) };
}

function ownerName(node: ts.Node): string | undefined {
  const parent = node.parent;
  if (ts.isClassLike(parent)) return parent.name?.text ?? 'class';
  return undefined;
}

/** The `=>` of an arrow function, else the first word. */
function firstToken(node: FunctionNode): TextRange {
  if (ts.isArrowFunction(node)) return rangeOf(node.equalsGreaterThanToken);
  return keyword(node, 'function');
}

function keyword(node: ts.Node, word: string): TextRange {
  const start = node.getStart();
  const at = node.getText().indexOf(word);
  return at < 0 ? { start, end: start + 1 } : { start: start + at, end: start + at + word.length };
}
