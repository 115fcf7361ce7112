/**
 * Why this file exists: what has come from outside and waits for the poll phase, in one line: data at sockets,
 * connections, processes that have ended, answers of services.
 */
import type { VNode } from 'preact';
import { tasksIn } from '../../trace/loop-state';
import { nextTask } from '../next-task';
import type { Moment } from '../player-state';
import { Box, TokenList } from './box';
import { Token } from './token';
import { useWords } from './words-context';

const shownTokens = 6;

export function OutsideBar({ moment }: { readonly moment: Moment }): VNode {
  const words = useWords();
  const { state, recording: { index } } = moment;
  const next = nextTask(moment)?.task;
  const { size } = state.queues.messages;
  return (
    <Box name="outside" title={words.boxes.outside} empty={size === 0 ? words.empty : undefined} active={state.task?.queue === 'messages'}>
      <TokenList isRow label={words.boxes.outside} more={Math.max(size - shownTokens, 0)}>
        {tasksIn(state, 'messages', shownTokens).map(({ task, site }) => (
          <Token key={task} label={index.taskLabel(task)} color="callback" status="queued" names={[`task-${task}`]} next={task === next}
            subject={{ kind: 'task', id: task }} title={index.snippet(site, 200)} />
        ))}
      </TokenList>
    </Box>
  );
}
