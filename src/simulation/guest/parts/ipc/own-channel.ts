/**
 * Why this file exists: a process that was started with a channel: `process.send` and its kin are there before the
 * program begins. Node 20: lib/child_process.js (_forkChild).
 */
import { clock } from '../../clock';
import { standStill } from '../../loop/node';
import { atProcessStart, beforeModule } from '../../own-process';
import { process } from '../../process-object';
import { named } from '../../primordials';
import { Channel } from './channel';
import { setUpChannel, type Target } from './target';

atProcessStart(({ channel: port, serialization }) => {
  if (port === 0) return;
  const channel = new Channel(port);
  channel.setRef(false);
  beforeModule.look = () => {
    standStill(clock.now());
    if (channel.isReady()) channel.tell();
  };
  const control = setUpChannel(process as unknown as Target, channel, serialization); // its members follow
  const counts = (name: unknown): boolean => name === 'message' || name === 'disconnect';
  process.on('newListener', named((name: unknown) => { if (counts(name)) control.refCounted(); }, 'onNewListener'));
  process.on('removeListener', named((name: unknown) => { if (counts(name)) control.unrefCounted(); }, 'onRemoveListener'));
});
