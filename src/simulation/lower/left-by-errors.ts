/**
 * Why this file exists: the engine gives a closure its own copy of a block's variables when the block is left in the
 * usual way, but not when an error leaves it: a loop that enters the block again then shares the variables of the first
 * closure. Such blocks catch the error, end, and throw it again behind their end.
 */
import ts from 'typescript';
import { block, constant, probe, statement } from './build';
import { guardDeadZones } from './dead-zones';
import { namesIn } from './names-used';

const { factory } = ts;

/** Where a node stands, within its function. */
interface Place {
  readonly inLoop: boolean;
  /** An error may leave it for code of the same function that comes by again. */
  readonly isLeft: boolean;
}

const outside: Place = { inLoop: false, isLeft: false };

/** Whether a text has both a loop and a `try` at all. */
export function mayBeLeftByErrors(text: string): boolean {
  return /\btry\b/.test(text) && /\b(?:for|while|do)\b/.test(text);
}

/** A transformer of lowered files. */
export function closeScopes(transformation: ts.TransformationContext): (root: ts.SourceFile) => ts.SourceFile {
  return (root) => visit(root, outside, transformation) as ts.SourceFile; // a file stays one
}

function inside(node: ts.Node, place: Place, context: ts.TransformationContext): ts.Node {
  const within = placeInside(node, place);
  return ts.visitEachChild(node, (child) => visit(child, within, context), context);
}

function visit(node: ts.Node, place: Place, context: ts.TransformationContext): ts.Node {
  if (ts.isTryStatement(node)) return withTry(node, place, context);
  if (ts.isLabeledStatement(node)) return closedLabel(node, place, context);
  const made = inside(node, place, context);
  if (!place.isLeft) return made;
  if (ts.isBlock(made)) return closedBlock(made);
  if (ts.isSwitchStatement(made)) return closedSwitch(made);
  if (ts.isForStatement(made)) return closedFor(made, undefined);
  if (ts.isForOfStatement(made) || ts.isForInStatement(made)) return closedForEach(made);
  return ts.isCatchClause(made) ? closedCatch(made) : made;
}

function placeInside(node: ts.Node, place: Place): Place {
  const isOwn = ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node);
  if (ts.isFunctionLike(node) || isOwn) return outside;
  return ts.isIterationStatement(node, false) ? { ...place, inLoop: true } : place;
}

function withTry(node: ts.TryStatement, place: Place, context: ts.TransformationContext): ts.TryStatement {
  const tried = { ...place, isLeft: place.isLeft || place.inLoop };
  const part = <T extends ts.Node>(child: T, where: Place): T => visit(child, where, context) as T; // of the same kind
  const caught = node.finallyBlock === undefined ? place : tried;
  return factory.updateTryStatement(
    node,
    part(node.tryBlock, tried),
    node.catchClause && part(node.catchClause, caught),
    node.finallyBlock && part(node.finallyBlock, place),
  );
}

/** `{ let $_xf, $_xv; { let names; try { … } catch { … } } if ($_xf) throw $_xv; }` */
function closedBlock(node: ts.Block): ts.Block {
  const statements = closedStatements(node.statements);
  return statements === node.statements ? node : factory.updateBlock(node, statements);
}

function closedStatements(statements: ts.NodeArray<ts.Statement>): ts.NodeArray<ts.Statement> {
  const names = statements.flatMap(lexicalNames);
  const functions = statements.filter(ts.isFunctionDeclaration);
  const own = [...names.map((each) => each.text), ...functions.map((each) => each.name?.text ?? '')];
  if (!isCaptured(own, statements) || isAssignedConst(statements)) return statements;
  const guarded = guardDeadZones(names, statements, false);
  const rest = guarded.statements.filter((each) => !ts.isFunctionDeclaration(each)).flatMap(asAssignments);
  return factory.createNodeArray(rethrowing([
    ...(names.length === 0 ? [] : [letVariables(names, guarded.early)]),
    ...guarded.statements.filter(ts.isFunctionDeclaration),
    catching(rest, []),
  ]));
}

