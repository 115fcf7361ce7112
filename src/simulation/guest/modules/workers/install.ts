/** Why this file exists: what workers and ports put into the runtime: global names, the module, the loop's ears. */
import { catchUp } from '../../agents';
import { hide } from '../../primordials';
import { hearOthers } from '../../loop/node';
import { others } from '../../probes';
import { signalCame } from '../../process';
import { processExited } from '../../loop/other-programs';
import { offerModule } from '../builtin';
import { BroadcastChannel } from './broadcast';
import './crossing';
import { MessageEvent } from './message-event';
import { workerThreadsModule } from './module';
import { sortArrivals } from './end';
import { MessageChannel, MessagePort } from './message-port';
import { takeIn } from './receive';
import { wakeWaiter } from './shared-waiting';
import { openExitHandle, threadExited } from './worker';

export function installWorkers(): void {
  for (const [name, value] of Object.entries({ MessageChannel, MessagePort, MessageEvent, BroadcastChannel }))
    hide(globalThis, name, value);
  offerModule('worker_threads', workerThreadsModule);
  openExitHandle();
  const takeAll = (): void => {
    sortArrivals((arrival) => {
      if (arrival.kind === 'exited' && !processExited(arrival)) threadExited(arrival);
      else if (arrival.kind === 'woken') wakeWaiter(arrival);
      else if (arrival.kind === 'signal') signalCame(arrival.signal);
    });
  };
  hearOthers.take = takeAll;
  takeIn.now = takeAll;
  others.catchUp = catchUp;
}

