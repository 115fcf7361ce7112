/** Why this file exists: a request that failed is asked in parts; a server that died is not asked again. */

/** Thrown when the server cannot answer any more; the other engine then answers. */
export class ServerLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ServerLost';
  }
}

/**
 * The client's own words for a broken connection. Any other error is the server's answer to one request (a panic, as a
 * rule), and the server lives on.
 */
const broken =
  /^(Unexpected EOF|Expected |Invalid message type|name mismatch|SyncRpcChannel|no callback|Error calling|Child process)/;

/** Does a request; throws `ServerLost` when the connection is broken. */
export function request<A>(work: () => A): A {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServerLost) throw error;
    const isSystemError = error instanceof Error && 'code' in error;
    if (isSystemError || !(error instanceof Error) || broken.test(error.message)) throw new ServerLost(String(error));
    throw error;
  }
}

/** Marks a question that the server could not answer. */
export const failed = Symbol('failed');
export type Failed = typeof failed;

/** One request for all; when it fails, halves, until only what cannot be answered is left. */
export function bisected<Q, A>(questions: readonly Q[], ask: (part: readonly Q[]) => readonly A[]): (A | Failed)[] {
  if (questions.length === 0) return [];
  try {
    return [...request(() => ask(questions))];
  } catch (error) {
    if (error instanceof ServerLost) throw error;
    if (questions.length === 1) return [failed];
    const middle = questions.length >> 1;
    return [...bisected(questions.slice(0, middle), ask), ...bisected(questions.slice(middle), ask)];
  }
}

/** One question's answer. */
export function single<A>(work: () => A): A | Failed {
  try {
    return request(work);
  } catch (error) {
    if (error instanceof ServerLost) throw error;
    return failed;
  }
}
