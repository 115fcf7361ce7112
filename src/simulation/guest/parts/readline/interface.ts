/**
 * Why this file exists: `readline.Interface` on what is no terminal: lines of a stream, and questions. Node 20:
 * lib/internal/readline/interface.js.
 */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { newEmitter, type Emitter } from '../../modules/events/emitter';
import { iterate } from '../../modules/events/waiting';
import { checkSignal, checkString, codedError } from '../../node-errors';
import { NativeError, isObject } from '../../primordials';
import { here } from '../../recorder';
import { nextTick } from '../../ticks';
import { StringDecoder } from '../buffer/part';
import { withdrawn } from '../../withdrawn';

interface Input extends Emitter {
  pause(): void;
  resume(): void;
}

interface Output {
  write(text: string): unknown;
}

export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: object): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface Options {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly terminal?: unknown;
  readonly crlfDelay?: unknown;
  readonly prompt?: unknown;
  readonly signal?: Signal;
}

interface Decoder {
  write(bytes: unknown): string;
}

const lineEnding = /\r?\n|\r(?!\n)/g;
const shortestDelay = 100;

export function closedError(): Error {
  return codedError(NativeError, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
}

function optionsOf(given: readonly unknown[]): Options {
  const [first, output, , terminal] = given;
  const isStream = isObject(first) && typeof (first as { on?: unknown }).on === 'function' && given.length > 1;
  if (!isStream && isObject(first) && 'input' in first) return first;
  return { input: first, output, terminal };
}

export class Interface extends newEmitter {
  line = '';
  cursor = 0;
  terminal = false;
  paused = false;
  closed = false;
  declare input: Input;
  declare output: Output | undefined;
  declare crlfDelay: number;
  #buffered = '';
  #sawReturnAt = 0;
  #prompt = '> ';
  #oldPrompt = '> ';
  #question: ((answer: string) => void) | undefined;
  #lines: object | undefined;
  #decoder = new (StringDecoder as unknown as new (encoding: string) => Decoder)('utf8'); // it is a constructor

  constructor(...given: unknown[]) {
    super();
    const { input, output, terminal, crlfDelay, prompt, signal } = optionsOf(given);
    if (terminal !== undefined && terminal !== false && terminal !== null)
      endNow({ kind: 'unsupported', message: 'readline on a terminal is not modelled yet', site: here() });
    checkSignal(signal, 'options.signal');
    this.input = input as Input; // it is listened to like any other
    this.output = (output ?? undefined) as Output | undefined; // likewise written to
    this.crlfDelay = crlfDelay === undefined ? shortestDelay : Math.max(shortestDelay, Number(crlfDelay));
    if (prompt !== undefined) this.#prompt = prompt as string; // whatever it is, it is written
    this.#listen(signal);
    this.input.resume();
  }

  #listen(signal: Signal | undefined): void {
    const { input } = this;
    const onError = (error: unknown): void => {
      this.emit('error', error);
    };
    const onData = (data: unknown): void => {
      this.#take(data);
    };
    const onEnd = (): void => {
      if (this.#buffered !== '') this.emit('line', this.#buffered);
      this.close();
    };
    input.on('error', onError);
    input.on('data', onData);
    input.on('end', onEnd);
    this.once('close', () => {
      input.removeListener('data', onData);
      input.removeListener('error', onError);
      input.removeListener('end', onEnd);
    });
    if (signal === undefined) return;
    const onAbort = (): void => {
      this.close();
    };
    if (signal.aborted) nextTick(onAbort, []);
    else {
      signal.addEventListener('abort', onAbort, { once: true });
      this.once('close', () => {
        signal.removeEventListener('abort', onAbort);
      });
    }
  }

  /** Text that came: whole lines are told, the rest is kept. A line may end in two signs that come apart. */
  #take(data: unknown): void {
    if (data === undefined) return;
    let text = this.#decoder.write(data);
    if (this.#sawReturnAt !== 0 && clock.read() - this.#sawReturnAt <= this.crlfDelay) {
      if (text.startsWith('\n')) text = text.slice(1);
      this.#sawReturnAt = 0;
    }
    if (text.search(lineEnding) < 0) {
      this.#buffered += text;
      return;
    }
    const all = this.#buffered + text;
    this.#sawReturnAt = all.endsWith('\r') ? clock.read() : 0;
    const lines = all.split(lineEnding);
    this.#buffered = lines.pop() ?? '';
    for (const line of lines) this.#tell(line);
  }

  #tell(line: string): void {
    const answer = this.#question;
    if (answer === undefined) {
      this.emit('line', line);
      return;
    }
    this.#question = undefined;
    this.setPrompt(this.#oldPrompt);
    answer(line);
  }

  getPrompt(): string {
    return this.#prompt;
  }

  setPrompt(prompt: string): void {
    this.#prompt = prompt;
  }

  prompt(_preserveCursor?: unknown): void {
    if (this.paused) this.resume();
    checkString(this.#prompt, 'stringToWrite');
    this.output?.write(this.#prompt);
  }

  /** Of two questions at once the second is not asked. */
  static ask(self: Interface, query: string, answer: (line: string) => void): void {
    if (self.closed) throw closedError();
    if (self.#question !== undefined) {
      self.prompt();
      return;
    }
    self.#oldPrompt = self.#prompt;
    self.setPrompt(query);
    self.#question = answer;
    self.prompt();
  }

  /** The question is not to be answered any more. */
  static dropQuestion(self: Interface): void {
    self.#question = undefined;
    self.setPrompt(self.#oldPrompt);
    self.output?.write('\r\n');
    self.line = '';
  }

  close(): void {
    if (this.closed) return;
    this.pause();
    this.closed = true;
    this.emit('close');
  }

  pause(): this | undefined {
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume(): this | undefined {
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  write(data: unknown): void {
    if (this.paused) this.resume();
    this.#take(data);
  }

  getCursorPos(): { cols: number; rows: number } {
    return { cols: this.#prompt.length, rows: 0 };
  }

  [Symbol.asyncIterator](): object {
    this.#lines ??= iterate(this, 'line', { close: ['close'], highWaterMark: 1024 }, ([line]) => line);
    return this.#lines;
  }
}
export const interfaceInside = withdrawn(Interface, 'ask', 'dropQuestion');

