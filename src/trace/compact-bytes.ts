/** Why this file exists: numbers and texts as bytes, and back. Most numbers are one; what is cut off does not read. */

export class ByteWriter {
  #room: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);
  #at = 0;

  /** Makes room for so many more. */
  #need(more: number): void {
    if (this.#at + more <= this.#room.length) return;
    const wider = new Uint8Array(Math.max(this.#room.length * 2, this.#at + more));
    wider.set(this.#room);
    this.#room = wider;
  }

  byte(value: number): void {
    this.#need(1);
    this.#room[this.#at++] = value;
  }

  /** A whole number below 2 ** 53, seven bits a byte, the lowest first. */
  number(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  double(value: number): void {
    this.#need(8);
    new DataView(this.#room.buffer).setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.number(bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#room.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  taken(): Uint8Array<ArrayBuffer> {
    return this.#room.slice(0, this.#at);
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new RangeError('The bytes end too soon.');
    this.#at += 1;
    return value;
  }

  number(): number {
    let value = this.byte();
    if (value < 128) return value;
    value -= 128;
    for (let factor = 128; ; factor *= 128) {
      const next = this.byte();
      if (next < 128) return value + next * factor;
      value += (next - 128) * factor;
    }
  }

  double(): number {
    const value = this.#view.getFloat64(this.#at, true); // throws beyond the end
    this.#at += 8;
    return value;
  }

  text(): string {
    const length = this.number();
    if (this.#at + length > this.#bytes.length) throw new RangeError('The bytes end too soon.');
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return new TextDecoder().decode(bytes);
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}
