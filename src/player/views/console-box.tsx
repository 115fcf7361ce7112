/** Why this file exists: what the program has printed up to this moment. */
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { consoleLines } from '../../trace/loop-state';
import type { Moment } from '../player-state';
import { Box } from './box';
import { ScrubbingContext } from './scrubbing-context';
import { useInSight } from './use-in-sight';
import { useWords } from './words-context';

const shownLines = 200;

export function ConsoleBox({ moment }: { readonly moment: Moment }): VNode {
  const words = useWords();
  const { size } = moment.state.console;
  return (
    <Box name="console" title={words.boxes.console} corner={size > 0 ? String(size) : undefined} empty={size === 0 ? words.nothingPrinted : undefined}>
      <Lines moment={moment} />
    </Box>
  );
}

function Lines({ moment: { state, recording, beat } }: { readonly moment: Moment }): VNode {
  const words = useWords();
  const isScrubbing = useContext(ScrubbingContext);
  const lines = consoleLines(state, useInSight(shownLines, 1.4));
  const first = recording.beats[beat]?.first ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const isAway = useRef(false);
  useLayoutEffect(() => { // the reader had scrolled up; else it stands at its end by itself (promises.css)
    if (isAway.current && scroller.current !== null) scroller.current.scrollTop = 0;
  }, [state.step]);
  return (
    <div class="lines" ref={scroller} tabIndex={0} role="group" aria-label={words.printedLines}
      onScroll={event => (isAway.current = event.currentTarget.scrollTop !== 0)}>
      <ol>
        {lines.map((line, n) => (
          <li key={isScrubbing ? n : line.index} class={`${line.stream}${line.step >= first && line.step <= state.step ? ' new' : ''}`}>
            {line.stream === 'stderr' && <span class="hidden">{words.error}</span>}
            {line.text.replace(/\n$/, '')}
          </li>
        ))}
      </ol>
    </div>
  );
}
