/** Why this file exists: the programs for a page that are compared with Chromium, and their further scripts. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../fixtures/browser-host');

export interface HostProgram {
  readonly name: string;
  readonly text: string;
  /** Further files, by their names beside it. */
  readonly files: Readonly<Record<string, string>>;
}

function read(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

export function hostPrograms(): readonly HostProgram[] {
  const scripts = readdirSync(path.join(folder, 'scripts')).map(name => `scripts/${name}`);
  return readdirSync(folder).filter(name => name.endsWith('.ts')).sort().map(name => {
    const text = read(name);
    const files = Object.fromEntries(scripts.filter(each => text.includes(each)).map(each => [each, read(each)]));
    return { name, text, files };
  });
}
