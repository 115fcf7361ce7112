/** Why this file exists: what the manifest and the README say of the rules, made from the rules themselves. */
import { type RuleId, ruleIds } from '../../src/analysis/finding';
import { rules } from '../../src/analysis/rules/all';
import type { Rule } from '../../src/analysis/rules/rule';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: { readonly 'loopscope.rules': { properties?: unknown } } };
  };
}

const levels = ['off', 'hint', 'information', 'warning', 'error'];

/** The manifest's text with the settings of the rules as they should be. */
export function manifestWithRules(text: string): string {
  // The manifest is ours, and a test of it would fail otherwise.
  const manifest = JSON.parse(text) as Manifest;
  manifest.contributes.configuration.properties['loopscope.rules'].properties = Object.fromEntries(
    ruleIds.map((id) => [id, { type: 'string', enum: levels, markdownDescription: sentence(rules[id]) }]),
  );
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The README's text with the table of the rules as it should be. */
export function readmeWithRules(text: string): string {
  const start = text.indexOf('| rule | what it finds | how loud |');
  const end = text.indexOf('\n\n', start);
  const rows = ruleIds.map((id) => row(id, rules[id]));
  const table = ['| rule | what it finds | how loud |', '|---|---|---|', ...rows].join('\n');
  return `${text.slice(0, start)}${table}${text.slice(end)}`;
}

/** The schema of `loopscope.json` with the rules as they should be. */
export function schemaWithRules(text: string): string {
  // The schema is ours, and a test of it would fail otherwise.
  const schema = JSON.parse(text) as { readonly definitions: { readonly rules: { properties: unknown } } };
  schema.definitions.rules.properties = Object.fromEntries(
    ruleIds.map((id) => [id, { $ref: '#/definitions/severity', description: sentence(rules[id]) }]),
  );
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function sentence({ finds }: Rule): string {
  return `${finds.charAt(0).toUpperCase()}${finds.slice(1)}.`;
}

function row(id: RuleId, { finds, severity }: Rule): string {
  const loud = severity === 'by-cost' ? 'by its cost: hint, information or warning' : nameOf[severity];
  return `| [\`${id}\`](media/rules/${id}.md) | ${finds} | ${loud} |`;
}

const nameOf = { hint: 'hint', info: 'information', warning: 'warning', error: 'error' } as const;
