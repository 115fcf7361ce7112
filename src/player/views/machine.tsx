/**
 * Why this file exists: the machine at one moment: the stack, what is parked, and the queues in the order in which
 * they are served.
 */
import type { VNode } from 'preact';
import { firstValues } from '../../trace/id-map';
import { stackDepth, stackFrames, tasksIn } from '../../trace/loop-state';
import type { Frame, LoopState, SuspendedFrame, Task } from '../../trace/loop-state';
import type { QueueName, TaskId, TaskOrigin } from '../../trace/trace';
import type { TraceIndex } from '../../trace/trace-index';
import { nextTask } from '../next-task';
import type { Moment } from '../player-state';
import type { Words } from '../words/en';
import { Box, TokenList } from './box';
import { CountdownClock, Token } from './token';
import { useWords } from './words-context';

const shownTokens = 8;

/** What runs, and what is parked. */
export function FrameBoxes({ moment }: { readonly moment: Moment }): VNode {
  return (
    <>
      <StackBox state={moment.state} index={moment.recording.index} />
      <SuspendedBox moment={moment} />
    </>
  );
}

export function QueueBoxes({ moment }: { readonly moment: Moment }): VNode {
  const { state, recording: { index } } = moment;
  const words = useWords();
  const queue = { state, index, next: nextTask(moment)?.task };
  if (moment.recording.trace.host.kind === 'browser') {
    return (
      <>
        <QueueBox queue="tasks" also="messages" rank={words.oneByOne} {...queue} />
        <QueueBox queue="microtasks" rank={words.then} {...queue} />
        <QueueBox queue="timers" rank={words.then} {...queue} />
        <QueueBox queue="frames" also="idle" rank={words.each60th} {...queue} />
      </>
    );
  }
  return (
    <>
      <QueueBox queue="ticks" rank={words.first} {...queue} />
      <QueueBox queue="microtasks" rank={words.then} {...queue} />
      <QueueBox queue="timers" rank={words.eachTurn} {...queue} />
      <QueueBox queue="immediates" rank={words.eachTurn} {...queue} />
    </>
  );
}

function lineOf(index: TraceIndex, site: number | undefined, words: Words): string | undefined {
  const place = index.place(site);
  return place === undefined ? undefined : words.line(place.start.line);
}

/** The code there stands in for a package's. */
function isMadeUp(index: TraceIndex, site: number | undefined): boolean {
  const file = index.place(site)?.file;
  return file !== undefined && index.trace.files[file]?.origin === 'made-up';
}

function StackBox({ state, index }: { readonly state: LoopState; readonly index: TraceIndex }): VNode {
  const words = useWords();
  const depth = stackDepth(state);
  const bottom = stackFrames(state).at(-1);
  const task = state.task;
  const isStarted = task !== undefined && (bottom?.task === task.task || bottom?.frame === task.frame);
  const startsBottom = bottom !== undefined && isStarted;
  // What resumes a function has no frame of its own: the function is the frame.
  const loose = task !== undefined && !startsBottom && task.frame === undefined ? task : undefined;
  const empty = depth === 0 && loose === undefined ? emptyStackWords(state, words) : undefined;
  return (
    <Box name="stack" title={words.boxes.stack} corner={depth > 1 ? String(depth) : undefined} empty={empty} active={depth > 0}>
      <TokenList label={words.stackOrder} more={Math.max(depth - shownTokens, 0)}>
        {stackFrames(state, shownTokens).map((frame, n) => (
          <Token key={frame.frame} label={index.frameLabel(frame.frame)} color={frame === bottom && startsBottom ? colorOf(frame) : frame.color} status={n === 0 ? 'running' : 'below'}
            names={frame === bottom && startsBottom ? [`frame-${frame.frame}`, ...namesOf(task)] : [`frame-${frame.frame}`]} isMadeUp={isMadeUp(index, frame.here)}
            subject={{ kind: 'frame', id: frame.frame }} detail={lineOf(index, frame.here, words)} title={index.snippet(frame.here, 200)} />
        ))}
        {loose !== undefined && (
          <Token key="task" label={index.taskLabel(loose.task)} color="callback" status={depth === 0 ? 'running' : 'below'} names={namesOf(loose)}
            subject={{ kind: 'task', id: loose.task }} detail={originWord(loose.origin, words)} title={index.snippet(loose.site, 200)} />
        )}
      </TokenList>
    </Box>
  );
}

/** What the thread pool has done is its operation's token, which may go back to the pool for its next trip. */
function namesOf({ task, work }: Task): readonly string[] {
  return work === undefined ? [`task-${task}`] : [`task-${task}`, `work-${work}`];
}

function emptyStackWords(state: LoopState, words: Words): string {
  if (state.exitCode !== undefined) return words.stackEnded;
  return state.step < 0 ? words.stackBefore : words.stackEmpty;
}

/** The frame that a task put at the bottom is the callback that waited in its queue: it keeps the queue's colour. */
function colorOf({ color }: Frame): 'callback' | Frame['color'] {
  return color === 'sync' ? 'callback' : color;
}

/** With few of them there is room to say what each waits for. */
const fewSuspended = 3;
/** So many have room for all that is said of them. */
const roomy = 2;

