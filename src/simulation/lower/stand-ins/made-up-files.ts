/**
 * Why this file exists: packages that cannot run in the sandbox, as files that are made up from their types. One
 * checker looks at the program once, for all of them.
 */
import ts from 'typescript';
import type { ReadText } from '../../request';
import type { SourceText } from '../lower-file';
import { directoryOf } from '../paths';
import { standInText, type StandInText } from './module-text';
import { typeProgramOf } from './type-program';
import { symbolOf, type Usage, type Use } from './writer';

/** A module that a file of the program asks for. */
export interface WantedStandIn {
  readonly from: string;
  readonly specifier: string;
}

/** Texts by specifier; what has no types is missing. `files` are the program's own. */
export function standInsFor(
  wanted: readonly WantedStandIn[],
  files: readonly SourceText[],
  read: ReadText,
): Map<string, StandInText> {
  const program = typeProgramOf(files, directoryOf(files[0]?.path ?? '/'), read);
  const checker = program.getTypeChecker();
  const usage = usageOf(program, files);
  const texts = new Map<string, StandInText>();
  for (const { from, specifier } of wanted) {
    const literals = files.flatMap(({ path }) => specifiersIn(program.getSourceFile(path), specifier));
    const literal = literals.find((each) => each.getSourceFile().fileName === from);
    const module = literal && checker.getSymbolAtLocation(literal);
    if (module === undefined || texts.has(specifier) || !isTyped(module)) continue;
    const text = standInText(program, module, specifier, usage, literals.some(isWhole));
    if (text !== undefined) texts.set(specifier, text);
  }
  return texts;
}

/** Declarations, not the package's own JavaScript. */
function isTyped(module: ts.Symbol): boolean {
  return module.declarations?.some((each) => each.getSourceFile().isDeclarationFile) === true;
}

function specifiersIn(source: ts.SourceFile | undefined, specifier: string): ts.StringLiteralLike[] {
  const found: ts.StringLiteralLike[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text === specifier && isSpecifier(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  if (source !== undefined) visit(source);
  return found;
}

/** Not single names are imported, but the default, a namespace, or what `require` and `import()` answer. */
function isWhole({ parent }: ts.StringLiteralLike): boolean {
  if (ts.isImportDeclaration(parent)) {
    const bindings = parent.importClause?.namedBindings;
    const isDefaultNamed =
      bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.some((each) => each.propertyName?.text === 'default');
    return (
      parent.importClause?.name !== undefined ||
      isDefaultNamed ||
      (bindings !== undefined && ts.isNamespaceImport(bindings))
    );
  }
  return !ts.isExportDeclaration(parent);
}

function isSpecifier({ parent }: ts.StringLiteralLike): boolean {
  if (ts.isImportDeclaration(parent)) return parent.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
  return ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent) || ts.isCallExpression(parent);
}

/** Which names the program has, and with which types it calls what packages declare. */
function usageOf(program: ts.Program, files: readonly SourceText[]): Usage {
  const words = new Set(files.flatMap(({ text }) => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []));
  const used = new Map<ts.Node, Use[]>();
  const checker = program.getTypeChecker();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const signature = checker.getResolvedSignature(node);
      const declaration = signature?.declaration;
      if (signature !== undefined && declaration !== undefined && isOfPackage(declaration))
        used.set(declaration, [
          ...(used.get(declaration) ?? []),
          { signature, first: classOf(checker, node.arguments[0]), ...calledOn(checker, node) },
        ]);
    }
    ts.forEachChild(node, visit);
  };
  for (const { path } of files) {
    const source = program.getSourceFile(path);
    if (source !== undefined) visit(source);
  }
  return { isMentioned: (name) => words.has(name), used };
}

function calledOn(checker: ts.TypeChecker, { expression, arguments: [first] }: ts.CallExpression): Pick<Use, 'text' | 'receiver'> {
  const isMember = ts.isPropertyAccessExpression(expression);
  const owner = isMember ? checker.getTypeAtLocation(expression.expression) : undefined;
  const text = first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  return { text, receiver: owner && symbolOf(owner) };
}

function classOf(checker: ts.TypeChecker, argument: ts.Expression | undefined): ts.Symbol | undefined {
  const symbol = argument && symbolOf(checker.getTypeAtLocation(argument));
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0 ? symbol : undefined;
}

/** Types of a package may stand in a package of their own, or in one that it depends on. */
function isOfPackage(declaration: ts.Node): boolean {
  return declaration.getSourceFile().fileName.includes('/node_modules/');
}
