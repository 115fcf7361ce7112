/** Why this file exists: what was made is handed to the reader: by the editor if there is one, else as a download. */
import type { Player } from '../player-state';

export interface Made {
  /** With its ending: `hello.svg`. */
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

export function handOver(player: Player, { name, type, content }: Made): void {
  if (player.tell !== undefined) {
    player.tell({ kind: 'export', name, content: typeof content === 'string' ? { text: content } : { base64: base64(content) } });
    return;
  }
  const url = URL.createObjectURL(new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Messages to the editor are text. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** A title as the name of a file. */
export function fileName(title: string, ending: string): string {
  const name = title.replace(/\.[cm]?[jt]sx?$/, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  return `${name === '' ? 'animation' : name}.${ending}`;
}
