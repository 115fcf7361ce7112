/**
 * Why this file exists: the source is shown in colours without loading a grammar. The words, strings, comments and
 * numbers of TypeScript are enough for reading along; what it takes for plain text is shown plainly.
 */

export type TokenStyle = 'plain' | 'keyword' | 'async' | 'string' | 'comment' | 'number' | 'call';

export interface StyledText {
  readonly start: number;
  readonly text: string;
  readonly style: TokenStyle;
}

const pattern = new RegExp([
  String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
  String.raw`(?<string>'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|` + '`(?:\\\\[\\s\\S]|[^`\\\\])*`?)',
  String.raw`(?<async>\b(?:async|await|yield)\b)`,
  String.raw`(?<keyword>\b(?:abstract|as|break|case|catch|class|const|continue|default|delete|do|else|enum|export|extends|false|finally|for|from|function|get|if|implements|import|in|instanceof|interface|let|namespace|new|null|of|private|protected|public|readonly|return|satisfies|set|static|super|switch|this|throw|true|try|type|typeof|undefined|using|var|void|while|with)\b(?!\s*:))`,
  String.raw`(?<number>\b\d[\w.]*)`,
  String.raw`(?<call>[A-Za-z_$][\w$]*(?=\s*(?:<[\w\s,.[\]|]*>)?\())`,
].join('|'), 'g');

function styleOf(groups: Readonly<Record<string, string | undefined>>): TokenStyle {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  if (groups['async'] !== undefined) return 'async';
  if (groups['keyword'] !== undefined) return 'keyword';
  return groups['number'] === undefined ? 'call' : 'number';
}

/** Styled pieces of a text, without gaps; no piece crosses a line break. */
function pieces(text: string): readonly StyledText[] {
  const found: StyledText[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ start: end, text: text.slice(end, match.index), style: 'plain' });
    found.push({ start: match.index, text: match[0], style: styleOf(match.groups ?? {}) });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ start: end, text: text.slice(end), style: 'plain' });
  return found;
}

/** The lines of a text, each as styled pieces; line breaks are left out. */
export function highlightLines(text: string, starts: readonly number[]): readonly (readonly StyledText[])[] {
  const lines: StyledText[][] = starts.map(() => []);
  let line = 0;
  for (const piece of pieces(text)) {
    for (let from = piece.start; from < piece.start + piece.text.length;) {
      while ((starts[line + 1] ?? Infinity) <= from) line += 1;
      const to = Math.min(piece.start + piece.text.length, starts[line + 1] ?? Infinity);
      const part = text.slice(from, to).replace(/[\r\n\u2028\u2029]+$/, '');
      if (part !== '') lines[line]?.push({ start: from, text: part, style: piece.style });
      from = to;
    }
  }
  return lines;
}
