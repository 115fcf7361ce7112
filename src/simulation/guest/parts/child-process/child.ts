/**
 * Why this file exists: `ChildProcess`: a process of its own as the program sees it. Node 20:
 * lib/internal/child_process.js.
 */
import { standsFor, under } from '../../stood-for';
import { ask } from '../../agents';
import { endNow } from '../../ending';
import { whenClosed } from '../../loop/async-handles';
import { outsideTold } from '../../loop/outside-races';
import { raceNoted } from '../../loop/races';
import { callBack, hold, letGo, newCaller, retireCaller, type Caller } from '../../loop/watched';
import { newEmitter } from '../../modules/events/emitter';
import { newPortNumber } from '../../modules/workers/end';
import { NativeError, named } from '../../primordials';
import { callLabel, here } from '../../recorder';
import { nextTick } from '../../ticks';
import { Channel, setUpChannel, type Target } from '../ipc/part';
import { Socket, errnoOf, pipeToOutside, systemError, type FaultCode } from '../net/part';
import { NodeProcess } from './node-process';
import { serializationOf, signalOf, type Asked, type Stdio } from './options';
import { OutsideProcess, spendSpawn, type Ended, type Way } from './process';
import { programFor, type Program } from './programs';
import { withdrawn } from '../../withdrawn';

export class ChildProcess extends newEmitter {
  connected = false;
  signalCode: string | null = null;
  exitCode: number | null = null;
  killed = false;
  spawnfile: string | null = null;
  spawnargs: readonly unknown[] = [];
  pid: number | undefined;
  stdin: Socket | null = null;
  stdout: Socket | null = null;
  stderr: Socket | null = null;
  stdio: (Socket | null)[] = [];
  #outside: OutsideProcess | NodeProcess | undefined;
  #caller: Caller | undefined;
  #closesNeeded = 1;
  #closesGot = 0;

