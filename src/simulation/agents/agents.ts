/**
 * Why this file exists: main and workers interleaved on one virtual clock. The agent whose clock is behind goes on,
 * until it would be ahead of another, waits, or ends; what it asked for is answered then.
 */
import type { Answer, Arrival, Question } from '../agent-messages';
import type { RunResult } from '../run-report';
import { createPorts } from './ports';
import { newAgent, type Agent, type Agents, type AgentsOptions, type MainEnd } from './agent';
import { answerThread } from './answers';
import { deadlock } from './deadlock';
import { createEndings, stopped } from './endings';
import { createEnvironments } from './environments';
import { createKnowledge } from './knowledge';
import { createMemory } from './memory';
import { boundOf, due, nextOf } from './order';
import { effectOf, pidOf, processOf, processStartMs, threadIdIn } from './processes';
import type { Slice } from './slice';
import { createWaiters } from './waiters';
import { isOutOfMemory, isOver, lostResult, utilizationOf } from './verdicts';

/** From `new Worker` to the first line of its program. Modelled. */
const startMs = 20;
/** More workers at once are not simulated: each has an engine and a thread. */
export const mostWorkers = 32;

type Asked = Question & { readonly now: number; readonly steps: number; readonly events: number };

export function createAgents(options: AgentsOptions): Agents {
  const startedAt = options.wallClock();
  const main = newAgent(0, { parent: 0, pid: pidOf(0) });
  const agents = [main];
  const memory = createMemory();
  const slices: Slice[] = [];
  let isAlone = false;
  let verdict: { readonly thread: number; readonly result: RunResult } | undefined;

  const ports = createPorts((to, arrival, from) => {
    agents[to]?.inbox.push({ arrival, from, sent: agents[from]?.clock ?? 0, knows: knowledge.of(from) });
  });
  const waiters = createWaiters();
  const environments = createEnvironments();
  const knowledge = createKnowledge();

  const { ended, terminate, runToEnd } = createEndings({ options, agents, ports, waiters, memory, slices, knowledge });

  function left(): number {
    const spent = agents.reduce((sum, each) => sum + each.steps, 0);
    return Math.max(options.limits.steps - spent, 0);
  }

  function bounds(agent: Agent): Pick<Answer, 'until' | 'left'> {
    const until = boundOf(agent, agents, waiters, memory.isShared());
    return { until: until === Infinity ? null : until, left: left() };
  }

  /** The agent goes on: what it is told. */
  function goOn(agent: Agent): Answer {
    if (verdict !== undefined) return stopped;
    const now = due(agent, waiters);
    const { parked } = agent;
    if (parked.kind === 'turn') agent.slept += now - agent.clock;
    agent.clock = now;
    agent.parked = { kind: 'running' };
    if (parked.kind === 'wait') {
      const how = agent.wokenAt === undefined ? 'timed-out' : 'ok';
      agent.wokenAt = undefined;
      waiters.leave(agent.id);
      return { now, how, ...bounds(agent) };
    }
    for (const waiter of waiters.timedOut(agent.id, now))
      agent.inbox.push({ arrival: { kind: 'woken', at: waiter.at, waiter: waiter.waiter, how: 'timed-out' }, from: agent.id, sent: now });
    const here = agent.inbox.filter(({ arrival }) => arrival.at <= now);
    agent.inbox = agent.inbox.filter(({ arrival }) => arrival.at > now);
    for (const { knows } of here) if (knows !== undefined) knowledge.learn(agent.id, knows, now);
    const arrived = here.map(({ arrival }) => arrival).sort((a, b) => a.at - b.at);
    for (const each of arrived) if (each.kind === 'message') ports.held.size -= each.text.length;
    return { now, arrived, ...bounds(agent) };
  }

  /** Answers at once, or parks the agent and answers undefined. */
  function handle(agent: Agent, question: Asked): Answer | undefined {
    agent.clock = question.now;
    agent.steps = question.steps;
    slices.push({ agent: agent.id, upTo: question.events });
    const sent = { from: agent.id, now: question.now };
    switch (question.op) {
      case 'sync':
        agent.parked = { kind: 'turn', until: question.until ?? Infinity };
        return undefined;
      case 'wait':
        waiters.wait(question.cell, agent.id);
        agent.parked = { kind: 'wait', until: question.until ?? Infinity, site: question.site };
        return undefined;
      case 'wait-async':
        waiters.waitAsync(question.cell, agent.id, question.waiter, question.until ?? Infinity);
        break;
      case 'notify':
        return { count: notify(question.cell, question.count ?? Infinity, sent.now), ...bounds(agent) };
      case 'channel':
        ports.open(question.ports, agent.id);
        break;
      case 'join':
        return { isHeard: ports.join(question.port, question.channel, agent.id), ...bounds(agent) };
      case 'post':
        if (ports.held.size > options.limits.memory) return stopFor('budget', 'memory');
        return { isHeard: ports.post(question.port, question, sent), ...bounds(agent) };
      case 'close':
        ports.close(question.port, sent);
        break;
      case 'detach':
        ports.detach(question.port, question.messages as Extract<Arrival, { kind: 'message' }>[]);
        break;
      case 'attach':
        ports.give(question.port, agent.id);
        break;
      case 'spawn':
        return spawn(agent, question);
      case 'terminate':
        terminate(question.thread, question.now);
        break;
      case 'printed':
        return { ...knowledge.printed(agent, question), ...bounds(agent) };
      case 'kill':
        return { isHeard: kill(question.pid, question.signal, sent), ...bounds(agent) };
      case 'listens':
        if (agent.process !== undefined) agent.process.hears = question.signals;
        break;
      case 'dies':
        if (agent.process !== undefined) agent.process.signal = question.signal;
        break;
      case 'env':
        return { env: environments.of(question), ...bounds(agent) };
      case 'utilization':
        return { ...utilizationOf(agents[question.thread]), ...bounds(agent) };
      case 'listen':
        return { isHeard: ports.listen(question.name, question.port, agent.id), ...bounds(agent) };
      case 'connect':
        return { isHeard: ports.connect(question.name, question, sent), ...bounds(agent) };
    }
    return bounds(agent);
  }

  /** A signal to a process; false where there is none. */
  function kill(pid: number, signal: string, { from, now }: { readonly from: number; readonly now: number }): boolean {
    const target = agents.find((each) => each.process?.pid === pid && each.parked.kind !== 'ended' && !each.isStopped);
    if (target?.process === undefined) return false;
    const effect = effectOf(signal, target);
    if (effect === 'told') target.inbox.push({ arrival: { kind: 'signal', signal, at: now }, from, sent: now, knows: knowledge.of(from) });
    if (effect !== 'ends') return true;
    target.process.signal = signal;
    terminate(target.id, now);
    return true;
  }

  function notify(cell: string, count: number, now: number): number {
    const woken = waiters.notify(cell, count);
    for (const each of woken) {
      const target = agents[each.agent];
      if (target === undefined) continue;
      if (each.waiter === undefined) target.wokenAt = now + 0.01;
      else target.inbox.push({ arrival: { kind: 'woken', at: now, waiter: each.waiter, how: 'ok' }, from: each.agent, sent: now });
    }
    return woken.length;
  }

  function spawn(parent: Agent, question: Extract<Asked, { op: 'spawn' }>): Answer {
    const id = agents.length;
    if (options.spawn === undefined) return stopFor('unsupported', 'A worker is not simulated here');
    if (agents.filter((each) => each.parked.kind !== 'ended').length > mostWorkers)
      return stopFor('unsupported', `More than ${mostWorkers} workers at once are not simulated`);
    const isProcess = question.process !== undefined;
    const threadId = isProcess ? 0 : threadIdIn(parent, agents);
    const names = { thread: id, threadId, pid: pidOf(isProcess ? id : processOf(parent, agents).id) };
    const task = options.prepare(question, names);
    const agent = newAgent(id, { parent: parent.id, task, ...(isProcess ? { pid: names.pid } : {}) });
    agent.clock = question.now + (isProcess ? processStartMs : startMs) + laterBy(id);
    agent.parked = { kind: 'starting' };
    agents.push(agent);
    knowledge.learn(id, knowledge.of(parent.id), 0);
    for (const port of task.ports) ports.inherit(port, id);
    return { ...names, ...bounds(parent) };
  }

  function laterBy(worker: number): number {
    return options.nudges.reduce((ms, nudge) => 'worker' in nudge && nudge.worker === worker ? ms + nudge.addMs : ms, 0);
  }

  function stopFor(kind: string, message: string): Answer {
    return { stop: { kind, message, site: 0 } };
  }

  /** A worker runs until it parks or has ended. */
  function runWorker(agent: Agent): void {
    if (agent.thread === undefined) startThread(agent);
    else agent.thread.answer(JSON.stringify(goOn(agent)));
    while (agent.thread !== undefined) {
      const asked = agent.thread.next();
      if (asked.kind === 'ended') {
        workerEnded(agent, asked.result);
        return;
      }
      if (asked.kind === 'lost') {
        verdict ??= { thread: agent.id, result: lostResult };
        ended(agent, agent.clock, 1, null);
        return;
      }
      if (asked.kind !== 'ask') agent.thread.answer(answerThread(agent, asked, options, memory));
      else {
        const answer = handle(agent, JSON.parse(asked.text) as Asked); // guest/agents.ts wrote it
        if (answer === undefined) return;
        agent.thread.answer(JSON.stringify(answer));
      }
    }
  }

  function startThread(agent: Agent): void {
    const { task } = agent;
    const remaining = options.limits.wallMs - (options.wallClock() - startedAt);
    agent.thread = options.spawn?.(Math.max(remaining, 0));
    if (task === undefined || agent.thread === undefined) return;
    agent.parked = { kind: 'running' };
    agent.startedAt = agent.clock;
    const { until = null, left: steps = 0 } = bounds(agent);
    const prepared = task.task({ at: agent.clock, until, left: steps });
    agent.thread.start({ ...prepared, limits: { ...prepared.limits, wallMs: Math.max(remaining, 1) } });
  }

  function workerEnded(agent: Agent, result: RunResult): void {
    agent.result = result;
    if (result.kind === 'broken' || isOver(agent, result)) {
      verdict ??= { thread: agent.id, result };
      ended(agent, agent.clock, 1, null);
      return;
    }
    const isOut = isOutOfMemory(result);
    agent.steps = result.report.steps;
    const at = Math.max(agent.clock, result.report.virtualMs);
    ended(agent, at, isOut ? 1 : result.report.exitCode, isOut ? 'JS heap out of memory' : null);
  }

  /** Processes that the main program started come to their ends, its threads end with it. */
  function mainEnded({ isPlain, at, events }: MainEnd): void {
    const others = agents.filter((each) => each !== main && each.process !== undefined);
    if (!isPlain || isAlone || hasVerdict() || others.length === 0) return;
    main.parked = { kind: 'ended' };
    slices.push({ agent: 0, upTo: events - 1 }); // the last is the end of the run
    for (const { id, parent, process } of agents) if (parent === 0 && process === undefined) terminate(id, at);
    ports.closeAll(0, at);
    for (;;) {
      const next = nextOf(agents, waiters);
      if (next === undefined || hasVerdict()) return;
      runWorker(next);
    }
  }

  function hasVerdict(): boolean {
    return verdict !== undefined;
  }

  /** Nobody has anything to do: a page at rest with its workers. */
  function isCalm(asked: Asked): boolean {
    return asked.op === 'sync' && asked.mayEnd === true && agents.every((each) => each.parked.kind !== 'wait');
  }

  return {
    sharedMemory: memory.shared,
    memoryOfAll: memory.ofAll,
    ask(text) {
      const asked = JSON.parse(text) as Asked; // guest/agents.ts wrote it
      const answer = handle(main, asked);
      if (answer !== undefined) return JSON.stringify(answer);
      for (;;) {
        const agent = verdict === undefined ? nextOf(agents, waiters) : main;
        if (agent === undefined && isCalm(asked)) return JSON.stringify({ now: main.clock, calm: true });
        if (agent === undefined && ports.someListen() && agents.every((each) => each.parked.kind !== 'wait')) {
          isAlone = true;
          return JSON.stringify({ now: main.clock, isAlone });
        }
        if (agent === undefined) return JSON.stringify(deadlock(agents));
        if (agent === main) return JSON.stringify(goOn(main));
        runWorker(agent);
      }
    },
    finish(end) {
      mainEnded(end);
      for (const agent of agents) {
        if (agent === main || agent.parked.kind === 'ended') continue;
        if (agent.thread !== undefined) runToEnd(agent);
        agent.thread?.dispose();
        agent.thread = undefined;
      }
      return new Map(agents.flatMap(({ id, result }) => (result === undefined ? [] : [[id, result] as const])));
    },
    slices: () => slices,
    verdict: () => verdict,
  };
}
