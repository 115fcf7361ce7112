/** Why this file exists: settings and baselines name files relative to themselves, all else names them absolutely. */

/** What `name` stands for in a file that lies in `directory`. */
export function resolvedFrom(directory: string, name: string): string {
  const parts = name.startsWith('/') || /^[A-Za-z]:/.test(name) ? [] : partsOf(directory);
  for (const part of partsOf(name.replaceAll('\\', '/'))) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return /^[A-Za-z]:$/.test(parts[0] ?? '') ? path : `/${path}`;
}

/** How a file in `directory` names `file`. */
export function relativeTo(directory: string, file: string): string {
  const here = partsOf(directory);
  const there = partsOf(file);
  let same = 0;
  while (same < here.length && here[same] === there[same]) same += 1;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
