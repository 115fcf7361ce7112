/** Why this file exists: the package with Node's stream code has no types of its own. */
declare module 'readable-stream/lib/stream.js' {
  const streams: Record<string, unknown> & { readonly promises: Record<string, unknown> };
  export = streams;
}
