/** Why this file exists: the house keeps its rooms apart, and each rule of the table can fail. */
import assert from 'node:assert/strict';
import { checkerUses, cycles, violations } from './import-table';
import { readImports, readSources } from './imports';
import type { Sources } from './imports';

const allowed: Sources = {
  'src/trace/fold.ts': "import type { TextRange } from '../base/text'; export { f } from './facts';",
  'src/analysis/rules/a.ts': "import type ts from 'typescript'; import { b } from '../finding';",
  'src/analysis/types/adapter.ts': "import { readFileSync } from 'node:fs'; const ts = await import('typescript'); import { c } from '../syntax';",
  'src/simulation/sandbox.ts': "import { QuickJS } from 'quickjs-wasi'; import { lower } from './lower/lower';",
  'src/simulation/lower/lower.ts': "import ts from 'typescript';",
  'src/extension/a.ts': "import * as vscode from 'vscode'; import { x } from '../server/protocol'; import type { Y } from '../server/start';",
  'src/player/main.tsx': "import { render } from 'preact'; import { useState } from 'preact/hooks'; import { s } from '@preact/signals';",
};

const forbidden: readonly (readonly [file: string, text: string])[] = [
  ['src/base/a.ts', "import { x } from '../trace/trace';"],
  ['src/trace/a.ts', "import { x } from '../analysis/finding';"],
  ['src/trace/a.ts', "import fs from 'node:fs';"],
  ['src/trace/a.ts', "import fs from 'fs';"],
  ['src/analysis/a.ts', "import type { X } from '../simulation/request';"],
  ['src/analysis/a.ts', "import type { X } from '../trace/trace';"],
  ['src/trace/a.ts', "const ts = await import('typescript');"],
  ['src/server/a.ts', "import ts from 'typescript';"],
  ['src/analysis/a.ts', "import type { API } from 'typescript-native/unstable/async';"],
  ['src/simulation/a.ts', "export { x } from '../analysis/finding';"],
  ['src/simulation/a.ts', "import { QuickJS } from 'quickjs-wasi';"],
  ['src/simulation/a.ts', "import { x } from './guest/main';"],
  ['src/simulation/a.ts', "import type { Node } from 'typescript';"],
  ['src/simulation/guest/a.ts', "import { x } from '../sandbox';"],
  ['src/player/a.tsx', "import { x } from '../server/protocol';"],
  ['src/player/a.tsx', "type X = import('../server/protocol').X;"],
  ['src/simulator/a.ts', "import { x } from '../analysis/finding';"],
  ['src/server/a.ts', "import * as vscode from 'vscode';"],
  ['src/cli/a.ts', "import { x } from '../server/protocol';"],
  ['src/extension/a.ts', "import { x } from '../server/start';"],
  ['src/extension/a.ts', "import type { X } from '../analysis/finding';"],
  ['src/extension/a.ts', "const x = require('lodash');"],
  ['src/extension/a.ts', "import { x } from '../../test/host/workbench';"],
  ['src/elsewhere/a.ts', "import { x } from '../base/text';"],
];

describe('who may import whom', () => {
  it('the source keeps to the table', () => {
    assert.deepEqual(violations(readImports(readSources('src'))), []);
  });

  it('allows what it should', () => { assert.deepEqual(violations(readImports(allowed)), []); });

  for (const [file, text] of forbidden) {
    it(`refuses ${text} in ${file}`, () => { assert.equal(violations(readImports({ [file]: text })).length, 1); });
  }
});

describe('the type checker', () => {
  it('is asked in analysis/types/ only', () => { assert.deepEqual(checkerUses(readSources('src')), []); });

  it('is noticed elsewhere', () => {
    assert.equal(checkerUses({ 'src/analysis/a.ts': 'const p = ts.createProgram([], {}); ts.isCallExpression(n);' }).length, 1);
    assert.equal(checkerUses({ 'src/analysis/types/a.ts': 'const p = ts.createProgram([], {});' }).length, 0);
  });
});

describe('import cycles', () => {
  it('there are none', () => { assert.deepEqual(cycles(readImports(readSources('src'))), []); });

  it('one is found through three files', () => {
    const ring = {
      'src/base/a.ts': "import './b';", 'src/base/b.ts': "export { x } from './c';", 'src/base/c.tsx': "import { a } from './a';",
    };
    assert.deepEqual(cycles(readImports(ring)), ['src/base/a → src/base/b → src/base/c → src/base/a']);
  });

  it('types alone make none', () => {
    assert.deepEqual(cycles(readImports({ 'src/base/a.ts': "import './b';", 'src/base/b.ts': "import type { A } from './a';" })), []);
  });
});
