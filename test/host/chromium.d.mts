import type { Browser } from 'playwright-core';

export declare const chromiumFlags: readonly string[];
export declare function findChromium(): string | undefined;
export declare function needChromium(): string;
export declare function launchChromium(): Promise<Browser>;
