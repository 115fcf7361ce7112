/** Why this file exists: which words the player and its captions are said in. The page's `lang` chooses. */
import type { CaptionTable } from '../../trace/caption';
import { captionsInEnglish } from '../../trace/captions-en';
import { captionsInRussian, labelWordsInRussian } from '../../trace/captions-ru';
import { labelWordsInEnglish } from '../../trace/labels';
import type { LabelWords } from '../../trace/labels';
import { wordsInEnglish } from './en';
import { wordsInRussian } from './ru';
import type { Words } from './en';

export interface Language {
  readonly words: Words;
  readonly captions: CaptionTable;
  readonly labels: LabelWords;
}

export const english: Language = { words: wordsInEnglish, captions: captionsInEnglish, labels: labelWordsInEnglish };
const russian: Language = { words: wordsInRussian, captions: captionsInRussian, labels: labelWordsInRussian };

const languages: Readonly<Record<string, Language>> = { en: english, ru: russian };

/** The language of a tag such as `ru` or `ru-RU`; English where there is none. */
export function languageOf(tag: string): Language {
  return languages[tag.toLowerCase().split('-')[0] ?? ''] ?? english;
}
