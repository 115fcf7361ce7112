/**
 * Why this file exists: `stream/consumers`: everything that a stream brings, at once. Node 20:
 * lib/stream/consumers.js.
 */
import { isNodeAsync } from '../../inspect-hooks';
import { Blob, Buffer } from '../buffer/part';
import { TextDecoder } from '../../modules/encoding';

type Source = AsyncIterable<unknown>;

async function buffer(stream: Source): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array)); // or a text, which it takes too
  return Buffer.concat(chunks);
}

async function arrayBuffer(stream: Source): Promise<ArrayBufferLike> {
  const { buffer: memory, byteOffset, byteLength } = await buffer(stream);
  return memory.slice(byteOffset, byteOffset + byteLength);
}

async function text(stream: Source): Promise<string> {
  const decoder = new TextDecoder();
  let result = '';
  for await (const chunk of stream) result += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return result + decoder.decode(undefined, { stream: true });
}

async function json(stream: Source): Promise<unknown> {
  return JSON.parse(await text(stream));
}

async function blob(stream: Source): Promise<Blob> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Blob(chunks);
}

export const consumers = {
  blob: isNodeAsync(blob),
  arrayBuffer: isNodeAsync(arrayBuffer),
  buffer: isNodeAsync(buffer),
  text: isNodeAsync(text),
  json: isNodeAsync(json),
};
