/** Why this file exists: what must not be committed and what comes together, as functions that tests can feed. */

/** Folders of a machine, where a path begins: not inside an address, a package's name or a longer path. */
const machinePath = /(?<![\w.:/@$}~-])\/(?:work|root|tmp|home\/\w+|Users\/\w+)\/[\w.-]+/g;

/** Absolute paths of a machine in a text. */
export function machinePaths(text: string): readonly string[] {
  return text.match(machinePath) ?? [];
}

/** Addresses of a package registry in a lockfile, which would tie it to one registry. */
export function resolvedAddresses(lockfile: string): readonly string[] {
  return lockfile.match(/"resolved": "(?:https?|git)[^"]*"/g) ?? [];
}

/** Comments that switch a check off without a reason after `--`. */
export function unreasonedDisables(text: string): readonly string[] {
  const comments = text.match(/(?:eslint-disable[\w-]*|@ts-expect-error|@ts-ignore|@ts-nocheck)\b.*/g) ?? [];
  return comments.filter(comment => /^@ts-(ignore|nocheck)/.test(comment) || !/(--|@ts-expect-error)\s*\S{3}/.test(comment));
}

/** For each rule's id the files it lacks: code, a fixture and a page in two languages, all of the same stem. */
export function incompleteRules(ids: readonly string[], files: readonly string[]): readonly string[] {
  return ids.flatMap(id => [
    ...files.includes(`src/analysis/rules/${id}.ts`) ? [] : [`${id}: no code`],
    ...files.some(file => file.startsWith(`test/fixtures/rules/${id}`)) ? [] : [`${id}: no fixture`],
    ...files.includes(`media/rules/${id}.md`) ? [] : [`${id}: no page`],
    ...files.includes(`media/rules/${id}.ru.md`) ? [] : [`${id}: no Russian page`],
  ]);
}

/** Pages of rules that are not there. */
export function orphans(ids: readonly string[], files: readonly string[]): readonly string[] {
  return files.filter(file => {
    const id = /^media\/rules\/([\w-]+)/.exec(file)?.[1];
    return id !== undefined && !ids.includes(id);
  });
}
