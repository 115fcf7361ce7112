/** Why this file exists: the story of the token that the reader follows: what made it, moved it and will end it. */
import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { beatAt } from '../../trace/beats';
import { storyOf, subjectLabel } from '../../trace/story';
import type { Episode } from '../../trace/story';
import { jumpTo } from '../moves';
import type { Moment, Player } from '../player-state';
import type { Words } from '../words/en';
import { Panel } from './panel';
import { RichText } from './rich-text';
import { useWords } from './words-context';

export function StoryCard({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode | null {
  const words = useWords();
  const subject = player.followed.value;
  const { recording, state } = moment;
  const story = useMemo(() => subject === undefined ? [] : storyOf(recording.index, subject), [recording, subject]);
  if (subject === undefined) return null;
  const label = subjectLabel(recording.index, subject);
  const now = story.findLastIndex(({ step }) => step <= state.step);
  return (
    <Panel key={`${subject.kind} ${subject.id}`} name="story" title={words.story.title} quiet close={() => (player.followed.value = undefined)}>
      <p class="subject"><code>{label}</code></p>
      <ol class="story">
        {story.map((episode, n) => {
          const line = recording.index.place(episode.site)?.start.line;
          const beat = beatAt(recording.beats, episode.step);
          return (
            <li key={episode.step} class={n === now ? 'now' : n > now ? 'later' : ''}>
              <button type="button" class="episode" aria-current={n === now ? 'step' : undefined} onClick={() => jumpTo(player, recording.beats[beat]?.last ?? episode.step)}>
                <span><RichText text={episodeWords(episode, words)} /></span>
                <span class="when">{words.story.when(beat + 1, line === undefined ? '' : words.line(line))} · {words.ms(episode.at)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function episodeWords(episode: Episode, { story: say }: Words): string {
  switch (episode.kind) {
    case 'queued': return `${say.queued(say.queues[episode.queue], episode.by)}${episode.due === undefined ? '' : `, ${say.dueAt(Math.round(episode.due))}`}`;
    case 'started': case 'finished': case 'cancelled': case 'unhandled': case 'handled': return say[episode.kind];
    case 'called': case 'created': case 'awaited': return say[episode.kind](episode.by);
    case 'suspended': return say.suspended(episode.what);
    case 'thrown-into': return say.thrownInto(episode.value);
    case 'yields': case 'resumed': case 'returned': case 'threw': case 'fulfilled': case 'rejected': return say[episode.kind](episode.value);
    case 'followed': return say.followed(episode.target);
    case 'handed-to-kernel': return say.toKernel(episode.trip, episode.by);
    case 'handed-to-pool': return say.handedToPool(episode.trip, episode.by);
    case 'taken-by-thread': return say.takenByThread(episode.thread);
    case 'done-by-kernel': return say.doneByKernel;
    case 'done-by-thread': return say.doneByThread;
  }
}
