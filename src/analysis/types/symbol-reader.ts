/**
 * Why this file exists: what finding a call's targets needs of a checker, so that both engines follow names in the same
 * way. Nodes are always ours; `S` is the checker's own symbol.
 */
import type ts from 'typescript';
import type { LibraryTarget } from './questions';

export type Declared =
  | { readonly kind: 'source'; readonly node: ts.Node }
  /** In a declaration file or a package; its name is found only when it is asked for. */
  | { readonly kind: 'library'; readonly identity: () => LibraryTarget | undefined };

export type ResolvableCall = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

export interface SymbolReader<S> {
  /** The symbol that a name stands for, aliases unresolved. */
  at(node: ts.Node): S | undefined;
  /** What an alias stands for in the end; any other symbol is itself. */
  resolved(symbol: S): S;
  isAccessor(symbol: S): boolean;
  declarations(symbol: S): readonly Declared[];
  shorthandValue(node: ts.ShorthandPropertyAssignment): S | undefined;
  /** A property of the value that a pattern takes apart. */
  propertyTaken(pattern: ts.ObjectBindingPattern, name: string): S | undefined;
  /** The class or interface that a value is an instance of. */
  typeSymbol(node: ts.Expression): S | undefined;
  /** Where the signature that a call resolves to is declared. */
  signatureOf(call: ResolvableCall): Declared | undefined;
}
