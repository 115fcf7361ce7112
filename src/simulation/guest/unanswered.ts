/**
 * Why this file exists: a connection that nobody in the simulation takes is refused, as in Node; when a package asked
 * for it, its service is somewhere outside, and the host lets a stand-in answer in its place (outside-world.ts).
 */

/** Where the first was asked for, from one on; 0 where that is not known, −1 while there is none. */
export const unanswered = { site: -1 };

export function nobodyAnswers(site: number): void {
  if (unanswered.site < 0) unanswered.site = site;
}
