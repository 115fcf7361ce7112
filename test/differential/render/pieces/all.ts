/** Why this file exists: every piece by its name, and the statement that is made of one. */
import { errorPieces } from './errors';
import { functionPieces } from './functions';
import { generatorPieces } from './generators';
import { hostPieces } from './hosts';
import { languagePieces } from './language';
import type { Piece, Pieces } from './piece';
import { promisePieces } from './promises';

const all = {
  ...languagePieces, ...functionPieces, ...promisePieces, ...generatorPieces, ...hostPieces, ...errorPieces,
} as const satisfies Pieces;

export type PieceForm = keyof typeof all;
/** An `as`: keys of an object are strings to the compiler. */
export const pieceForms = Object.keys(all) as PieceForm[];

export function pieceText(form: PieceForm, piece: Piece): string {
  return all[form](piece);
}
