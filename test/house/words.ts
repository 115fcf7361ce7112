/** Why this file exists: what people read is there in both languages; these functions find what is not. */
import ts from 'typescript';

export interface Said {
  readonly file: string;
  readonly message: string;
}

export interface SaidTexts {
  readonly texts: readonly Said[];
  /** Calls of `t` whose text is not written there, so that nobody can translate it. */
  readonly unreadable: readonly string[];
}

/** Every text that is given to `t` in the files that import it. */
export function saidTexts(sources: Readonly<Record<string, string>>): SaidTexts {
  const texts: Said[] = [];
  const unreadable: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    if (!/import \{[^}]*\bt\b[^}]*\} from '[./]*(base\/)?words'/.test(text)) continue;
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    function visit(node: ts.Node): void {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
        const [message] = node.arguments;
        if (message !== undefined && ts.isStringLiteralLike(message)) texts.push({ file, message: message.text });
        else unreadable.push(`${file}: ${node.getText()}`);
      }
      ts.forEachChild(node, visit);
    }
    visit(tree);
  }
  return { texts, unreadable };
}

export type Table = Readonly<Record<string, string>>;

/** Texts that a table lacks, or whose placeholders it changes. */
export function untranslated(texts: readonly string[], table: Table): readonly string[] {
  return texts.flatMap((text) => {
    const translated = Object.hasOwn(table, text) ? table[text] : undefined;
    if (translated === undefined || translated.trim() === '') return [`${text}: missing`];
    return placeholders(translated) === placeholders(text) ? [] : [`${text}: other placeholders`];
  });
}

/** Entries of a table that nobody says. */
export function unsaid(texts: readonly string[], table: Table): readonly string[] {
  const said = new Set(texts);
  return Object.keys(table).filter((key) => !said.has(key));
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(' ');
}
