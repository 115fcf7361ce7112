/**
 * Why this file exists: frameworks derive values by calling functions, and take what they answer for the value: a
 * promise is none, and what is read after the first `await` is not even noticed.
 */
import ts from 'typescript';
import type { FileNodes } from './file-nodes';
import { calleeName, isAsyncFunction } from '../syntax';
import { found, type Rule } from './rule';
import { type FunctionValue, functionValue, headOf } from './shapes/functions';
import { libraryNames } from './shapes/targets';

export const asyncVueComputed: Rule = {
  id: 'async-vue-computed',
  finds: 'an async function that derives a value for Vue, React, Solid, MobX or signals',
  severity: 'warning',
  check: (context) =>
    candidates(context.nodes).flatMap(({ call, derive }) => {
      const names = libraryNames(call, context) ?? [];
      if (names.length === 0 || !names.every((name) => deriving.has(name))) return [];
      const message = `\`${calleeName(call.expression)}\` takes what this function answers for its value, and that is a promise; what it reads after \`await\` is not followed.`;
      return [found(asyncVueComputed, context, derive, message, { range: headOf(derive) })];
    }),
};

/** Functions that use the result of their first argument at once. */
const deriving: ReadonlySet<string> = new Set([
  'vue computed',
  '@vue/reactivity computed',
  '@vue/composition-api computed',
  'react useMemo',
  'react useEffect',
  'react useLayoutEffect',
  'react useState',
  'preact/hooks useMemo',
  'preact/hooks useEffect',
  '@preact/signals computed',
  '@preact/signals effect',
  '@preact/signals-core computed',
  '@preact/signals-core effect',
  'solid-js createMemo',
  'mobx computed',
  'mobx autorun',
  '@angular/core computed',
  '@angular/core effect',
]);

interface Candidate {
  readonly call: ts.CallExpression;
  readonly derive: FunctionValue;
}

function candidates(nodes: FileNodes): readonly Candidate[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => {
    const derive = functionValue(call.arguments[0]);
    return derive !== undefined && isAsyncFunction(derive) ? [{ call, derive }] : [];
  });
}
