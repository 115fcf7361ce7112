/**
 * Why this file exists: most rules look at nodes of a few kinds; one walk over the file sorts all nodes by kind, so
 * that a rule costs no walk of its own.
 */
import ts from 'typescript';

/** The kinds that can be asked for, each with the type of its nodes. */
interface KindToNode {
  readonly [ts.SyntaxKind.ArrayLiteralExpression]: ts.ArrayLiteralExpression;
  readonly [ts.SyntaxKind.ArrowFunction]: ts.ArrowFunction;
  readonly [ts.SyntaxKind.AwaitExpression]: ts.AwaitExpression;
  readonly [ts.SyntaxKind.BinaryExpression]: ts.BinaryExpression;
  readonly [ts.SyntaxKind.CallExpression]: ts.CallExpression;
  readonly [ts.SyntaxKind.CatchClause]: ts.CatchClause;
  readonly [ts.SyntaxKind.ClassDeclaration]: ts.ClassDeclaration;
  readonly [ts.SyntaxKind.ClassExpression]: ts.ClassExpression;
  readonly [ts.SyntaxKind.ConditionalExpression]: ts.ConditionalExpression;
  readonly [ts.SyntaxKind.Constructor]: ts.ConstructorDeclaration;
  readonly [ts.SyntaxKind.DoStatement]: ts.DoStatement;
  readonly [ts.SyntaxKind.ElementAccessExpression]: ts.ElementAccessExpression;
  readonly [ts.SyntaxKind.ExportSpecifier]: ts.ExportSpecifier;
  readonly [ts.SyntaxKind.ExpressionStatement]: ts.ExpressionStatement;
  readonly [ts.SyntaxKind.ForInStatement]: ts.ForInStatement;
  readonly [ts.SyntaxKind.ForOfStatement]: ts.ForOfStatement;
  readonly [ts.SyntaxKind.ForStatement]: ts.ForStatement;
  readonly [ts.SyntaxKind.FunctionDeclaration]: ts.FunctionDeclaration;
  readonly [ts.SyntaxKind.FunctionExpression]: ts.FunctionExpression;
  readonly [ts.SyntaxKind.GetAccessor]: ts.GetAccessorDeclaration;
  readonly [ts.SyntaxKind.Identifier]: ts.Identifier;
  readonly [ts.SyntaxKind.IfStatement]: ts.IfStatement;
  readonly [ts.SyntaxKind.InterfaceDeclaration]: ts.InterfaceDeclaration;
  readonly [ts.SyntaxKind.JsxAttribute]: ts.JsxAttribute;
  readonly [ts.SyntaxKind.JsxExpression]: ts.JsxExpression;
  readonly [ts.SyntaxKind.MethodDeclaration]: ts.MethodDeclaration;
  readonly [ts.SyntaxKind.MethodSignature]: ts.MethodSignature;
  readonly [ts.SyntaxKind.NewExpression]: ts.NewExpression;
  readonly [ts.SyntaxKind.ObjectLiteralExpression]: ts.ObjectLiteralExpression;
  readonly [ts.SyntaxKind.PostfixUnaryExpression]: ts.PostfixUnaryExpression;
  readonly [ts.SyntaxKind.PrefixUnaryExpression]: ts.PrefixUnaryExpression;
  readonly [ts.SyntaxKind.PropertyAccessExpression]: ts.PropertyAccessExpression;
  readonly [ts.SyntaxKind.PropertyAssignment]: ts.PropertyAssignment;
  readonly [ts.SyntaxKind.PropertyDeclaration]: ts.PropertyDeclaration;
  readonly [ts.SyntaxKind.RegularExpressionLiteral]: ts.RegularExpressionLiteral;
  readonly [ts.SyntaxKind.ReturnStatement]: ts.ReturnStatement;
  readonly [ts.SyntaxKind.SetAccessor]: ts.SetAccessorDeclaration;
  readonly [ts.SyntaxKind.ShorthandPropertyAssignment]: ts.ShorthandPropertyAssignment;
  readonly [ts.SyntaxKind.SpreadAssignment]: ts.SpreadAssignment;
  readonly [ts.SyntaxKind.SpreadElement]: ts.SpreadElement;
  readonly [ts.SyntaxKind.SwitchStatement]: ts.SwitchStatement;
  readonly [ts.SyntaxKind.TaggedTemplateExpression]: ts.TaggedTemplateExpression;
  readonly [ts.SyntaxKind.TemplateSpan]: ts.TemplateSpan;
  readonly [ts.SyntaxKind.ThrowStatement]: ts.ThrowStatement;
  readonly [ts.SyntaxKind.TryStatement]: ts.TryStatement;
  readonly [ts.SyntaxKind.VariableDeclaration]: ts.VariableDeclaration;
  readonly [ts.SyntaxKind.VariableDeclarationList]: ts.VariableDeclarationList;
  readonly [ts.SyntaxKind.VariableStatement]: ts.VariableStatement;
  readonly [ts.SyntaxKind.VoidExpression]: ts.VoidExpression;
  readonly [ts.SyntaxKind.WhileStatement]: ts.WhileStatement;
  readonly [ts.SyntaxKind.YieldExpression]: ts.YieldExpression;
}

export interface FileNodes {
  readonly source: ts.SourceFile;
  /** The nodes of these kinds in the order of the text, one kind after the other. Types' own nodes are left out. */
  of<K extends keyof KindToNode>(...kinds: readonly K[]): readonly KindToNode[K][];
  /** Where a name is read or written as a variable's, in the order of the text. */
  mentions(name: string): readonly ts.Identifier[];
}

/** What is asked about a file and what is found in it are looked for soon after each other, of one file at a time. */
let latest: FileNodes | undefined;

export function nodesOf(source: ts.SourceFile): FileNodes {
  if (latest?.source !== source) latest = sorted(source);
  return latest;
}

function sorted(source: ts.SourceFile): FileNodes {
  const byKind = new Map<ts.SyntaxKind, ts.Node[]>();
  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    const known = byKind.get(node.kind);
    if (known === undefined) byKind.set(node.kind, [node]);
    else known.push(node);
    ts.forEachChild(node, visit);
  }
  ts.forEachChild(source, visit);
  // Nodes of a kind have its type.
  const identifiers = (byKind.get(ts.SyntaxKind.Identifier) ?? []) as ts.Identifier[];
  const byName = new Map<string, ts.Identifier[]>();
  for (const each of identifiers.filter(isVariable)) {
    const known = byName.get(each.text);
    if (known === undefined) byName.set(each.text, [each]);
    else known.push(each);
  }
  return {
    source,
    mentions: (name) => byName.get(name) ?? [],
    of<K extends keyof KindToNode>(...kinds: readonly K[]) {
      // Nodes of a kind have its type.
      return kinds.flatMap((kind) => (byKind.get(kind) ?? []) as KindToNode[K][]);
    },
  };
}

/** Not the name of a property, a member or a label. */
function isVariable(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isClassElement(parent) || ts.isTypeElement(parent)) return !('name' in parent) || parent.name !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent) && !ts.isJsxAttribute(parent);
}
