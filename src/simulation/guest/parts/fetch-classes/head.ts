/** Why this file exists: what every response says before its body (Fetch, §5.5), of pages and of Node. */
import { toText } from '../../primordials';
import { Headers, type HeadersGiven } from './headers';

export interface Head {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: HeadersGiven;
}

/** What an answer is made of besides what a program may say. */
export interface Origin {
  readonly url: string;
  readonly type: string;
  readonly redirected?: boolean;
}

export const made: Origin = { url: '', type: 'default' };

export class ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly type: string;
  readonly redirected: boolean;

  constructor(head: Head, from: Origin) {
    this.status = Number(head.status ?? 200);
    this.statusText = toText(head.statusText ?? '');
    this.headers = new Headers(head.headers);
    this.url = from.url;
    this.type = from.type;
    this.redirected = from.redirected ?? false;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
}
