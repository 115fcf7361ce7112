/**
 * Why this file exists: a piece is a few lines of TypeScript around one construct of the language or the host, into
 * which random operands and blocks are put. A new construct is a new row in one of the tables beside this file.
 */
import type { Statement } from '../../program';
import { renderOperand, renderValue } from '../expressions';
import { renderBlock } from '../statements';
import { delayOf, fresh, indent, label, nested, use } from '../writer';
import type { Helper, Scope, Writer } from '../writer';

export interface Piece {
  /**
   * Operands, awaited where an `await` may stand: for the statement's own function, or an async one inside it. They are
   * rendered when they are read.
   */
  readonly x: string;
  readonly y: string;
  /** The first operand as it is, perhaps a promise: for any function. */
  readonly p: string;
  /** A plain value, for places that may not await. */
  readonly v: string;
  /** True where `await` may stand. */
  readonly awaits: boolean;
  readonly palette: Writer['palette'];
  /** A number to choose by. */
  readonly pick: number;
  readonly label: () => string;
  /** A length for a timer that the program's palette allows. */
  readonly delay: () => number;
  readonly name: (prefix: string) => string;
  readonly use: (helper: Helper) => string;
  /** The block of the statement where it stands, as the body of a sync function, or of an async one. Once a piece. */
  readonly inline: () => string;
  readonly sync: () => string;
  readonly async: () => string;
}

export type PieceText = (piece: Piece) => string;
export type Pieces = Readonly<Record<string, PieceText>>;

export function openPiece(writer: Writer, scope: Scope, statement: Extract<Statement, { kind: 'piece' }>): Piece {
  const prefix = scope.awaits ? 'await ' : '';
  function block(changes: Partial<Scope>): string {
    return indent(renderBlock(writer, nested(scope, changes), statement.body));
  }
  return {
    get x() { return `${prefix}${renderOperand(writer, scope, statement.with)}`; },
    get y() { return `${prefix}${renderOperand(writer, scope, statement.other)}`; },
    get p() { return renderOperand(writer, { ...scope, awaits: false }, statement.with); },
    get v() { return renderValue(writer, scope, statement.value); },
    awaits: scope.awaits,
    palette: writer.palette,
    pick: statement.pick,
    label: () => label(writer),
    delay: () => delayOf(writer, 0),
    name: (start) => fresh(writer, start),
    use: (helper) => use(writer, helper),
    inline: () => block({}),
    sync: () => block({ awaits: false, yields: 'no', returns: 'no', loops: false, throws: true }),
    async: () => block({ awaits: true, yields: 'no', returns: 'any', loops: false, throws: true }),
  };
}
