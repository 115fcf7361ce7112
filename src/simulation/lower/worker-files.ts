/**
 * Why this file exists: the files of workers and of processes are named in texts, not in imports: `new URL('./w.js',
 * import.meta.url)`, `path.join(__dirname, 'w.js')`, `new Worker('./w.js')`, `fork('./w.js')`.
 */
export interface NamedFile {
  /** Of its opening quote. */
  readonly start: number;
  readonly text: string;
}

const quoted = String.raw`(?<quote>['"\x60])(?<path>[^'"\x60\n$]+)\k<quote>`;
const forms = [
  String.raw`new\s+URL\s*\(\s*${quoted}\s*,\s*import\.meta\.url`,
  String.raw`(?:join|resolve)\s*\(\s*(?:__dirname|import\.meta\.dirname)\s*,\s*${quoted}`,
  String.raw`new\s+Worker\s*\(\s*${quoted}`,
  String.raw`\bfork\s*\(\s*${quoted}`,
  String.raw`\bexec\s*:\s*${quoted}`,
];

/** What a file that starts workers may start them from, in the order of the text. */
export function namedWorkerFiles(text: string): readonly NamedFile[] {
  if (!/\b(?:Worker|fork|child_process|cluster)\b/.test(text)) return [];
  const found = forms.flatMap((form) =>
    [...text.matchAll(new RegExp(form, 'g'))].flatMap((match) => {
      const path = match.groups?.['path'];
      if (path === undefined) return [];
      return [{ start: match.index + match[0].indexOf(path) - 1, text: path }];
    }),
  );
  return found.sort((a, b) => a.start - b.start);
}
