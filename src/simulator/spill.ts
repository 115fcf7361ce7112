/**
 * Why this file exists: what a program printed outlives the thread that has to be killed. The thread writes each text
 * into a small memory that both sides share, and sends on what no longer fits.
 */

type Stream = 'stdout' | 'stderr';
export type Printed = Readonly<Record<Stream, string>>;

/** Bytes of text that are shared for each stream; what is older has been sent. */
const roomBytes = 64 * 1024;
/** Two lengths stand before the texts. */
const headBytes = 8;

export function newSpill(): SharedArrayBuffer {
  return new SharedArrayBuffer(headBytes + 2 * roomBytes);
}

interface Parts {
  readonly lengths: Int32Array;
  readonly room: Readonly<Record<Stream, Uint8Array>>;
}

function partsOf(spill: SharedArrayBuffer): Parts {
  return {
    lengths: new Int32Array(spill, 0, 2),
    room: {
      stdout: new Uint8Array(spill, headBytes, roomBytes),
      stderr: new Uint8Array(spill, headBytes + roomBytes, roomBytes),
    },
  };
}

function indexOf(stream: Stream): number {
  return stream === 'stdout' ? 0 : 1;
}

/** The thread's side: `send` is given what the shared memory has no room for. */
export function spillWriter(
  spill: SharedArrayBuffer,
  send: (stream: Stream, text: string) => void,
): { readonly clear: () => void; readonly write: (stream: Stream, text: string) => void } {
  const { lengths, room } = partsOf(spill);
  const encoder = new TextEncoder();
  const kept = { stdout: '', stderr: '' };
  return {
    clear() {
      lengths.fill(0);
      kept.stdout = kept.stderr = '';
    },
    write(stream, text) {
      const at = indexOf(stream);
      const used = lengths[at] ?? 0;
      const { read, written } = encoder.encodeInto(text, room[stream].subarray(used));
      if (read === text.length) {
        kept[stream] += text;
        lengths[at] = used + written;
        return;
      }
      send(stream, kept[stream] + text);
      kept[stream] = '';
      lengths[at] = 0;
    },
  };
}

/** The other side, once the thread stands still: what had not been sent. */
export function readSpill(spill: SharedArrayBuffer): Printed {
  const { lengths, room } = partsOf(spill);
  const decoder = new TextDecoder();
  const text = (stream: Stream): string => decoder.decode(room[stream].slice(0, lengths[indexOf(stream)]));
  return { stdout: text('stdout'), stderr: text('stderr') };
}
