/** Why this file exists: findings in SARIF 2.1.0, which code scanning services read. */
import { type RelatedPlace, ruleIds, type Severity } from '../../analysis/finding';
import { rules } from '../../analysis/rules/all';
import { version } from '../../../package.json';
import { shown } from '../paths';
import type { Places } from '../places';
import type { CheckReport } from './report';

const levels: Readonly<Record<Severity, string>> = { hint: 'note', info: 'note', warning: 'warning', error: 'error' };

export function sarif({ findings, places }: CheckReport): string {
  const results = findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location(finding.file, finding.range, places)],
    relatedLocations: finding.related.map((place, index) => related(place, index, places)),
  }));
  const descriptions = ruleIds.map((id) => ({ id, shortDescription: { text: `Finds ${rules[id].finds}.` } }));
  const driver = { name: 'loopscope', version, rules: descriptions };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    // Our columns are JavaScript's string indexes.
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function related(place: RelatedPlace, index: number, places: Places): object {
  return { id: index, ...location(place.file, place.range, places), message: { text: place.message } };
}

function location(file: string, range: RelatedPlace['range'], places: Places): { physicalLocation: object } {
  const { line, column, endLine, endColumn } = places.of(file, range);
  const name = shown(file);
  const uri = name.startsWith('/') ? `file://${encodeURI(name)}` : encodeURI(name);
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
