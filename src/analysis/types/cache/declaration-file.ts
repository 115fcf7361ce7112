/** Why this file exists: declaration files are never answered about, but what they declare is in every answer. */

export function isDeclarationFile(file: string): boolean {
  return /\.d\.([^./]+\.)?[cm]?ts$/.test(file);
}
