/**
 * Why this file exists: a corpus of small programs of several files, each with its quiet twin. A case is written once:
 * `⟪bad ~~ quiet⟫` is where the twins differ, `@[…]@` what the bad one is found by, under the rule that the file is
 * named after. The quiet twin has no finding of that rule, and none of any rule that is a warning or louder.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { atLeast, type Finding } from '../../../src/analysis/finding';
import type { Project } from '../../../src/analysis/project-options';
import { fileOf, projectOf } from './samples';

const folder = 'test/fixtures/corpus';

interface Case {
  readonly rule: string;
  readonly name: string;
  /** Texts by name, with their signs. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

function casesOf(rule: string): readonly Case[] {
  const [, ...parts] = readFileSync(`${folder}/${rule}.txt`, 'utf8').split(/^# /m);
  return parts.map((part) => {
    const [name = '', ...rest] = part.split('\n');
    const files = rest.join('\n').split(/^-- /m).slice(1).map((text) => {
      const end = text.indexOf('\n');
      return { name: text.slice(0, end).trim(), text: text.slice(end + 1) };
    });
    return { rule, name, files };
  });
}

type Twin = 'bad' | 'quiet';

function twinText(text: string, twin: Twin): string {
  return text.replace(/⟪([^]*?)~~([^]*?)⟫/g, (_, bad: string, quiet: string) => (twin === 'bad' ? bad : quiet).trim());
}

/** The files of a twin lie beside each other, under names that no other twin has. */
function prepared(each: Case, index: number, twin: Twin): Readonly<Record<string, string>> {
  const prefix = `${each.rule}-${String(index)}-${twin}-`;
  const texts = each.files.map(({ name, text }) => {
    const plain = twinText(text, twin).replace(/@\[|\]@/g, '');
    return [prefix + name, plain.replaceAll(/(['"])\.\/([\w-]+)\1/g, `$1./${prefix}$2$1`)];
  });
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

/** `file: text` of what is marked. */
function marked({ files }: Case): readonly string[] {
  return files.flatMap(({ name, text }) => {
    return [...twinText(text, 'bad').matchAll(/@\[([^]*?)\]@/g)].map(([, inside = '']) => `${name}: ${inside}`);
  });
}

describe('the corpus', function () {
  this.timeout(120_000);
  const rules = readdirSync(folder).map((name) => name.replace(/\.txt$/, ''));
  const cases = rules.flatMap((rule) => casesOf(rule).map((each, index) => ({ each, index })));
  let project: Project;

  before(() => {
    const texts = cases.flatMap(({ each, index }) => [prepared(each, index, 'bad'), prepared(each, index, 'quiet')]);
    project = projectOf(Object.fromEntries(texts.flatMap((each) => Object.entries(each))));
  });

  after(() => {
    project.dispose();
  });

  function findingsOf(texts: Readonly<Record<string, string>>): readonly (Finding & { readonly text: string })[] {
    return Object.entries(texts).flatMap(([name, text]) => {
      const { findings, syntaxProblems } = project.analyse(fileOf(name));
      assert.deepEqual(syntaxProblems, [], text);
      return findings.map((finding) => ({ ...finding, text: text.slice(finding.range.start, finding.range.end) }));
    });
  }

  function placeOf({ file, text }: { readonly file: string; readonly text: string }, prefix: string): string {
    return `${file.slice(fileOf(prefix).length)}: ${text}`;
  }

  for (const { each, index } of cases) {
    it(`${each.rule}: ${each.name}`, () => {
      const bad = findingsOf(prepared(each, index, 'bad')).filter(({ rule }) => rule === each.rule);
      const prefix = `${each.rule}-${String(index)}-bad-`;
      assert.deepEqual(bad.map((finding) => placeOf(finding, prefix)), marked(each));
      assert.ok(bad.length > 0);
    });

    it(`${each.rule}: ${each.name}, and its quiet twin`, () => {
      const found = findingsOf(prepared(each, index, 'quiet'));
      const loud = found.filter(({ rule, severity }) => rule === each.rule || atLeast(severity, 'warning'));
      assert.deepEqual(loud.map(({ rule, text, message }) => `${rule}: ${text}: ${message}`), []);
    });
  }
});
