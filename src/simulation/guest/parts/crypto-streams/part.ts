/**
 * Why this file exists: the part of the guest that makes streams of hashes and ciphers: what is written is added, and
 * the digest is read at the end, or what is ciphered as it comes. Node 20: lib/internal/crypto/hash.js
 * (Hash.prototype._transform, LazyTransform).
 */
import { apply, defineProperty, getOwnPropertyDescriptor, hide, setPrototypeOf } from '../../primordials';
import { CipherBase, Hash, Hmac } from '../crypto/part';
import { streams } from '../stream/part';

type Done = (error?: unknown) => void;

interface Hashing {
  update(chunk: unknown, encoding?: unknown): unknown;
  digest(): unknown;
  push(chunk: unknown): void;
}

interface Streaming {
  _transform(chunk: unknown, encoding: string, done: Done): void;
  _flush(done: Done): void;
}

const Transform = streams['Transform'] as { readonly prototype: object }; // the package has no types

const streaming: Streaming & ThisType<Hashing> = {
  _transform(chunk, encoding, done) {
    this.update(chunk, encoding);
    done();
  },
  _flush(done) {
    this.push(this.digest());
    done();
  },
};

interface Ciphering {
  update(chunk: unknown, encoding?: unknown): unknown;
  final(): unknown;
  push(chunk: unknown): void;
}

const ciphering: Streaming & ThisType<Ciphering> = {
  _transform(chunk, encoding, done) {
    this.push(this.update(chunk, encoding));
    done();
  },
  _flush(done) {
    try {
      this.push(this.final());
    } catch (error) {
      done(error);
      return;
    }
    done();
  },
};

/** What an instance has of a stream is made when it is first used as one. */
function isStream(self: object): boolean {
  return getOwnPropertyDescriptor(self, '_readableState') !== undefined;
}

function becomeStream(self: object): void {
  if (!isStream(self)) apply(Transform as never, self, []);
}

/** Members of a stream, each of which makes it one first. */
function lazily(kind: { readonly prototype: object }, { _transform, _flush }: Streaming): void {
  hide(kind.prototype, '_transform', _transform);
  hide(kind.prototype, '_flush', _flush);
  for (const state of ['_readableState', '_writableState']) {
    defineProperty(kind.prototype, state, {
      get(this: object) {
        becomeStream(this);
        return getOwnPropertyDescriptor(this, state)?.value as unknown;
      },
      set(this: object, value: unknown) {
        defineProperty(this, state, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
  setPrototypeOf(kind.prototype, Transform.prototype);
}

lazily(Hash, streaming);
lazily(Hmac, streaming);
lazily(CipherBase, ciphering);

