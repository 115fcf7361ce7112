/** Why this file exists: the sentence that says why, read aloud by screen readers at each step. */
import type { VNode } from 'preact';
import { perform } from '../controls';
import type { Moment, Player } from '../player-state';
import { RichText } from './rich-text';
import { useWords } from './words-context';

export function CaptionBar({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const { mechanics } = player.preferences.value;
  const { caption } = moment;
  const words = useWords();
  return (
    <section class={`caption${moment.event?.kind === 'rejection-unhandled' ? ' failed' : ''}`} aria-label={words.boxes.caption}>
      <div class="words" aria-live={player.playing.value ? 'off' : 'polite'} aria-atomic="true">
        <p class="headline"><RichText text={caption.headline} /></p>
        <p class="rule"><RichText text={caption.rule} /></p>
        {mechanics && <p class="mechanics"><RichText text={caption.mechanics} /></p>}
      </div>
      <button type="button" class="quiet" aria-expanded={mechanics} onClick={() => perform(player, 'mechanics')} title={words.theMechanics}>
        {mechanics ? words.less : words.howExactly}
      </button>
    </section>
  );
}
