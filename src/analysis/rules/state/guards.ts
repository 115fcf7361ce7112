/** Why this file exists: what a condition says about a shared location: that something is there already, or not yet. */
import ts from 'typescript';
import { skipOuter } from '../../syntax';
import type { RuleContext } from '../rule';
import { bindingsOf } from './bindings';
import { type Location, locationOf, simpleKey } from './locations';

/** A place where something may be: a variable, a property, or an entry of a `Map` or `Set`. */
export interface Slot extends Location {
  /** `entry`: the value of a key in the collection `node`. */
  readonly kind: 'location' | 'entry';
  /** As a person writes it. */
  readonly text: string;
}

export interface Guard {
  readonly slot: Slot;
  /** The slot is empty when the condition holds; else it is full then. */
  readonly emptyWhen: boolean;
  readonly node: ts.Expression;
}

const { SyntaxKind } = ts;

/** What a condition says about slots, in all its parts. */
export function guardsOf(given: ts.Expression, context: RuleContext): readonly Guard[] {
  const node = skipOuter(given);
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return guardsOf(node.operand, context).map((guard) => ({ ...guard, emptyWhen: !guard.emptyWhen }));
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken)
      return [...guardsOf(node.left, context), ...guardsOf(node.right, context)];
    return comparison(node, context);
  }
  const slot = testedSlot(node, context);
  return slot === undefined ? [] : [{ slot, emptyWhen: false, node }];
}

/** `x === undefined`, `x != null`, `typeof x === 'undefined'`; a state by its name: `x === 'idle'`, `x === false`. */
function comparison(node: ts.BinaryExpression, context: RuleContext): readonly Guard[] {
  const { kind } = node.operatorToken;
  const isEqual = kind === SyntaxKind.EqualsEqualsEqualsToken || kind === SyntaxKind.EqualsEqualsToken;
  const isUnequal = kind === SyntaxKind.ExclamationEqualsEqualsToken || kind === SyntaxKind.ExclamationEqualsToken;
  if ((!isEqual && !isUnequal) || !(isNothing(node.right) || isNamedState(node.right))) return [];
  const tested = skipOuter(node.left);
  const slot = testedSlot(ts.isTypeOfExpression(tested) ? skipOuter(tested.expression) : tested, context);
  return slot === undefined ? [] : [{ slot, emptyWhen: isEqual, node }];
}

function isNamedState(given: ts.Expression): boolean {
  const node = skipOuter(given);
  const isTruth = node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword;
  return isTruth || ts.isStringLiteralLike(node);
}

function isNothing(given: ts.Expression): boolean {
  const node = skipOuter(given);
  if (node.kind === SyntaxKind.NullKeyword) return true;
  return (
    (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isStringLiteral(node) && node.text === 'undefined')
  );
}

/** A slot, or a `const` that holds what was read from one just before. */
function testedSlot(node: ts.Expression, context: RuleContext): Slot | undefined {
  const slot = slotOf(node, context);
  if (slot?.kind !== 'location' || !slot.isVariable || !ts.isIdentifier(slot.root)) return slot;
  const declared = bindingsOf(context.summary.source).of(slot.root)?.declared.parent;
  const read = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  const source = read === undefined ? undefined : slotOf(read, context);
  return source === undefined || source.key === slot.key ? slot : source;
}

/** The slot that an expression reads. */
export function slotOf(given: ts.Expression, context: RuleContext): Slot | undefined {
  const node = skipOuter(given);
  if (ts.isCallExpression(node)) return entryOf(node, /\.(has|get)$/, context);
  const location = locationOf(node);
  return location === undefined ? undefined : { ...location, kind: 'location', text: location.node.getText() };
}

/** The entry that `map.set(k, v)` or `set.add(k)` writes. */
export function entryWritten(node: ts.CallExpression, context: RuleContext): Slot | undefined {
  return entryOf(node, /\.(set|add)$/, context);
}

function entryOf(node: ts.CallExpression, method: RegExp, { answers }: RuleContext): Slot | undefined {
  const targets = answers.callees.get(node) ?? [];
  const isEntry = targets.some((target) => {
    return (
      target.kind === 'library' &&
      target.module === 'global' &&
      collections.test(target.name) &&
      method.test(target.name)
    );
  });
  const callee = skipOuter(node.expression);
  const [key] = node.arguments;
  if (!isEntry || !ts.isPropertyAccessExpression(callee) || key === undefined) return undefined;
  const collection = locationOf(callee.expression);
  const keyText = simpleKey(key);
  if (collection === undefined || keyText === undefined) return undefined;
  // A collection may be in a `const` and is shared all the same: it is what lies in it that is written.
  return {
    ...collection,
    isVariable: false,
    kind: 'entry',
    key: `${collection.key}{${keyText}}`,
    text: `${collection.node.getText()}.get(${key.getText()})`,
  };
}

const collections = /^(Map|WeakMap|Set|WeakSet)\./;