  /** For Node's own code. */
  static begin(child: ChildProcess, what: Asked): void {
    const { wanted, argv, stdio } = what;
    child.spawnfile = wanted.file;
    child.spawnargs = argv;
    const serialization = serializationOf(what.options);
    const program = programFor(wanted);
    spendSpawn();
    child.#caller = newCaller('PROCESSWRAP');
    const ends = stdio.map((kind, fd) => child.#endFor(kind, fd));
    const channel = stdio.includes('ipc') ? child.#openChannel(program) : undefined;
    if (program.kind === 'fails') {
      for (const way of ends) if (typeof way === 'object') way.leave();
      nextTick(onErrorNT, [() => { child.#failed(program.code); }]);
    } else {
      nextTick(onSpawnNT, [child]);
      if (program.kind === 'runs') child.#run(new OutsideProcess(wanted.cwd, wanted.env, ends), program.run);
      else {
        const options = { env: wanted.env, ways: ends, channel: channel?.theirs ?? 0, serialization };
        child.#follow(new NodeProcess(program, options));
      }
    }
    [child.stdin = null, child.stdout = null, child.stderr = null] = child.stdio;
    if (channel !== undefined) child.#setUp(channel.ours, serialization);
  }

  /** Both ends of a channel for messages; the process will have the second. */
  #openChannel(program: Program): { readonly ours: number; readonly theirs: number } {
    if (program.kind === 'runs')
      return endNow({ kind: 'unsupported', message: 'Messages to a process that is no program of Node are not modelled', site: here() });
    const [ours, theirs] = [newPortNumber(), newPortNumber()];
    ask({ op: 'channel', ports: [ours, theirs] });
    if (program.kind === 'fails') ask({ op: 'close', port: theirs });
    else ask({ op: 'detach', port: theirs, messages: [] });
    this.#closesNeeded++;
    return { ours, theirs };
  }

  #setUp(port: number, serialization: 'json' | 'advanced'): void {
    const self = this as unknown as Target; // its members follow
    setUpChannel(self, new Channel(port), serialization, () => { this.#maybeClose(); });
  }

  /** The process's end of a pipe; ours is a socket. */
  #endFor(kind: Stdio, fd: number): Way {
    if (kind !== 'pipe') {
      this.stdio.push(null);
      return kind === 'inherit' ? kind : 'ignore';
    }
    const name = ['stdin', 'stdout', 'stderr'][fd] ?? '';
    const [ours, theirs] = pipeToOutside(name);
    const socket = new Socket({ handle: ours, readable: fd > 0 });
    this.stdio.push(socket);
    if (fd > 0) {
      this.#closesNeeded++;
      socket.on('close', ofStream(() => { this.#maybeClose(); }));
    }
    return theirs;
  }

  #run(outside: OutsideProcess, run: Parameters<OutsideProcess['start']>[0]): void {
    this.#outside = outside;
    this.pid = outside.pid;
    hold(outside);
    outside.start(run, (ended) => {
      outside.tellAt(() => {
        outsideTold(outside.call, 'A process of its own');
        if (this.#caller !== undefined) callBack(this.#caller, callLabel('exit', [this.spawnfile]), () => { this.#exited(ended); });
      });
    });
  }

  /** A program of Node: another agent. */
  #follow(outside: NodeProcess): void {
    this.#outside = outside;
    this.pid = outside.pid;
    hold(outside);
    const isHeard = (): boolean => this.listenerCount('exit') > 0;
    outside.whenEnded((ended) => {
      if (this.#caller !== undefined) callBack(this.#caller, callLabel('exit', [outside.name]), () => { this.#exited(ended); });
    }, isHeard);
  }

  #failed(code: FaultCode): void {
    this.exitCode = errnoOf(code);
    this.stdin?.destroy();
    const error = systemError(code, `spawn ${String(this.spawnfile)}`);
    this.emit('error', Object.assign(error, { path: this.spawnfile, spawnargs: this.spawnargs.slice(1) }));
    nextTick(flushStdio, [this]);
    this.#maybeClose();
  }

  #exited({ code, signal }: Ended): void {
    this.#noteOrder();
    if (signal === null) this.exitCode = code;
    else this.signalCode = signal;
    this.stdin?.destroy();
    if (this.#outside !== undefined) letGo(this.#outside);
    this.#outside = undefined;
    const caller = this.#caller;
    whenClosed(() => { if (caller !== undefined) retireCaller(caller); });
    tellExit(this);
    nextTick(flushStdio, [this]);
    this.#maybeClose();
  }

  /** The kernel closes pipes and tells of the end as it comes: only that data and `end` come before `exit` is sure. */
  #noteOrder(): void {
    const [out, err] = [this.stdout, this.stderr];
    const closesHeard = [out, err].some((stream) => stream !== null && stream.listenerCount('close') > 1);
    const endsHeard = [out, err].every((stream) => stream !== null && stream.listenerCount('end') > 1);
    if ((closesHeard || endsHeard) && this.#outside !== undefined)
      raceNoted(this.#outside.call.start.site, 'The streams of a process end and close as it ends: real Node may tell of either first.');
  }

  #maybeClose(): void {
    if (++this.#closesGot === this.#closesNeeded) this.emit('close', this.exitCode, this.signalCode);
  }

  /** What `spawn` calls in life. */
  spawn(): never {
    return endNow({ kind: 'unsupported', message: 'ChildProcess.spawn is not modelled yet', site: here() });
  }

  kill(...given: [signal?: unknown]): boolean {
    const [wanted = 'SIGTERM'] = given;
    if (wanted === 0) {
      if (this.#outside === undefined || this.#outside.ended !== undefined) return false;
      return (this.killed = true);
    }
    const signal = signalOf(wanted);
    if (this.#outside === undefined) return false;
    this.#outside.kill(signal);
    this.killed = true;
    return true;
  }

  ref(): void {
    if (this.#outside !== undefined) hold(this.#outside);
  }

  unref(): void {
    if (this.#outside !== undefined) letGo(this.#outside);
  }

  [Symbol.dispose](): void {
    if (!this.killed) this.kill();
  }
}
export const childInside = withdrawn(ChildProcess, 'begin');
named(ChildProcess, 'ChildProcess', 0);

function onSpawnNT(child: ChildProcess): void {
  child.emit('spawn');
}

standsFor(onSpawnNT, 'onSpawnNT (node:internal/child_process:488:8)');

const internal = 'node:internal/child_process';

function ofStream(run: () => void): () => void {
  return under([`maybeClose (${internal}:1104:16)`, `Socket.<anonymous> (${internal}:456:11)`], run);
}

const tellExit = under('ChildProcess._handle.onexit (node:internal/child_process:293:12)', (child: ChildProcess) => {
  child.emit('exit', child.exitCode, child.signalCode);
});

function onErrorNT(tell: () => void): void {
  tell();
}

/** What nobody reads is read, so that its end is seen. */
function flushStdio(child: ChildProcess): void {
  for (const stream of child.stdio) if (stream?.readable === true) stream.resume();
}

/** An error with more to say than its words, as Node's own. */
export function plainError(message: string, more: object): Error {
  return Object.assign(new NativeError(message), more);
}
