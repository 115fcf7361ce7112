/** Why this file exists: which panel lies over the machine. */
import type { VNode } from 'preact';
import type { Moment, Player } from '../player-state';
import { Findings } from './findings';
import { SearchBar } from './search-bar';

export function Panels({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode | null {
  switch (player.panel.value) {
    case 'findings': return <Findings recording={moment.recording} player={player} />;
    case 'search': return <SearchBar moment={moment} player={player} />;
    default: return null;
  }
}
