/** Why this file exists: `new Worker`, as a page makes one. HTML §10.2.6. */
import { ask } from '../../../agents';
import { clock } from '../../../clock';
import { sourceAt } from '../../../program-modules';
import { joined } from '../../../module-errors';
import { constructorMs } from '../../../modules/workers/costs';
import { portTraffic } from '../../../modules/workers/port-events';
import { write } from '../../../output';
import { NativeTypeError, isObject, toText } from '../../../primordials';
import { standIn } from '../../../stand-ins';
import { reportRemote } from '../errors';
import { trusted } from '../events/event';
import { EventTarget, defineHandlers, dispatch } from '../events/event-target';
import { ErrorEvent, MessageEvent } from '../events/kinds';
import { asInterface } from '../interfaces';
import { asCallbacks } from '../loop';
import { checkCount } from '../web-errors';
import { newPort } from './port-numbers';
import { closeRemote, openRemote, send, type Envelope } from './remote';

type Program = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'eval'; readonly text: string };

const dataUrl = /^data:(?:text|application)\/javascript(?:;charset=[\w-]+)?(;base64)?,([\s\S]*)$/;

/** The address is one of the page: the folder of its script. */
function programOf(given: unknown): Program {
  const address = isObject(given) && 'href' in given ? toText(given.href) : toText(given);
  const data = dataUrl.exec(address);
  if (data !== null && data[1] === undefined) return { kind: 'eval', text: decodeURIComponent(data[2] ?? '') };
  if (/^(?:data|blob|https?):/.test(address)) useOf(`A worker from ${address.slice(0, 20)}…`);
  const path = address.replace(/^file:\/\//, '').replace(/[?#].*$/, '');
  const folder = sourceAt(0).path.replace(/\/[^/]*$/, '');
  const isOfDisk = address.startsWith('file:');
  return { kind: 'file', path: isOfDisk ? joined('/', path) : joined(folder, path.replace(/^\/+/, '')) };
}

/** Ends the run: it is not modelled. */
function useOf(what: string): void {
  (standIn(what) as () => void)();
}

const labels = { message: { queue: 'tasks', origin: 'message', label: 'message' }, error: { queue: 'tasks', origin: 'event', label: 'error' } } as const;

export class Worker extends EventTarget {
  readonly #port: number;
  readonly #thread: number;
  #isOver = false;

  constructor(...given: [address?: unknown, options?: unknown]) {
    if (given.length === 0) throw new NativeTypeError("Failed to construct 'Worker': 1 argument required, but only 0 present.");
    super();
    const program = programOf(given[0]);
    const options = isObject(given[1]) ? (given[1] as { readonly name?: unknown }) : {};
    clock.spend(constructorMs);
    const [port, theirs] = [newPort(), newPort()];
    ask({ op: 'channel', ports: [port, theirs] });
    ask({ op: 'detach', port: theirs, messages: [] }); // the worker will have it
    openRemote(port, (envelope, token, ports) => {
      this.#hear(envelope, token, ports);
    });
    const env = { name: toText(options.name ?? '') };
    const { thread = 0 } = ask({ op: 'spawn', program, port: theirs, memoryMb: null, env });
    portTraffic.workerCreated(thread, program.kind === 'file' ? program.path.replace(/^.*\//, '') : 'data:');
    this.#port = port;
    this.#thread = thread;
  }

  #hear({ data, fault, print }: Envelope, token: number, ports: readonly object[]): void {
    const { caller, finish } = asCallbacks(token, fault === undefined ? labels.message : labels.error);
    if (print !== undefined) write(print.stream, print.text);
    else if (fault !== undefined) {
      const event = new ErrorEvent('error', { ...fault, cancelable: true });
      if (dispatch(this, trusted(event), caller)) reportRemote(fault);
    } else if (!this.#isOver) dispatch(this, trusted(new MessageEvent('message', { data, ports })), caller);
    finish();
  }

  postMessage(...given: [message?: unknown, options?: unknown]): void {
    checkCount(given, 1, 'postMessage', 'Worker');
    if (!this.#isOver) send(this.#port, { data: given[0] }, given[1], 'Worker');
  }

  terminate(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    closeRemote(this.#port);
    ask({ op: 'terminate', thread: this.#thread });
  }
}
asInterface(Worker, 'Worker', 1);
defineHandlers(Worker.prototype, ['message', 'messageerror', 'error']);
