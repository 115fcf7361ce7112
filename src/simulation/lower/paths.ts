/** Why this file exists: paths inside the simulation are text with forward slashes, whatever the host's are. */

/** Normalises `.` and `..` in an absolute path with forward slashes. */
export function joinPath(base: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${base}/${relative}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return (base.startsWith('/') ? '/' : '') + parts.join('/');
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';
}
