/** Why this file exists: which words the player and its captions are said in. The page's `lang` chooses. */
import type { CaptionTable } from '../../trace/caption';
import { captionsInEnglish } from '../../trace/captions-en';
import { wordsInEnglish } from './en';
import type { Words } from './en';

export interface Language {
  readonly words: Words;
  readonly captions: CaptionTable;
}

export const english: Language = { words: wordsInEnglish, captions: captionsInEnglish };

const languages: Readonly<Record<string, Language>> = { en: english };

/** The language of a tag such as `ru` or `ru-RU`; English where there is none. */
export function languageOf(tag: string): Language {
  return languages[tag.toLowerCase().split('-')[0] ?? ''] ?? english;
}
