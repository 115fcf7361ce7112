/** Why this file exists: a pipe to a process that is no program of Node: this agent has both ends of it. */
import { foreignCaller, type Caller } from '../../loop/watched';
import { Endpoint } from './endpoint';

/** The first end is ours, and `caller` its handle, if there is one already; nobody here hears of the other. */
export function pipeToOutside(label: string, caller?: Caller): readonly [Endpoint, Endpoint] {
  const [ours, theirs] = [new Endpoint(label, true, caller), new Endpoint(label, true, foreignCaller())];
  ours.peer = theirs;
  theirs.peer = ours;
  return [ours, theirs];
}
