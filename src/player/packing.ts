/**
 * Why this file exists: text made small and written in letters (deflate, base64), and back: in links, which are short,
 * and in pages, where reading a long run as it is would take the browser longer than unpacking it. The same in Node,
 * in the editor and in browsers.
 */

function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Response {
  return new Response(new Blob([bytes]).stream().pipeThrough(stream));
}

/** So many bytes are letters at a time: more would be too many arguments. */
const chunk = 0x8000;

/** Packs a text into the letters of base64. */
export async function pack(text: string): Promise<string> {
  const packed = through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await packed.arrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += chunk) letters += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(letters);
}

/** The text that was packed. Rejects when these letters are not of a packed text. */
export async function unpack(packed: string): Promise<string> {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return through(bytes, new DecompressionStream('deflate-raw')).text();
}
