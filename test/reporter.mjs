// Mocha's dots or spec lines, and the counts in the file $MOCHA_COUNTS: without that file a run counts as crashed.
import fs from 'node:fs';
import Mocha from 'mocha';

export default class CountingReporter {
  constructor(runner, options) {
    const Shown = process.env.MOCHA_DOTS ? Mocha.reporters.Dot : Mocha.reporters.Spec;
    this.shown = new Shown(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.shown.stats;
      if (process.env.MOCHA_COUNTS) fs.writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}
