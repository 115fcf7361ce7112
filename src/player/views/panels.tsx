/** Why this file exists: which panel lies over the machine. */
import type { VNode } from 'preact';
import type { Moment, Player } from '../player-state';
import { ComparePanel } from './compare-panel';
import { Findings } from './findings';
import { LoopPanel } from './loop-panel';
import { PredictPanel } from './predict-panel';
import { SearchBar } from './search-bar';
import { SharePanel } from './share-panel';
import { WhatIfPanel } from './what-if-panel';

export function Panels({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode | null {
  switch (player.panel.value) {
    case 'findings': return <Findings recording={moment.recording} player={player} />;
    case 'search': return <SearchBar moment={moment} player={player} />;
    case 'predict': return <PredictPanel recording={moment.recording} player={player} />;
    case 'loop': return <LoopPanel recording={moment.recording} player={player} />;
    case 'share': return <SharePanel recording={moment.recording} player={player} />;
    case 'compare': return <ComparePanel recording={moment.recording} player={player} />;
    case 'what-if': return <WhatIfPanel recording={moment.recording} player={player} />;
    default: return null;
  }
}
