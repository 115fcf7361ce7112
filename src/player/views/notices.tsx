/**
 * Why this file exists: what is to be said when there is nothing to play, when the run did not end well, and what it
 * was given.
 */
import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { Nudge } from '../../trace/trace';
import { jumpTo } from '../moves';
import { ordersOf, playOrder } from '../other-order';
import type { ParameterValue } from '../messages';
import type { Player, Recording } from '../player-state';
import { Icon } from './icon';
import { useWords } from './words-context';

export function NoticeBar({ player }: { readonly player: Player }): VNode | null {
  const notice = player.notice.value;
  const words = useWords().notices;
  if (notice === undefined) return null;
  if (notice.kind === 'busy') {
    return (
      <p class="notice busy" role="status">
        <span class="spinner" /><span>{notice.message}</span>
        {player.tell !== undefined && <button type="button" class="quiet" onClick={() => player.tell?.({ kind: 'cancel' })}>{words.cancel}</button>}
      </p>
    );
  }
  if (notice.kind === 'outdated') {
    const values = Object.fromEntries(player.parameters.value.map(({ name, expression }) => [name, expression]));
    return (
      <p class="notice outdated" role="status">
        <Icon name="warning" /><span>{notice.message}</span>
        <button type="button" class="quiet" onClick={() => player.tell?.({ kind: 'rerun', values })}>{words.playAgain}</button>
      </p>
    );
  }
  return (
    <p class="notice error" role="alert">
      <Icon name="warning" /><span>{notice.message}</span>
      {notice.file !== undefined && <PlaceButton player={player} file={notice.file} line={notice.line ?? 1} />}
    </p>
  );
}

interface PlaceButtonProps {
  readonly player: Player;
  readonly file: string;
  readonly line: number;
}

function PlaceButton({ player, file, line }: PlaceButtonProps): VNode {
  const where = `${file}:${line}`;
  if (player.tell === undefined) return <code>{where}</code>;
  const open = { kind: 'open-location', file, line, column: 1 } as const;
  return <button type="button" class="quiet" onClick={() => player.tell?.(open)}>{where}</button>;
}

interface OutcomeBarProps {
  readonly recording: Recording;
  readonly player: Player;
}

/** How the run ended, when it did not end well. */
export function OutcomeBar({ recording, player }: OutcomeBarProps): VNode | null {
  const { trace, index } = recording;
  const { outcome } = trace;
  const words = useWords().notices;
  if (outcome.kind === 'completed') {
    if (trace.events.length > 0) return null;
    return <p class="notice" role="status">{words.nothing}</p>;
  }
  const place = 'site' in outcome ? index.place(outcome.site) : undefined;
  return (
    <p class="notice error" role="status">
      <Icon name="warning" />
      <span><b>{words.ended[outcome.kind]}.</b> {outcomeWords(outcome.message, player)}</span>
      {place !== undefined && <PlaceButton player={player} file={trace.files[place.file]?.path ?? ''} line={place.start.line} />}
      {trace.events.length > 0 && <button type="button" class="quiet" onClick={() => jumpTo(player, Infinity)}>{words.goThere}</button>}
    </p>
  );
}

/** The first line. What the terminal calls by its option, the editor calls by its setting. */
function outcomeWords(message: string, player: Player): string {
  const [line = ''] = message.split('\n');
  return player.tell === undefined ? line : line
    .replace('raise --max-steps', 'raise the setting loopscope.simulation.maxSteps')
    .replace('raise --timeout', 'raise the setting loopscope.simulation.timeout');
}

/** Places where real hosts may go either way, or where something is only modelled. */
export function Notes({ recording, player }: OutcomeBarProps): VNode | null {
  const { notes } = recording.trace;
  const words = useWords();
  const { others, isFirst } = ordersOf(recording, player);
  const [first] = others.values();
  if (notes.length === 0 && isFirst) return null;
  return (
    <div class="notes-bar">
      {notes.length > 0 && (
        <details>
          <summary>{words.notices.notes(notes.length)}</summary>
          <ul>
            {notes.map((note, n) => {
              const line = recording.index.place(note.site)?.start.line ?? 0;
              const own = others.size > 1 ? others.get(n) : undefined; // the only one stands beside the summary
              return <li key={n}>{words.line(line)}: {note.message} <OrderButton player={player} nudges={own} /></li>;
            })}
          </ul>
        </details>
      )}
      {isFirst && <OrderButton player={player} nudges={first} />}
      {!isFirst && <ThisIsAnother player={player} />}
    </div>
  );
}

interface OrderButtonProps {
  readonly player: Player;
  readonly nudges: readonly Nudge[] | undefined;
}

/** Leads to another legal order, where there is one to be played. */
function OrderButton({ player, nudges }: OrderButtonProps): VNode | null {
  const words = useWords().notices;
  if (nudges === undefined) return null;
  const play = (): void => { playOrder(player, nudges); };
  return <button type="button" class="quiet other-order" onClick={play}>{words.otherOrder}</button>;
}

function ThisIsAnother({ player }: { readonly player: Player }): VNode {
  const words = useWords().notices;
  return (
    <span class="another-order" role="status">
      {words.isOther}
      <button type="button" class="quiet first-order" onClick={() => playOrder(player, [])}>{words.firstOrder}</button>
      {player.previous.value !== undefined && (
        <button type="button" class="quiet" onClick={() => (player.panel.value = 'compare')}>{words.compare}</button>
      )}
    </span>
  );
}

/** Packages that stand in for what cannot run. */
export function MadeUpBar({ recording, player }: OutcomeBarProps): VNode | null {
  const { standIns } = recording.trace;
  const words = useWords().whatIf;
  if (standIns === undefined) return null;
  return (
    <p class="notice made-up-bar" role="note">
      <span class="badge made-up" title={words.originTitles['made-up']}>{words.madeUp}</span>
      <span>{words.madeUpBar(standIns.join(', '))}</span>
      <button type="button" class="quiet" onClick={() => (player.panel.value = 'what-if')}>{words.title}</button>
    </p>
  );
}

/** Values that were made up for parameters; the reader may change them and play again. */
export function Parameters({ player }: { readonly player: Player }): VNode | null {
  const parameters = player.parameters.value;
  const words = useWords().notices;
  const [edited, edit] = useState<Readonly<Record<string, string>>>({});
  if (parameters.length === 0 || player.tell === undefined) return null;
  const values = Object.fromEntries(parameters.map(({ name, expression }) => [name, edited[name] ?? expression]));
  function rerun(event: SubmitEvent): void {
    event.preventDefault();
    player.tell?.({ kind: 'rerun', values });
  }
  return (
    <form class="parameters" onSubmit={rerun} aria-label={words.madeUpLabel}>
      <span class="legend">{words.madeUp}</span>
      {parameters.map(parameter => (
        <ParameterField key={parameter.name} parameter={parameter} value={values[parameter.name] ?? ''} onEdit={text => edit({ ...edited, [parameter.name]: text })} />
      ))}
      <button type="submit" class="button main">{player.recording.value === undefined ? words.play : words.playAgain}</button>
    </form>
  );
}

interface FieldProps {
  readonly parameter: ParameterValue;
  readonly value: string;
  readonly onEdit: (text: string) => void;
}

function ParameterField({ parameter, value, onEdit }: FieldProps): VNode {
  return (
    <label>
      <code>{parameter.name}</code><span class="type">: {parameter.type}</span>
      <input type="text" value={value} spellcheck={false} onInput={event => onEdit(event.currentTarget.value)} />
    </label>
  );
}
