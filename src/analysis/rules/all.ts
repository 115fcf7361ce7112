/** Why this file exists: the rules, and how a person's settings change what they answer. */
import type ts from 'typescript';
import { type Finding, type RuleId, ruleIds, type RuleSettings } from '../finding';
import type { Effects } from '../flow-model/effects';
import type { RuleQuestions } from '../flow-model/begin-summary';
import type { FileSummary } from '../flow-model/summary';
import { applyIgnores } from '../suppress/apply-ignores';
import { ignoreEdit } from '../suppress/ignore-edit';
import { isEmpty, merged } from '../types/counterparts';
import { type FileAnswers, type FileQuestions, questionsByKind } from '../types/questions';
import { asyncCallbackVoid } from './async-callback-void';
import { asyncExecutor } from './async-executor';
import { asyncForeach } from './async-foreach';
import { asyncIterableMisuse } from './async-iterable-misuse';
import { asyncPredicate } from './async-predicate';
import { asyncReduce } from './async-reduce';
import { asyncTimerCallback } from './async-timer-callback';
import { awaitNonThenable } from './await-non-thenable';
import { blockingCallInAsync } from './blocking-call-in-async';
import { type FileNodes, nodesOf } from './file-nodes';
import { floatingPromise } from './floating-promise';
import { asyncInConstructor } from './async-in-constructor';
import { asyncGetterSetter } from './async-getter-setter';
import { asyncVueComputed } from './async-vue-computed';
import { asyncWithoutAwait } from './async-without-await';
import { missingAsyncContract } from './missing-async-contract';
import { thenWithoutCatch } from './then-without-catch';
import { thenNoReturn } from './then-no-return';
import { nestedThen } from './nested-then';
import { swallowedRejection } from './swallowed-rejection';
import { uselessPromiseResolve } from './useless-promise-resolve';
import { thenableObject } from './thenable-object';
import { finallyHazard } from './finally-hazard';
import { floatingPromiseStored } from './floating-promise-stored';
import { lateAwaitRejectionWindow } from './late-await-rejection-window';
import { promisePassedToNonhandler } from './promise-passed-to-nonhandler';
import { promiseArrayFloating } from './promise-array-floating';
import { missingErrorListener } from './missing-error-listener';
import { unhandledCallbackErr } from './unhandled-callback-err';
import { testPromiseNotReturned } from './test-promise-not-returned';
import { explicitConstructorAntipattern } from './explicit-constructor-antipattern';
import { executorNeverSettles } from './executor-never-settles';
import { executorSettlesTwice } from './executor-settles-twice';
import { executorReturnValue } from './executor-return-value';
import { rejectNonError } from './reject-non-error';
import { customPromisify } from './custom-promisify';
import { zalgoCallback } from './zalgo-callback';
import { callbackCalledTwice } from './callback-called-twice';
import { dualApi } from './dual-api';
import { raceNoCancel } from './race-no-cancel';
import { orderViolation } from './order-violation';
import { missingAbortSignal } from './missing-abort-signal';
import { resourceUsedAfterDispose } from './resource-used-after-dispose';
import { busyWaitPoll } from './busy-wait-poll';
import { microtaskStarvation } from './microtask-starvation';
import { syncWaitOnAsync } from './sync-wait-on-async';
import { blockingCallbackOmitted } from './blocking-callback-omitted';
import { redos } from './redos';
import { sequentialAwaitLoop } from './sequential-await-loop';
import { sequentialIndependentAwaits } from './sequential-independent-awaits';
import { unboundedConcurrency } from './unbounded-concurrency';
import { threadpoolExhaustion } from './threadpool-exhaustion';
import { cpuBoundInAsync } from './cpu-bound-in-async';
import { ignoreComment } from './ignore-comment';
import { checkThenAct } from './check-then-act';
import { staleReadModifyWrite } from './stale-read-modify-write';
import { promiseInCondition } from './promise-in-condition';
import { promiseSpread } from './promise-spread';
import { redundantReturnAwait } from './redundant-return-await';
import { returnAwaitLostCatch } from './return-await-lost-catch';
import type { Rule } from './rule';
import { transitiveBlockingCall } from './transitive-blocking-call';

