/**
 * Why this file exists: bytes made small and written in letters (deflate, base64), and back: in links, which are short,
 * and in pages, where reading a long run as it is would take the browser longer than unpacking it. The same in Node,
 * in the editor and in browsers.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes are handed to the stream itself: as a blob they would travel through another process. */
async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  const writer = stream.writable.getWriter();
  const [out] = await Promise.all([new Response(stream.readable).arrayBuffer(), writer.write(bytes), writer.close()]);
  return new Uint8Array(out);
}

/** So many bytes are letters at a time: more would be too many arguments. */
const chunk = 0x8000;

/** Packs bytes into the letters of base64. */
export async function packBytes(content: Bytes): Promise<string> {
  const bytes = await through(content, new CompressionStream('deflate-raw'));
  let letters = '';
  for (let at = 0; at < bytes.length; at += chunk) letters += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(letters);
}

/** The bytes that were packed. Rejects when these letters are not of anything packed. */
export async function unpackBytes(packed: string): Promise<Bytes> {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return through(bytes, new DecompressionStream('deflate-raw'));
}

export function pack(text: string): Promise<string> {
  return packBytes(new TextEncoder().encode(text));
}

export async function unpack(packed: string): Promise<string> {
  return new TextDecoder().decode(await unpackBytes(packed));
}
