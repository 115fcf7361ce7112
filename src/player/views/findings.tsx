/** Why this file exists: what was found in the run, each with why it matters and the way there. */
import type { VNode } from 'preact';
import type { Observation } from '../../trace/observation';
import { jumpTo } from '../moves';
import type { Player, Recording } from '../player-state';
import type { Words } from '../words/en';
import { roundMs } from '../words/numbers';
import { Icon } from './icon';
import { Panel } from './panel';
import { RichText } from './rich-text';
import { useWords } from './words-context';

export function Findings({ recording, player }: { readonly recording: Recording; readonly player: Player }): VNode {
  const words = useWords();
  const { list, blockedMs } = recording.observations();
  return (
    <Panel name="findings" title={words.findings.title} close={() => (player.panel.value = undefined)}>
      {blockedMs > 0 && <p class="number">{words.findings.blockedOf(Math.round(blockedMs), Math.round(recording.trace.virtualMs))}</p>}
      {list.length === 0 && <p class="none">{words.findings.none}</p>}
      <ol class="findings">
        {list.map((seen, n) => {
          const [what, why] = observationWords(seen, words);
          const line = recording.index.place(seen.site)?.start.line;
          return (
            <li key={n} class={seen.kind}>
              <button type="button" class="finding" onClick={() => jumpTo(player, seen.step)}>
                <Icon name={seen.kind === 'unhandled' ? 'failed' : 'warning'} />
                <span><RichText text={what} /> {line !== undefined && <span class="when">{words.findings.atLine(line)}</span>}<span class="why"><RichText text={why} /></span></span>
              </button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** What was seen, and why it matters. */
export function observationWords(seen: Observation, { findings: say }: Words): readonly [what: string, why: string] {
  switch (seen.kind) {
    case 'floating': return [say.floating(seen.label), say.floatingWhy];
    case 'unhandled': return [say.unhandled(seen.label, seen.value), say.unhandledWhy];
    case 'blocked': return [say.blocked(seen.label, roundMs(seen.ms)), say.blockedWhy(seen.late)];
    case 'serial': return [say.serial(seen.label, seen.count, roundMs(seen.ms)), say.serialWhy(roundMs(seen.lost))];
    case 'pool-saturated': return [say.poolSaturated(seen.label, seen.waited, roundMs(seen.ms)), say.poolSaturatedWhy(seen.threads)];
    case 'starved': return [say.starved(seen.label, seen.jobs), say.starvedWhy];
  }
}
