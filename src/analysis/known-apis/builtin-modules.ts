/** Why this file exists: a module of Node has two spellings (`fs`, `node:fs`); every table uses the second. */

const builtinModules = new Set(
  (
    'assert assert/strict async_hooks buffer child_process cluster console crypto dgram diagnostics_channel dns dns/promises events fs ' +
    'fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process querystring ' +
    'readline readline/promises stream stream/consumers stream/promises stream/web string_decoder timers timers/promises tls tty url util ' +
    'v8 vm wasi worker_threads zlib sqlite test test/reporters sea'
  ).split(' '),
);

/** `fs` and `node:fs` become `node:fs`; any other name stays. */
export function canonicalModule(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return builtinModules.has(specifier) ? `node:${specifier}` : specifier;
}
