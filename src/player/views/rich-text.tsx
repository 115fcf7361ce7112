/** Why this file exists: captions carry code in backticks; here it becomes code on the screen, never markup. */
import type { VNode } from 'preact';

export function RichText({ text }: { readonly text: string }): VNode {
  const parts = text.split('`');
  return <>{parts.map((part, n) => n % 2 === 1 ? <code key={n}>{part}</code> : part)}</>;
}
