/** Why this file exists: the reader is the event loop: which callback is next? The rule behind the answer is said. */
import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { TaskId } from '../../trace/trace';
import { nextChoice } from '../choices';
import type { Choice } from '../choices';
import { goTo, remember } from '../moves';
import type { Player, Recording } from '../player-state';
import type { Words } from '../words/en';
import { Panel } from './panel';
import { RichText } from './rich-text';
import { useWords } from './words-context';

export function LoopPanel({ recording, player }: { readonly recording: Recording; readonly player: Player }): VNode {
  const words = useWords();
  const [choice, setChoice] = useState<Choice | undefined>(() => nextChoice(recording, player.step.value));
  const [chosen, choose] = useState<TaskId | undefined>(undefined);
  const [score, setScore] = useState({ right: 0, all: 0 });
  useEffect(() => {
    remember(player);
    if (choice !== undefined) goTo(player, choice.step);
  }, []);
  function answer(task: TaskId): void {
    if (choice === undefined || chosen !== undefined) return;
    choose(task);
    setScore({ right: score.right + (task === choice.answer.task ? 1 : 0), all: score.all + 1 });
  }
  function goOn(): void {
    if (choice === undefined) return;
    const next = nextChoice(recording, choice.answerStep);
    choose(undefined);
    setChoice(next);
    goTo(player, next?.step ?? choice.answerStep, true);
  }
  return (
    <Panel name="loop" title={words.controls.loop} close={() => (player.panel.value = undefined)}>
      {choice === undefined ? <p>{words.predict.done}</p> : <p class="ask">{words.predict.askNext}</p>}
      <ul class="choices">
        {choice?.candidates.map(task => (
          <li key={task.task}>
            <button type="button" class={`choice${chosen === undefined ? '' : task === choice.answer ? ' right' : task.task === chosen ? ' wrong' : ''}`}
              aria-pressed={chosen === task.task} onClick={() => answer(task.task)}>
              <code>{recording.index.taskLabel(task.task)}</code><span class="when">{words.boxes[task.queue]}</span>
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {choice !== undefined && chosen !== undefined && <Answer choice={choice} isRight={chosen === choice.answer.task} label={recording.index.taskLabel(choice.answer.task)} words={words} />}
      </div>
      <p class="buttons">
        {chosen !== undefined && <button type="button" class="button main" onClick={goOn}>{words.predict.goOn}</button>}
        {score.all > 0 && <span class="when">{words.predict.score(score.right, score.all)}</span>}
      </p>
    </Panel>
  );
}

interface AnswerProps {
  readonly choice: Choice;
  readonly isRight: boolean;
  readonly label: string;
  readonly words: Words;
}

function Answer({ choice, isRight, label, words: { predict } }: AnswerProps): VNode {
  const { queue } = choice.answer;
  const isOrder = queue !== 'timers' && choice.candidates.every(other => other.queue === queue);
  const said = isRight ? predict.nextRight(label) : predict.nextWrong(label);
  return (
    <p class={`verdict ${isRight ? 'right' : 'wrong'}`}>
      <RichText text={said} /> {isOrder ? predict.whyOrder : predict.why[queue]}
    </p>
  );
}