/** The clauses of a `switch` share one scope, which what it switches on is outside of. */
function closedSwitch(node: ts.SwitchStatement): ts.Statement {
  const { clauses } = node.caseBlock;
  const statements = clauses.flatMap((clause) => clause.statements);
  const names = statements.flatMap(lexicalNames);
  if (!isCaptured(names.map((each) => each.text), statements) || isAssignedConst(statements)) return node;
  const early = new Set<string>();
  const assigning = clauses.map((clause) => {
    const guarded = guardDeadZones(names, clause.statements, true);
    for (const name of guarded.early) early.add(name);
    const own = guarded.statements.flatMap(asAssignments);
    return ts.isCaseClause(clause)
      ? factory.updateCaseClause(clause, clause.expression, own)
      : factory.updateDefaultClause(clause, own);
  });
  const caseBlock = factory.updateCaseBlock(node.caseBlock, assigning);
  const choice = factory.updateSwitchStatement(node, probe('xd'), caseBlock);
  return block([constant('xd', node.expression), ...rethrowing([letVariables(names, early), catching([choice], [])])]);
}

/** An error that `inner` kept is thrown behind its end. */
function rethrowing(inner: readonly ts.Statement[]): ts.Statement[] {
  return [
    constant('xf', factory.createFalse(), ts.NodeFlags.Let),
    constant('xv', undefined, ts.NodeFlags.Let),
    block(inner),
    factory.createIfStatement(probe('xf'), factory.createThrowStatement(probe('xv'))),
  ];
}

function catching(statements: readonly ts.Statement[], then: readonly ts.Statement[]): ts.TryStatement {
  const keep = [
    statement(factory.createAssignment(probe('xf'), factory.createTrue())),
    statement(factory.createAssignment(probe('xv'), probe('xc'))),
    ...then,
  ];
  const clause = factory.createCatchClause(factory.createVariableDeclaration('$_xc'), block(keep));
  return factory.createTryStatement(block(statements), clause, undefined);
}

/** `for (let i …)`: the loop ends with `break`, which closes `i`. */
function closedFor(node: ts.ForStatement, label: ts.Identifier | undefined): ts.Statement {
  const head = node.initializer;
  const isScoped = head !== undefined && ts.isVariableDeclarationList(head) && isLexical(head);
  const names = isScoped ? head.declarations.flatMap((each) => namesIn(each.name)) : [];
  if (!isCaptured(names, [node])) return label === undefined ? node : factory.createLabeledStatement(label, node);
  const body = block([catching([node.statement], [factory.createBreakStatement()])]);
  const loop = factory.updateForStatement(node, head, node.condition, node.incrementor, body);
  return block(rethrowing([label === undefined ? loop : factory.createLabeledStatement(label, loop)]));
}

/** A loop is closed together with its label, which `continue` needs. */
function closedLabel(node: ts.LabeledStatement, place: Place, context: ts.TransformationContext): ts.Statement {
  const loop = node.statement;
  const isClosed = ts.isForStatement(loop) && place.isLeft;
  if (!isClosed) return inside(node, place, context) as ts.Statement; // a statement stays one
  return closedFor(inside(loop, place, context) as ts.ForStatement, node.label);
}

/** `for (const x of …)`: the variables are those of the body, which closes them. */
function closedForEach(node: ts.ForOfStatement | ts.ForInStatement): ts.Statement {
  const head = node.initializer;
  if (!ts.isVariableDeclarationList(head) || !isLexical(head)) return node;
  const [first] = head.declarations;
  if (first === undefined || !isCaptured(namesIn(first.name), [node.statement])) return node;
  const item = factory.createVariableDeclarationList([factory.createVariableDeclaration('$_xi')], ts.NodeFlags.Const);
  const bind = factory.createVariableDeclaration(first.name, undefined, undefined, probe('xi'));
  const list = factory.createVariableDeclarationList([bind], ts.NodeFlags.Let);
  const inner = [factory.createVariableStatement(undefined, list), node.statement];
  const body = block(closedStatements(factory.createNodeArray(inner)));
  return ts.isForInStatement(node)
    ? factory.updateForInStatement(node, item, node.expression, body)
    : factory.updateForOfStatement(node, node.awaitModifier, item, node.expression, body);
}

/** `catch (e) { … }`: `e` is a variable of the block. */
function closedCatch(node: ts.CatchClause): ts.CatchClause {
  const name = node.variableDeclaration?.name;
  if (name === undefined || !isCaptured(namesIn(name), [node.block])) return node;
  const bind = factory.createVariableDeclaration(name, undefined, undefined, probe('xe'));
  const list = factory.createVariableDeclarationList([bind], ts.NodeFlags.Let);
  const inner = factory.createNodeArray([factory.createVariableStatement(undefined, list), node.block]);
  return factory.updateCatchClause(node, factory.createVariableDeclaration('$_xe'), block(closedStatements(inner)));
}

