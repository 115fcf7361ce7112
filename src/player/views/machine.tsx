/**
 * Why this file exists: the machine at one moment: the stack, what is parked, and the queues in the order in which
 * they are served.
 */
import type { VNode } from 'preact';
import { firstValues } from '../../trace/id-map';
import { stackDepth, stackFrames, tasksIn } from '../../trace/loop-state';
import type { Frame, LoopState, SuspendedFrame, Task } from '../../trace/loop-state';
import type { QueueName, TaskId } from '../../trace/trace';
import type { TraceIndex } from '../../trace/trace-index';
import type { Moment } from '../player-state';
import { Box, TokenList } from './box';
import { CountdownClock, Token } from './token';

const shownTokens = 8;

export function Machine({ moment }: { readonly moment: Moment }): VNode {
  const { state, recording } = moment;
  const next = nextTask(moment);
  return (
    <>
      <StackBox state={state} index={recording.index} />
      <SuspendedBox state={state} index={recording.index} />
      <QueueBox queue="ticks" title="Ticks" rank="first" state={state} index={recording.index} next={next} />
      <QueueBox queue="microtasks" title="Microtasks" rank="then" state={state} index={recording.index} next={next} />
      <QueueBox queue="timers" title="Timers" rank="each turn" state={state} index={recording.index} next={next} />
      <QueueBox queue="immediates" title="Immediates" rank="each turn" state={state} index={recording.index} next={next} />
    </>
  );
}

/** The queued task that will start next, read from the recording: nothing is guessed. */
function nextTask({ state, recording }: Moment): TaskId | undefined {
  const { events } = recording.trace;
  for (let step = state.step + 1; step < Math.min(events.length, state.step + 5000); step++) {
    const event = events[step];
    if (event?.kind === 'task-started') return event.task;
  }
  return undefined;
}

function lineOf(index: TraceIndex, site: number | undefined): string | undefined {
  const place = index.place(site);
  return place === undefined ? undefined : `line ${place.start.line}`;
}

function StackBox({ state, index }: { readonly state: LoopState; readonly index: TraceIndex }): VNode {
  const depth = stackDepth(state);
  const bottom = stackFrames(state).at(-1);
  const task = state.task;
  const isStarted = task !== undefined && (bottom?.task === task.task || bottom?.frame === task.frame);
  const startsBottom = bottom !== undefined && isStarted;
  // What resumes a function has no frame of its own: the function is the frame.
  const loose = task !== undefined && !startsBottom && task.frame === undefined ? task : undefined;
  const empty = depth === 0 && loose === undefined ? emptyStackWords(state) : undefined;
  return (
    <Box name="stack" title="Call stack" corner={depth > 1 ? String(depth) : undefined} empty={empty} active={depth > 0}>
      <TokenList label="Call stack, top first" more={Math.max(depth - shownTokens, 0)}>
        {stackFrames(state, shownTokens).map((frame, n) => (
          <Token key={frame.frame} label={index.frameLabel(frame.frame)} color={frame === bottom && startsBottom ? colorOf(frame) : frame.color} status={n === 0 ? 'running' : 'below'}
            names={frame === bottom && startsBottom ? [`frame-${frame.frame}`, `task-${task.task}`] : [`frame-${frame.frame}`]}
            detail={lineOf(index, frame.here)} title={index.snippet(frame.here, 200)} />
        ))}
        {loose !== undefined && (
          <Token key="task" label={index.taskLabel(loose.task)} color="callback" status={depth === 0 ? 'running' : 'below'} names={[`task-${loose.task}`]}
            detail={originWord(loose)} title={index.snippet(loose.site, 200)} />
        )}
      </TokenList>
    </Box>
  );
}

function emptyStackWords(state: LoopState): string {
  if (state.exitCode !== undefined) return 'empty: the program has ended';
  return state.step < 0 ? 'nothing runs yet' : 'empty: the queues get their turn';
}

/** The frame that a task put at the bottom is the callback that waited in its queue: it keeps the queue's colour. */
function colorOf({ color }: Frame): 'callback' | Frame['color'] {
  return color === 'sync' ? 'callback' : color;
}

function SuspendedBox({ state, index }: { readonly state: LoopState; readonly index: TraceIndex }): VNode {
  const { size } = state.suspended;
  return (
    <Box name="suspended" title="Suspended functions" corner={size > 0 ? String(size) : undefined} empty={size === 0 ? 'none' : undefined}>
      <TokenList label="Suspended functions" more={Math.max(size - shownTokens, 0)}>
        {firstValues(state.suspended, shownTokens).map(frame => (
          <Token key={frame.frame} label={index.frameLabel(frame.frame)} color={frame.color} status="suspended" names={[`frame-${frame.frame}`]}
            detail={suspendedDetail(state, index, frame)} title={suspendedTitle(index, frame)} />
        ))}
      </TokenList>
    </Box>
  );
}

function suspendedTitle(index: TraceIndex, frame: SuspendedFrame): string {
  const what = frame.on === 'yield' ? `yielded ${frame.value}` : `waits for ${index.promiseLabel(frame.awaited) || frame.value}`;
  return `${what}\n${index.snippet(frame.here, 200)}`;
}

function suspendedDetail(state: LoopState, index: TraceIndex, frame: SuspendedFrame): string {
  const line = lineOf(index, frame.here) ?? '';
  const waited = state.at - frame.since;
  return `${line}${waited >= 1 ? ` · ${Math.round(waited)} ms` : ''}`;
}

interface QueueBoxProps {
  readonly queue: QueueName;
  readonly title: string;
  /** When the loop serves it. */
  readonly rank: string;
  readonly state: LoopState;
  readonly index: TraceIndex;
  readonly next: TaskId | undefined;
}

function QueueBox({ queue, title, rank, state, index, next }: QueueBoxProps): VNode {
  const { size } = state.queues[queue];
  const corner = queue === 'timers' && size > 0 ? `clock ${Math.round(state.at)} ms` : rank;
  return (
    <Box name={queue} title={title} corner={corner} empty={size === 0 ? 'empty' : undefined} active={state.task?.queue === queue}>
      <TokenList label={`${title}, in the order in which they will run`} more={Math.max(size - shownTokens, 0)}>
        {tasksIn(state, queue, shownTokens).map(task => <TaskToken key={task.task} task={task} state={state} index={index} next={next === task.task} />)}
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
  const resumed = index.frame(task.frame);
  const color = resumed === undefined ? 'callback' : index.trace.sites[resumed.site]?.color ?? 'async';
  const left = task.due === undefined ? undefined : task.due - state.at;
  const total = (task.due ?? 0) - task.queuedAt;
  return (
    <Token label={index.taskLabel(task.task)} color={color} status="queued" names={[`task-${task.task}`]} next={next} title={whyHere(task, index)}
      picture={left === undefined ? undefined : <CountdownClock left={total > 0 ? left / total : 0} />}
      detail={left === undefined ? lineOf(index, task.queuedFrom ?? task.site) ?? originWord(task) : left >= 0.5 ? `${Math.round(left)} ms left` : `due${left < -1 ? `, ${Math.floor(-left)} ms late` : ''}`} />
  );
}

function originWord(task: Task): string {
  return task.origin === 'setTimeout' ? 'timer' : task.origin === 'setImmediate' ? 'immediate' : task.origin;
}

function whyHere(task: Task, index: TraceIndex): string {
  const by = index.frameLabel(task.by);
  const code = index.snippet(task.site, 200);
  return `${code}${code === '' ? '' : '\n'}${originWord(task)}${by === '' ? '' : `, queued by ${by}`} at ${Math.round(task.queuedAt * 100) / 100} ms`;
}
