/**
 * Why this file exists: the agents of a run in one line: what each does, and whose machine is shown. A click shows
 * another one's; its messages stand beside them.
 */
import type { VNode } from 'preact';
import { stackDepth, seenBy, tasksIn } from '../../trace/loop-state';
import type { AgentNode, LoopState } from '../../trace/loop-state';
import type { AgentId } from '../../trace/trace';
import { nextTask } from '../next-task';
import type { Moment, Player } from '../player-state';
import type { Words } from '../words/en';
import { Box, TokenList } from './box';
import { Token } from './token';
import { useWords } from './words-context';

const shownTokens = 4;

/** The moment as the agent that the reader chose sees it; without a choice, the one that runs. */
export function chosenMoment(moment: Moment, chosen: AgentId | undefined): Moment {
  if (chosen === undefined || !moment.state.agents.some(({ agent }) => agent === chosen)) return moment;
  return { ...moment, state: seenBy(moment.state, chosen) };
}

export function AgentsBar({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords();
  const { state, recording: { index } } = moment;
  const next = nextTask(moment)?.task;
  const { size } = state.queues.messages;
  return (
    <Box name="agents" title={words.boxes.agents} active={state.task?.queue === 'messages'}>
      <div class="agents" role="group" aria-label={words.boxes.agents}>
        {state.agents.map(node => <AgentButton key={node.agent} node={node} state={state} player={player} />)}
      </div>
      {size > 0 && (
        <TokenList isRow label={words.boxes.messages} more={Math.max(size - shownTokens, 0)}>
          {tasksIn(state, 'messages', shownTokens).map(({ task }) => (
            <Token key={task} label={index.taskLabel(task)} color="callback" status="queued" names={[`task-${task}`]} next={task === next}
              subject={{ kind: 'task', id: task }} title={words.boxes.messages} />
          ))}
        </TokenList>
      )}
    </Box>
  );
}

interface AgentButtonProps {
  readonly node: AgentNode;
  readonly state: LoopState;
  readonly player: Player;
}

function AgentButton({ node, state, player }: AgentButtonProps): VNode {
  const words = useWords();
  const name = node.agent === 0 ? words.agents.main : nameOf(node, words);
  const isShown = node.agent === state.agent;
  const isPinned = player.shownAgent.value === node.agent;
  const status = statusOf(node, state);
  return (
    <button type="button" class={`agent ${status}${isShown ? ' shown' : ''}`} aria-pressed={isPinned} title={`${words.agents.view(name)}${node.label === '' ? '' : ` (${node.label})`}`}
      onClick={() => (player.shownAgent.value = isPinned ? undefined : node.agent)}>
      <code>{name}</code> <span class="detail">{words.agents[status]}</span>
    </button>
  );
}

/** A thread by its number, a process of its own by the number that programs see. */
export function nameOf({ agent, pid }: { readonly agent: AgentId; readonly pid?: number }, { agents }: Words): string {
  return pid === undefined ? agents.worker(agent) : agents.process(pid);
}

function statusOf(node: AgentNode, state: LoopState): Exclude<keyof Words['agents'], 'main' | 'worker' | 'process' | 'view'> {
  if (node.status !== 'started') return node.status;
  if (node.agent === 0 && state.exitCode !== undefined) return 'ended';
  const machine = seenBy(state, node.agent);
  return stackDepth(machine) > 0 || machine.task !== undefined ? 'running' : 'idle';
}
