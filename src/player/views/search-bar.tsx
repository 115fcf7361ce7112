/** Why this file exists: a word of the run is looked for, and the reader goes from find to find. */
import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { jumpTo } from '../moves';
import type { Moment, Player } from '../player-state';
import { searchBeats } from '../search';
import { Panel } from './panel';
import { useWords } from './words-context';

export function SearchBar({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords().search;
  const { recording, beat } = moment;
  const query = player.query.value;
  const found = useMemo(() => searchBeats(recording, query), [recording, query]);
  const place = found.indexOf(beat);
  function go(direction: 1 | -1): void {
    const next = direction === 1
      ? found.find(each => each > beat) ?? found[0]
      : found.findLast(each => each < beat) ?? found.at(-1);
    if (next !== undefined) jumpTo(player, recording.beats[next]?.last ?? -1);
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  }
  return (
    <Panel name="search" title={words.label} close={() => (player.panel.value = undefined)}>
      <div class="search">
        <input type="text" data-first value={query} aria-label={words.label} spellcheck={false} onKeyDown={onKey} onInput={event => (player.query.value = event.currentTarget.value)} />
        <button type="button" class="button" onClick={() => go(-1)}>{words.previous}</button>
        <button type="button" class="button" onClick={() => go(1)}>{words.next}</button>
        <span role="status" class="when">{query === '' ? '' : words.found(place + 1, found.length)}</span>
      </div>
    </Panel>
  );
}
