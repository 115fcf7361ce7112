/** Why this file exists: what a person does and reads in the player's panel, in few words, for every test of it. */
import type { Locator } from 'playwright-core';
import type { Workbench } from '../host/workbench';

export interface PlayerWindow {
  tokens(box: string): Locator;
  control(name: string): Promise<void>;
  /** Waits until the recording with this title is on show. */
  titled(title: string): Promise<void>;
  /** The sentence that says why nothing, or no more, is played. */
  refusal(): Promise<string>;
  runningLine(line: number): Promise<void>;
  /** The lines of the console box that are among those expected. */
  printed(expected: readonly string[]): Promise<readonly string[]>;
}

export function playerWindow(workbench: Workbench): PlayerWindow {
  return {
    tokens: (box) => workbench.webview().locator(`.box-${box} .token`),
    control: (name) => workbench.webview().locator(`[data-control=${name}]`).click(),
    titled: async (title) => {
      await workbench.webview().locator('.player h1', { hasText: title }).waitFor();
      await workbench.webview().locator('.stage').waitFor();
    },
    refusal: async () => {
      const notice = workbench.webview().locator('.notice.error').first();
      await notice.waitFor();
      return notice.innerText();
    },
    runningLine: (line) => workbench.webview().locator(`.line.running[data-line="${line}"]`).waitFor(),
    printed: async (expected) => {
      const text = await workbench.webview().locator('.box-console').innerText();
      return text.split('\n').filter((line) => expected.includes(line));
    },
  };
}
