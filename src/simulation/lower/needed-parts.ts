/**
 * Why this file exists: Node's modules beyond the core are loaded into a run only where the program may ask for them:
 * it imports one, or its text has the name of one of its globals. A name too many costs some milliseconds; one that is
 * computed piece by piece finds a stand-in, which says so.
 */

interface Part {
  readonly modules: readonly string[];
  readonly words?: RegExp;
  /** Words that must be there besides. */
  readonly and?: RegExp;
}

/** The folders of guest/parts: which modules each brings, and the words that mean it. */
const parts: Readonly<Record<string, Part>> = {
  assert: { modules: ['assert', 'assert/strict'] },
  buffer: { modules: ['buffer', 'string_decoder'], words: /\b(?:Buffer|Blob|File|atob|btoa)\b/ },
  diagnostics: { modules: ['diagnostics_channel'] },
  performance: { modules: ['perf_hooks'], words: /\bPerformance[A-Z]?\w*|\bperformance\.(?!now\b)/ },
  readline: { modules: ['readline', 'readline/promises'] },
  stream: { modules: ['stream', 'stream/promises', 'stream/consumers'], words: /\bstdin\b|\bstdout\.(?!write\b)\w|\bstd(?:out|err)\s*:\s*true|\bstderr\.(?!write\b)\w/ },
  url: { modules: ['url', 'querystring', 'punycode'], words: /\b(?:URL|URLSearchParams)\b/ },
  /** Hooks hear how files are read for `import()`. */
  fs: { modules: ['fs', 'fs/promises'], words: /\bcreateHook\b/, and: /\bimport\s*\(/ },
  'fs-streams': { modules: [], words: /\b(?:create|File)?(?:Read|Write)Stream\b/ },
  'fs-lines': { modules: [], words: /\breadLines\b/ },
  dns: { modules: ['dns', 'dns/promises'] },
  zlib: { modules: ['zlib'] },
  'zlib-streams': {
    modules: [],
    words: /\b(?:create)?(?:Gzip|Gunzip|Deflate|DeflateRaw|Inflate|InflateRaw|Unzip|BrotliCompress|BrotliDecompress)\b/,
  },
  'web-streams': {
    modules: ['stream/web'],
    words: /\b(?:Readable|Writable|Transform|TextEncoder|TextDecoder)Stream\b|\b(?:to|from)Web\b|QueuingStrategy\b|\.stream\(/,
  },
  net: { modules: ['net'] },
  http: { modules: ['http', 'https'] },
  tls: { modules: ['tls'] },
  https: { modules: ['https'] },
  fetch: { modules: [], words: /\bfetch\b|\b(?:Request|Response|Headers)\b/ },
  'form-data': { modules: [], words: /\b(?:FormData|formData)\b/ },
  'compression-streams': { modules: [], words: /\b(?:Dec|C)ompressionStream\b/ },
  'child-process': { modules: ['child_process'] },
  /** Loaded where a process is started with a channel. */
  ipc: { modules: [] },
  cluster: { modules: ['cluster'] },
  crypto: { modules: ['crypto'], words: /\bcrypto\b/ },
  'crypto-streams': { modules: [], words: /\bcreate(?:Hash|Hmac|Cipheriv|Decipheriv)\b/, and: /\bpipe(?:line)?\b|\.(?:write|end|read|setEncoding)\(/ },
};

/** Of Node's own, what browsers have as well. */
const inBrowser: readonly string[] = ['url', 'performance', 'buffer'];
/** Names of the DOM, or of what the program says of its user. */
const ofDom = /\bdocument\b|\bloopscope:|\b(?:HTML|SVG)?\w*Element\b|\bMutation\w+|\b(?:Node|Text|Comment|Document)\b/;

/** The host itself comes last: it takes away what is Node's alone. */
export function partsInBrowser(files: readonly Asking[]): string[] {
  const shared = neededParts(files).filter((each) => inBrowser.includes(each));
  return [...shared, 'browser', ...(files.some(({ text }) => ofDom.test(text)) ? ['dom'] : [])];
}

interface Asking {
  readonly text: string;
  /** What each specifier of a file means: a file's number, or the name of a module of Node's. */
  readonly requests: Readonly<Record<'require' | 'import', Readonly<Record<string, unknown>>>>;
}

/** The names of the parts that the program may ask for. */
export function neededParts(files: readonly Asking[]): string[] {
  const asked = new Set(files.flatMap(({ requests }) => [requests.require, requests.import].flatMap(modulesOf)));
  return Object.entries(parts).flatMap(([name, { modules, words, and }]) => {
    const meant = ({ text }: Asking): boolean => words?.test(text) === true && (and === undefined || and.test(text));
    const isNeeded = modules.some((each) => asked.has(each)) || files.some(meant);
    return isNeeded ? [name] : [];
  });
}

function modulesOf(requests: Readonly<Record<string, unknown>>): string[] {
  return Object.values(requests).flatMap((each) => (typeof each === 'string' ? [each.replace(/^node:/, '')] : []));
}
