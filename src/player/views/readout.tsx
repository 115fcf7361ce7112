/** Why this file exists: where the reader stands in the run, and how the timeline beside it is drawn. */
import type { VNode } from 'preact';
import { perform } from '../controls';
import type { Moment, Player } from '../player-state';
import { useWords } from './words-context';

export function Readout({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords();
  const { recording, state, beat } = moment;
  const { axis, view } = player.preferences.value;
  const zoom = player.zoom.value;
  return (
    <div class="readout">
      <span><b>{beat + 1}</b> / {recording.beats.length}<span class="time"> · {words.ms(state.at)}</span></span>
      <span class="remark" role="status">{player.remark.value}</span>
      {view !== 'machine' && (
        <span class="zooming">
          <button type="button" class="quiet" data-control="axis" title={`${words.controls.axis} (x)`} aria-label={`${words.lanes.axis}: ${words.lanes[axis]}`} onClick={() => perform(player, 'axis')}>{words.lanes[axis]}</button>
          <button type="button" class="quiet" data-control="zoom-out" aria-label={words.controls['zoom-out']} title={`${words.controls['zoom-out']} ([)`} aria-disabled={zoom <= 1} onClick={() => perform(player, 'zoom-out')}>−</button>
          <button type="button" class="quiet" data-control="zoom-in" aria-label={words.controls['zoom-in']} title={`${words.controls['zoom-in']} (])`} onClick={() => perform(player, 'zoom-in')}>+</button>
        </span>
      )}
    </div>
  );
}
