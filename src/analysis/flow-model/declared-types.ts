/** Why this file exists: from the types that a file writes to their entries in the index of who implements what. */
import ts from 'typescript';
import { skipOuter } from '../syntax';
import type { FileAnswers, TypePlace } from '../types/questions';
import type { FileSites, TypedObject, TypeNode } from './sites';
import { functionId, type FunctionId } from './summary';
import type { DeclaredType } from './type-index';

/** The names whose declarations must be asked for. */
export function baseNames({ types, objects }: FileSites): readonly (ts.Expression | ts.EntityName)[] {
  return [...types.flatMap(basesOf), ...objects.map(({ type }) => type)];
}

/** The types of a file, those without any tie to another left out. */
export function declaredTypes(file: string, { types, objects }: FileSites, answers: FileAnswers): DeclaredType[] {
  const places = (names: readonly ts.Node[]): readonly TypePlace[] =>
    names.flatMap((name) => answers.bases.get(name) ?? []);
  return [
    ...types.map((node) => ({
      place: { file, start: node.getStart() },
      bases: places(basesOf(node)),
      members: ts.isInterfaceDeclaration(node) ? noMembers : membersOf(file, node.members),
    })),
    ...objects.map(({ type, object }: TypedObject) => ({
      place: { file, start: object.getStart() },
      bases: places([type]),
      members: membersOf(file, object.properties),
    })),
  ];
}

const noMembers: ReadonlyMap<string, FunctionId> = new Map();

function basesOf(node: TypeNode): readonly ts.Expression[] {
  return (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression));
}

function membersOf(
  file: string,
  members: readonly (ts.ClassElement | ts.ObjectLiteralElementLike)[],
): ReadonlyMap<string, FunctionId> {
  return new Map(
    members.flatMap((member): [string, FunctionId][] => {
      const written = functionOf(member);
      const { name } = member;
      const hasName = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name));
      if (written === undefined || !hasName) return [];
      return [[name.text, functionId(file, written.getStart())]];
    }),
  );
}

/** The function that a member is; NOT MODELLED: one that is only named there, such as `{ load: readConfig }`. */
function functionOf(member: ts.ClassElement | ts.ObjectLiteralElementLike): ts.Node | undefined {
  if (ts.isMethodDeclaration(member)) return member.body === undefined ? undefined : member;
  if (!ts.isPropertyDeclaration(member) && !ts.isPropertyAssignment(member)) return undefined;
  const value = member.initializer === undefined ? undefined : skipOuter(member.initializer);
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}
