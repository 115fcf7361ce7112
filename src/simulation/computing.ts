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
  | { readonly kind: 'key'; readonly work: KeyWork }
  | { readonly kind: 'zlib'; readonly method: ZlibMethod; readonly options: Readonly<Record<string, unknown>> };

/** What the program gave, as JSON: Node's own functions look at it. */
type KeyOptions = Readonly<Record<string, unknown>>;

/**
 * Work with keys. Private ones are PKCS #8, public ones SPKI, both DER; what takes chance takes it from a seed, so that
 * the same run gives the same bytes.
 */
export type KeyWork =
  /** Bytes: the key as the program has it. Gives a `KeyRead` as JSON. */
  | { readonly op: 'read'; readonly wants: 'public' | 'private'; readonly options: KeyOptions; readonly isText: boolean }
  /** Bytes: the key. */
  | { readonly op: 'export'; readonly of: 'public' | 'private'; readonly options: KeyOptions }
  /** Bytes: a seed. Gives the private key, or what Node says to the options. */
  | { readonly op: 'generate'; readonly type: string; readonly options: KeyOptions }
  /** Bytes: the private key, data, a seed. */
  | { readonly op: 'sign'; readonly algorithm: string | null; readonly isOneShot: boolean; readonly options: KeyOptions }
  /** Bytes: the public key, data, the signature. Gives one byte. */
  | { readonly op: 'verify'; readonly algorithm: string | null; readonly isOneShot: boolean; readonly options: KeyOptions }
  /** Bytes: the key, data, a seed. */
  | { readonly op: 'rsa'; readonly method: RsaMethod; readonly isPrivate: boolean; readonly options: KeyOptions }
  /** Bytes: a private and a public key. */
  | { readonly op: 'agree' }
  /** Bytes: a private number, or a seed where it is to be made; of `secret` also the other's point. */
  | { readonly op: 'ecdh'; readonly curve: string; readonly step: 'make' | 'public' | 'secret' };

export type RsaMethod = 'publicEncrypt' | 'publicDecrypt' | 'privateEncrypt' | 'privateDecrypt';

export interface KeyRead {
  readonly type: 'public' | 'private';
  /** Base64. */
  readonly der: string;
  readonly asymmetricKeyType: string;
  readonly details: Readonly<Record<string, number | string>>;
}

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
  /** Of an error of OpenSSL's. */
  readonly library?: string | undefined;
  readonly reason?: string | undefined;
  readonly name?: string | undefined;
  readonly isTooMuch?: boolean;
}

/** What each kind takes: a hash its data; an hmac key and data; a derived key secret, salt and, for hkdf, info. */
export type Compute = (what: Computation, bytes: readonly Uint8Array[]) => Uint8Array | NotComputed;
