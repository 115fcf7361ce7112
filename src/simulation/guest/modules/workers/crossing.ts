/**
 * Why this file exists: what lives in one agent and is named in messages: ports, which move, and shared memory, which
 * every agent that was given it sees. Each agent has a copy of it; the host makes them one whenever another agent runs.
 */
import { agent } from '../../agents';
import { NativeTypeError, SafeMap, SafeWeakMap } from '../../primordials';
import { endNow } from '../../ending';
import { here } from '../../recorder';
import { crossing } from '../clone-kinds';
import { types } from '../util/types';
import { endOfPort, moving } from './end';
import { missingTransfer } from './transfer';

const numbers = new SafeWeakMap<object, number>();
const buffers = new SafeMap<number, SharedArrayBuffer>();
let last = 0;
const perAgent = 1_000_000;
const NativeShared = SharedArrayBuffer;

/** The host's function: it is told where the memory lies. */
export const sharing: { share(number: number, buffer: SharedArrayBuffer): void } = { share: () => undefined };

/** The number of shared memory for all agents. */
export function numberOf(buffer: SharedArrayBuffer): number {
  const known = numbers.get(buffer);
  if (known !== undefined) return known;
  if ((buffer as { readonly growable?: boolean }).growable === true)
    endNow({ kind: 'unsupported', message: 'A SharedArrayBuffer that grows is not modelled between agents yet', site: here() });
  const number = agent.id * perAgent + ++last;
  know(number, buffer);
  return number;
}

function know(number: number, buffer: SharedArrayBuffer): void {
  numbers.set(buffer, number);
  buffers.set(number, buffer);
  agent.meets = true;
  sharing.share(number, buffer);
}

function bufferOf(number: number, length: number): SharedArrayBuffer {
  const known = buffers.get(number);
  if (known !== undefined) return known;
  const made = new NativeShared(length);
  know(number, made);
  return made;
}

crossing.encode = (value) => {
  if (types['isSharedArrayBuffer']?.(value) === true) {
    const buffer = value as SharedArrayBuffer; // just looked
    return ['shared', numberOf(buffer), buffer.byteLength];
  }
  const end = endOfPort(value);
  if (end === undefined) return undefined;
  if (!moving.leaving.has(value)) throw missingTransfer();
  return ['port', end.port];
};

crossing.decode = (tag, code) => {
  if (tag === 'shared') return bufferOf(Number(code[1]), Number(code[2]));
  const port = moving.arriving.get(Number(code[1]));
  if (port === undefined) throw new NativeTypeError('A port that did not come along');
  return port;
};