function isLexical(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) !== 0;
}

function lexicalNames(node: ts.Statement): ts.Identifier[] {
  if (ts.isVariableStatement(node) && isLexical(node.declarationList))
    return node.declarationList.declarations.flatMap((each) => identifiersIn(each.name));
  return ts.isClassDeclaration(node) && node.name ? [node.name] : [];
}

/** The nodes themselves: a name that the compiler made up has no text yet. */
function identifiersIn(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((each) => (ts.isOmittedExpression(each) ? [] : identifiersIn(each.name)));
}

function letVariables(names: readonly ts.Identifier[], early: ReadonlySet<string>): ts.Statement {
  const declarations = names.map((name) =>
    factory.createVariableDeclaration(name, undefined, undefined, early.has(name.text) ? probe('uz') : undefined),
  );
  const list = factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let);
  return factory.createVariableStatement(undefined, list);
}

/** A declaration, once its names stand above it. */
function asAssignments(node: ts.Statement): ts.Statement[] {
  if (ts.isClassDeclaration(node) && node.name) {
    const { modifiers, name, heritageClauses, members } = node;
    const made = factory.createClassExpression(modifiers, name, undefined, heritageClauses, members);
    return [placed(factory.createAssignment(name, made), node)];
  }
  if (!ts.isVariableStatement(node) || !isLexical(node.declarationList)) return [node];
  return node.declarationList.declarations.map((each) => {
    const target = ts.isIdentifier(each.name) ? each.name : asPattern(each.name);
    const value = each.initializer ?? factory.createVoidZero();
    return placed(factory.createParenthesizedExpression(factory.createAssignment(target, value)), each);
  });
}

function placed(expression: ts.Expression, original: ts.Node): ts.Statement {
  return ts.setOriginalNode(statement(expression), original);
}

/** `[a, { b = 1, ...rest }]` as it is written in an assignment. */
function asPattern(name: ts.BindingName): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  if (ts.isArrayBindingPattern(name)) return factory.createArrayLiteralExpression(name.elements.map(asElement));
  return factory.createObjectLiteralExpression(name.elements.map(asMember));
}

function withDefault(each: ts.BindingElement): ts.Expression {
  const target = asPattern(each.name);
  return each.initializer ? factory.createAssignment(target, each.initializer) : target;
}

function asElement(each: ts.ArrayBindingElement): ts.Expression {
  if (ts.isOmittedExpression(each)) return each;
  return each.dotDotDotToken ? factory.createSpreadElement(asPattern(each.name)) : withDefault(each);
}

function asMember(each: ts.BindingElement): ts.ObjectLiteralElementLike {
  if (each.dotDotDotToken) return factory.createSpreadAssignment(asPattern(each.name));
  if (each.propertyName) return factory.createPropertyAssignment(each.propertyName, withDefault(each));
  const { name } = each;
  return factory.createShorthandPropertyAssignment(ts.isIdentifier(name) ? name : '', each.initializer);
}

/** Whether a function or class inside uses one of the names; shadowing is not looked at. */
function isCaptured(names: readonly string[], nodes: readonly ts.Node[]): boolean {
  if (names.length === 0) return false;
  const uses = (node: ts.Node, inFunction: boolean): boolean => {
    if (inFunction && ts.isIdentifier(node) && names.includes(node.text)) return true;
    const isInner = inFunction || ts.isFunctionLike(node) || ts.isClassLike(node);
    return ts.forEachChild(node, (child) => uses(child, isInner)) ?? false;
  };
  return nodes.some((node) => uses(node, false));
}

/** A constant that is assigned to must stay one, for the error. */
function isAssignedConst(statements: readonly ts.Statement[]): boolean {
  const constants = statements.filter(
    (each) => ts.isVariableStatement(each) && (each.declarationList.flags & ts.NodeFlags.Const) !== 0,
  );
  const names = new Set(constants.flatMap(lexicalNames).map((each) => each.text));
  const assigns = (node: ts.Node): boolean => isAssignedName(node, names) || (ts.forEachChild(node, assigns) ?? false);
  return statements.some(assigns);
}

function isAssignedName(node: ts.Node, names: ReadonlySet<string>): boolean {
  const target = ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) ? node.left : undefined;
  const isChanged = ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && isUpdate(node.operator));
  const changed = isChanged ? node.operand : target;
  return changed !== undefined && ts.isIdentifier(changed) && names.has(changed.text);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isUpdate(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken;
}
