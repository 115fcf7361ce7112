/** Why this file exists: the reader's own text, with the running line, the parked lines and what they have to say. */
import { Fragment } from 'preact';
import { memo } from './memo';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { lineStarts } from '../../base/text';
import type { TextRange } from '../../base/text';
import { runningSite } from '../../trace/loop-state';
import { goToLine } from '../controls';
import { highlightLines } from '../highlight';
import type { StyledText } from '../highlight';
import { linesThatRun } from '../navigation';
import type { Moment, Player } from '../player-state';
import { Icon } from './icon';
import { useKeptInView } from './use-kept-in-view';
import { useWords } from './words-context';
import { lineMarks } from './source-marks';
import type { LineMark } from './source-marks';

export function SourceView({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const { recording, state } = moment;
  const words = useWords();
  const [chosen, choose] = useState<{ readonly file: number; readonly step: number } | undefined>(undefined);
  const site = runningSite(state);
  const running = site === undefined ? undefined : recording.trace.sites[site]?.file;
  const last = useRef(0);
  const file = (chosen?.step === state.step ? chosen.file : running) ?? last.current; // chosen until the next step
  last.current = file;
  return (
    <section class="source" aria-label={words.boxes.source}>
      {recording.trace.files.length > 1 && (
        <div class="tabs" role="group" aria-label={words.files}>
          {recording.trace.files.map((entry, n) => (
            <button key={entry.path} type="button" aria-pressed={n === file} class={entry.origin ?? ''} title={entry.origin === undefined ? entry.path : words.whatIf.originTitles[entry.origin]} onClick={() => choose({ file: n, step: state.step })}>{entry.path}{entry.origin === 'made-up' && <span class="badge">{words.whatIf.madeUp}</span>}</button>
          ))}
        </div>
      )}
      <FileView moment={moment} player={player} file={file} />
    </section>
  );
}

interface FileViewProps {
  readonly moment: Moment;
  readonly player: Player;
  readonly file: number;
}

function FileView({ moment, player, file }: FileViewProps): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const { recording } = moment;
  const text = recording.trace.files[file]?.text ?? '';
  const lines = useMemo(() => visibleLines(text), [text]);
  const runs = useMemo(() => linesThatRun(recording, file), [recording, file]);
  const words = useWords();
  const marks = lineMarks(moment, file, words);
  const here = [...marks].find(([, mark]) => mark.running)?.[0];
  useKeptInView(scroller, here, text);
  return (
    <div class="lines" ref={scroller} tabIndex={0} role="group" aria-label={recording.trace.files[file]?.path}>
      {lines.map((pieces, n) => (
        <Line key={n} number={n + 1} pieces={pieces} mark={marks.get(n + 1)} runs={runs.has(n + 1)} file={file}
          player={player} />
      ))}
    </div>
  );
}

/** A line break at the end of a file begins no line that a reader would count. */
function visibleLines(text: string): readonly (readonly StyledText[])[] {
  const lines = highlightLines(text, lineStarts(text));
  return lines.length > 1 && lines.at(-1)?.length === 0 ? lines.slice(0, -1) : lines;
}

interface LineProps {
  readonly number: number;
  readonly pieces: readonly StyledText[];
  readonly mark: LineMark | undefined;
  readonly runs: boolean;
  readonly file: number;
  readonly player: Player;
}

const Line = memo(PlainLine, looksTheSame);

function looksTheSame(a: LineProps, b: LineProps): boolean {
  return a.pieces === b.pieces && a.runs === b.runs && JSON.stringify(a.mark) === JSON.stringify(b.mark);
}

function PlainLine({ number, pieces, mark, runs, file, player }: LineProps): VNode {
  const words = useWords();
  return (
    <div class={lineClass(mark, runs)} data-line={number}
      onClick={runs ? () => goToLine(player, file, number) : undefined}>
      {runs
        ? <button type="button" class="number" tabIndex={mark?.running === true ? 0 : -1} aria-label={words.runToLine(number)} title={words.runToThisLine}>{number}</button>
        : <span class="number">{number}</span>}
      <code class="text">{pieces.map(piece => <Piece key={piece.start} piece={piece} range={mark?.range} />)}{pieces.length === 0 ? '\u00a0' : ''}</code>
      {mark !== undefined && mark.notes.length > 0 && <Notes mark={mark} />}
    </div>
  );
}

function lineClass(mark: LineMark | undefined, runs: boolean): string {
  const classes = ['line', runs && 'runs', mark?.running && 'running', mark?.calling && 'calling', mark?.parked && 'parked', mark?.failed && 'failed'];
  return classes.filter(Boolean).join(' ');
}

function Notes({ mark }: { readonly mark: LineMark }): VNode {
  const words = useWords();
  return (
    <span class="notes">
      {mark.parked === true && <><Icon name="suspended" /><span class="hidden">{words.suspendedHere}</span></>}
      {mark.failed === true && <Icon name="failed" />}
      {mark.notes.map((note, n) => <Fragment key={note}>{n > 0 && ' · '}{note}</Fragment>)}
    </span>
  );
}

/** A styled piece, cut where the running stretch begins and ends. */
function Piece({ piece, range }: { readonly piece: StyledText; readonly range: TextRange | undefined }): VNode {
  const end = piece.start + piece.text.length;
  const from = Math.max(range?.start ?? end, piece.start);
  const to = Math.min(range?.end ?? end, end);
  if (from >= to) return <span class={piece.style}>{piece.text}</span>;
  const [begin, stop] = [from - piece.start, to - piece.start];
  return (
    <span class={piece.style}>
      {piece.text.slice(0, begin)}<span class="current">{piece.text.slice(begin, stop)}</span>{piece.text.slice(stop)}
    </span>
  );
}
