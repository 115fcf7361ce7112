/** Why this file exists: `using` and `await using` are flags of a list of variables, which share bits with others. */
import ts from 'typescript';

export function isPlainUsing(list: ts.VariableDeclarationList): boolean {
  return flagsOf(list) === ts.NodeFlags.Using;
}

export function isAwaitUsing(list: ts.VariableDeclarationList): boolean {
  return flagsOf(list) === ts.NodeFlags.AwaitUsing;
}

function flagsOf({ flags }: ts.VariableDeclarationList): ts.NodeFlags {
  return flags & ts.NodeFlags.BlockScoped;
}
