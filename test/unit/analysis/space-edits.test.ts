/** Why this file exists: only an edit that no token sees may go without the type checker. */
import assert from 'node:assert/strict';
import { isOfSpace } from '../../../src/analysis/flow-model/space-edits';
import { parse } from '../../../src/analysis/types/native/parse';

/** `text` with `|` where something is written in it, or `[…]` where something is taken out. */
function isSpace(marked: string, written = '', name = 'a.ts'): boolean {
  const start = marked.search(/[|[]/);
  const taken = /\[(.*?)\]/s.exec(marked)?.[1] ?? '';
  const before = marked.replace('|', '').replace(/\[(.*?)\]/s, '$1');
  const after = before.slice(0, start) + written + before.slice(start + taken.length);
  const edit = { start, oldEnd: start + taken.length, newEnd: start + written.length };
  return isOfSpace(parse(name, before, true), parse(name, after, true), edit);
}

describe('an edit of space', () => {
  it('is one between tokens, wherever they are', () => {
    assert.ok(isSpace('a();\n|b();', '// c\n'));
    assert.ok(isSpace('a();\n// c|\nb();', 'd'));
    assert.ok(isSpace('f(\n  a,\n|);', '// c\n'));
    assert.ok(isSpace('if (a) {\n  b();\n|}', '// c\n'));
    assert.ok(isSpace('a();\nconst b =| 1;', ' /* c */'));
    assert.ok(isSpace('a();\nconst [ ]b = 1;'));
  });

  it('is none that a token sees', () => {
    assert.ok(!isSpace('a();\nb(|);', 'c'));
    assert.ok(!isSpace('a();\nb|();', 'c'));
    assert.ok(!isSpace('a();\nb("x|");', ' '));
    assert.ok(!isSpace('a();\nb(`x|${c}`);', ' '));
    assert.ok(!isSpace('a();\nb(`x${c}|y`);', ' '));
    assert.ok(!isSpace('a();\nb(/x|y/);', ' '));
    assert.ok(!isSpace('a();\n[const ]b = 1;'));
    assert.ok(!isSpace('a();\n[//] b();'));
    assert.ok(!isSpace('a();\n| b();', '//'));
    assert.ok(!isSpace('a();\nlet x = a| < b;', '-'));
  });

  it('is none that changes what statements there are', () => {
    assert.ok(!isSpace('function f() {\n  return| a;\n}', '\n'));
    assert.ok(!isSpace('a();\nb[\n]++c;'));
  });

  it('is none before the first token, in JavaScript, or in the text of an element', () => {
    assert.ok(!isSpace('|a();', '/// <reference path="b.d.ts" />\n'));
    assert.ok(!isSpace('a();\n|let b = 1;', '/** @type {any} */', 'a.js'));
    assert.ok(!isSpace('a();\nb(<p>|c</p>);', ' ', 'a.tsx'));
  });
});
