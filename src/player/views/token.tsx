/**
 * Why this file exists: one token a callback or a frame, the same in every box, so that the eye can follow it from box
 * to box.
 */
import type { VNode } from 'preact';
import { Icon } from './icon';
import type { IconName } from './icon';

export type TokenColor = 'sync' | 'async' | 'generator' | 'async-generator' | 'callback' | 'module';
export type TokenStatus = 'running' | 'below' | 'suspended' | 'queued' | 'failed';

export interface TokenProps {
  readonly label: string;
  readonly color: TokenColor;
  readonly status: TokenStatus;
  /** What it stands for: `frame-3`, `task-7`. Tokens that share a name are one token in two moments. */
  readonly names: readonly string[];
  readonly detail?: string | undefined;
  readonly next?: boolean;
  readonly title?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly picture?: VNode | undefined;
}

const statusIcons: Readonly<Record<TokenStatus, IconName | undefined>> = {
  running: 'running', below: undefined, suspended: 'suspended', queued: undefined, failed: 'failed',
};

const statusWords: Readonly<Record<TokenStatus, string>> = {
  running: 'running', below: 'waits for the call above', suspended: 'suspended', queued: 'waits', failed: 'failed',
};

export function Token(props: TokenProps): VNode {
  const icon = props.icon ?? statusIcons[props.status];
  return (
    <li class={`token ${props.color} ${props.status}${props.next === true ? ' next' : ''}`} data-flip={props.names.join(' ')} title={props.title}>
      {props.picture ?? (icon === undefined ? null : <Icon name={icon} />)}
      <code class="label">{props.label}</code>
      <span class="hidden">, {statusWords[props.status]}</span>
      {props.next === true && <span class="badge">next</span>}
      {props.detail !== undefined && <span class="detail">{props.detail}</span>}
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