function SuspendedBox({ moment }: { readonly moment: Moment }): VNode {
  const { state, recording: { index } } = moment;
  const words = useWords();
  const { size } = state.suspended;
  return (
    <Box name="suspended" title={words.boxes.suspended} corner={size > 0 ? String(size) : undefined} empty={size === 0 ? words.none : undefined}>
      <TokenList label={words.boxes.suspended} more={Math.max(size - shownTokens, 0)}>
        {firstValues(state.suspended, shownTokens).map(frame => (
          <Token key={frame.frame} label={index.frameLabel(frame.frame)} color={frame.color} status="suspended" names={[`frame-${frame.frame}`]} isMadeUp={isMadeUp(index, frame.here)}
            subject={{ kind: 'frame', id: frame.frame }} detail={suspendedDetail(state, index, frame, words)}
            under={size <= fewSuspended ? underSuspended(index, frame, words).slice(size <= roomy ? 0 : -1) : undefined}
            title={titleOf(index, frame, words)} />
        ))}
      </TokenList>
    </Box>
  );
}

/** What it waits for, and what it took along: its variables as it parked, which count most. */
function underSuspended(index: TraceIndex, frame: SuspendedFrame, words: Words): readonly string[] {
  const waits = waitsFor(index, frame, words);
  return frame.locals.length === 0 ? [waits] : [waits, frame.locals.join(' · ')];
}

function titleOf(index: TraceIndex, frame: SuspendedFrame, words: Words): string {
  const parked = frame.locals.length === 0 ? [] : [words.parkedWith, ...frame.locals.map((each) => `  ${each}`)];
  return [waitsFor(index, frame, words), index.snippet(frame.here, 200), ...parked].join('\n');
}

function waitsFor(index: TraceIndex, frame: SuspendedFrame, words: Words): string {
  if (frame.on === 'yield') return words.yielded(frame.value);
  const promise = index.promise(frame.awaited);
  return words.waitsFor(promise === undefined || promise.origin === 'await' ? frame.value : index.promiseLabel(promise.promise));
}

function suspendedDetail(state: LoopState, index: TraceIndex, frame: SuspendedFrame, words: Words): string {
  const line = lineOf(index, frame.here, words) ?? '';
  const waited = state.at - frame.since;
  return `${line}${waited >= 1 ? ` · ${words.ms(waited)}` : ''}`;
}

interface QueueBoxProps {
  readonly queue: QueueName;
  /** Stands in the same box. */
  readonly also?: QueueName;
  /** When the loop serves it. */
  readonly rank: string;
  readonly state: LoopState;
  readonly index: TraceIndex;
  readonly next: TaskId | undefined;
}

function QueueBox({ queue, also, rank, state, index, next }: QueueBoxProps): VNode {
  const words = useWords();
  const title = words.boxes[queue];
  const queues = also === undefined ? [queue] : [queue, also];
  const tasks = queues.flatMap(each => tasksIn(state, each, shownTokens)).slice(0, shownTokens);
  const size = state.queues[queue].size + (also === undefined ? 0 : state.queues[also].size);
  const when = queue === 'timers' && size > 0 ? words.clock(Math.round(state.at)) : rank;
  const corner = size > 1 ? `${when} · ${size}` : when;
  return (
    <Box name={queue} title={title} corner={corner} empty={size === 0 ? words.empty : undefined}
      active={state.task !== undefined && [queue, also].includes(state.task.queue)}>
      <TokenList label={words.queueOrder(title)} more={Math.max(size - shownTokens, 0)}>
        {tasks.map(task => <TaskToken key={task.task} task={task} state={state} index={index} next={next === task.task} />)}
      </TokenList>
    </Box>
  );
}

interface TaskTokenProps {
  readonly task: Task;
  readonly state: LoopState;
  readonly index: TraceIndex;
  readonly next: boolean;
}

function TaskToken({ task, state, index, next }: TaskTokenProps): VNode {
  const words = useWords();
  const resumed = index.frame(task.frame);
  const color = resumed === undefined ? 'callback' : index.trace.sites[resumed.site]?.color ?? 'async';
  const left = task.due === undefined ? undefined : task.due - state.at;
  const total = (task.due ?? 0) - task.queuedAt;
  const place = lineOf(index, task.queuedFrom ?? task.site, words);
  return (
    <Token label={index.taskLabel(task.task)} color={color} status="queued" names={[`task-${task.task}`]} next={next} title={index.snippet(task.site, 200)}
      subject={{ kind: 'task', id: task.task }} picture={left === undefined ? undefined : <CountdownClock left={total > 0 ? left / total : 0} />}
      detail={left === undefined ? place ?? originWord(task.origin, words) : leftWords(left, words)} />
  );
}

function leftWords(left: number, words: Words): string {
  if (left >= 0.5) return words.msLeft(Math.round(left));
  return left < -1 ? words.dueLate(Math.floor(-left)) : words.due;
}

function originWord(origin: TaskOrigin, { origins }: Words): string {
  const known: Readonly<Record<string, string>> = origins;
  return known[origin] ?? origin;
}
