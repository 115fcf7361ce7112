/** Why this file exists: what an editor shows comes when it comes: tests read it again until it is there. */

/** Milliseconds a person would wait for anything before giving up. */
export const patience = 20_000;

/** Reads again until it is as wanted; what is shown comes when it comes. Fails with the last reading. */
export async function eventually<T>(read: () => Promise<T>, wanted: (value: T) => boolean, what: string): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`Waited ${patience} ms for ${what}; last: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
