/** Why this file exists: what the program has printed up to this moment. */
import { useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { consoleLines } from '../../trace/loop-state';
import type { Moment } from '../player-state';
import { Box } from './box';
import { useAfterLayout } from './use-after-layout';
import { useWords } from './words-context';

const shownLines = 200;

export function ConsoleBox({ moment }: { readonly moment: Moment }): VNode {
  const list = useRef<HTMLOListElement>(null);
  const { state, recording } = moment;
  const words = useWords();
  const first = recording.beats[moment.beat]?.first ?? 0;
  const lines = consoleLines(state, shownLines);
  useAfterLayout(list, element => { element.scrollTop = element.scrollHeight; }, [state.step]); // the box may be lower
  return (
    <Box name="console" title={words.boxes.console} corner={state.console.size > 0 ? String(state.console.size) : undefined} empty={lines.length === 0 ? words.nothingPrinted : undefined}>
      <ol class="lines" ref={list} tabIndex={0} aria-label={words.printedLines}>
        {lines.map((line, n) => ( // a jump far away changes what they say: to make them anew takes longer
          <li key={n} class={`${line.stream}${line.step >= first && line.step <= state.step ? ' new' : ''}`}>
            {line.stream === 'stderr' && <span class="hidden">{words.error}</span>}
            {line.text.replace(/\n$/, '')}
          </li>
        ))}
      </ol>
    </Box>
  );
}
