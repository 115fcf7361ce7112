/** Why this file exists: what a worker's thread asks that concerns no other agent is answered at once. */
import type { OnPrinted } from '../sandbox';
import type { Workspace } from '../workspace';
import type { Agent } from './agent';
import type { FromThread, ToThread } from './thread';

/** What the answers are taken from. */
interface Sources {
  readonly onPrinted: OnPrinted;
  readonly workspace: Workspace;
}

interface Memory {
  readonly shared: (number: number, length: number) => SharedArrayBuffer;
  readonly ofAll: (agent: number, bytes: number) => number;
}

type Asked = Exclude<FromThread, { kind: 'ask' | 'ended' | 'lost' }>;

export function answerThread(agent: Agent, asked: Asked, { onPrinted, workspace }: Sources, memory: Memory): ToThread {
  switch (asked.kind) {
    case 'lower':
      return JSON.stringify(agent.task?.lower(asked.text, asked.flags) ?? {});
    case 'look':
      return JSON.stringify(workspace.look(asked.path));
    case 'read':
      return workspace.read(asked.path);
    case 'print':
      onPrinted(asked.stream, asked.text);
      return '';
    case 'share':
      return memory.shared(asked.number, asked.length);
    case 'memory':
      return memory.ofAll(agent.id, asked.bytes);
  }
}
