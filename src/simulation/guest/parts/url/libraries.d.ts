/** Why this file exists: the parts of libraries that have no types of their own, as far as they are used here. */
declare module 'whatwg-url/lib/url-state-machine.js' {
  export interface UrlRecord {
    scheme: string;
    username: string;
    password: string;
    host: unknown;
    port: number | null;
    path: string | string[];
    query: string | null;
    fragment: string | null;
  }
  export function basicURLParse(
    input: string,
    options?: { baseURL?: UrlRecord | null; url?: UrlRecord; stateOverride?: string },
  ): UrlRecord | null;
  export function serializeURL(url: UrlRecord): string;
  export function serializeURLOrigin(url: UrlRecord): string;
  export function serializeHost(host: unknown): string;
  export function serializePath(url: UrlRecord): string;
  export function setTheUsername(url: UrlRecord, name: string): void;
  export function setThePassword(url: UrlRecord, password: string): void;
  export function cannotHaveAUsernamePasswordPort(url: UrlRecord): boolean;
  export function hasAnOpaquePath(url: UrlRecord): boolean;
}
declare module 'whatwg-url/lib/urlencoded.js' {
  export function parseUrlencodedString(text: string): [string, string][];
  export function serializeUrlencoded(pairs: readonly (readonly [string, string])[]): string;
}
declare module 'punycode/punycode.es6.js' {
  export function decode(text: string): string;
  export function encode(text: string): string;
  export function toASCII(text: string): string;
  export function toUnicode(text: string): string;
  export function ucs2decode(text: string): number[];
  export function ucs2encode(points: readonly number[]): string;
}
declare module 'url-legacy' {
  export const Url: new () => unknown;
}
