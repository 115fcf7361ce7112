/** Why this file exists: the run on show is taken elsewhere: as a picture, moving or not, a trace, a page, a link. */
import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { animatedPicture } from '../export/animated';
import { fileName, handOver } from '../export/download';
import { fragmentOf } from '../export/fragment';
import { timelineAsSvg } from '../export/timeline-svg';
import type { Player, Recording } from '../player-state';
import { Panel } from './panel';
import { useWords } from './words-context';

interface SharePanelProps {
  readonly recording: Recording;
  readonly player: Player;
}

export function SharePanel({ recording, player }: SharePanelProps): VNode {
  const words = useWords().share;
  const [said, say] = useState('');
  const { title, trace } = recording;
  function svg(): void {
    const content = timelineAsSvg(title);
    if (content === undefined) say(words.noTimeline);
    else handOver(player, { name: fileName(title, 'svg'), type: 'image/svg+xml', content });
  }
  async function gif(): Promise<void> {
    const content = await animatedPicture(player, (done, all) => say(words.working(done, all)));
    say('');
    handOver(player, { name: fileName(title, 'gif'), type: 'image/gif', content });
  }
  async function link(): Promise<void> {
    const fragment = await fragmentOf(title, trace);
    if (fragment === undefined) {
      say(words.tooLong);
      return;
    }
    location.hash = fragment;
    await navigator.clipboard.writeText(location.href).then(() => say(words.copied), () => say(words.inAddress));
  }
  const failed = (error: unknown): void => say(String(error));
  return (
    <Panel name="share" title={words.title} close={() => (player.panel.value = undefined)}>
      <ul class="share">
        <li><button type="button" class="button" data-share="svg" onClick={svg}>{words.svg}</button></li>
        <li><button type="button" class="button" data-share="gif" onClick={() => void gif().catch(failed)}>{words.gif}</button></li>
        <li><button type="button" class="button" data-share="trace" onClick={() => handOver(player, { name: fileName(title, 'json'), type: 'application/json', content: JSON.stringify(trace) })}>{words.trace}</button></li>
        {player.tell === undefined
          ? <li><button type="button" class="button" data-share="link" onClick={() => void link().catch(failed)}>{words.link}</button></li>
          : <>
            <li><button type="button" class="button" data-share="page" onClick={() => player.tell?.({ kind: 'save' })}>{words.page}</button></li>
            <li><button type="button" class="button" data-share="program" onClick={() => player.tell?.({ kind: 'link' })}>{words.program}</button></li>
          </>}
      </ul>
      <p role="status" class="when">{said}</p>
    </Panel>
  );
}
