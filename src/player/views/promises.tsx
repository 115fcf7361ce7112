/**
 * Why this file exists: promises as chains: who waits for whom, what came of them, and which of them nobody will ever
 * read.
 */
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { promiseChains } from '../promise-chains';
import type { PromiseChain } from '../promise-chains';
import type { Moment } from '../player-state';
import { Box } from './box';
import { Icon } from './icon';
import { ScrubbingContext } from './scrubbing-context';
import { FollowingContext, isSame } from './token';
import { useInSight } from './use-in-sight';
import { useWords } from './words-context';

export function PromisesBox({ moment }: { readonly moment: Moment }): VNode {
  const words = useWords();
  const { chains, more } = promiseChains(moment.state, moment.recording.index);
  return (
    <Box name="promises" title={words.boxes.promises} corner={moment.state.open.size > 0 ? words.openPromises(moment.state.open.size) : undefined}
      empty={chains.length === 0 ? words.noPromises : undefined}>
      <Chains chains={chains} more={more} moment={moment} />
    </Box>
  );
}

interface ChainsProps {
  readonly chains: readonly PromiseChain[];
  readonly more: number;
  readonly moment: Moment;
}

function Chains({ chains, more, moment }: ChainsProps): VNode {
  const words = useWords();
  const isScrubbing = useContext(ScrubbingContext);
  const inSight = useInSight(chains.length, 2.1);
  return (
    <ul class="chains" tabIndex={0} aria-label={words.promisesLabel}>
      {chains.slice(0, inSight).map((chain, n) => <ChainItem key={isScrubbing ? n : chain.node.promise} chain={chain} moment={moment} />)}
      {more > 0 && <li class="more">{words.more(more)}</li>}
    </ul>
  );
}

function ChainItem({ chain, moment }: { readonly chain: PromiseChain; readonly moment: Moment }): VNode {
  return (
    <li class="chain">
      <ChainParts chain={chain} moment={moment} />
    </li>
  );
}

/** A chain goes on in its row; where it parts, each way is a row of its own. */
function ChainParts({ chain, moment }: { readonly chain: PromiseChain; readonly moment: Moment }): VNode {
  const [next, ...others] = chain.next;
  const words = useWords();
  return (
    <>
      <PromiseChip chain={chain} moment={moment} />
      <Ending chain={chain} />
      {next !== undefined && <Icon name="arrow" />}
      {next !== undefined && <span class="hidden">{words.isAwaitedBy}</span>}
      {next !== undefined && others.length === 0 && <ChainParts chain={next} moment={moment} />}
      {others.length > 0 && <ul class="chains">{chain.next.map(each => <ChainItem key={each.node.promise} chain={each} moment={moment} />)}</ul>}
    </>
  );
}

/** Where a chain stops: with a reader, with nobody, or falling out at the bottom. */
function Ending({ chain }: { readonly chain: PromiseChain }): VNode | null {
  const words = useWords();
  if (chain.node.lost) return <span class="ending lost"><Icon name="failed" />{words.nobodyHandles}</span>;
  if (chain.waitingScripts.length > 0) return <span class="ending"><Icon name="arrow" />{words.scriptWaits}</span>;
  if (chain.unread && chain.next.length === 0) return <span class="ending">{chain.node.state === 'pending' ? words.nobodyYet : words.nobodyWaits}</span>;
  return null;
}

/** Where the next chip is the call that made it, the call need not be named twice. */
function shortLabel(label: string, { next }: PromiseChain, moment: Moment): string {
  const inside = ` in ${moment.recording.index.promiseLabel(next[0]?.node.promise)}`;
  return label.endsWith(inside) ? label.slice(0, -inside.length) : label;
}

const stateIcons = { pending: 'waiting', fulfilled: 'done', rejected: 'failed' } as const;

function PromiseChip({ chain, moment }: { readonly chain: PromiseChain; readonly moment: Moment }): VNode {
  const { node } = chain;
  const words = useWords();
  const { followed, follow } = useContext(FollowingContext);
  const subject = { kind: 'promise', id: node.promise } as const;
  const label = moment.recording.index.promiseLabel(node.promise);
  const line = moment.recording.index.place(node.site)?.start.line;
  const value = node.state === 'pending' || node.value === undefined || node.value === 'undefined' ? undefined : node.value;
  return (
    <button type="button" class={`promise ${node.state}${node.lost ? ' lost' : ''}${isSame(followed, subject) ? ' followed' : ''}`} data-flip={`promise-${node.promise}`}
      aria-pressed={isSame(followed, subject)} onClick={() => follow(subject)}
      title={`${label}: ${words.promiseStates[node.state]}${value === undefined ? '' : ` ${value}`}${line === undefined ? '' : `, ${words.line(line)}`}`}>
      <Icon name={stateIcons[node.state]} />
      <code class="label">{shortLabel(label, chain, moment)}</code>
      <span class="hidden">{words.promiseStates[node.state]}</span>
      {value !== undefined && <code class="value">{value}</code>}
      {chain.collects !== undefined && <span class="count">{words.collects(chain.collects.settled, chain.collects.all)}</span>}
    </button>
  );
}
