/** Why this file exists: questions that wait for each other; one that is given up while it waits is not asked. */

type InTurn = <T>(signal: AbortSignal | undefined, ask: () => Promise<T>) => Promise<T>;

/** Rejects with the signal's reason when it is given up before its turn; after that, `ask` looks at the signal. */
export function turns(): InTurn {
  let last = Promise.resolve();
  return async (signal, ask) => {
    const before = last;
    let end = (): void => undefined;
    last = new Promise((resolve) => { end = resolve; });
    try {
      await unlessAborted(before, signal);
      return await ask();
    } finally {
      void before.then(end);
    }
  };
}

async function unlessAborted(before: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return before;
  signal.throwIfAborted();
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => { reject(reasonOf(signal)); };
    signal.addEventListener('abort', giveUp, { once: true });
  });
  await Promise.race([before, aborted]).finally(() => { signal.removeEventListener('abort', giveUp); });
}

export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}
