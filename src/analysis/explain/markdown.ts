/** Why this file exists: facts become a few tight lines of Markdown; no sentence says more than a fact. */
import type ts from 'typescript';
import { unreachable } from '../../base/invariant';
import type { TextRange } from '../../base/text';
import { t } from '../../base/words';
import { awaitLines } from './await-markdown';
import type { CallFacts, ChainFacts, ExplainOptions, Facts, FunctionFacts, ScheduleFacts } from './explanation';
import { awaitedText, boundaryText, colorText, colorWord, effectText, scheduledText } from './phrases';
import { pythonWord } from './python-words';

/** The hover; `range` is what the link plays from. */
export function markdownOf(facts: Facts, range: TextRange, source: ts.SourceFile, options: ExplainOptions): string {
  const lines = [...linesOf(facts, source, options)];
  const python = pythonWord(facts);
  if (python !== undefined) lines.push(`- ${t('In Python: {0}', `\`${python}\``)}`);
  const link = options.linkTo?.(range);
  if (link !== undefined) lines.push('', `[▶ ${t('Visualize from here')}](${link})`);
  return lines.join('\n');
}

function linesOf(facts: Facts, source: ts.SourceFile, options: ExplainOptions): readonly string[] {
  switch (facts.kind) {
    case 'await':
      return awaitLines(facts, source, options);
    case 'call':
      return callLines(facts);
    case 'function':
      return functionLines(facts);
    case 'chain':
      return chainLines(facts);
    case 'new-promise':
      return [
        t('**new Promise**: its executor runs at once, before `new` returns; it waits for {0}.', awaitedText(facts.what)),
        `- ${t('The first call of `resolve` or `reject` decides; later calls do nothing.')}`,
        `- ${t('What the executor throws rejects the promise; what its callbacks throw later does not.')}`,
        ...resultLines(facts.result),
      ];
    case 'schedule':
      return scheduleLines(facts);
    case 'worker':
      return facts.does === 'starts'
        ? [
            t('`{0}` starts another agent: a thread or process with a loop and a memory of its own.', facts.callee),
            `- ${t('It starts later; this code goes on. What it does blocks nobody here.')}`,
            `- ${t('What it throws comes back as its `error` event.')}`,
          ]
        : [
            t('`{0}` posts a message: the data is copied, and this code goes on.', facts.callee),
            `- ${t('It arrives as an event of its own on the other loop. Functions cannot be copied: they throw here.')}`,
          ];
    case 'yield':
      return yieldLines(facts);
    default:
      return unreachable(facts);
  }
}

function callLines({ callee, calleeColor, boundary, effect }: CallFacts): readonly string[] {
  const said = t('`{0}` is **{1}**', callee, colorWord(calleeColor));
  return [
    boundary === undefined ? `${said}.` : `${said}; ${boundaryText(boundary)}.`,
    ...(effect === undefined ? [] : [`- ${effectText(effect)}`]),
  ];
}

function functionLines({ name, color, awaits, effect }: FunctionFacts): readonly string[] {
  const count = awaits === 0 ? '' : ` · ${awaits === 1 ? t('1 await') : t('{0} awaits', awaits)}`;
  return [
    `${t('`{0}` is **{1}**', name, colorWord(color))}${count}: ${colorText(color)}.`,
    ...(effect === undefined ? [] : [`- ${effectText(effect)}`]),
  ];
}

function chainLines({ method, receiver, handlesRejection, result }: ChainFacts): readonly string[] {
  const said = {
    then: t('`.then` on `{0}`: registers what runs as a microtask once it has settled.', receiver),
    catch: t('`.catch` on `{0}`: registers what runs as a microtask once it has rejected.', receiver),
    finally: t('`.finally` on `{0}`: runs either way and passes the outcome on, two microtask turns later.', receiver),
  };
  const rejection = handlesRejection
    ? t('A rejection is handled here; what the handler throws rejects the promise that comes back.')
    : t('A rejection goes on to the promise that comes back.');
  return [said[method], `- ${t('Nothing is suspended: the next line runs at once.')}`, `- ${rejection}`, ...resultLines(result)];
}

function resultLines(result: ChainFacts['result']): readonly string[] {
  return result === undefined ? [] : [`- ${t('The promise that comes back is {0}.', boundaryText(result))}`];
}

function scheduleLines({ by, callee, delay }: ScheduleFacts): readonly string[] {
  const lines = [t('`{0}` gives its callback to the event loop: {1}.', callee, scheduledText(by))];
  if (by === 'timer' && delay !== undefined)
    lines.push(`- ${t('Not before {0} ms: a busy thread makes it later. At least 1 ms, whatever is written.', `\`${delay}\``)}`);
  lines.push(`- ${t('The callback starts on an empty stack: a `catch` around this call does not see what it throws.')}`);
  return lines;
}

function yieldLines({ generator, isAsync, delegates }: Extract<Facts, { kind: 'yield' }>): readonly string[] {
  const first = delegates
    ? t('**yield\\***: hands out all values of another iterable, one by one, as if `{0}` yielded them.', generator)
    : t('**yield**: hands a value out; `{0}` is suspended until somebody asks for the next one.', generator);
  const back = t('What `next(v)` is given becomes the value of `yield`; nobody who asks, nobody who resumes.');
  const awaited = t('The value is awaited first, and each `next()` answers with a promise.');
  return [first, `- ${back}`, ...(isAsync ? [`- ${awaited}`] : [`- ${t('No turn of the loop is between: the caller runs at once.')}`])];
}
