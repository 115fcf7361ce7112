/** Why this file exists: the shape of a random class before it becomes text. */
import type { Block, Color, Operand, Value } from './program';

export interface ClassNode {
  /** Picks a class declared before it; null: none. */
  readonly parent: number | null;
  readonly decorated: boolean;
  /** Its constructor declares fields by its parameters. */
  readonly parameterProperties: boolean;
  readonly constructed: Block;
  readonly members: readonly Member[];
}

export type Member =
  | { readonly kind: 'field'; readonly static: boolean; readonly name: 'plain' | 'private' | 'computed' | 'accessor'; readonly value: Value; readonly decorated: boolean }
  | { readonly kind: 'method'; readonly static: boolean; readonly name: 'plain' | 'private' | 'computed'; readonly color: Color; readonly body: Block; readonly result: Operand; readonly decorated: boolean; readonly calls: 'super' | 'this' | 'nothing' }
  | { readonly kind: 'accessors'; readonly static: boolean; readonly private: boolean; readonly body: Block }
  | { readonly kind: 'static-block'; readonly body: Block };
