/**
 * Why this file exists: one token a callback or a frame, the same in every box, so that the eye can follow it from box
 * to box. A click on it asks why it is here.
 */
import { createContext } from 'preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { Subject } from '../../trace/story';
import { Icon } from './icon';
import type { IconName } from './icon';
import { useWords } from './words-context';

export type TokenColor = 'sync' | 'async' | 'generator' | 'async-generator' | 'callback' | 'module';
export type TokenStatus = 'running' | 'below' | 'suspended' | 'queued' | 'failed';

export interface TokenProps {
  readonly label: string;
  readonly color: TokenColor;
  readonly status: TokenStatus;
  readonly subject: Subject;
  /** What it stands for: `frame-3`, `task-7`. Tokens that share a name are one token in two moments. */
  readonly names: readonly string[];
  readonly detail?: string | undefined;
  /** Further lines: what it waits for, what it took along. */
  readonly under?: readonly string[] | undefined;
  readonly next?: boolean;
  /** Its code was made up in place of a package's. */
  readonly isMadeUp?: boolean | undefined;
  readonly title?: string | undefined;
  readonly picture?: VNode | undefined;
}

/** Which token is followed, and how to follow one. */
export interface Following {
  readonly followed: Subject | undefined;
  readonly follow: (subject: Subject) => void;
  /** While the reader is asked for it, the next one is not shown. */
  readonly hidesNext: boolean;
}

const nobody: Following = { followed: undefined, follow: () => undefined, hidesNext: false };
export const FollowingContext = createContext(nobody);

const statusIcons: Readonly<Record<TokenStatus, IconName | undefined>> = {
  running: 'running', below: undefined, suspended: 'suspended', queued: undefined, failed: 'failed',
};

export function isSame(one: Subject | undefined, other: Subject): boolean {
  return one?.kind === other.kind && one.id === other.id;
}

export function Token(props: TokenProps): VNode {
  const words = useWords();
  const { followed, follow, hidesNext } = useContext(FollowingContext);
  const icon = statusIcons[props.status];
  const isNext = props.next === true && !hidesNext;
  const isFollowed = isSame(followed, props.subject);
  const classes = ['token', props.color, props.status, isNext && 'next', isFollowed && 'followed', props.under !== undefined && 'tall'];
  return (
    <li>
      <button type="button" class={classes.filter(Boolean).join(' ')} data-flip={props.names.join(' ')} title={props.title}
        aria-pressed={isFollowed} onClick={() => follow(props.subject)}>
        {props.picture ?? (icon === undefined ? null : <Icon name={icon} />)}
        <code class="label">{props.label}</code>
        <span class="hidden">, {words.status[props.status]}</span>
        {props.isMadeUp === true && <span class="badge made-up" title={words.whatIf.originTitles['made-up']}>{words.whatIf.madeUp}</span>}
        {isNext && <span class="badge">{words.next}</span>}
        {props.detail !== undefined && <span class="detail">{props.detail}</span>}
        {props.under?.map((line, n) => <span key={n} class="under">{line}</span>)}
      </button>
    </li>
  );
}

/** A clock that runs out: the sector is the part of the waiting that is left. */
export function CountdownClock({ left }: { readonly left: number }): VNode {
  const part = Math.min(Math.max(left, 0), 1);
  const angle = part * 2 * Math.PI;
  const [x, y] = [8 - 5 * Math.sin(angle), 8 - 5 * Math.cos(angle)];
  return (
    <svg class="icon clock" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.4" />
      {part > 0.99 && <circle class="sector" cx="8" cy="8" r="5" />}
      {part > 0 && part <= 0.99 && <path class="sector" d={`M8 8L8 3A5 5 0 ${part > 0.5 ? 1 : 0} 0 ${x.toFixed(2)} ${y.toFixed(2)}z`} />}
    </svg>
  );
}
