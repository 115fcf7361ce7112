/** Why this file exists: HTML's StructuredDeserialize: what `serialize` wrote becomes a value again, in any agent. */
import { NativeError, bareList, hide, trunc } from '../primordials';
import { crossing, errorKinds, viewKinds, type Code } from './clone-kinds';

const { parse } = JSON;
const NativeDate = Date;
const { fromBase64 } = Uint8Array as unknown as { fromBase64: (text: string) => Uint8Array }; // the engine's own

class Reader {
  readonly #known = bareList<object>();

  value(code: Code | undefined): unknown {
    if (typeof code !== 'object' || code === null) return code ?? null;
    const [tag, first] = code;
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(first);
      case 'b':
        return BigInt(String(first));
      case 'r':
        return this.#known[Number(first)];
      default:
        return this.#object(String(tag), code);
    }
  }

  /** Numbered in the order in which the writer met them: before what is inside. */
  #object(tag: string, code: readonly Code[]): object {
    const at = this.#known.length;
    this.#known[at] = code; // its place is taken until it is made
    const keep = <T extends object>(object: T): T => {
      this.#known[at] = object;
      return object;
    };
    switch (tag) {
      case 'box':
        return keep(Object(this.value(code[1])) as object);
      case 'd':
        return keep(new NativeDate(Number(this.value(code[1]))));
      case 're':
        return keep(new RegExp(String(code[1]), String(code[2])));
      case 'e':
        return this.#error(code, keep);
      case 'a':
        return keep((Reflect.apply(fromBase64, Uint8Array, [code[1]]) as Uint8Array).buffer);
      case 'v':
        return keep(this.#view(code));
      case 'm':
        return this.#map(keep(new Map<unknown, unknown>()), code);
      case 's':
        return this.#set(keep(new Set<unknown>()), code);
      case 'l':
        return this.#fields(keep(new Array(Number(code[1])) as unknown as Record<string, unknown>), code, 2);
      case 'o':
        return this.#fields(keep({}), code, 1);
      default:
        return keep(crossing.decode(tag, code) ?? {});
    }
  }

  #error(code: readonly Code[], keep: (error: Error) => Error): Error {
    const [, name, message, stack, cause] = code;
    const Base = errorKinds[String(name)] ?? NativeError;
    const error = keep(new Base(message === null ? undefined : String(message)));
    if (stack !== null) hide(error, 'stack', stack);
    if (Array.isArray(cause)) hide(error, 'cause', this.value(cause[1]));
    return error;
  }

  #view(code: readonly Code[]): object {
    const buffer = this.value(code[2]) as ArrayBuffer; // as written
    const Kind = viewKinds[String(code[1])] ?? Uint8Array;
    return new Kind(buffer, Number(code[3]), trunc(Number(code[4])));
  }

  #map(map: Map<unknown, unknown>, code: readonly Code[]): object {
    for (let i = 1; i < code.length; i += 2) map.set(this.value(code[i]), this.value(code[i + 1]));
    return map;
  }

  #set(set: Set<unknown>, code: readonly Code[]): object {
    for (let i = 1; i < code.length; i++) set.add(this.value(code[i]));
    return set;
  }

  #fields(object: Record<string, unknown>, code: readonly Code[], from: number): object {
    for (let i = from; i < code.length; i += 2)
      Reflect.defineProperty(object, String(code[i]), {
        value: this.value(code[i + 1]),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    return object;
  }
}

export function deserialize(text: string): unknown {
  return new Reader().value(parse(text) as Code); // as `serialize` wrote it
}
