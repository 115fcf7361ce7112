/**
 * Why this file exists: what a run may have computed outside the sandbox: functions of bytes that real Node computes in
 * native code and that would take minutes in an interpreter. Bytes go out, bytes come back; nothing is looked at and
 * nothing is kept.
 */
export type Computation =
  | { readonly kind: 'hash'; readonly algorithm: string; readonly length?: number | undefined }
  | { readonly kind: 'hmac'; readonly algorithm: string }
  | { readonly kind: 'pbkdf2' | 'hkdf'; readonly digest: string; readonly iterations: number; readonly length: number }
  | {
      readonly kind: 'scrypt';
      readonly N: number;
      readonly r: number;
      readonly p: number;
      readonly maxmem: number;
      readonly length: number;
    }
  /** A certificate as JSON; a key that fits a certificate; whether one issued another. */
  | { readonly kind: 'certificate' | 'key-pair' | 'issued' }
  | {
      readonly kind: 'cipher';
      readonly algorithm: string;
      readonly isDecipher: boolean;
      readonly isFinal: boolean;
      readonly pads: boolean;
      /** Of modes that authenticate: hexadecimal. */
      readonly tag?: string | undefined;
      readonly aad?: string | undefined;
      readonly tagLength?: number | undefined;
    }
  | { readonly kind: 'zlib'; readonly method: ZlibMethod; readonly options: Readonly<Record<string, unknown>> };

export type ZlibMethod =
  | 'deflate' | 'inflate' | 'gzip' | 'gunzip' | 'deflateRaw' | 'inflateRaw' | 'unzip' | 'brotliCompress'
  | 'brotliDecompress';

/** So far in, all was to come out, and what follows may be packed in another way. */
export interface ZlibMark {
  readonly at: number;
  readonly flush: number;
  readonly level?: number;
  readonly strategy?: number;
}

/** Why there are no bytes: what Node says, or that it would take too long or too much. */
export interface NotComputed {
  readonly message: string;
  readonly code?: string | undefined;
  readonly errno?: number | undefined;
  readonly isTooMuch?: boolean;
}

/** What each kind takes: a hash its data; an hmac key and data; a derived key secret, salt and, for hkdf, info. */
export type Compute = (what: Computation, bytes: readonly Uint8Array[]) => Uint8Array | NotComputed;
