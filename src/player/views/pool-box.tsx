/**
 * Why this file exists: libuv's thread pool at one moment: what waits for a thread, what threads do, and what is done
 * and waits for the poll phase. A token goes through the three from left to right.
 */
import type { VNode } from 'preact';
import { firstValues } from '../../trace/id-map';
import type { IdMap } from '../../trace/id-map';
import { tasksIn } from '../../trace/loop-state';
import type { Task, Work } from '../../trace/loop-state';
import type { TraceIndex } from '../../trace/trace-index';
import { nextTask } from '../next-task';
import type { Moment } from '../player-state';
import { Box, TokenList } from './box';
import { Token } from './token';
import { useWords } from './words-context';

const shownTokens = 8;

export function PoolBox({ moment }: { readonly moment: Moment }): VNode {
  const { state, recording: { index } } = moment;
  const words = useWords();
  const { pool } = state;
  const threads = pool?.threads ?? [];
  const busy = threads.flatMap((work, n) => work === undefined ? [] : [{ work, thread: n + 1 }]);
  const inKernel = pool?.inKernel;
  const kernelSize = inKernel?.size ?? 0;
  const waiting = pool?.queue.size ?? 0;
  const done = state.queues.completed.size;
  const next = nextTask(moment)?.task;
  return (
    <Box name="pool" title={words.boxes.pool} corner={threads.length === 0 ? undefined : words.poolThreads(busy.length, threads.length)}
      empty={busy.length + kernelSize + waiting + done === 0 ? words.empty : undefined} active={state.task?.queue === 'completed'}>
      <div class="pool-parts">
        <TokenList label={words.poolWaits} more={Math.max(waiting - shownTokens, 0)}>
          {pool && firstValues(pool.queue, shownTokens).map(work => <WorkToken key={work.work} work={work} status="queued" detail={work.trip} index={index} />)}
        </TokenList>
        <TokenList label={words.poolOrder} more={hidden(busy.length) + hidden(kernelSize)}>
          {busy.slice(0, shownTokens).map(({ work, thread }) => <WorkToken key={work.work} work={work} status="running" detail={words.thread(thread)} index={index} />)}
          {firstOf(inKernel).map(work => <WorkToken key={work.work} work={work} status="running" detail={words.kernel} index={index} />)}
        </TokenList>
        <TokenList label={words.boxes.completed} more={Math.max(done - shownTokens, 0)}>
          {tasksIn(state, 'completed', shownTokens).map(task => <DoneToken key={task.task} task={task} isNext={task.task === next} index={index} />)}
        </TokenList>
      </div>
    </Box>
  );
}

/** How many of so many are not shown. */
function hidden(count: number): number {
  return Math.max(count - shownTokens, 0);
}

function firstOf(works: IdMap<Work> | undefined): readonly Work[] {
  return works === undefined ? [] : firstValues(works, shownTokens);
}

interface WorkTokenProps {
  readonly work: Work;
  readonly status: 'queued' | 'running';
  readonly detail: string;
  readonly index: TraceIndex;
}

function WorkToken({ work, status, detail, index }: WorkTokenProps): VNode {
  return (
    <Token label={work.label} color="callback" status={status} names={[`work-${work.work}`]} subject={{ kind: 'work', id: work.work }}
      detail={detail} title={[work.label, work.trip, index.snippet(work.site, 200)].filter(text => text !== '').join('\n')} />
  );
}

interface DoneTokenProps {
  readonly task: Task;
  readonly isNext: boolean;
  readonly index: TraceIndex;
}

/** It is the operation still, and the callback already that the stack will hold. */
function DoneToken({ task, isNext, index }: DoneTokenProps): VNode {
  const words = useWords();
  const names = task.work === undefined ? [`task-${task.task}`] : [`task-${task.task}`, `work-${task.work}`];
  return (
    <Token label={index.taskLabel(task.task)} color="callback" status="queued" names={names} next={isNext} subject={{ kind: 'task', id: task.task }}
      detail={words.poolDone} title={index.snippet(task.site, 200)} />
  );
}
