/**
 * Why this file exists: a server of names on this machine, so that real Node can be asked what it makes of answers: of
 * records of all kinds, of refusals, of silence. RFC 1035 §4.
 */
import { createSocket } from 'node:dgram';

/** `A example.com`: records, the code of a refusal, or silence; what is not there is not found. */
export type Names = Readonly<Record<string, readonly unknown[] | keyof typeof refusals | 'silent'>>;

const refusals = { ENOTFOUND: 3, ESERVFAIL: 2, EREFUSED: 5 };
const kinds: Readonly<Record<number, string>> = {
  1: 'A', 2: 'NS', 5: 'CNAME', 6: 'SOA', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA', 33: 'SRV',
};

export interface NameServer {
  readonly port: number;
  close(): void;
}

export function startNameServer(names: Names): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const answer = answerTo(question, names);
    if (answer !== undefined) socket.send(answer, from.port, from.address);
  });
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => {
      resolve({ port: socket.address().port, close: () => socket.close() });
    });
  });
}

function answerTo(question: Buffer, names: Names): Buffer | undefined {
  const parts: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    parts.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = question.readUInt16BE(at + 1);
  const kind = kinds[type] ?? '';
  const answer = names[`${kind} ${parts.join('.')}`] ?? 'ENOTFOUND';
  if (answer === 'silent') return undefined;
  const records = typeof answer === 'string' ? [] : answer;
  const head = Buffer.from(question.subarray(0, at + 5));
  head.writeUInt16BE(0x8180 | (typeof answer === 'string' ? refusals[answer] : 0), 2);
  head.writeUInt16BE(records.length, 6);
  head.fill(0, 8, 12);
  return Buffer.concat([head, ...records.map((record) => recordOf(type, bytesOf(kind, record)))]);
}

/** Its name is that of the question. */
function recordOf(type: number, data: Buffer): Buffer {
  return Buffer.concat([numbers(0xc00c, type, 1), wide(300), numbers(data.length), data]);
}

function numbers(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(value);
    return bytes;
  }));
}

function wide(value: number): Buffer {
  return numbers(value >>> 16, value & 0xffff);
}

function sized(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
}

function nameBytes(name: unknown): Buffer {
  return Buffer.concat([...String(name).split('.').map(sized), Buffer.from([0])]);
}

function addressBytes(address: string): Buffer {
  const [first = '', last = ''] = address.split('::').map((half) => half);
  const groups = [first, last].map((half) => half.split(':').filter((group) => group !== ''));
  const [before = [], after = []] = groups;
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return numbers(...[...before, ...zeros, ...after].map((group) => parseInt(group, 16)));
}

function bytesOf(kind: string, record: unknown): Buffer {
  const fields = record as Readonly<Record<string, unknown>>; // as the tests write them
  const number = (name: string): number => Number(fields[name]);
  switch (kind) {
    case 'A': return Buffer.from(String(record).split('.').map(Number));
    case 'AAAA': return addressBytes(String(record));
    case 'MX': return Buffer.concat([numbers(number('priority')), nameBytes(fields['exchange'])]);
    case 'TXT': return Buffer.concat((record as readonly string[]).map(sized)); // as the tests write them
    case 'SRV': return Buffer.concat([numbers(...['priority', 'weight', 'port'].map(number)), nameBytes(fields['name'])]);
    case 'SOA': {
      const times = ['serial', 'refresh', 'retry', 'expire', 'minttl'].map(number).map(wide);
      return Buffer.concat([nameBytes(fields['nsname']), nameBytes(fields['hostmaster']), ...times]);
    }
    default: return nameBytes(record);
  }
}
