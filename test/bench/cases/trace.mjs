// Reading a long trace, as the player does: any moment of it, near or far.
import { longTrace } from './simulation.mjs';

const events = 100_000;
const looks = 1000;

/** The same steps in every run, all over the trace. */
function scattered(count) {
  let state = 7;
  return Array.from({ length: count }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % events);
}

export async function traceCases(parts, dist) {
  const trace = await longTrace(parts, dist, events);
  const text = JSON.stringify(trace);
  const steps = scattered(looks);
  const opened = () => {
    const history = parts.openHistory(trace);
    history.stateAt(events - 1);
    return history;
  };
  const kept = opened();
  return {
    title: `trace of ${events.toLocaleString('en')} events (${(text.length / 1e6).toFixed(1)} MB of JSON)`,
    cases: [
      { name: 'JSON.parse of it', run: () => JSON.parse(text) },
      { name: 'open its history and see the last state', run: opened },
      { name: 'one random stateAt', per: looks, run: () => { for (const step of steps) kept.stateAt(step); } },
      { name: 'one step forward', per: looks, prepare: () => kept.stateAt(50_000), run: () => { for (let n = 1; n <= looks; n++) kept.stateAt(50_000 + n); } },
      { name: 'all beats of it', run: () => parts.beatsOf(trace) },
    ],
  };
}
