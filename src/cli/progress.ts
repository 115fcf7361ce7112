/** Why this file exists: work that takes longer than a second says how far it is, on stderr, to people only. */

const quietMs = 1000;
const betweenMs = 100;

export interface Progress {
  step(done: number, total: number, what: string): void;
  end(): void;
}

export function startProgress(): Progress {
  const isPerson = process.stderr.isTTY;
  const start = performance.now();
  let last = 0;
  let written = false;
  return {
    step(done, total, what) {
      const now = performance.now();
      if (!isPerson || now - start < quietMs || now - last < betweenMs) return;
      last = now;
      written = true;
      process.stderr.write(`\r\x1b[2K${String(done)}/${String(total)} ${what}`.slice(0, 100));
    },
    end() {
      if (written) process.stderr.write('\r\x1b[2K');
    },
  };
}
