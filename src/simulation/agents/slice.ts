/** Why this file exists: whose events came after whose, as the agents had their turns. */

/** An agent had its turn: it has so many events now. */
export interface Slice {
  readonly agent: number;
  readonly upTo: number;
  readonly ended?: { readonly at: number; readonly exitCode: number };
}
