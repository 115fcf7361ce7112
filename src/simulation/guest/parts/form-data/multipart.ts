/**
 * Why this file exists: a form as the body of a message, and back (RFC 7578). Undici 6: lib/web/fetch/body.js,
 * formdata-parser.js.
 */
import { NativeTypeError } from '../../primordials';
import { Buffer, File, blobInside } from '../buffer/part';
import { URLSearchParams } from '../url/part';
import { seededFrom } from '../../seeds';
import { FormData } from './form-data';

let count = 0;

/** Node takes eleven digits of chance. */
function newBoundary(): string {
  const digits = String(Math.abs(seededFrom(0x5bd1e995 + count++)) % 100_000_000_000).padStart(11, '0');
  return `----formdata-undici-0${digits}`;
}

function escaped(text: string): string {
  return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

function lines(text: string): string {
  return text.replaceAll(/\r?\n|\r/g, '\r\n');
}

export function multipartOf(form: FormData): { readonly bytes: Uint8Array; readonly type: string } {
  const boundary = newBoundary();
  const prefix = `--${boundary}\r\nContent-Disposition: form-data`;
  const parts = [...form].flatMap(([name, value]) => {
    const head = `${prefix}; name="${escaped(lines(name))}"`;
    if (typeof value === 'string') return [Buffer.from(`${head}\r\n\r\n${lines(value)}\r\n`)];
    const filename = value.name === '' ? '' : `; filename="${escaped(value.name)}"`;
    const type = value.type === '' ? 'application/octet-stream' : value.type;
    return [Buffer.from(`${head}${filename}\r\nContent-Type: ${type}\r\n\r\n`), ...blobInside.piecesOf(value), Buffer.from('\r\n')];
  });
  const bytes = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { bytes, type: `multipart/form-data; boundary=${boundary}` };
}

function malformed(): Error {
  return new NativeTypeError('Failed to parse body as FormData.');
}

/** Of a body and its type; throws where it is no form. */
export function formOf(bytes: Uint8Array, type: string): FormData {
  const form = new FormData();
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    const given: unknown = new URLSearchParams(Buffer.from(bytes).toString());
    const pairs = given as Iterable<[string, string]>; // it can be iterated
    for (const [name, value] of pairs) form.append(name, value);
    return form;
  }
  const boundary = /^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^;]+))/i.exec(type)?.slice(1).find((each) => each !== undefined);
  if (boundary === undefined)
    throw new NativeTypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
  const whole = Buffer.from(bytes);
  const mark = `--${boundary}`;
  let at = whole.indexOf(mark);
  if (at < 0) throw malformed();
  for (at += mark.length; whole.toString('latin1', at, at + 2) !== '--';) {
    const end = whole.indexOf(`\r\n${mark}`, at);
    const headEnd = whole.indexOf('\r\n\r\n', at);
    if (end < 0 || headEnd < 0) throw malformed();
    addPart(form, whole.toString('utf8', at, headEnd), whole.subarray(headEnd + 4, Math.max(end, headEnd + 4)));
    at = end + 2 + mark.length;
  }
  return form;
}

function addPart(form: FormData, head: string, content: Uint8Array): void {
  const unescaped = (text: string | undefined): string | undefined =>
    text?.replaceAll(/%0A/gi, '\n').replaceAll(/%0D/gi, '\r').replaceAll('%22', '"');
  const name = unescaped(/; name="([^"]*)"/i.exec(head)?.[1]);
  const filename = unescaped(/; filename="([^"]*)"/i.exec(head)?.[1]);
  if (name === undefined) throw malformed();
  const type = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? 'text/plain';
  if (filename === undefined) form.append(name, Buffer.from(content).toString());
  else form.append(name, new File([content], filename, { type }));
}
