/**
 * Why this file exists: the reader puts the printed lines in order before seeing them, and learns what an error
 * means.
 */
import { useMemo, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { judge, questionOf } from '../../lessons/predict';
import type { Question, Verdict } from '../../lessons/predict';
import { jumpTo } from '../moves';
import type { Player, Recording } from '../player-state';
import { OrderList } from './order-list';
import { Panel } from './panel';
import { RichText } from './rich-text';
import { useWords } from './words-context';

export function PredictPanel({ recording, player }: { readonly recording: Recording; readonly player: Player }): VNode {
  const words = useWords().predict;
  const question = useMemo(() => questionOf(recording.trace), [recording]);
  return (
    <Panel name="predict" title={words.title} close={() => (player.panel.value = undefined)}>
      {question === undefined ? <p>{words.tooFew}</p> : <Ask question={question} player={player} />}
    </Panel>
  );
}

function Ask({ question, player }: { readonly question: Question; readonly player: Player }): VNode {
  const { predict: words, controls } = useWords();
  const [order, setOrder] = useState(question.shuffled);
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  function reveal(): void {
    jumpTo(player, -1);
    player.panel.value = undefined;
    player.playing.value = true;
  }
  return (
    <>
      <p class="ask">{words.ask}</p>
      <OrderList lines={order} label={words.yours} change={lines => { setOrder(lines); setVerdict(undefined); }}
        mark={verdict?.kind === 'wrong' ? n => order[n] === question.real[n] : undefined} />
      <p class="buttons">
        <button type="button" class="button main" onClick={() => setVerdict(judge(question, order))}>{words.check}</button>
        <button type="button" class="button" onClick={reveal}>{words.reveal}</button>
        <button type="button" class="quiet" onClick={() => (player.panel.value = 'loop')}>{controls.loop}</button>
      </p>
      <div role="status">{verdict !== undefined && <Said verdict={verdict} question={question} />}</div>
    </>
  );
}

function Said({ verdict, question }: { readonly verdict: Verdict; readonly question: Question }): VNode {
  const words = useWords();
  const { predict } = words;
  if (verdict.kind === 'right') return <p class="verdict right">{predict.right}</p>;
  const { model } = verdict;
  return (
    <>
      <p class="verdict wrong"><b>{predict.wrong}</b> {model === undefined
        ? <>{predict.unknown} <code>{question.real[verdict.firstDifference]}</code></>
        : <RichText text={predict.matches(words.models[model.name])} />}</p>
      {model !== undefined && (
        <div class="sample">
          <p>{predict.tellApart}</p>
          <pre><code>{model.sample.text}</code></pre>
          <p>{predict.prints} <code>{model.sample.real.join(', ')}</code>, {predict.insteadOf} <code>{model.sample.believed.join(', ')}</code>.</p>
        </div>
      )}
    </>
  );
}
