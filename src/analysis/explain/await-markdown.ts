/** Why this file exists: the hover of an `await`: who waits, for what, who runs meanwhile, where a rejection goes. */
import type ts from 'typescript';
import { unreachable } from '../../base/invariant';
import { lineStarts, positionAt } from '../../base/text';
import { t } from '../../base/words';
import type { AwaitFacts, ExplainOptions, MayChange } from './explanation';
import { awaitedText } from './phrases';
import { awaitPicture } from './picture';

export function awaitLines(facts: AwaitFacts, source: ts.SourceFile, options: ExplainOptions): readonly string[] {
  const who = facts.suspended === undefined ? t('the module') : `\`${facts.suspended}\``;
  const lines = [
    t('**await** `{0}`: waits for {1}.', facts.operand, awaitedText(facts.what)),
    `- ${t('Suspended: {0}; it leaves the call stack, its locals are kept.', who)}`,
    `- ${meanwhile(facts)}`,
    `- ${resumes(facts)}`,
    `- ${rejectionText(facts, who, source)}`,
  ];
  if (facts.mayChange.length > 0)
    lines.push(`- ${t('May have changed by then: {0}.', facts.mayChange.map((each) => changed(each, facts)).join(', '))}`);
  if (options.picture !== false)
    lines.push('', `![${t('Who runs while {0} waits', facts.suspended ?? t('the module'))}](${awaitPicture(facts)})`);
  return lines;
}

function changed({ name, by }: MayChange, { suspended }: AwaitFacts): string {
  const others = by.map((each) => (each === suspended ? t('another run of `{0}`', each) : `\`${each}\``));
  return t('`{0}` (by {1})', name, others.join(', '));
}

function meanwhile({ what, suspended }: AwaitFacts): string {
  if (what === 'value')
    return t('Meanwhile: only microtasks that are queued already run; no timer and no I/O comes between.');
  return suspended === undefined
    ? t('Meanwhile: modules that do not import it go on, then microtasks, timers and I/O callbacks may run.')
    : t('Meanwhile: the caller goes on, then microtasks, timers and I/O callbacks may run.');
}

function resumes({ what, microtaskTurns }: AwaitFacts): string {
  const turns = microtaskTurns === 1 ? t('1 microtask turn') : t('{0} microtask turns', microtaskTurns);
  return what === 'value'
    ? t('Resumes: as a microtask, after at least {0}, even though nothing is waited for.', turns)
    : t('Resumes: as a microtask once the promise has settled, at least {0} later.', turns);
}

function rejectionText({ rejection }: AwaitFacts, who: string, source: ts.SourceFile): string {
  switch (rejection.kind) {
    case 'catch': {
      const { line } = positionAt(lineStarts(source.text), rejection.range?.start ?? 0);
      return t('A rejection goes to the `catch` on line {0}.', line);
    }
    case 'caller':
      return t('A rejection rejects the promise of {0}.', who);
    case 'process':
      return t('A rejection is uncaught and ends the process.');
    default:
      return unreachable(rejection.kind);
  }
}
