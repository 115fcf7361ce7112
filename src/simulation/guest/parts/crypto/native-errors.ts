/** Why this file exists: what Node's native code, and OpenSSL below it, throw: their code is plainly there. */
import type { NotComputed } from '../../../computing';
import { codedError } from '../../node-errors';
import { NativeError, NativeRangeError, NativeTypeError } from '../../primordials';
import { given } from './bytes';

const kinds: Readonly<Record<string, typeof NativeError>> = {
  TypeError: NativeTypeError, RangeError: NativeRangeError,
};
/** These are thrown by Node's JavaScript, whose errors show their codes. */
const ofJavaScript = /^ERR_(?:INVALID|OUT_OF|CRYPTO_(?:INCOMPATIBLE_KEY_|INVALID_KEY_OBJECT))/;

export function nativeFault({ name = 'Error', message, code, library, reason }: NotComputed): Error {
  const Kind = kinds[name] ?? NativeError;
  if (code !== undefined && ofJavaScript.test(code)) return codedError(Kind, code, message);
  const error = new Kind(message);
  return Object.assign(error, given({ library, reason, code }));
}
