/** Why this file exists: two reads that do not need each other wait one after the other, and their times add up. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName, rangeOf, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { bindingsOf } from './state/bindings';
import { onlyReads } from './state/independence';
import { ownNodes } from './state/own-nodes';

export const sequentialIndependentAwaits: Rule = {
  id: 'sequential-independent-awaits',
  finds: 'awaits one after the other that do not need each other',
  severity: 'hint',
  check: (context) => {
    const waiting = context.summary.functions.filter(({ awaits }) => awaits.length > 1);
    const blocks = waiting.flatMap(({ sites: { node } }) => ownNodes(node, hasStatements));
    return blocks.flatMap(({ statements }) => {
      return runsOf(statements, context).map((run) => finding(run, context));
    });
  },
};

function hasStatements(node: ts.Node): node is ts.Block | ts.SourceFile {
  return ts.isBlock(node) || ts.isSourceFile(node);
}

/** `const a = await f();`. */
interface Read {
  readonly statement: ts.VariableStatement;
  readonly declaration: ts.VariableDeclaration;
  readonly wait: ts.AwaitExpression;
  readonly call: ts.CallExpression;
}

/** The longest stretches of such statements, none of which needs one before it in the stretch. */
function runsOf(statements: readonly ts.Statement[], context: RuleContext): readonly (readonly Read[])[] {
  const runs: Read[][] = [];
  let run: Read[] = [];
  for (const statement of statements) {
    const read = readOf(statement, context);
    if (read === undefined || run.some((before) => needs(read, before, context))) {
      runs.push(run);
      run = [];
    }
    if (read !== undefined) run.push(read);
  }
  return [...runs, run].filter((each) => each.length > 1);
}

function readOf(statement: ts.Statement, context: RuleContext): Read | undefined {
  if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0)
    return undefined;
  // `await using` is const as well, and holds what it is given.
  if ((statement.declarationList.flags & ts.NodeFlags.Using) !== 0) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  const wait = declaration?.initializer === undefined ? undefined : skipOuter(declaration.initializer);
  if (declaration === undefined || others.length > 0 || wait === undefined || !ts.isAwaitExpression(wait))
    return undefined;
  const call = skipOuter(wait.expression);
  if (!ts.isCallExpression(call) || !onlyReads(call, context)) return undefined;
  return { statement, declaration, wait, call };
}

function needs({ call }: Read, { declaration }: Read, { summary: { source } }: RuleContext): boolean {
  return ownNodes(call, ts.isIdentifier).some((name) => {
    const declared = bindingsOf(source).of(name)?.declared;
    return declared !== undefined && declared.pos >= declaration.pos && declared.end <= declaration.end;
  });
}

function finding(run: readonly Read[], context: RuleContext): Finding {
  // There are at least two.
  const [first, ...others] = run as readonly [Read, ...Read[]];
  const names = run.map(({ call }) => `\`${calleeName(call.expression)}\``).join(', ');
  const message = `${names} only read and do not need each other, but wait one after the other: their times add up.`;
  const related = [
    { file: context.summary.file, range: rangeOf(first.wait), message: 'This one could run meanwhile.' },
  ];
  const at = others.at(-1)?.wait ?? first.wait;
  return found(sequentialIndependentAwaits, context, at, message, { related, fixes: together(run, context) });
}

/** `const [a, b] = await Promise.all([f(), g()]);`, where no comment or type annotation would be lost. */
function together(run: readonly Read[], { summary: { file } }: RuleContext): readonly Fix[] {
  const [first, last] = [run[0], run.at(-1)];
  const isPlain = run.every(({ declaration, statement }, index) => {
    const hasComment =
      index > 0 && statement.getStart() - statement.getFullStart() !== statement.getFullText().search(/\S/);
    return declaration.type === undefined && statement.modifiers === undefined && !hasComment;
  });
  if (first === undefined || last === undefined || !isPlain) return [];
  const names = run.map(({ declaration }) => declaration.name.getText()).join(', ');
  const calls = run.map(({ wait }) => wait.expression.getText()).join(', ');
  const range = { start: first.statement.getStart(), end: last.statement.end };
  const newText = `const [${names}] = await Promise.all([${calls}]);`;
  return [{ title: 'Await them together with Promise.all', edits: [{ file, range, newText }], preferred: true }];
}
