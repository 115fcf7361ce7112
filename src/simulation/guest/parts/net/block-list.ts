/**
 * Why this file exists: `net.SocketAddress` and `net.BlockList`. Node 20: lib/internal/socketaddress.js,
 * lib/internal/blocklist.js, src/node_sockaddr.cc.
 */
import { inspect } from '../../inspect';
import { inspectCustom, shown } from '../../modules/events/event';
import { checkInteger, checkObject, checkString, codedError, nativeCoded } from '../../node-errors';
import { NativeError, NativeTypeError, hide, isObject, named } from '../../primordials';
import { isIPv4, isIPv6, portOf } from './addresses';

type Family = 'ipv4' | 'ipv6';

interface AddressOptions {
  readonly address?: unknown;
  readonly family?: unknown;
  readonly port?: unknown;
  readonly flowlabel?: unknown;
}

/** The sixteen bits of each part of an address of IPv6. */
function partsOf(address: string): number[] {
  const spelled = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...four: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = four.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = [], tail] = spelled.split('::').map((half) => half.split(':').filter(Boolean));
  if (tail === undefined) return head.map((part) => Number.parseInt(part, 16));
  const filled = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
  return filled.map((part) => Number.parseInt(part, 16));
}

/** As inet_ntop writes it: the longest run of zeros is left out. */
function shortened(parts: readonly number[]): string {
  const text = parts.map((part) => part.toString(16)).join(':');
  const [longest] = [...text.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length);
  if (longest === undefined) return text;
  const { index: at, 0: zeros } = longest;
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + zeros.length).replace(/^:/, '')}`;
}

interface Held {
  readonly address: string;
  readonly port: number;
  readonly family: Family;
  readonly flowlabel: number;
}

function heldOf(options: AddressOptions): Held {
  const given = options.family ?? 'ipv4';
  const family = typeof given === 'string' ? given.toLowerCase() : given;
  if (family !== 'ipv4' && family !== 'ipv6')
    throw codedError(
      NativeTypeError,
      'ERR_INVALID_ARG_VALUE',
      `The property 'options.family' is invalid. Received ${inspect(options.family)}`,
    );
  const { address = given === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
  checkString(address, 'options.address');
  const text = address as string; // just checked
  const number = portOf(port, 'options.port');
  checkInteger(flowlabel, 'options.flowlabel', 0, 0xffff_ffff);
  if (!(family === 'ipv4' ? isIPv4(text) : isIPv6(text)))
    throw nativeCoded(NativeError, 'ERR_INVALID_ADDRESS', 'Invalid socket address');
  return {
    address: family === 'ipv4' ? text : shortened(partsOf(text)),
    port: number,
    family,
    flowlabel: flowlabel as number, // just checked
  };
}

export class SocketAddress {
  readonly #held: Held;

  static isSocketAddress(value: unknown): value is SocketAddress {
    return isObject(value) && #held in value;
  }

  constructor(options: unknown = {}) {
    checkObject(options, 'options');
    this.#held = heldOf(options as AddressOptions); // just checked
  }

  get address(): string {
    return this.#held.address;
  }

  get port(): number {
    return this.#held.port;
  }

  get family(): Family {
    return this.#held.family;
  }

  get flowlabel(): number {
    return this.#held.flowlabel;
  }

  toJSON(): Held {
    return { ...this.#held };
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return depth < 0 ? this : shown(this, this.toJSON(), depth, options);
  }
}

/** The address as a number, in the width of its family. */
function numberOf({ family, address }: SocketAddress): bigint {
  const [parts, bits] = family === 'ipv4' ? [address.split('.').map(Number), 8n] : [partsOf(address), 16n];
  return parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n);
}

interface Rule {
  readonly text: string;
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses of IPv4 within IPv6: `::ffff:0:0/96`. */
const mapped = 0xffffn;

export class BlockList {
  /** The one that was added last is first. */
  #rules: readonly Rule[] = [];

  #add(kind: string, text: string, { family }: SocketAddress, first: bigint, last: bigint): void {
    this.#rules = [{ text: `${kind}: IPv${family.slice(3)} ${text}`, family, first, last }, ...this.#rules];
  }

  addAddress(address: unknown, family?: unknown): void {
    const one = addressOf(address, 'address', family);
    this.#add('Address', one.address, one, numberOf(one), numberOf(one));
  }

  addRange(start: unknown, end: unknown, family?: unknown): void {
    const [first, last] = [addressOf(start, 'start', family), addressOf(end, 'end', family)];
    if (numberOf(first) > numberOf(last)) {
      const words = `The argument 'start' must come before end. Received ${inspect(first)}`;
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
    }
    this.#add('Range', `${first.address}-${last.address}`, first, numberOf(first), numberOf(last));
  }

  addSubnet(network: unknown, prefix: unknown, family?: unknown): void {
    const first = addressOf(network, 'network', family);
    const width = first.family === 'ipv4' ? 32 : 128;
    checkInteger(prefix, 'prefix', 0, width);
    const rest = (1n << BigInt(width - (prefix as number))) - 1n; // just checked
    const number = numberOf(first);
    this.#add('Subnet', `${first.address}/${String(prefix)}`, first, number & ~rest, number | rest);
  }

  check(address: unknown, family?: unknown): boolean {
    if (!SocketAddress.isSocketAddress(address)) checkTexts(address, 'address', family);
    try {
      const one = addressOf(address, 'address', family);
      const number = numberOf(one);
      const asFour = one.family === 'ipv6' && number >> 32n === mapped ? number & 0xffff_ffffn : undefined;
      return this.#rules.some(({ family: of, first, last }) => {
        const looked = of === one.family ? number : of === 'ipv4' ? asFour : undefined;
        return looked !== undefined && looked >= first && looked <= last;
      });
    } catch {
      return false; // no address
    }
  }

  get rules(): string[] {
    return this.#rules.map(({ text }) => text);
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return depth < 0 ? this : shown(this, { rules: this.rules }, depth, options);
  }
}

function checkTexts(address: unknown, name: string, family: unknown): void {
  checkString(address, name);
  if (family !== undefined) checkString(family, 'family');
}

function addressOf(given: unknown, name: string, family: unknown): SocketAddress {
  if (SocketAddress.isSocketAddress(given)) return given;
  checkTexts(given, name, family);
  return new SocketAddress({ address: given, family });
}

for (const [Class, name, length] of [[SocketAddress, 'SocketAddress', 0], [BlockList, 'BlockList', 0]] as const) {
  named(Class, name, length); // bundling renames
  hide(Class.prototype, 'constructor', Class);
}