/** By id, so that the compiler says which is missing. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  'floating-promise': floatingPromise,
  'floating-promise-stored': floatingPromiseStored,
  'late-await-rejection-window': lateAwaitRejectionWindow,
  'promise-passed-to-nonhandler': promisePassedToNonhandler,
  'then-without-catch': thenWithoutCatch,
  'then-no-return': thenNoReturn,
  'nested-then': nestedThen,
  'promise-array-floating': promiseArrayFloating,
  'swallowed-rejection': swallowedRejection,
  'missing-error-listener': missingErrorListener,
  'unhandled-callback-err': unhandledCallbackErr,
  'promise-in-condition': promiseInCondition,
  'async-callback-void': asyncCallbackVoid,
  'async-foreach': asyncForeach,
  'async-predicate': asyncPredicate,
  'async-reduce': asyncReduce,
  'async-timer-callback': asyncTimerCallback,
  'async-in-constructor': asyncInConstructor,
  'async-getter-setter': asyncGetterSetter,
  'promise-spread': promiseSpread,
  'async-iterable-misuse': asyncIterableMisuse,
  'async-vue-computed': asyncVueComputed,
  'test-promise-not-returned': testPromiseNotReturned,
  'await-non-thenable': awaitNonThenable,
  'async-without-await': asyncWithoutAwait,
  'missing-async-contract': missingAsyncContract,
  'return-await-lost-catch': returnAwaitLostCatch,
  'redundant-return-await': redundantReturnAwait,
  'async-executor': asyncExecutor,
  'explicit-constructor-antipattern': explicitConstructorAntipattern,
  'executor-never-settles': executorNeverSettles,
  'executor-settles-twice': executorSettlesTwice,
  'executor-return-value': executorReturnValue,
  'reject-non-error': rejectNonError,
  'custom-promisify': customPromisify,
  'useless-promise-resolve': uselessPromiseResolve,
  'thenable-object': thenableObject,
  'finally-hazard': finallyHazard,
  'blocking-call-in-async': blockingCallInAsync,
  'transitive-blocking-call': transitiveBlockingCall,
  'check-then-act': checkThenAct,
  'stale-read-modify-write': staleReadModifyWrite,
  'zalgo-callback': zalgoCallback,
  'callback-called-twice': callbackCalledTwice,
  'dual-api': dualApi,
  'race-no-cancel': raceNoCancel,
  'order-violation': orderViolation,
  'missing-abort-signal': missingAbortSignal,
  'resource-used-after-dispose': resourceUsedAfterDispose,
  'busy-wait-poll': busyWaitPoll,
  'microtask-starvation': microtaskStarvation,
  'sync-wait-on-async': syncWaitOnAsync,
  'blocking-callback-omitted': blockingCallbackOmitted,
  redos,
  'sequential-await-loop': sequentialAwaitLoop,
  'sequential-independent-awaits': sequentialIndependentAwaits,
  'unbounded-concurrency': unboundedConcurrency,
  'threadpool-exhaustion': threadpoolExhaustion,
  'cpu-bound-in-async': cpuBoundInAsync,
  'ignore-comment': ignoreComment,
};

/**
 * The findings of every rule that is on, in the order of the text. `check` is called before each rule; it may throw to
 * stop.
 */
export function runRules(
  summary: FileSummary,
  effects: Effects,
  settings: RuleSettings,
  check: () => void,
): readonly Finding[] {
  const active = activeRules(settings);
  const nodes = nodesOf(summary.source);
  const context = { summary, effects, nodes, answers: answersFor(active, nodes, summary) };
  const found = active.flatMap((rule) => {
    check();
    return rule.check(context);
  });
  return applyIgnores(oneForEachCause(found), summary.source, settings)
    .map((finding) => withIgnore(finding, summary.source))
    .map((finding) => withSetSeverity(finding, settings))
    .sort((a, b) => a.range.start - b.range.start || ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule));
}

/** What the rules that are on ask about a file. */
export function ruleQuestions(settings: RuleSettings): RuleQuestions {
  const active = activeRules(settings);
  return {
    rules: new Set(active.map(({ id }) => id)),
    of: (source) => questionsOf(active, nodesOf(source)),
  };
}

function activeRules(settings: RuleSettings): readonly Rule[] {
  return ruleIds.filter((id) => settings[id] !== 'off').map((id) => rules[id]);
}

function questionsOf(active: readonly Rule[], nodes: FileNodes): FileQuestions {
  const asked = active.flatMap((rule) => rule.questions?.(nodes) ?? []);
  return questionsByKind((kind) => [...new Set(asked.flatMap((each): readonly ts.Node[] => each[kind] ?? []))]);
}

/** What all rules ask, in one batch, unless it was asked with the summary. */
function answersFor(active: readonly Rule[], nodes: FileNodes, summary: FileSummary): FileAnswers {
  if (active.every(({ id }) => summary.askedFor.has(id))) return summary.answers;
  const asked = questionsOf(active, nodes);
  const questions = questionsByKind((kind) => asked[kind].filter((node) => !summary.answers[kind].has(node)));
  if (isEmpty(questions)) return summary.answers;
  return merged(summary.answers, summary.engine.ask(summary.file, questions));
}

function oneForEachCause(findings: readonly Finding[]): readonly Finding[] {
  const telling = findings.filter(({ rule }) => rules[rule].insteadOf !== undefined);
  if (telling.length === 0) return findings;
  return findings.filter(({ rule, range }) => {
    return !telling.some((other) => {
      const covers = other.range.start <= range.start && range.end <= other.range.end;
      return covers && rules[other.rule].insteadOf?.includes(rule) === true;
    });
  });
}

function withIgnore(finding: Finding, source: ts.SourceFile): Finding {
  const ignore = finding.rule === 'ignore-comment' ? undefined : ignoreEdit(finding, source);
  return ignore === undefined ? finding : { ...finding, ignore };
}

function withSetSeverity(finding: Finding, settings: RuleSettings): Finding {
  const set = settings[finding.rule];
  return set === undefined || set === 'off' ? finding : { ...finding, severity: set };
}
